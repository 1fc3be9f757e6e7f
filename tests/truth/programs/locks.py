"""Who gets a lock, and what is lost without one (locks.json).

EXPERIMENT "handoff-*": a primitive is let go of once while WAITERS threads wait for it, which began to wait one after the
other; each passes it on. How many of ROUNDS are served in the order of waiting, and neighbours who changed places.
"barging", "barging-work": threads take one lock again and again for SECONDS, without and with work inside; a run is what
one of them gets in a row. "counter": threads add one to a global, in a statement and with a call between reading and
writing. "check-then-act": threads ask a cache for the same key and make what it lacks; errors are rounds that made more
than one. On Python 2 INTERVAL is a check interval in ticks.
"""
from __future__ import print_function

import sys
import threading
import time

EXPERIMENT = "handoff"  #@param ["handoff", "handoff-rlock", "handoff-sem", "handoff-cond", "barging", "barging-work", "counter", "check-then-act"]
THREADS = 4  #@param {type:"slider", min:1, max:16, step:1}
INTERVAL = 0.005  #@param {type:"number"}
ROUNDS = 40  #@param {type:"number"}
SECONDS = 0.5  #@param {type:"number"}
INCREMENTS = 500000  #@param {type:"number"}
FACTORY = "quick"  #@param ["quick", "slow", "sleep"]

if hasattr(sys, "setswitchinterval"):
    sys.setswitchinterval(INTERVAL)
else:
    sys.setcheckinterval(int(INTERVAL))
clock = getattr(time, "perf_counter", time.time)


def median(values):
    return sorted(values)[len(values) // 2] if values else 0


def run(threads):
    for t in threads:
        t.start()
    for t in threads:
        t.join()


def handoff():
    """Returns the order in which the waiters got it, and the times between them [us]."""
    got = []
    if EXPERIMENT == "handoff-cond":
        condition = threading.Condition()

        def wait(i):
            with condition:
                condition.wait()
                got.append((i, clock()))

        threads = [threading.Thread(target=wait, args=(i,)) for i in range(THREADS)]
        for t in threads:
            t.start()
            time.sleep(0.001)
        with condition:
            condition.notify_all()
    else:
        make = {"handoff": threading.Lock, "handoff-rlock": threading.RLock, "handoff-sem": threading.Semaphore}
        lock = make[EXPERIMENT]()
        lock.acquire()

        def wait(i):
            with lock:
                got.append((i, clock()))

        threads = [threading.Thread(target=wait, args=(i,)) for i in range(THREADS)]
        for t in threads:
            t.start()
            time.sleep(0.001)
        lock.release()
    for t in threads:
        t.join()
    return [i for i, _ in got], [(b - a) * 1e6 for (_, a), (_, b) in zip(got, got[1:])]


def handoffs():
    in_order, inversions, times = 0, 0, []
    for _ in range(ROUNDS):
        order, between = handoff()
        in_order += order == sorted(order)
        inversions += sum(a > b for a, b in zip(order, order[1:]))
        times += between
    print("fifo rounds", in_order, "inversions", inversions, "handoff us", round(median(times), 1))


def barging():
    lock = threading.Lock()
    runs = []
    last = [None, 0]
    counts = [0] * THREADS
    is_working = EXPERIMENT == "barging-work"
    end = clock() + SECONDS

    def take(me):
        n = 0
        while True:
            with lock:
                n += 1
                if last[0] == me:
                    last[1] += 1
                else:
                    runs.append(last[1])
                    last[0], last[1] = me, 1
                if is_working:
                    for _ in range(1500):
                        pass
            if n % 16 == 0 and clock() > end:
                break
        counts[me] = n

    run([threading.Thread(target=take, args=(me,)) for me in range(THREADS)])
    total = sum(counts)
    print("acquisitions per s", round(total / SECONDS), "handovers per s", round(len(runs) / SECONDS, 1), end=" ")
    print("run", median(runs[1:]), "largest share", round(float(max(counts)) / total, 3))


count = 0


def one():
    return 1


def plain():
    global count
    for _ in range(INCREMENTS):
        count += 1


def call():
    global count
    for _ in range(INCREMENTS):
        count += one()


def lost(target):
    global count
    count = 0
    run([threading.Thread(target=target) for _ in range(THREADS)])
    return 1 - float(count) / (THREADS * INCREMENTS)


def quick():
    return object()


def slow():
    n = 0
    for _ in range(24000):
        n += 1
    return n


def sleep():
    time.sleep(0.001)


def check_then_act():
    factory = {"quick": quick, "slow": slow, "sleep": sleep}[FACTORY]
    calls, errors = 0, 0
    for _ in range(ROUNDS):
        cache, made, go = {}, [], threading.Event()

        def get():
            go.wait()
            if "key" not in cache:
                made.append(1)
                cache["key"] = factory()

        threads = [threading.Thread(target=get) for _ in range(THREADS)]
        for t in threads:
            t.start()
        go.set()
        for t in threads:
            t.join()
        calls += len(made)
        errors += len(made) > 1
    print("rounds with error", errors, "factory calls per round", round(float(calls) / ROUNDS, 3))


if EXPERIMENT.startswith("handoff"):
    handoffs()
elif EXPERIMENT.startswith("barging"):
    barging()
elif EXPERIMENT == "counter":
    print("share lost plain", lost(plain), "share lost call", lost(call))
else:
    check_then_act()
