"""Blocking functions and iterators in AnyIO's worker threads (S-WEB-10, S-WEB-17)."""

import _cost
import functools
from anyio import to_thread

_END = object()


async def run_in_threadpool(func, *args, **kwargs):
    _cost.charge("starlette.run_in_threadpool")
    if kwargs:
        func = functools.partial(func, **kwargs)
    return await to_thread.run_sync(func, *args)


async def run_until_first_complete(*args):
    from anyio import create_task_group

    async with create_task_group() as group:

        async def run(func):
            await func()
            group.cancel_scope.cancel()

        for func, kwargs in args:
            group.start_soon(run, functools.partial(func, **kwargs))


def _next(iterator):
    return next(iterator, _END)


async def iterate_in_threadpool(iterable):
    iterator = iter(iterable)
    while True:
        item = await to_thread.run_sync(_next, iterator)
        if item is _END:
            return
        yield item
