# Worker threads, calls back from them, and blocking portals, on asyncio and on Trio.
import anyio
import trio, time, threading
from anyio import CancelScope, CapacityLimiter, Event, Lock, create_task_group, current_time, from_thread, get_cancelled_exc_class, get_current_task, lowlevel, move_on_after, sleep, sleep_forever, to_thread
from anyio.from_thread import start_blocking_portal, BlockingPortal
async def threads():
    print(await to_thread.run_sync(lambda: threading.current_thread() is threading.main_thread()))
    def worker(n):
        time.sleep(.05); return from_thread.run_sync(lambda: n*2), from_thread.run(aco, n)
    async def aco(n): await sleep(.01); return n+1
    print(await to_thread.run_sync(worker, 3))
    lim = CapacityLimiter(2)
    t = current_time()
    async with create_task_group() as tg:
        for i in range(6): tg.start_soon(lambda i: to_thread.run_sync(time.sleep, .05, limiter=lim), i)
    print(round(current_time()-t,1))
    print(to_thread.current_default_thread_limiter().total_tokens)
    with move_on_after(.05) as s: await to_thread.run_sync(time.sleep, .2)
    print(s.cancelled_caught)
    t = current_time()
    with move_on_after(.05) as s: await to_thread.run_sync(time.sleep, .3, abandon_on_cancel=True)
    print(s.cancelled_caught, round(current_time()-t, 1))
    def chk():
        for _ in range(50): time.sleep(.02); from_thread.check_cancelled()
    with move_on_after(.05) as s: await to_thread.run_sync(chk)
    print(s.cancelled_caught)
    try: await to_thread.run_sync(int, 'x')
    except ValueError as e: print(e)
    try: from_thread.run(sleep, 1)
    except RuntimeError as e: print(e)
    async with BlockingPortal() as portal:
        print(await to_thread.run_sync(portal.call, aco, 5))
        try: portal.call(aco, 1)
        except RuntimeError as e: print(e)
for B in ("asyncio", "trio"):
    print("#", B)
    trio._core._run._r.seed(1)
    anyio.run(threads, backend=B)
    async def aco(n): await sleep(.01*n); return n
    with start_blocking_portal(backend=B) as portal:
        print(portal.call(aco, 3))
        print([f.result() for f in [portal.start_task_soon(aco, n) for n in (3, 1, 2)]])
        async def svc(*, task_status): task_status.started('hello'); await sleep(.05); return 'done'
        f, v = portal.start_task(svc); print(v, f.result())
        def boom(): raise ValueError('b')
        try: portal.call(boom)
        except ValueError as e: print(repr(e))
        f = portal.start_task_soon(sleep_forever); f.cancel(); print(f.cancelled())
        class CM:
            async def __aenter__(self): print('enter'); return 1
            async def __aexit__(self, *a): print('exit', a[0]); return False
        with portal.wrap_async_context_manager(CM()) as x: print(x)
    try: portal.call(aco, 3)
    except RuntimeError as e: print(e)
    try: from_thread.run_sync(print)
    except RuntimeError as e: print(type(e).__name__, e)
    try: anyio.run(aco, 1, backend='nope')
    except LookupError as e: print(e)
    async def nested():
        try: anyio.run(aco, 1)
        except RuntimeError as e: print(e)
    anyio.run(nested, backend=B)
    for f in (lambda: create_task_group(), lambda: CancelScope(), current_time, lambda: move_on_after(1), Event, Lock, lambda: CapacityLimiter(1), get_current_task, lambda: lowlevel.current_token(), get_cancelled_exc_class):
        try: print('fine', type(f()).__name__.removesuffix('Adapter'))
        except Exception as e: print(type(e).__name__, e)
