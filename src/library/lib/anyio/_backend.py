"""Which loop runs the calling code, and what every primitive asks of it: asyncio here, Trio in `_trio` (S-ANY-32)."""

import asyncio

from sniffio import thread_local

from ._era import ERA
from ._exceptions import NoEventLoopError


def on_trio():
    return thread_local.name == "trio"


def no_loop():
    """The error of a call from outside of a loop."""
    if ERA:
        from sniffio import AsyncLibraryNotFoundError

        return AsyncLibraryNotFoundError("unknown async library, or not in async context")
    return NoEventLoopError(
        "Not currently running on any asynchronous event loop. Available async backends: asyncio, trio"
    )


def running_loop():
    """asyncio's loop, or the run of Trio."""
    if thread_local.name == "trio":
        from trio._core._run_context import current_runner

        return current_runner()
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        raise no_loop() from None


def current_task():
    if thread_local.name == "trio":
        from trio.lowlevel import current_task

        return current_task()
    return asyncio.current_task()


def current_time():
    if thread_local.name == "trio":
        from trio import current_time

        return current_time()
    return running_loop().time()


def cancelled_class():
    if thread_local.name == "trio":
        from trio import Cancelled

        return Cancelled
    running_loop()
    return asyncio.CancelledError


def waiter(reason, on=None):
    """Something to await once; a task that suspends on it is shown waiting for `reason`, in the queue of `on`."""
    if thread_local.name == "trio":
        from ._trio import Waiter

        return Waiter(reason, on)
    future = asyncio.get_running_loop().create_future()
    future._waits_for = reason
    future._waits_on = on
    return future
