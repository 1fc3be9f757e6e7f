"""Files whose methods run in threads."""

from functools import partial

from ._abc import AsyncResource
from ._core import CancelScope
from ._core._run import checkpoint_if_cancelled
from ._threads import to_thread_run_sync

_SYNC_ATTRIBUTES = {
    "closed", "encoding", "errors", "fileno", "isatty", "newlines", "readable", "seekable", "writable", "buffer",
    "raw", "line_buffering", "closefd", "name", "mode", "getvalue", "getbuffer",
}  # fmt: skip
_ASYNC_METHODS = {
    "flush", "read", "read1", "readall", "readinto", "readline", "readlines", "seek", "tell", "truncate", "write",
    "writelines", "readinto1", "peek", "detach",
}  # fmt: skip


class AsyncIOWrapper(AsyncResource):
    def __init__(self, file):
        self._wrapped = file

    @property
    def wrapped(self):
        return self._wrapped

    def __getattr__(self, name):
        if name in _SYNC_ATTRIBUTES:
            return getattr(self._wrapped, name)
        if name in _ASYNC_METHODS:
            method = getattr(self._wrapped, name)

            async def wrapper(*args, **kwargs):
                return await to_thread_run_sync(partial(method, *args, **kwargs))

            wrapper.__name__ = name
            return wrapper
        raise AttributeError(name)

    def __dir__(self):
        names = _SYNC_ATTRIBUTES | _ASYNC_METHODS
        return [*super().__dir__(), *(name for name in names if hasattr(self._wrapped, name))]

    def __aiter__(self):
        return self

    async def __anext__(self):
        line = await self.readline()
        if not line:
            raise StopAsyncIteration
        return line

    async def detach(self):
        return wrap_file(await to_thread_run_sync(self._wrapped.detach))

    async def aclose(self):
        # Closed for certain, then cancelled.
        with CancelScope(shield=True):
            await to_thread_run_sync(self._wrapped.close)
        await checkpoint_if_cancelled()


async def open_file(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
    if type(file).__module__.startswith("trio"):
        file = str(file)
    options = {"encoding": encoding, "errors": errors, "newline": newline}
    options = {name: value for name, value in options.items() if value is not None}
    return wrap_file(await to_thread_run_sync(partial(open, file, mode, **options)))


def wrap_file(file):
    def has(name):
        return hasattr(file, name) and callable(getattr(file, name))

    if not (has("close") and (has("read") or has("write"))):
        raise TypeError(f"{file} does not implement required duck-file methods: close and (read or write)")
    return AsyncIOWrapper(file)
