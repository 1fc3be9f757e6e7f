# A clock that jumps has nowhere to jump to while only threads are at work: it waits for them.
import time

import trio
import trio.testing

found = []


def in_thread(x):
    time.sleep(0.05)
    return trio.from_thread.run_sync(lambda: x * 2)


async def collect(x):
    found.append(await trio.to_thread.run_sync(in_thread, x))


async def main():
    async with trio.open_nursery() as nursery:
        for x in range(3):
            nursery.start_soon(collect, x)
    print(sorted(found))


trio.run(main, clock=trio.testing.MockClock(autojump_threshold=0))
