# Locks, limiters, semaphores, conditions and channels, their statistics and errors.
import trio, math
trio._core._run._r.seed(6)
async def main():
    e = trio.Event(); print(e.statistics(), e.is_set())
    lock = trio.Lock(); print(lock.statistics())
    lim = trio.CapacityLimiter(2); print(lim.statistics(), lim.available_tokens)
    sem = trio.Semaphore(2, max_value=3); print(sem.statistics(), sem.value, sem.max_value)
    cond = trio.Condition(); print(cond.statistics(), cond.locked())
    print(type(e), type(lock), type(lim), type(trio.StrictFIFOLock()))
    pass
    async def waiter(i):
        await e.wait(); print('woke', i)
    async with trio.open_nursery() as n:
        await trio.sleep(0.1)
        print(e.statistics())
        e.set()
    async def use(i):
        async with lock:
            print('in', i, lock.statistics().tasks_waiting, lock.statistics().owner.name)
            await trio.sleep(0.1)
    async with trio.open_nursery() as n:
        for i in range(3): n.start_soon(use, i, name=f'user {i}')
    try: lock.release()
    except RuntimeError as x: print(x)
    async with lock:
        try: await lock.acquire()
        except RuntimeError as x: print(x)
    async with sem: print(sem.value)
    sem.release()
    try: sem.release(); 
    except ValueError as x: print(x)
    try: trio.CapacityLimiter(1.5)
    except TypeError as x: print(x)
    try: trio.CapacityLimiter(-1)
    except ValueError as x: print(x)
    async def borrow(i):
        async with lim:
            print('b', i, lim.borrowed_tokens, lim.statistics().tasks_waiting); await trio.sleep(0.1)
    async with trio.open_nursery() as n:
        for i in range(5): n.start_soon(borrow, i)
    try: lim.release()
    except RuntimeError as x: print(x)
    lim.acquire_nowait()
    try: lim.acquire_nowait()
    except RuntimeError as x: print(x)
    lim.release()
    async def cw(i):
        async with cond:
            await cond.wait(); print('cond', i)
    async with trio.open_nursery() as n:
        for i in range(3): n.start_soon(cw, i)
        await trio.sleep(0.1)
        async with cond:
            print(cond.statistics().tasks_waiting); cond.notify(); print(cond.statistics().tasks_waiting, cond.statistics().lock_statistics.tasks_waiting)
        await trio.sleep(0.1)
        async with cond: cond.notify_all()
    try: cond.notify()
    except RuntimeError as x: print(x)
    s, r = trio.open_memory_channel(2)
    print(s.statistics())
    async def prod(s, n):
        async with s:
            for i in range(3): await s.send((n, i))
    async def cons(r, n):
        async with r:
            async for v in r: print(n, 'got', v)
    async with trio.open_nursery() as n:
        async with s, r:
            n.start_soon(prod, s.clone(), 'A'); n.start_soon(prod, s.clone(), 'B')
            n.start_soon(cons, r.clone(), 'X'); n.start_soon(cons, r.clone(), 'Y')
    for f in (lambda: s.send_nowait(1), lambda: r.receive_nowait(), lambda: s.clone()):
        try: f()
        except Exception as x: print(repr(x), type(x))
    s, r = trio.open_memory_channel(0)
    for f in (lambda: s.send_nowait(1), lambda: r.receive_nowait()):
        try: f()
        except Exception as x: print(repr(x))
    r.close()
    try: await s.send(1)
    except Exception as x: print(repr(x))
    s, r = trio.open_memory_channel(math.inf)
    s.send_nowait(1); s.close()
    print(await r.receive())
    try: await r.receive()
    except Exception as x: print(repr(x))
    try: trio.open_memory_channel(None)
    except TypeError as x: print(x)
    try: trio.open_memory_channel(-1)
    except ValueError as x: print(x)
    try: bool(e)
    except NotImplementedError as x: print(x)
    s, r = trio.open_memory_channel(0)
    async def c():
        try: await r.receive()
        except trio.ClosedResourceError as x: print('closed under me', repr(x))
    async with trio.open_nursery() as n:
        n.start_soon(c); await trio.sleep(.1); r.close()
trio.run(main)
