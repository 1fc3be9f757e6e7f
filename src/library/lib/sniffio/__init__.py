"""Which asynchronous library runs the calling code."""
import sys
import threading
from contextvars import ContextVar

current_async_library_cvar = ContextVar("current_async_library_cvar", default=None)


class AsyncLibraryNotFoundError(RuntimeError):
    pass


class _ThreadLocal(threading.local):
    # Set by a library for as long as it runs tasks in this thread.
    name = None


thread_local = _ThreadLocal()


def current_async_library():
    value = thread_local.name
    if value is not None:
        return value
    value = current_async_library_cvar.get()
    if value is not None:
        return value
    if "asyncio" in sys.modules:
        from asyncio import current_task

        try:
            if current_task() is not None:
                return "asyncio"
        except RuntimeError:
            pass
    raise AsyncLibraryNotFoundError("unknown async library, or not in async context")
