# Thread pool futures: results, errors, time limits, cancelling, callbacks, initializers.
import concurrent.futures as cf, time, threading
def task(n): time.sleep(n / 10); return n * n
def fail(n): raise ValueError(f'bad {n}')
with cf.ThreadPoolExecutor(max_workers=2, thread_name_prefix='w') as ex:
    fs = {ex.submit(task, n): n for n in (3, 1, 2)}
    for f in cf.as_completed(fs): print(fs[f], f.result())
    print(list(ex.map(task, [3, 2, 1])), list(ex.map(pow, [1, 2], [3, 4]))); f = ex.submit(fail, 1)
    print(f.exception(), type(f.exception()), f.done(), f.cancelled(), f.running())
    try: f.result()
    except ValueError as e: print('result raised', e)
    try: list(ex.map(fail, [1, 2]))
    except ValueError as e: print('map raised', e)
    try: ex.submit(task, 9).result(timeout=0.1)
    except TimeoutError as e: print('timeout', repr(e), cf.TimeoutError is TimeoutError)
    try: list(ex.map(task, [9], timeout=0.1))
    except TimeoutError as e: print('map timeout', repr(e))
    fs = [ex.submit(task, 1) for _ in range(4)]; print(fs[3].cancel(), fs[3].cancelled())
    try: fs[3].result()
    except cf.CancelledError as e: print('cancelled', repr(e))
    r = cf.wait(fs, return_when=cf.FIRST_COMPLETED); print(len(r.done) >= 1, type(r).__name__); r = cf.wait(fs); print(len(r.done), len(r.not_done))
    f = ex.submit(task, 1); f.add_done_callback(lambda f: print('callback', f.result(), threading.current_thread().name[0])); f.result(); time.sleep(0.01)
    f = ex.submit(lambda: threading.current_thread().name); print(f.result()[:2]); print(repr(f).split('state=')[1])
    f.add_done_callback(lambda f: 1 / 0)
for bad in (lambda: ex.submit(task, 1), lambda: cf.ThreadPoolExecutor(0), lambda: cf.ThreadPoolExecutor(max_workers='a'), lambda: ex.submit(), lambda: cf.ThreadPoolExecutor(initializer=5), lambda: cf.wait(5), lambda: cf.wait([], return_when='x'), lambda: cf.Future().result(timeout=0), lambda: cf.Future().set_running_or_notify_cancel(), lambda: list(cf.as_completed([cf.Future()], timeout=0.1))):
    try: print(bad())
    except Exception as e: print(type(e).__name__, e)
def init(x): print('init', x)
with cf.ThreadPoolExecutor(1, initializer=init, initargs=(5,)) as ex: print(ex.submit(task, 0).result())
def badinit(): raise RuntimeError('init failed')
with cf.ThreadPoolExecutor(1, initializer=badinit) as ex:
    try: ex.submit(task, 0).result()
    except Exception as e: print(type(e).__name__, e)
ex = cf.ThreadPoolExecutor(1); fs = [ex.submit(task, 1) for _ in range(3)]; ex.shutdown(wait=False, cancel_futures=True); print([f.cancelled() for f in fs])
with cf.ThreadPoolExecutor() as ex:
    for n, r in zip('abc', ex.map(str.upper, 'abc')): print(n, r)
    future = ex.submit(fail, 7)
future.result()
