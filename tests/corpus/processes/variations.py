"""What tutorials do with processes: pools, queues, managers, executors in an event loop, errors."""

import asyncio, time, os, math, random, threading, queue, logging, sys, functools, collections
import multiprocessing as mp
from multiprocessing import Process, Queue, Pool, current_process, Value, Array, Lock
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, wait, FIRST_COMPLETED
import concurrent.futures


def cpu(n):
    return sum(i * i for i in range(n))


def is_prime(n):
    if n < 2:
        return False
    for i in range(2, int(math.sqrt(n)) + 1):
        if n % i == 0:
            return False
    return True


def worker(procnum, d):
    d[procnum] = procnum * 2


def log_result(r):
    results.append(r)


results = []


class Counter:
    def __init__(self):
        self.v = Value("i", 0)
        self.l = Lock()

    def inc(self):
        with self.l:
            self.v.value += 1


def run_counter(c):
    for _ in range(50):
        c.inc()


def producer(q):
    for i in range(5):
        q.put(i)
        time.sleep(0.01)
    q.put(None)


def consumer(q, out):
    while (x := q.get()) is not None:
        out.put(x * x)
    out.put(None)


def init_pool(l):
    global lock
    lock = l


def locked(i):
    with lock:
        return i


class P(Process):
    def __init__(self, n):
        super().__init__()
        self.n = n
        self.res = Value("d", 0.0)

    def run(self):
        self.res.value = self.n**0.5


async def amain():
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor() as pool:
        print(await loop.run_in_executor(pool, cpu, 1000))
        print(await asyncio.gather(*[loop.run_in_executor(pool, cpu, n) for n in (10, 20, 30)]))

    def child():
        return asyncio.run(asyncio.sleep(0.01, "from child"))

    return 1


def arun():
    return asyncio.run(asyncio.sleep(0.01, "from child loop"))


def thr():
    out = []
    ts = [threading.Thread(target=out.append, args=(i,)) for i in range(3)]
    [t.start() for t in ts]
    [t.join() for t in ts]
    return sorted(out)


def raiser():
    raise RuntimeError("in child")


def env():
    return (
        os.environ.get("FOO"),
        mp.current_process().name.split("-")[0],
        threading.current_thread().name,
        __name__,
    )


if __name__ == "__main__":
    os.environ["FOO"] = "bar"
    m = mp.Manager()
    d = m.dict()
    js = [Process(target=worker, args=(i, d)) for i in range(5)]
    [j.start() for j in js]
    [j.join() for j in js]
    print(dict(d) if False else sorted(d.values()))
    with Pool(processes=4) as pool:
        print([n for n, p in zip(range(20), pool.map(is_prime, range(20))) if p])
        for i in range(4):
            pool.apply_async(cpu, args=(i,), callback=log_result)
        pool.close()
        pool.join()
    print(sorted(results))
    c = Counter()
    ps = [Process(target=run_counter, args=(c,)) for _ in range(4)]
    [p.start() for p in ps]
    [p.join() for p in ps]
    print(c.v.value)
    q, o = Queue(), Queue()
    a = Process(target=producer, args=(q,))
    b = Process(target=consumer, args=(q, o))
    a.start()
    b.start()
    out = []
    while (x := o.get()) is not None:
        out.append(x)
    a.join()
    b.join()
    print(out)
    l = Lock()
    with Pool(2, initializer=init_pool, initargs=(l,)) as p:
        print(p.map(locked, range(4)))
    ps = [P(i) for i in (4, 9)]
    [p.start() for p in ps]
    [p.join() for p in ps]
    print([p.res.value for p in ps])
    asyncio.run(amain())
    with ProcessPoolExecutor(max_workers=2) as ex:
        print(ex.submit(arun).result(), ex.submit(thr).result(), ex.submit(env).result())
        f1, f2 = ex.submit(time.sleep, 0.2), ex.submit(time.sleep, 0.05)
        done, nd = wait([f1, f2], return_when=FIRST_COMPLETED)
        print(f2 in done, f1 in nd)
        try:
            ex.submit(raiser).result()
        except RuntimeError as e:
            print(e, "in raiser" in str(e.__cause__))
        try:
            ex.submit(time.sleep, 1).result(timeout=0.1)
        except concurrent.futures.TimeoutError as e:
            print("TO")
        fs = {ex.submit(pow, 2, i): i for i in range(4)}
        print(sorted((fs[f], f.result()) for f in concurrent.futures.as_completed(fs)))
        print(
            list(ex.map(functools.partial(pow, 2), [1, 2, 3])),
            list(ex.map(str.upper, "abc")),
            ex.submit(collections.Counter, "aab").result(),
        )
        try:
            list(ex.map(raiser, [1]))
        except TypeError as e:
            print(str(e)[:20])
    try:
        with Pool(2) as p:
            p.map(lambda x: x, [1])
    except Exception as e:
        print(type(e).__name__)
    e = mp.Event()
    p = Process(target=e.wait)
    p.start()
    print(p.is_alive())
    e.set()
    p.join(1)
    print(p.exitcode)
    p = Process(target=raiser, name="bad")
    p.start()
    p.join()
    print(p.exitcode, p.name)
    a1, a2 = mp.Pipe(duplex=False)
    p = Process(target=a2.send, args=(("x", [1, 2], {"k": None}),))
    p.start()
    print(a1.recv())
    p.join()
    print(a1.poll(), a1.poll(0.05))
    arr = Array("i", range(5))
    arr[1:3] = [10, 20]
    print(arr[:], sum(arr), mp.Array("c", b"hello").value)
    with mp.Pool(3) as p:
        r = p.imap(cpu, [1, 2, 3])
        print(next(r), r.next(timeout=1), list(r))
        r = p.map_async(cpu, [3, 4])
        r.wait()
        print(r.ready(), r.get())
        print(p.starmap_async(pow, [(2, 3), (3, 2)]).get())
        it = p.imap_unordered(is_prime, range(4))
        print(sorted(it))
        p.terminate()
    pr = Process(target=print, args=("hello from",))
    pr.start()
    pr.join()
    pr.close()
    try:
        pr.is_alive()
    except ValueError as e:
        print(e)
    print(mp.get_context("spawn").get_start_method(), mp.cpu_count() == os.cpu_count())
