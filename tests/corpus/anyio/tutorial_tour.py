# The tutorial of AnyIO and its main parts in one go; the last run fails.
import anyio
from anyio import create_task_group, sleep, run, to_thread, from_thread, Event, Semaphore, Lock, CapacityLimiter, create_memory_object_stream, move_on_after, fail_after, CancelScope, get_cancelled_exc_class, BrokenResourceError, EndOfStream, ClosedResourceError, WouldBlock
import time
async def sometask(num): print('Task', num, 'running'); await sleep(1); print('Task', num, 'finished')
async def start_some_service(port, *, task_status=anyio.TASK_STATUS_IGNORED): await sleep(0.2); task_status.started(port * 2); await sleep(0.1)
async def main():
    async with create_task_group() as tg:
        for num in range(3): tg.start_soon(sometask, num)
    print('All tasks finished!')
    async with create_task_group() as tg: print(await tg.start(start_some_service, 80))
    with move_on_after(1) as scope: await sleep(2); print('This should never be printed')
    print('Exited cancel scope', scope.cancelled_caught, scope.cancel_called)
    try:
        with fail_after(0.5): await sleep(2)
    except TimeoutError as e: print('timeout', repr(e))
    async with create_task_group() as tg:
        with CancelScope(shield=True) as scope: tg.start_soon(sleep, 5); tg.cancel_scope.cancel(); print('Started sleeping in the host task'); await sleep(1); print('Finished sleeping in the host task')
    send, recv = create_memory_object_stream[str](max_buffer_size=2)
    async def rx():
        async with recv:
            async for item in recv: print('received', item)
    async with create_task_group() as tg:
        tg.start_soon(rx)
        async with send:
            for n in range(4): await send.send(f'number {n}')
    for bad in (lambda: send.send_nowait(1), lambda: recv.receive_nowait(), lambda: Lock().release(), lambda: CapacityLimiter(0), lambda: Semaphore(-1), lambda: create_memory_object_stream(-1)):
        try: bad()
        except BaseException as e: print(type(e).__name__, e)
    lim = CapacityLimiter(2)
    async def use(n):
        async with lim: print('use', n, lim.borrowed_tokens); await sleep(0.1)
    async with create_task_group() as tg: [tg.start_soon(use, n) for n in range(4)]
    def blocking(x): time.sleep(0.2); from_thread.run(sleep, 0.1); return from_thread.run_sync(lambda: x * 2)
    print(await to_thread.run_sync(blocking, 21), to_thread.current_default_thread_limiter().total_tokens)
    try:
        async with create_task_group() as tg:
            async def f(e): raise e
            tg.start_soon(f, ValueError('x')); tg.start_soon(f, KeyError('y'))
    except* ValueError as eg: print('caught', eg.exceptions)
    except* KeyError as eg: print('caught', eg.exceptions)
    ev = Event()
    async def w(): await ev.wait(); print('event set')
    async with create_task_group() as tg: tg.start_soon(w); await sleep(0.1); ev.set()
    print(ev.statistics(), lim.statistics().borrowed_tokens, anyio.current_time() > 0, anyio.get_current_task().name)
    async with await anyio.open_file('t.txt', 'w') as f: await f.write('hi')
    print(await anyio.Path('t.txt').read_text(), await anyio.Path('t.txt').exists())
    async def sv(c):
        async with c: await c.send(b'echo ' + await c.receive())
    l = await anyio.create_tcp_listener(local_host='127.0.0.1', local_port=1234)
    async with create_task_group() as tg:
        tg.start_soon(l.serve, sv)
        async with await anyio.connect_tcp('127.0.0.1', 1234) as c: await c.send(b'hi'); print(await c.receive())
        tg.cancel_scope.cancel()
    try: await anyio.connect_tcp('127.0.0.1', 1)
    except OSError as e: print(type(e).__name__, e)
    with CancelScope(deadline=anyio.current_time() + 0.5) as sc:
        try: await anyio.sleep_forever()
        except get_cancelled_exc_class(): print('cancelled'); raise
        finally:
            with CancelScope(shield=True): await sleep(0.1); print('cleanup')
run(main)
print(anyio.run(lambda: anyio.sleep(0, 5)) if 0 else '')
anyio.run(main2 := (lambda: None)) if 0 else None
async def bad():
    async with create_task_group() as tg: tg.start_soon(sometask2)
async def sometask2(): raise RuntimeError('in child')
run(bad)
