# Functions in worker processes, on asyncio and on Trio.
import anyio, time, os
from anyio import to_process
def square(x):
    time.sleep(.1); return x*x
def boom(x): raise ValueError(x)
def long(x): time.sleep(x)
def pid(): return os.getpid()
async def main():
    print(await to_process.run_sync(square, 4))
    print((await to_process.run_sync(pid)) == os.getpid())
    try: await to_process.run_sync(boom, 3)
    except ValueError as e: print(repr(e))
    lim = anyio.CapacityLimiter(2); res = []
    async def one(i): res.append(await to_process.run_sync(square, i, limiter=lim))
    async with anyio.create_task_group() as tg:
        for i in range(4): tg.start_soon(one, i)
    print(sorted(res))
    with anyio.move_on_after(.5) as s: await to_process.run_sync(long, 5, cancellable=True)
    print(s.cancelled_caught)
    print(await to_process.run_sync(square, 5))
if __name__ == '__main__':
    anyio.run(main); anyio.run(main, backend='trio')
