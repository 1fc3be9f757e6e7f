"""Running an event loop and asking it for the time (S-ANY-01)."""

import asyncio
import math

from sniffio import AsyncLibraryNotFoundError, current_async_library

from ._backend import cancelled_class, current_time, on_trio, running_loop
from ._era import ERA
from ._tasks import callable_name


def run(func, *args, backend="asyncio", backend_options=None):
    try:
        name = current_async_library()
    except AsyncLibraryNotFoundError:
        pass
    else:
        raise RuntimeError(f"Already running {name} in this thread")
    options = backend_options or {}
    if backend == "trio":
        import trio

        return trio.run(func, *args, **options)
    if backend != "asyncio":
        raise LookupError(f"No such backend: {backend}")

    async def wrapper():
        task = asyncio.current_task()
        task._anyio_scope = None
        task.set_name(callable_name(func))
        asyncio.get_running_loop()._anyio_root_task = task
        return await func(*args)

    main = wrapper()
    if options.get("use_uvloop") and "loop_factory" not in options:
        import uvloop

        options = {**options, "loop_factory": uvloop.new_event_loop}
    factory = options.get("loop_factory")
    if factory is None:
        return asyncio.run(main, debug=options.get("debug") or None)
    with asyncio.Runner(debug=options.get("debug") or None, loop_factory=factory) as runner:
        return runner.run(main)


async def sleep(delay):
    if not ERA and not delay >= 0:
        raise ValueError("delay must be a non-negative number")
    if on_trio():
        from trio import sleep, sleep_forever

        await (sleep_forever() if delay == math.inf else sleep(delay))
        return
    if delay == math.inf:
        future = asyncio.get_running_loop().create_future()
        future._waits_for = "sleep"
        await future
    else:
        running_loop()
        await asyncio.sleep(delay)


async def sleep_forever():
    await sleep(math.inf)


async def sleep_until(deadline):
    await sleep(max(deadline - current_time(), 0))


def get_all_backends():
    return ("asyncio", "trio")


def get_available_backends():
    return ("asyncio", "trio")


get_cancelled_exc_class = cancelled_class
