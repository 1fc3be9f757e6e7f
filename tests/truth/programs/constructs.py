"""What single constructs take, each the body of a loop of its own, ns per turn (costs.json, "python" and the locks)."""
import threading
import time

CONSTRUCT = "for-range-pass"  #@param {type:"string"}
TURNS = 20000  #@param {type:"number"}

clock = getattr(time, "perf_counter", time.time)
TURN = range(TURNS)
GLOBAL = 1


class Plain(object):
    def __init__(self):
        self.a = 1

    def m(self):
        pass


def f0():
    pass


def f3(a, b, c):
    pass


def numbers():
    for i in TURN:
        yield i


def measured(name):
    o, d, items, s = Plain(), {"k": 1}, [1, 2], "text"
    lock, x, y, n = threading.Lock(), 1, 2.5, TURNS
    gathered = []
    start = clock()
    if name == "for-range-pass":
        for i in TURN:
            pass
    elif name == "for-attr-load":
        for i in TURN:
            o.a
    elif name == "for-attr-store":
        for i in TURN:
            o.a = 1
    elif name == "for-call-builtin-len":
        for i in TURN:
            len(s)
    elif name == "for-call-method":
        for i in TURN:
            o.m()
    elif name == "for-call-py0":
        for i in TURN:
            f0()
    elif name == "for-call-py3args":
        for i in TURN:
            f3(1, 2, 3)
    elif name == "for-compare-if":
        for i in TURN:
            if x < n:
                pass
    elif name == "for-dict-get":
        for i in TURN:
            d["k"]
    elif name == "for-dict-set":
        for i in TURN:
            d["k"] = 1
    elif name == "for-fstring":
        for i in TURN:
            f"{x}"
    elif name == "for-generator-next":
        for i in numbers():
            pass
    elif name == "for-global-load":
        for i in TURN:
            GLOBAL
    elif name == "for-iadd-and":
        for i in TURN:
            x = (x + 1) & 1023
    elif name == "for-iadd-local":
        for i in TURN:
            x += 1
    elif name == "for-list-append":
        for i in TURN:
            gathered.append(i)
    elif name == "for-list-index":
        for i in TURN:
            items[0]
    elif name == "for-lock-with":
        for i in TURN:
            with lock:
                pass
    elif name == "for-mul-float":
        for i in TURN:
            y * y
    elif name == "for-new-object":
        for i in TURN:
            Plain()
    elif name == "for-new-tuple":
        for i in TURN:
            (i, i)
    elif name == "for-try-except-raise":
        for i in TURN:
            try:
                raise ValueError
            except ValueError:
                pass
    elif name == "for-try-noraise":
        for i in TURN:
            try:
                pass
            except ValueError:
                pass
    elif name == "while-decrement":
        while n > 0:
            n -= 1
    elif name == "lock-acquire+release":
        acquire, release = lock.acquire, lock.release
        for i in TURN:
            acquire()
            release()
    else:
        raise SystemExit("no such construct: " + name)
    return (clock() - start) / TURNS * 1e9


print("ns per turn", round(measured(CONSTRUCT), 1))
