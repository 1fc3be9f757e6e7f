# In debug mode a coroutine that is never awaited says where it was made.
import asyncio
import os
import sys
import warnings

print(os.path.isabs(__file__), os.path.basename(__file__), os.path.isabs(sys.path[0]))
print(os.path.exists(__file__), __spec__)


async def job():
    pass


def make():
    return job()


async def main():
    coro = make()
    print([(line, name) for _, line, name in coro.cr_origin][:2], len(coro.cr_origin) > 2)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        del coro
    lines = str(caught[0].message).splitlines()
    print(lines[:2], lines[-1].strip())
    print(sys.get_coroutine_origin_tracking_depth())


asyncio.run(main(), debug=True)
print(sys.get_coroutine_origin_tracking_depth())


async def plain():
    coro = job()
    print(coro.cr_origin)
    coro.close()


asyncio.run(plain())
