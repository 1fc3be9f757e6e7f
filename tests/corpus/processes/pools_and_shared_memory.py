# Process pools, queues of work, blocks of shared memory and shared lists; the last call fails.
from multiprocessing import Process, Queue, current_process, shared_memory, Pool
from concurrent.futures import ProcessPoolExecutor, as_completed
import time, math
PRIMES = [112272535095293, 112582705942171, 112272535095293, 115280095190773, 115797848077099, 1099726899285419]
def is_prime(n):
    if n < 2: return False
    if n == 2: return True
    if n % 2 == 0: return False
    for i in range(3, 2000, 2):
        if n % i == 0: return False
    return True
def worker(inp, out):
    for func, args in iter(inp.get, 'STOP'): out.put(f'{func.__name__}{args} = {func(*args)}')
def mul(a, b): return a * b
def plus(a, b): return a + b
def boom(x): return 1 / x
def shm(name):
    s = shared_memory.SharedMemory(name=name); s.buf[0] = 42; s.close()
def init(v): global G; G = v
def useg(x): return G + x
def main():
    with ProcessPoolExecutor() as ex:
        for n, p in zip(PRIMES, ex.map(is_prime, PRIMES)): print('%d is prime: %s' % (n, p))
        try: ex.submit(boom, 0).result()
        except ZeroDivisionError as e: print('raised', e, type(e.__cause__).__name__)
        print([f.result() for f in [ex.submit(pow, 2, i) for i in range(3)]], list(ex.map(mul, [1, 2], [3, 4], chunksize=2)))
        try: ex.submit(lambda: 1).result()
        except Exception as e: print(type(e).__name__, str(e)[:40])
    tq, dq = Queue(), Queue(); tasks = [(mul, (i, 7)) for i in range(4)]
    for t in tasks: tq.put(t)
    ps = [Process(target=worker, args=(tq, dq)) for _ in range(2)]; [p.start() for p in ps]
    print(sorted(dq.get() for _ in tasks)); [tq.put('STOP') for _ in ps]; [p.join() for p in ps]
    s = shared_memory.SharedMemory(create=True, size=16); p = Process(target=shm, args=(s.name,)); p.start(); p.join(); print(s.buf[0], bytes(s.buf[:4]), s.size); s.close(); s.unlink()
    sl = shared_memory.ShareableList(['a', 1, 2.5, None, True]); print(sl[0], len(sl), list(sl)); sl[1] = 5; print(sl[1], sl.index(2.5), sl.count(None)); sl.shm.close(); sl.shm.unlink()
    with Pool(2, initializer=init, initargs=(10,)) as pool: print(pool.map(useg, range(3)))
    with Pool(processes=4) as pool:
        res = [pool.apply_async(plus, (i, i)) for i in range(3)]; print([r.get(timeout=1) for r in res]); it = pool.imap(plus1, range(3)); print(next(it), it.next(timeout=1))
    with ProcessPoolExecutor(2) as ex: fut = ex.submit(boom, 0); fut.result()
def plus1(x): return x + 1
if __name__ == '__main__': main()
