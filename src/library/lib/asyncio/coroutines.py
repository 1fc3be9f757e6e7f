"""What counts as a coroutine, and how one is described in reprs (S-AIO-67)."""
import sys

from . import format_helpers

CO_COROUTINE = 0x80
CO_ITERABLE_COROUTINE = 0x100


async def _sample():
    pass


def _sample_generator():
    yield


_coroutine = _sample()
CoroutineType = type(_coroutine)
_coroutine.close()
GeneratorType = type(_sample_generator())
del _coroutine

# Through 3.11 any generator passes for a coroutine.
_NATIVE = (CoroutineType, GeneratorType) if sys.version_info < (3, 12) else (CoroutineType,)

# A marker that `asyncio.coroutines` users put on functions.
_is_coroutine = object()


def iscoroutine(obj):
    kind = type(obj)
    if kind is CoroutineType:
        return True
    if kind in _NATIVE:
        return True
    return (
        hasattr(kind, "__await__") and hasattr(kind, "send") and hasattr(kind, "throw") and hasattr(kind, "close")
    )


def iscoroutinefunction(func):
    if getattr(func, "_is_coroutine", None) is _is_coroutine:
        return True
    # What `inspect.markcoroutinefunction` leaves is a text; a mock would give a mock.
    if sys.version_info >= (3, 12) and type(getattr(func, "_is_coroutine_mark", None)) is str:
        return True
    while True:
        inner = getattr(func, "__func__", None)
        if inner is None and type(func).__name__ == "partial":
            inner = func.func
        if inner is None:
            break
        func = inner
    code = getattr(func, "__code__", None)
    return code is not None and bool(code.co_flags & CO_COROUTINE)


if sys.version_info < (3, 11):

    def coroutine(func):
        """Makes a generator function one whose generators can be awaited (S-GEN-11)."""
        import types
        import warnings

        if sys.version_info >= (3, 8):
            warnings.warn(
                '"@coroutine" decorator is deprecated since Python 3.8, use "async def" instead',
                DeprecationWarning,
                stacklevel=2,
            )
        wrapper = types.coroutine(func)
        wrapper._is_coroutine = _is_coroutine
        return wrapper


def _is_debug_mode():
    if sys.flags.dev_mode:
        return True
    import os

    return not sys.flags.ignore_environment and bool(os.environ.get("PYTHONASYNCIODEBUG"))


def _format_coroutine(coro):
    name = getattr(coro, "__qualname__", None) or getattr(coro, "__name__", None)
    if name is None:
        name = f"<{type(coro).__name__} without __name__>"
    name += "()"
    prefix = "cr_" if hasattr(coro, "cr_code") else "gi_"
    code = getattr(coro, prefix + "code", None)
    if code is None:
        running = getattr(coro, "cr_running", None) or getattr(coro, "gi_running", None)
        return f"{name} running" if running else name
    frame = getattr(coro, prefix + "frame", None)
    if frame is not None:
        file, line = format_helpers._running_place(code, frame.f_lineno)
        return f"{name} running at {file}:{line}"
    file, line = format_helpers._place(code, code.co_name, code.co_firstlineno)
    return f"{name} done, defined at {file}:{line}"
