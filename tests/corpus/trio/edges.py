# Control-C, signals, misnesting, foreign yields, guest mode, broken locks, safe channels, reasons.
import trio, time, signal, os
trio._core._run._r.seed(11)
async def main():
    try:
        while True:
            await trio.sleep(0.1)
            signal.raise_signal(signal.SIGINT)
    except KeyboardInterrupt:
        print('KI caught')
trio.run(main)
async def main2():
    @trio.lowlevel.enable_ki_protection
    def prot():
        signal.raise_signal(signal.SIGINT)
        print('still here')
    try:
        prot()
        await trio.sleep(1)
    except KeyboardInterrupt: print('KI at checkpoint')
trio.run(main2)
async def main3():
    with trio.open_signal_receiver(signal.SIGUSR1) as sigs:
        signal.raise_signal(signal.SIGUSR1)
        async for s in sigs:
            print('got', s); break
trio.run(main3)
async def main4():
    a = trio.CancelScope(); b = trio.CancelScope()
    a.__enter__(); b.__enter__()
    try:
        a.__exit__(None,None,None)
    except RuntimeError as e: print(str(e).splitlines()[0][:60])
    b.__exit__(None,None,None)
trio.run(main4)
async def main5():
    import asyncio
    try: await asyncio.sleep(0.1)
    except BaseException as e: print(type(e), str(e)[:80])
    class A:
        def __await__(self): yield 'huh'
    try: await A()
    except TypeError as e: print(e)
trio.run(main5)
async def main6():
    async with trio.open_nursery() as n:
        async def child():
            async with trio.open_nursery() as n2:
                n2.start_soon(inner)
        async def inner(): raise ValueError('deep')
        n.start_soon(child)
try: trio.run(main6)
except BaseException as e: print(repr(e))
import warnings; warnings.simplefilter('ignore')
try: trio.run(main6, strict_exception_groups=False)
except BaseException as e: print(repr(e))
import asyncio
def guest():
    async def tmain():
        for i in range(3):
            print('trio', i); await trio.sleep(0.1)
        return 'result'
    async def amain():
        loop = asyncio.get_running_loop()
        done = loop.create_future()
        def done_cb(outcome): done.set_result(outcome)
        trio.lowlevel.start_guest_run(tmain, run_sync_soon_threadsafe=loop.call_soon_threadsafe, done_callback=done_cb)
        async def tick():
            for i in range(3): print('asyncio', i); await asyncio.sleep(0.12)
        t = asyncio.create_task(tick())
        o = await done
        print(o.unwrap()); await t
    asyncio.run(amain())
guest()
class Bad(trio.abc.Instrument):
    def before_task_step(self, task): raise ValueError('bad instrument')
async def q(): print('q')
trio.run(q, instruments=[Bad()])
async def ctx():
    import contextvars
    v = contextvars.ContextVar('v', default=0)
    v.set(1)
    async def child(): print('child sees', v.get()); v.set(5)
    async with trio.open_nursery() as n: n.start_soon(child)
    print(v.get(), await trio.to_thread.run_sync(v.get))
trio.run(ctx)
async def detached():
    l = trio.Lock()
    async def holder():
        await l.acquire()
        await trio.sleep(.1)
    async def waiter():
        try: await l.acquire()
        except trio.BrokenResourceError as e: print('broken', str(e)[:45])
    async with trio.open_nursery() as n:
        n.start_soon(holder); await trio.sleep(0.01); n.start_soon(waiter)
trio.run(detached)
async def safe():
    @trio.as_safe_channel
    async def gen():
        for i in range(5):
            yield i
            await trio.sleep(0.01)
    async with gen() as ch:
        async for v in ch:
            print('safe', v)
            if v == 2: break
trio.run(safe)
async def reason():
    with trio.CancelScope() as s:
        s.cancel(reason='enough')
        try: await trio.sleep(1)
        except trio.Cancelled as e: print(str(e)[:45]); raise
    with trio.move_on_after(0.1) as s:
        print(s.is_relative, s.relative_deadline <= 0.1)
        try: await trio.sleep(1)
        except trio.Cancelled as e: print(e, repr(e)); raise
    s = trio.move_on_after(3); print(s.is_relative, s.relative_deadline)
    try: s.deadline
    except RuntimeError as e: print(e)
    async def f(): raise ValueError('v')
    try:
        async with trio.open_nursery() as n:
            n.start_soon(f)
            try: await trio.sleep(1)
            except trio.Cancelled as e: print(str(e)[:70]); raise
    except* ValueError: pass
trio.run(reason)
