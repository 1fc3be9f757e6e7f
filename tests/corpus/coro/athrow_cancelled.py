# An operation of an async generator that ends by an exception from outside is over: the generator runs no longer.
import asyncio


async def numbers():
    try:
        for i in range(3):
            yield i
    finally:
        print("cleaning up")
        await asyncio.sleep(1)
        print("not reached")


async def main():
    for operation in ("aclose", "athrow", "anext"):
        generator = numbers()
        await anext(generator)
        task = {
            "aclose": lambda: generator.aclose(),
            "athrow": lambda: generator.athrow(ValueError),
            "anext": lambda: generator.asend(None),
        }[operation]()
        task = asyncio.create_task(task)
        await asyncio.sleep(0)
        task.cancel()
        try:
            await task
        except asyncio.CancelledError:
            print(operation, "cancelled")
        except StopAsyncIteration:
            print("over")
        print(generator.ag_running, generator.ag_frame is None)
        await generator.aclose()


asyncio.run(main())


async def end_badly():
    generator = numbers()
    await anext(generator)
    task = asyncio.create_task(generator.aclose())
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait({task})
    # The loop closes it once more, with nothing to do.
    await asyncio.gather(generator.aclose(), return_exceptions=True)
    print("closed again")


asyncio.run(end_badly())
