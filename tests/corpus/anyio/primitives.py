# Events, semaphores, locks, conditions, limiters, streams and what is known about tasks.
import anyio
from anyio import BusyResourceError, CapacityLimiter, Condition, DelimiterNotFound, Event, IncompleteRead, Lock, ResourceGuard, Semaphore, WouldBlock, create_memory_object_stream, create_task_group, get_all_backends, get_current_task, get_running_tasks, lowlevel, move_on_after, sleep, wait_all_tasks_blocked
async def sync():
    e = Event(); print(e.is_set(), e.statistics())
    async def notify(): await sleep(.05); e.set()
    async with create_task_group() as tg:
        tg.start_soon(notify); await e.wait(); print('event')
    sem = Semaphore(2, max_value=3)
    async def use(n):
        async with sem: print(n, 'sem'); await sleep(.1)
    async with create_task_group() as tg:
        for n in range(4): tg.start_soon(use, n); await sleep(.01)
    sem.release()
    try: sem.release()
    except ValueError as x: print(x)
    try: Semaphore(-1)
    except ValueError as x: print(x)
    try: Semaphore(1.0)
    except TypeError as x: print(x)
    lock = Lock()
    async def l(n):
        async with lock: print('lock', n, lock.locked(), lock.statistics().owner.name); await sleep(.05)
    async with create_task_group() as tg:
        for n in range(3): tg.start_soon(l, n, name=f'L{n}'); await sleep(.01)
    try: lock.release()
    except RuntimeError as x: print(x)
    async with lock:
        try: await lock.acquire()
        except RuntimeError as x: print(x)
        try: lock.acquire_nowait()
        except RuntimeError as x: print(x)
    cond = Condition()
    async def listen(n):
        async with cond: await cond.wait(); print('woken', n)
    async with create_task_group() as tg:
        for n in range(4): tg.start_soon(listen, n); await sleep(.01)
        async with cond: cond.notify(1)
        await sleep(.01)
        async with cond: cond.notify(2)
        await sleep(.01)
        async with cond: print(cond.statistics().tasks_waiting, cond.statistics().lock_statistics.tasks_waiting); cond.notify_all()
    try: cond.notify()
    except RuntimeError as x: print(x)
    lim = CapacityLimiter(2)
    async def c(n):
        async with lim: print('lim', n, lim.borrowed_tokens <= 2); await sleep(.05)
    async with create_task_group() as tg:
        for n in range(5): tg.start_soon(c, n); await sleep(.01)
    lim.total_tokens = 5; print(lim.total_tokens)
    await lim.acquire_on_behalf_of('x'); print(lim.statistics())
    lim.release_on_behalf_of('x')
    try: lim.release_on_behalf_of('x')
    except RuntimeError as x: print(x)
    try: lim.total_tokens = 1.5
    except TypeError as x: print(x)
    g = ResourceGuard('using')
    try:
        with g:
            with g: pass
    except BusyResourceError as x: print(x)
async def streams():
    s, r = create_memory_object_stream[int](1)
    print(s.statistics())
    async def prod(s):
        async with s:
            for i in range(3): await s.send(i)
    async def cons(r, n):
        async with r:
            async for i in r: print(n, i)
    async with create_task_group() as tg:
        async with s: tg.start_soon(prod, s.clone()); tg.start_soon(prod, s.clone())
        async with r: tg.start_soon(cons, r.clone(), 'A')
    for f in (lambda: s.send_nowait(1), lambda: r.receive_nowait(), s.clone):
        try: f()
        except Exception as x: print(repr(x))
    s, r = create_memory_object_stream(0)
    for f in (lambda: s.send_nowait(1), lambda: r.receive_nowait()):
        try: f()
        except WouldBlock as x: print(repr(x))
    with move_on_after(.05) as sc: await s.send(1)
    print(sc.cancelled_caught, s.statistics().tasks_waiting_send)
    async def rcv():
        try: print(await r.receive())
        except Exception as x: print(repr(x))
    async with create_task_group() as tg: tg.start_soon(rcv); await sleep(.01); s.close()
    s, r = create_memory_object_stream(0)
    async def snd():
        try: print(await s.send(1))
        except Exception as x: print(repr(x))
    async with create_task_group() as tg: tg.start_soon(snd); await sleep(.01); r.close()
    for a in (-1, 'x'):
        try: create_memory_object_stream(a)
        except (ValueError, TypeError) as x: print(x)
    from anyio.streams.buffered import BufferedByteReceiveStream
    from anyio.streams.text import TextReceiveStream, TextSendStream
    from anyio.streams.stapled import StapledObjectStream
    s, r = create_memory_object_stream[bytes](4)
    b = BufferedByteReceiveStream(r)
    for x in (b'hel', b'lo\nwor', b'ld!'): await s.send(x)
    print(await b.receive_exactly(2), await b.receive_until(b'\n', 100), await b.receive(), await b.receive())
    await s.send(b'abc')
    try: await b.receive_until(b'x', 2)
    except DelimiterNotFound as x: print(x)
    s.close()
    try: await b.receive_exactly(50)
    except IncompleteRead as x: print(x)
    s, r = create_memory_object_stream[bytes](10)
    ts, tr = TextSendStream(s), TextReceiveStream(r)
    await ts.send('åäö'); print(await tr.receive())
    await s.send('å'.encode()[:1]); await s.send('å'.encode()[1:]); print(await tr.receive())
    st = StapledObjectStream(s, r); await st.send(b'1'); print(await st.receive()); await st.aclose()
async def taskinfo():
    t = get_current_task(); print(t.name, t.has_pending_cancellation(), t == get_current_task())
    async def child(): print(get_current_task().name); await sleep(.55)
    async with create_task_group() as tg:
        tg.start_soon(child, name='kid'); tg.start_soon(child)
        await wait_all_tasks_blocked()
        print('blocked', sorted(x.name for x in get_running_tasks() if not x.name.startswith('<')))
    rv = lowlevel.RunVar('v', 'd'); print(rv.get(), rv); tok = rv.set(3); print(rv.get()); rv.reset(tok); print(rv.get())
    print(get_all_backends())
for f in (sync,streams,taskinfo): print('#', f.__name__); anyio.run(f, backend="asyncio")
