# python: 3.8
"""Until 3.8 a lock could be had by `with (yield from lock)` and `with await lock`."""
import asyncio
import warnings

warnings.simplefilter("always")


async def by_await(name, lock):
    with await lock:
        print(name, "has it", lock.locked())
        await asyncio.sleep(0.01)
    print(name, "is done")


@asyncio.coroutine
def by_yield_from(name, lock):
    with (yield from lock) as bound:
        print(name, "has it", lock.locked(), bound)
        yield from asyncio.sleep(0.01)
    print(name, "is done")


class Once:
    """An awaitable that computes its result once."""

    def __init__(self, co):
        self.co, self.done, self.lock = co, False, asyncio.Lock()

    def __await__(self):
        with (yield from self.lock):
            if not self.done:
                self.result = yield from self.co.__await__()
                self.done = True
            return self.result


async def compute():
    print("computing")
    await asyncio.sleep(0.02)
    return 42


async def wait_for(once):
    return await once


async def main():
    with warnings.catch_warnings(record=True) as caught:
        lock = asyncio.Lock()
        await asyncio.gather(by_await("a", lock), by_yield_from("b", lock), by_await("c", lock))
        once = Once(compute())
        print(await asyncio.gather(*(wait_for(once) for _ in range(3))))
        semaphore = asyncio.Semaphore(2)
        await asyncio.gather(*(by_await(i, semaphore) for i in range(3)))
        condition = asyncio.Condition()
        with await condition:
            condition.notify_all()
        with (await condition) as bound:
            print("condition", bound)
        try:
            with lock:
                pass
        except Exception as e:
            print(type(e).__name__, e)
        try:
            with (await lock):
                raise ValueError("inside")
        except ValueError as e:
            print("free again", not lock.locked(), e)
    for warning in caught:
        if "lock" in str(warning.message):
            print(warning.lineno, warning.category.__name__, warning.message)


asyncio.run(main())
