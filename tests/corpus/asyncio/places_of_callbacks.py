"""Which callbacks are told with the place where they are written: functions, not methods."""
import asyncio
import functools


class Listener:
    def method(self, task):
        pass

    @functools.wraps(method)
    def wrapped(self, task):
        pass


def function(task):
    pass


async def main():
    loop = asyncio.get_running_loop()
    listener = Listener()
    for callback in (listener.method, listener.wrapped, function, functools.partial(function, 1), print):
        handle = loop.call_soon(callback, 3)
        handle.cancel()
        shown = repr(loop.call_later(9, callback, 3))
        print(shown.split()[2].rstrip(">"), " at " in shown)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(asyncio.sleep(0))
        task.add_done_callback(listener.method)
        print(repr(task).partition(" cb=")[2])


asyncio.run(main())
