# Graceful shutdown in its usual shapes, and control-C inside asyncio.run.
import asyncio
import multiprocessing as mp
import os
import signal
import threading
import time


async def worker(name, q):
    try:
        while True:
            item = await q.get()
            await asyncio.sleep(0.05)
            print(name, item)
            q.task_done()
    except asyncio.CancelledError:
        print(name, "cancelled")
        raise


async def shutdown(sig, loop):
    print("received", sig.name)
    tasks = [t for t in asyncio.all_tasks() if t is not asyncio.current_task()]
    for t in tasks:
        t.cancel()
    print("cancelling", len(tasks))
    r = await asyncio.gather(*tasks, return_exceptions=True)
    print([type(x).__name__ for x in r])
    loop.stop()


def main():
    loop = asyncio.new_event_loop()
    for s in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(s, lambda s=s: asyncio.create_task(shutdown(s, loop)))
    q = asyncio.Queue()
    for i in range(6):
        q.put_nowait(i)
    for n in "ab":
        loop.create_task(worker(n, q))
    threading.Timer(0.12, os.kill, (os.getpid(), signal.SIGINT)).start()
    try:
        loop.run_forever()
    finally:
        loop.close()
        print("closed")


main()


async def m2():
    try:
        await asyncio.sleep(10)
    finally:
        print("cleanup", asyncio.current_task().cancelling())


threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()
try:
    asyncio.run(m2())
except KeyboardInterrupt:
    print("KI 1")


async def m3():
    while True:
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            print("swallowed")
            return 5


threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()
try:
    print(asyncio.run(m3()))
except KeyboardInterrupt:
    print("KI 2")


async def m4():
    time.sleep(0.3)
    print("not reached?")
    await asyncio.sleep(1)


threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()
try:
    print(asyncio.run(m4()))
except KeyboardInterrupt:
    print("KI 3")


async def m5():
    os.kill(os.getpid(), signal.SIGINT)
    print("still here")
    os.kill(os.getpid(), signal.SIGINT)
    print("never")


try:
    print(asyncio.run(m5()))
except KeyboardInterrupt:
    print("KI 4")


async def m6():
    loop = asyncio.get_running_loop()
    for bad in (9, 0, 70, "x"):
        try:
            loop.add_signal_handler(bad, print)
        except Exception as e:
            print(type(e).__name__, e)

    def t():
        try:
            loop.add_signal_handler(10, print)
        except Exception as e:
            print(type(e).__name__, e)

    await asyncio.to_thread(t)
    ev = asyncio.Event()
    loop.add_signal_handler(signal.SIGALRM, ev.set)
    signal.alarm(1)
    t0 = time.monotonic()
    await ev.wait()
    print(round(time.monotonic() - t0, 1))


asyncio.run(m6())


def child():
    async def go():
        loop = asyncio.get_running_loop()
        stop = asyncio.Event()
        loop.add_signal_handler(signal.SIGTERM, stop.set)
        await stop.wait()
        print("graceful", flush=True)

    asyncio.run(go())


if __name__ == "__main__":
    p = mp.Process(target=child)
    p.start()
    time.sleep(0.3)
    p.terminate()
    p.join()
    print(p.exitcode)
