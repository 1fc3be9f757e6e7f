# Which names of asyncio a version has.
# python: 3.9
import asyncio
for n in "timeout TaskGroup Runner Barrier coroutine eager_task_factory QueueShutDown EventLoop to_thread run".split():
    print(n, hasattr(asyncio, n))
async def main():
    t = asyncio.current_task()
    for n in "cancelling uncancel get_context get_coro get_name".split(): print(n, hasattr(t, n))
asyncio.run(main())
