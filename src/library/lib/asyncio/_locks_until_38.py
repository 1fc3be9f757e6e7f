"""How a lock was had in generators up to 3.8: `with (yield from lock):` and `with await lock:` (S-AIO-40)."""
import types
import warnings

from . import coroutines


class _Held:
    """What `with` leaves: it lets go of the lock."""

    def __init__(self, lock):
        self._lock = lock

    def __enter__(self):
        return None

    def __exit__(self, *args):
        self._lock.release()


def _warn(form):
    # 3.7 was the first to call it deprecated; the frame is that of the program.
    import sys

    if sys.version_info >= (3, 7):
        text = f"'with {form}' is deprecated use 'async with lock' instead"
        warnings.warn(text, DeprecationWarning, stacklevel=3)


class _ContextManagerMixin:
    def __enter__(self):
        raise RuntimeError('"yield from" should be used as context manager expression')

    def __exit__(self, *args):
        pass

    @types.coroutine
    def __iter__(self):
        _warn("(yield from lock)")
        yield from self.acquire()
        return _Held(self)

    __iter__._is_coroutine = coroutines._is_coroutine

    def __await__(self):
        _warn("await lock")
        return self._held().__await__()

    async def _held(self):
        await self.acquire()
        return _Held(self)

    async def __aenter__(self):
        await self.acquire()
        return None

    async def __aexit__(self, exc_type, exc, tb):
        self.release()
