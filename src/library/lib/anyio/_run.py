"""Running an event loop and asking it for the time (S-ANY-01)."""

import asyncio

from ._tasks import callable_name


def run(func, *args, backend="asyncio", backend_options=None):
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        pass
    else:
        raise RuntimeError("Already running asyncio in this thread")
    if backend != "asyncio":
        if backend == "trio":
            raise LookupError("No such backend: trio (AnyIO on Trio is not simulated)")
        raise LookupError(f"No such backend: {backend}")
    options = backend_options or {}

    async def wrapper():
        task = asyncio.current_task()
        task._anyio_scope = None
        task.set_name(callable_name(func))
        asyncio.get_running_loop()._anyio_root_task = task
        return await func(*args)

    return asyncio.run(wrapper(), debug=options.get("debug") or None)


async def sleep(delay):
    await asyncio.sleep(delay)


async def sleep_forever():
    future = asyncio.get_running_loop().create_future()
    future._waits_for = "sleep"
    await future


async def sleep_until(deadline):
    await sleep(max(deadline - current_time(), 0))


def current_time():
    try:
        return asyncio.get_running_loop().time()
    except RuntimeError:
        from .lowlevel import current_token

        return current_token().native_token.time()


def get_all_backends():
    return ("asyncio", "trio")


def get_available_backends():
    return ("asyncio",)


def get_cancelled_exc_class():
    return asyncio.CancelledError
