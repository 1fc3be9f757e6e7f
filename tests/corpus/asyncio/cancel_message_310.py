# The message of cancel() stays inside the task through 3.10.
# python: 3.10
import asyncio


async def worker():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError as error:
        print("inside", repr(error))
        raise


async def main():
    task = asyncio.create_task(worker())
    await asyncio.sleep(0.1)
    task.cancel("stop now")
    try:
        await task
    except asyncio.CancelledError as error:
        print("outside", repr(error))
    try:
        await asyncio.wait_for(asyncio.sleep(10), 0.1)
    except asyncio.TimeoutError as error:
        print(type(error), type(error) is TimeoutError)


asyncio.run(main())
