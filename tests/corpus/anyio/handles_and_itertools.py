# Task handles, gather, futures, context manager mixins, caches and asynchronous itertools.
import anyio
import trio
from anyio import AsyncContextManagerMixin, ClosedResourceError, ContextManagerMixin, Future, FutureAlreadyFinished, FutureCancelled, TaskCancelled, TaskFailed, amap, as_completed, create_memory_object_stream, create_task_group, fail_after, gather, sleep, sleep_forever
async def main():
    async def job(n): await sleep(.01*n); return n*n
    async with create_task_group() as tg:
        h = tg.start_soon(job, 3); h2 = tg.create_task(job(2), name='two')
        print(h.status, h2.name, h.name)
        print(await h2); await h.wait(); print(h.return_value, h.status, h.exception)
    async def bad(): raise ValueError('bad')
    try:
        async with create_task_group() as tg: h = tg.start_soon(bad)
    except* ValueError: pass
    print(h.status, repr(h.exception))
    try: h.return_value
    except TaskFailed as e: print(repr(e), repr(e.__cause__))
    async with create_task_group() as tg:
        h = tg.start_soon(sleep, 10); await sleep(.01); h.cancel(); await h.wait(); print(h.status)
        try: h.return_value
        except TaskCancelled as e: print(repr(e))
        async def svc(task_status): task_status.started(7); await sleep(.01); return 8
        h = await tg.start(svc, return_handle=True); print(h.start_value, await h)
    print(await gather(job(3), job(1), job(2)))
    print(await amap(job, [1,2,3]))
    async with as_completed(job(3), job(1), job(2)) as results:
        async for h in results: print(await h)
    f = Future(); print(f.status)
    async def setter(): await sleep(.01); f.return_value = 5
    async with create_task_group() as tg: tg.start_soon(setter); print(await f)
    try: f.return_value = 6
    except FutureAlreadyFinished as e: print(e)
    f = Future(); f.cancel()
    try: await f
    except FutureCancelled as e: print(e)
    from contextlib import contextmanager, asynccontextmanager
    class R(ContextManagerMixin):
        @contextmanager
        def __contextmanager__(self): print('in'); yield self; print('out')
    with R() as r: print('body')
    class A(AsyncContextManagerMixin):
        @asynccontextmanager
        async def __asynccontextmanager__(self):
            async with create_task_group() as tg: self.tg = tg; yield self; tg.cancel_scope.cancel()
    async with A() as a: a.tg.start_soon(sleep_forever)
    from anyio.functools import lru_cache, cache, reduce
    n = 0
    @lru_cache(maxsize=2)
    async def slow(x):
        nonlocal n; n += 1; await sleep(.01); return x*2
    async with create_task_group() as tg:
        for _ in range(3): tg.start_soon(slow, 1)
    print(n, await slow(1), slow.cache_info(), slow.cache_parameters())
    async def add(a,b): return a+b
    print(await reduce(add, [1,2,3]), await reduce(add, [], 5))
    from anyio import itertools as it
    async def ag():
        for i in range(5): yield i
    async def even(x): return x%2==0
    print([x async for x in it.accumulate([1,2,3])], [x async for x in it.batched(ag(),2)], [x async for x in it.chain([1],ag())],
      [x async for x in it.islice(ag(),1,4,2)], [x async for x in it.pairwise(ag())], [x async for x in it.filterfalse(even, ag())],
      [x async for x in it.groupby([1,1,2])], [x async for x in it.zip_longest([1],ag())], [x async for x in it.takewhile(even, ag())], [x async for x in it.product('ab',[1,2])])
    a, b = it.tee(ag()); print([x async for x in a],[x async for x in b])
    try:
        with fail_after(.01, reason='too slow, friend'): await sleep(1)
    except TimeoutError as e: print(repr(e))
    try: await sleep(-1)
    except ValueError as e: print(e)
    s, r = create_memory_object_stream(0)
    async def rc():
        try: await r.receive()
        except ClosedResourceError as e: print('closed own', repr(e))
    async with create_task_group() as tg: tg.start_soon(rc); await sleep(.01); r.close()
for B in ("asyncio", "trio"):
    print("#", B)
    trio._core._run._r.seed(1)
    anyio.run(main, backend=B)
