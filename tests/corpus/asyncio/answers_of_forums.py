# What forums answer: retries, wrappers of blocking calls, asynchronous iteration, loops in threads, mistakes.
import asyncio, time, functools, concurrent.futures, threading, inspect
def sync_to_async(f):
    @functools.wraps(f)
    async def w(*a, **k): return await asyncio.get_running_loop().run_in_executor(None, functools.partial(f, *a, **k))
    return w
@sync_to_async
def slow(x, *, y=1): time.sleep(0.1); return x + y
class AsyncIter:
    def __init__(self, n): self.n = n
    def __aiter__(self): return self
    async def __anext__(self):
        if self.n <= 0: raise StopAsyncIteration
        self.n -= 1; await asyncio.sleep(0.01); return self.n
class AsyncCM:
    async def __aenter__(self): print('aenter'); return self
    async def __aexit__(self, t, v, tb): print('aexit', t and t.__name__); return t is ValueError
class Awaitable:
    def __await__(self): yield from asyncio.sleep(0.01).__await__(); return 'awaited'
async def agen(n):
    for i in range(n): yield i; await asyncio.sleep(0)
async def retry(f, times, delay=0.1):
    for i in range(times):
        try: return await f()
        except Exception as e: print(f'attempt {i + 1} failed: {e!r}'); await asyncio.sleep(delay * 2 ** i)
    raise RuntimeError('all attempts failed')
calls = 0
async def flaky():
    global calls; calls += 1
    if calls < 3: raise ConnectionError(f'try {calls}')
    return 'ok'
async def heartbeat():
    try:
        while True: print('beat'); await asyncio.sleep(0.1)
    except asyncio.CancelledError: print('heart stopped'); raise
async def main():
    print(await asyncio.gather(slow(1), slow(2, y=3)), [x async for x in AsyncIter(3)], {i: i async for i in agen(2)}, [x async for x in agen(5) if x % 2], await Awaitable(), sum([x async for x in agen(4)]))
    async with AsyncCM(): raise ValueError('swallowed')
    print(await retry(flaky, 5)); hb = asyncio.create_task(heartbeat()); await asyncio.sleep(0.25); hb.cancel()
    try: await hb
    except asyncio.CancelledError: print('cancelled', hb.cancelled())
    results = await asyncio.gather(*[asyncio.wait_for(asyncio.sleep(d, d), 0.15) for d in (0.1, 0.2)], return_exceptions=True); print(results)
    done, pending = await asyncio.wait([asyncio.create_task(asyncio.sleep(d, d), name=f't{d}') for d in (0.1, 0.3)], timeout=0.2); print([t.get_name() for t in done], [t.get_name() for t in pending]); [t.cancel() for t in pending]
    a = agen(3); print(await anext(a), await a.__anext__()); await a.aclose(); print(await anext(a, 'end'))
    try: async_gen = agen(1); await async_gen.asend(5)
    except TypeError as e: print(e)
    fut = asyncio.run_coroutine_threadsafe(asyncio.sleep(0.01, 'ts'), asyncio.get_running_loop()); print(await asyncio.wrap_future(fut))
    print(inspect.iscoroutinefunction(main), inspect.isasyncgenfunction(agen), inspect.isawaitable(Awaitable()), asyncio.iscoroutine(c := flaky())); c.close()
    with concurrent.futures.ThreadPoolExecutor(2) as pool: print(await asyncio.gather(*[asyncio.get_running_loop().run_in_executor(pool, pow, 2, i) for i in range(4)]))
    try:
        for x in agen(2): pass
    except TypeError as e: print(e)
    try: await 5
    except TypeError as e: print(e)
    try: await slow
    except TypeError as e: print(e)
    try:
        async for x in [1]: pass
    except TypeError as e: print(e)
    try: asyncio.run(flaky())
    except RuntimeError as e: print(e)
    q = asyncio.Queue()
    async def prod():
        for i in range(3): await q.put(i); await asyncio.sleep(0.01)
        await q.put(None)
    async def cons():
        while (i := await q.get()) is not None: print('item', i)
    await asyncio.gather(prod(), cons())
def bg(loop): asyncio.set_event_loop(loop); loop.run_forever()
asyncio.run(main()); loop = asyncio.new_event_loop(); t = threading.Thread(target=bg, args=(loop,), daemon=True); t.start()
print(asyncio.run_coroutine_threadsafe(asyncio.sleep(0.1, 'from thread loop'), loop).result(timeout=2)); loop.call_soon_threadsafe(loop.stop); t.join(); loop.close()
loop = asyncio.new_event_loop(); print(loop.run_until_complete(asyncio.sleep(0, 'old style'))); loop.close()
