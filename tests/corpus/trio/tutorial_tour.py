# The main parts of Trio in one go; the last run fails.
import trio
async def child1():
    print("  child1: started! sleeping now..."); await trio.sleep(1); print("  child1: exiting!")
async def child2():
    print("  child2: started! sleeping now..."); await trio.sleep(2); print("  child2: exiting!")
async def parent():
    print("parent: started!")
    async with trio.open_nursery() as nursery:
        print("parent: spawning child1..."); nursery.start_soon(child1); print("parent: spawning child2..."); nursery.start_soon(child2); print("parent: waiting for children to finish...")
    print("parent: all done!")
class Tracer(trio.abc.Instrument):
    def before_run(self): print("!!! run started")
    def _p(self, m, t): print(f"{m}: {t.name}")
    def task_spawned(self, t): pass
    def after_run(self): print("!!! run finished")
async def producer(ch):
    async with ch:
        for i in range(3): await ch.send(f'msg {i}')
async def consumer(ch):
    async with ch:
        async for v in ch: print('got', v)
async def main():
    async with trio.open_nursery() as n:
        s, r = trio.open_memory_channel(0); n.start_soon(producer, s); n.start_soon(consumer, r)
    with trio.move_on_after(1) as scope: await trio.sleep(5); print('never')
    print(scope.cancelled_caught, scope.cancel_called)
    try:
        with trio.fail_after(1): await trio.sleep(5)
    except trio.TooSlowError as e: print(repr(e))
    async with trio.open_nursery() as n:
        async def bg(task_status=trio.TASK_STATUS_IGNORED):
            await trio.sleep(0.5); task_status.started('port 80'); await trio.sleep_forever()
        print(await n.start(bg)); n.cancel_scope.cancel()
    lock, ev, sem, lim, cond = trio.Lock(), trio.Event(), trio.Semaphore(2), trio.CapacityLimiter(2), trio.Condition()
    async with lock: print(lock.locked(), ev.is_set(), sem.value, lim.total_tokens)
    print(await trio.to_thread.run_sync(lambda: trio.from_thread.run_sync(lambda: 'from thread')), trio.current_time() > 0)
    try:
        async with trio.open_nursery() as n:
            n.start_soon(fail, ValueError('a')); n.start_soon(fail, KeyError('b')); n.start_soon(trio.sleep, 9)
    except* ValueError as eg: print('values', eg.exceptions)
    except* KeyError as eg: print('keys', eg.exceptions)
    async def server(stream):
        async for data in stream: await stream.send_all(data.upper())
    async with trio.open_nursery() as n:
        ls = await n.start(trio.serve_tcp, server, 12345, )
        c = await trio.open_tcp_stream('127.0.0.1', 12345); await c.send_all(b'hello'); print(await c.receive_some()); await c.aclose(); n.cancel_scope.cancel()
async def fail(e): raise e
trio.run(main)
async def crash():
    async with trio.open_nursery() as n:
        n.start_soon(fail, RuntimeError('boom'))
trio.run(crash)
