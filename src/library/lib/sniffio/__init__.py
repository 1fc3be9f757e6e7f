"""Which asynchronous library runs the calling code: asyncio, or none."""

from asyncio import current_task


class AsyncLibraryNotFoundError(RuntimeError):
    pass


def current_async_library():
    try:
        if current_task() is not None:
            return "asyncio"
    except RuntimeError:
        pass
    raise AsyncLibraryNotFoundError("unknown async library, or not in async context")
