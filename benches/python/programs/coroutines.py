"""Coroutines driven by hand, as an event loop does."""

from collections import deque


async def one():
    return 1


def run_to_its_end(n=200_000):
    for _ in range(n):
        coroutine = one()
        try:
            coroutine.send(None)
        except StopIteration as end:
            end.value


class Pause:
    def __await__(self):
        yield self


async def add_up(turns):
    x = 0
    for _ in range(turns):
        x += await one()
    return x


def awaiting(n=300_000):
    try:
        add_up(n).send(None)
    except StopIteration as end:
        return end.value


async def worker(turns):
    for _ in range(turns):
        await Pause()


def round_robin(n=8_000):
    ready = deque(worker(100) for _ in range(n // 20))
    while ready:
        coroutine = ready.popleft()
        try:
            coroutine.send(None)
        except StopIteration:
            continue
        ready.append(coroutine)


async def nested(depth):
    if depth:
        return await nested(depth - 1)
    await Pause()
    await Pause()
    return 1


def deep_awaits(n=6_000):
    for _ in range(n):
        coroutine = nested(10)
        try:
            while True:
                coroutine.send(None)
        except StopIteration:
            pass


class Lock:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        return None


async def use_lock(turns):
    lock = Lock()
    for _ in range(turns):
        async with lock:
            pass


def async_with(n=100_000):
    try:
        use_lock(n).send(None)
    except StopIteration:
        pass


async def ticks(turns):
    for i in range(turns):
        yield i


async def sum_of_ticks(turns):
    x = 0
    async for i in ticks(turns):
        x += i
    return x


def async_for(n=150_000):
    try:
        sum_of_ticks(n).send(None)
    except StopIteration as end:
        return end.value
