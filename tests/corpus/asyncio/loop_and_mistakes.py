# The event loop by its methods, and the mistakes it names.
import asyncio, datetime, functools
def hello_world(loop): print('Hello World'); loop.stop()
loop = asyncio.new_event_loop(); loop.call_soon(hello_world, loop)
try: loop.run_forever()
finally: loop.close()
print(loop.is_closed(), loop.is_running())
for f in (lambda: loop.call_soon(print), lambda: loop.run_until_complete(asyncio.sleep(0)), lambda: loop.create_task(c()), lambda: loop.call_later(1, print)):
    try: f()
    except RuntimeError as e: print(e)
async def c(): return 1
async def set_after(fut, delay, value): await asyncio.sleep(delay); fut.set_result(value)
async def main():
    loop = asyncio.get_running_loop()
    fut = loop.create_future(); print(fut, fut.done(), fut.cancelled())
    loop.create_task(set_after(fut, 1, '... world')); print('hello ...'); print(await fut); print(fut)
    for f in (lambda: fut.set_result(1), lambda: fut.set_exception(ValueError()), lambda: asyncio.Future().result(), lambda: asyncio.Future().exception(), lambda: loop.create_future().set_exception(StopIteration()), lambda: loop.run_forever(), lambda: loop.run_until_complete(fut), lambda: asyncio.run(c0), lambda: loop.call_soon(5), lambda: loop.call_soon(c), lambda: loop.call_at('a', print), lambda: loop.create_task(5), lambda: asyncio.create_task(c), lambda: asyncio.ensure_future(5), lambda: asyncio.gather(5), lambda: asyncio.Semaphore(-1), lambda: asyncio.Task(5), lambda: asyncio.Lock().release(), lambda: asyncio.Barrier(0), lambda: asyncio.Queue().get_nowait(), lambda: asyncio.BoundedSemaphore().release(), lambda: asyncio.Queue().task_done(), lambda: asyncio.Condition().notify(), lambda: asyncio.timeout('a'), lambda: asyncio.sleep(), lambda: asyncio.run(5), lambda: asyncio.wait([]), lambda: asyncio.Queue(1).put_nowait(*[1, 2]), lambda: asyncio.current_task().set_result(1), lambda: asyncio.get_running_loop().set_debug(), lambda: asyncio.Future(5), lambda: loop.set_exception_handler(5), lambda: loop.set_task_factory(5), lambda: loop.run_in_executor(None, 5), lambda: loop.run_in_executor(None, c)):
        try: r = f(); print(type(r)); r.close() if asyncio.iscoroutine(r) else None
        except BaseException as e: print(type(e).__name__, e)
    for coro in (lambda: asyncio.wait([]), lambda: asyncio.wait([c0]), lambda: asyncio.wait_for(5, 1), lambda: asyncio.wait(5), lambda: asyncio.wait([fut], return_when='x'), lambda: asyncio.sleep('a'), lambda: asyncio.gather(), lambda: asyncio.to_thread(5), lambda: asyncio.Condition().wait(), lambda: asyncio.shield(5), lambda: asyncio.open_connection('localhost', 1)):
        try: print(await coro())
        except BaseException as e: print(type(e).__name__, e)
    h = loop.call_later(5, print, 'never'); print(h.cancelled(), h.when() > loop.time()); h.cancel(); print(h.cancelled(), h)
    h = loop.call_soon(functools.partial(print, 'partial', end='!\n')); print(type(h).__name__); await asyncio.sleep(0)
    t = asyncio.create_task(c(), name='my task'); print(t.get_name(), t); t.set_name('other'); await t; print(t, t.result(), t.exception(), t.get_coro().__name__, t.get_stack())
    t.add_done_callback(lambda t: print('cb', t.get_name())); await asyncio.sleep(0)
    print(asyncio.current_task().get_name(), len(asyncio.all_tasks()), asyncio.iscoroutinefunction(c), asyncio.isfuture(t), asyncio.iscoroutine(t))
    loop.call_soon_threadsafe(print, 'threadsafe'); await asyncio.sleep(0.1)
    end = loop.time() + 3
    def display(n): 
        print('tick', n)
        if loop.time() + 1.0 < end: loop.call_later(1, display, n + 1)
    display(0); await asyncio.sleep(4)
    loop.set_exception_handler(lambda l, ctx: print('handler', sorted(ctx), ctx['message'], repr(ctx.get('exception'))))
    loop.call_soon(lambda: 1 / 0); await asyncio.sleep(0); print(loop.get_exception_handler() is not None)
    asyncio.create_task(failing()); await asyncio.sleep(0.1); import gc; gc.collect()
    loop.set_exception_handler(None); loop.call_soon(boom, 1); await asyncio.sleep(0)
    f2 = loop.create_future(); f2.set_exception(KeyError('lost')); del f2; gc.collect(); await asyncio.sleep(0)
    t = asyncio.create_task(failing()); await asyncio.sleep(0); del t; gc.collect()
    loop.call_exception_handler({'message': 'custom message', 'extra': 5})
def boom(x): raise RuntimeError(f'boom {x}')
async def failing(): raise ValueError('never retrieved')
c0 = c(); c0.close()
asyncio.run(main())
with asyncio.Runner() as runner:
    print(runner.run(c()), runner.get_loop().is_running()); runner.run(asyncio.sleep(0))
try: runner.run(c0)
except RuntimeError as e: print(e)
for f in (lambda: asyncio.run(c), lambda: asyncio.get_running_loop(), lambda: asyncio.current_task(), lambda: asyncio.create_task(c0), lambda: asyncio.run(asyncio.sleep(0, 'v')), lambda: asyncio.run(main, debug=1), lambda: asyncio.Runner().run(5), lambda: asyncio.get_event_loop_policy().__class__.__name__):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
