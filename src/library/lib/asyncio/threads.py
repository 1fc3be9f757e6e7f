"""`to_thread` (S-AIO-50)."""
from contextvars import copy_context

from . import events


class _InContext:
    """Calls a function in a copy of the context of the caller of `to_thread`."""

    __slots__ = ("context", "func", "args", "kwargs")

    def __init__(self, func, args, kwargs):
        self.context = copy_context()
        self.func = func
        self.args = args
        self.kwargs = kwargs

    def __call__(self):
        return self.context.run(self.func, *self.args, **self.kwargs)


async def to_thread(func, /, *args, **kwargs):
    loop = events.get_running_loop()
    return await loop.run_in_executor(None, _InContext(func, args, kwargs))
