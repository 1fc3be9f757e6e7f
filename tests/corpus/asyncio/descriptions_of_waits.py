# What is shown of tasks that wait in the library's own coroutines, of servers, and of failed tasks' stacks.
import asyncio
import re
import sys


def shown(value):
    return re.sub(r"/\S*/asyncio/", "", repr(value))


async def failing():
    await asyncio.sleep(0.01)
    1 / 0


async def main():
    queue, event, lock = asyncio.Queue(), asyncio.Event(), asyncio.Lock()
    await lock.acquire()
    waits = [queue.get(), event.wait(), lock.acquire(), asyncio.sleep(1), queue.join(), asyncio.to_thread(print, "thread")]
    queue.put_nowait(1)
    tasks = [asyncio.create_task(wait, name=f"t{i}") for i, wait in enumerate(waits)]
    for task in tasks:
        print(shown(task))
    await asyncio.sleep(0.01)
    for task in tasks:
        print(shown(task))
    for task in tasks:
        task.cancel()
    server = await asyncio.start_server(lambda r, w: None, "127.0.0.1", 8888)
    print(re.sub(r"fd=\d+", "fd=N", repr(server)))
    print([sock.getsockname() for sock in server.sockets])
    server.close()
    task = asyncio.create_task(failing(), name="failing")
    await asyncio.wait([task])
    task.print_stack()
    task.print_stack(file=sys.stdout)
    task.exception()


asyncio.run(main())
