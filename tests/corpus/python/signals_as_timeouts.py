# Timeouts by alarm, handlers inside handlers and generators, the frame that they are given.
import os
import signal
import sys
import time

# timeouts as context manager / decorator
from contextlib import contextmanager
import functools


class Timeout(Exception):
    pass


@contextmanager
def time_limit(seconds):
    def handler(signum, frame):
        raise Timeout(f"timed out after {seconds}")

    old = signal.signal(signal.SIGALRM, handler)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, old)


def slow(n):
    s = 0
    for i in range(n):
        s += i
    return s


try:
    with time_limit(0.05):
        print(slow(10**9))
except Timeout as e:
    print("1", e)
try:
    with time_limit(0.2):
        time.sleep(10)
except Timeout as e:
    print("2", e)
with time_limit(1):
    print("3", slow(1000))


def timeout(seconds):
    def deco(fn):
        @functools.wraps(fn)
        def wrapper(*a, **k):
            with time_limit(seconds):
                return fn(*a, **k)

        return wrapper

    return deco


@timeout(0.1)
def f():
    time.sleep(1)


try:
    f()
except Timeout as e:
    print("4", e)


class Killer:
    kill_now = False

    def __init__(self):
        signal.signal(signal.SIGINT, self.exit)
        signal.signal(signal.SIGTERM, self.exit)

    def exit(self, *args):
        print("signal", signal.Signals(args[0]).name, type(args[1]).__name__)
        self.kill_now = True


k = Killer()
import threading

threading.Timer(0.25, lambda: os.kill(os.getpid(), signal.SIGTERM)).start()
n = 0
t0 = time.monotonic()
while not k.kill_now:
    n += 1
    time.sleep(0.1)
print(n, round(time.monotonic() - t0, 1))


# nested: handler that sends a signal to itself
def a(s, f):
    print("a in")
    os.kill(os.getpid(), signal.SIGUSR2)
    print("a out")


def b(s, f):
    print("b")


signal.signal(signal.SIGUSR1, a)
signal.signal(signal.SIGUSR2, b)
signal.raise_signal(signal.SIGUSR1)
# two pending at once: lowest first
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1, signal.SIGUSR2])
signal.signal(signal.SIGUSR1, b)
signal.signal(signal.SIGUSR2, lambda s, f: print("second", s))
os.kill(os.getpid(), signal.SIGUSR2)
os.kill(os.getpid(), signal.SIGUSR1)
signal.pthread_sigmask(signal.SIG_SETMASK, [])


# exception from a handler in a generator
def gen():
    try:
        while True:
            yield 1
            signal.raise_signal(signal.SIGALRM)
    except Timeout as e:
        print("in gen", e)
        yield 2


def h(s, f):
    raise Timeout("g")


signal.signal(signal.SIGALRM, h)
g = gen()
print(next(g), next(g))


def line(s, frame):
    print("line", frame.f_lineno, frame.f_code.co_name, frame.f_back is None)


signal.signal(signal.SIGUSR1, line)


def inner():
    os.kill(os.getpid(), signal.SIGUSR1)
    signal.raise_signal(signal.SIGUSR1)


inner()
signal.signal(signal.SIGUSR1, signal.SIG_IGN)
os.kill(os.getpid(), signal.SIGUSR1)
print(repr(signal.signal(signal.SIGUSR1, signal.SIG_DFL)))
print(signal.getsignal(signal.SIGINT).__name__)
signal.signal(signal.SIGINT, signal.default_int_handler)
try:
    os.kill(os.getpid(), signal.SIGINT)
except KeyboardInterrupt as e:
    print(repr(e))


def last(s, f):
    sys.exit(7)


signal.signal(signal.SIGTERM, last)
import atexit

atexit.register(print, "atexit")
try:
    os.kill(os.getpid(), signal.SIGTERM)
finally:
    print("finally")
