"""Worker processes: AnyIO's talk to a program that they start, which is not simulated; the calls say so."""

from ._limiter import CapacityLimiter
from .lowlevel import RunVar

_limiter = RunVar("_default_process_limiter")


def current_default_process_limiter():
    import os

    limiter = _limiter.get(None)
    if limiter is None:
        limiter = CapacityLimiter(os.cpu_count() or 2)
        _limiter.set(limiter)
    return limiter


async def run_sync(func, *args, cancellable=False, limiter=None):
    raise NotImplementedError(
        "anyio.to_process is not simulated: its workers are programs of their own; use "
        "concurrent.futures.ProcessPoolExecutor with loop.run_in_executor, or anyio.to_thread.run_sync"
    )


async def run_process(command, **options):
    raise NotImplementedError("starting programs is not simulated: there is no other program on the simulated machine")


open_process = run_process
