"""Bars over asynchronous iterators, and over coroutines that run together."""
import asyncio

from .std import tqdm as std_tqdm

__all__ = ["tqdm_asyncio", "tarange", "tqdm", "trange"]


class tqdm_asyncio(std_tqdm):
    """A bar that may be iterated with `async for` too."""

    def __init__(self, iterable=None, *args, **kwargs):
        super().__init__(iterable, *args, **kwargs)
        self.iterable_awaitable = hasattr(iterable, "__anext__") or hasattr(iterable, "__aiter__")
        self._iterator = None

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self._iterator is None:
            self._iterator = self.iterable.__aiter__() if self.iterable_awaitable else iter(self.iterable)
        try:
            if self.iterable_awaitable:
                item = await self._iterator.__anext__()
            else:
                item = next(self._iterator)
        except StopIteration:
            self.close()
            raise StopAsyncIteration from None
        except BaseException:
            self.close()
            raise
        self.update()
        return item

    @classmethod
    def as_completed(cls, fs, *, loop=None, timeout=None, total=None, **tqdm_kwargs):
        fs = list(fs)
        yield from cls(asyncio.as_completed(fs, timeout=timeout), total=len(fs) if total is None else total, **tqdm_kwargs)

    @classmethod
    async def gather(cls, *fs, loop=None, timeout=None, total=None, **tqdm_kwargs):
        async def numbered(n, awaitable):
            return n, await awaitable

        tasks = [numbered(n, awaitable) for n, awaitable in enumerate(fs)]
        found = [await f for f in cls.as_completed(tasks, timeout=timeout, total=total, **tqdm_kwargs)]
        return [result for _, result in sorted(found, key=lambda pair: pair[0])]


def tarange(*args, **kwargs):
    return tqdm_asyncio(range(*args), **kwargs)


tqdm, trange = tqdm_asyncio, tarange
