# /// script
# dependencies = ["anyio"]
# ///
"""What it takes one thread to hand work to another and to hear of it, ns per turn (costs.json, "threads" and "asyncio").

The measured programs are not known; these do what the rows are called.
"""
import os
import threading
import time

EXPERIMENT = "pingpong-lock-roundtrip"  #@param {type:"string"}
TURNS = 300  #@param {type:"number"}

clock = getattr(time, "perf_counter", time.time)


def nothing():
    pass


def beside(other, work):
    """How long `work` takes while another thread does `other`."""
    thread = threading.Thread(target=other)
    thread.start()
    start = clock()
    work()
    end = clock()
    thread.join()
    return end - start


def lock_pingpong(n):
    ping, pong = threading.Lock(), threading.Lock()
    ping.acquire()
    pong.acquire()

    def other():
        for _ in range(n):
            ping.acquire()
            pong.release()

    def work():
        for _ in range(n):
            ping.release()
            pong.acquire()

    return beside(other, work)


def event_pingpong(n):
    ping, pong = threading.Event(), threading.Event()

    def other():
        for _ in range(n):
            ping.wait()
            ping.clear()
            pong.set()

    def work():
        for _ in range(n):
            ping.set()
            pong.wait()
            pong.clear()

    return beside(other, work)


def pipe_pingpong(n):
    ping_read, ping = os.pipe()
    pong_read, pong = os.pipe()

    def other():
        for _ in range(n):
            os.read(ping_read, 1)
            os.write(pong, b"x")

    def work():
        for _ in range(n):
            os.write(ping, b"x")
            os.read(pong_read, 1)

    return beside(other, work)


def start_and_join(n):
    start = clock()
    for _ in range(n):
        thread = threading.Thread(target=nothing)
        thread.start()
        thread.join()
    return clock() - start


def submit(n):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:
        pool.submit(nothing).result()
        start = clock()
        for _ in range(n):
            pool.submit(nothing).result()
        return clock() - start


def in_loop(work, n):
    import asyncio

    return asyncio.run(work(n))


async def executor_roundtrip(n):
    import asyncio

    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, nothing)
    start = clock()
    for _ in range(n):
        await loop.run_in_executor(None, nothing)
    return clock() - start


async def executor_at_once(n):
    import asyncio

    loop = asyncio.get_running_loop()

    async def round():
        await asyncio.gather(*[loop.run_in_executor(None, nothing) for _ in range(n)])

    await round()
    start = clock()
    await round()
    return clock() - start


async def anyio_roundtrip(n):
    from anyio import to_thread

    await to_thread.run_sync(nothing)
    start = clock()
    for _ in range(n):
        await to_thread.run_sync(nothing)
    return clock() - start


async def anyio_at_once(n):
    from anyio import create_task_group, to_thread

    async def round():
        async with create_task_group() as group:
            for _ in range(n):
                group.start_soon(to_thread.run_sync, nothing)

    await round()
    start = clock()
    await round()
    return clock() - start


EXPERIMENTS = {
    "pingpong-lock-roundtrip": lock_pingpong,
    "pingpong-event-roundtrip": event_pingpong,
    "pingpong-pipe-threads-roundtrip": pipe_pingpong,
    "thread-start+join": start_and_join,
    "threadpool-submit+result": submit,
    "run_in_executor-roundtrip": lambda n: in_loop(executor_roundtrip, n),
    "run_in_executor-300-at-once-each": lambda n: in_loop(executor_at_once, n),
    "anyio-asyncio-to_thread.run_sync-roundtrip": lambda n: in_loop(anyio_roundtrip, n),
    "anyio-asyncio-to_thread-200-at-once-each": lambda n: in_loop(anyio_at_once, n),
}

print("ns per turn %.1f" % (EXPERIMENTS[EXPERIMENT](TURNS) / TURNS * 1e9))
