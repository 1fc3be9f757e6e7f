"""What kind of callable is this?"""

import functools

_COROUTINE = 0x80 | 0x100


def is_async_callable(obj):
    """Whether calling `obj` gives a coroutine: through partials, methods and `__call__` (S-WEB-10)."""
    while isinstance(obj, functools.partial):
        obj = obj.func
    return _is_coroutine_function(obj) or (
        callable(obj) and not hasattr(obj, "__code__") and _is_coroutine_function(getattr(obj, "__call__", None))
    )


def _is_coroutine_function(obj):
    obj = getattr(obj, "__func__", obj)
    code = getattr(obj, "__code__", None)
    return code is not None and bool(code.co_flags & _COROUTINE)


def unwrap_group(exc):
    """The single exception in a nest of groups of one, else the group."""
    while isinstance(exc, BaseExceptionGroup) and len(exc.exceptions) == 1:
        exc = exc.exceptions[0]
    return exc
