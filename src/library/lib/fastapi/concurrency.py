"""Threads for endpoints and dependencies (S-WEB-10, S-WEB-13)."""

from contextlib import asynccontextmanager

from anyio import CapacityLimiter, to_thread
from starlette.concurrency import iterate_in_threadpool, run_in_threadpool, run_until_first_complete


@asynccontextmanager
async def contextmanager_in_threadpool(cm):
    # The exit has a limiter of its own: it must not wait for a token that its own endpoint's callers hold.
    exit_limiter = CapacityLimiter(1)
    try:
        yield await run_in_threadpool(cm.__enter__)
    except Exception as exc:
        if not await to_thread.run_sync(cm.__exit__, type(exc), exc, exc.__traceback__, limiter=exit_limiter):
            raise
    else:
        await to_thread.run_sync(cm.__exit__, None, None, None, limiter=exit_limiter)
