# Calls that a signal interrupts go on for what is left of their time.
import os
import select
import signal
import socket
import threading
import time


def h(s, f):
    print("handler", s)


signal.signal(signal.SIGALRM, h)
a, b = socket.socketpair()
signal.setitimer(signal.ITIMER_REAL, 0.1)
threading.Timer(0.3, b.send, (b"x",)).start()
t0 = time.monotonic()
print(a.recv(10), round(time.monotonic() - t0, 1))
signal.setitimer(signal.ITIMER_REAL, 0.1)
t0 = time.monotonic()
print(select.select([a], [], [], 0.5), round(time.monotonic() - t0, 1))
a.settimeout(0.4)
signal.setitimer(signal.ITIMER_REAL, 0.1)
t0 = time.monotonic()
try:
    a.recv(1)
except TimeoutError as e:
    print(e, round(time.monotonic() - t0, 1))
r, w = os.pipe()
os.set_blocking(w, False)
signal.set_wakeup_fd(w)
os.kill(os.getpid(), signal.SIGALRM)
print(os.read(r, 10))
signal.set_wakeup_fd(-1)


def lock_wait(s, f):
    print("in handler holding?", lock.acquire(blocking=False))


lock = threading.Lock()
signal.signal(signal.SIGALRM, lock_wait)
with lock:
    signal.setitimer(signal.ITIMER_REAL, 0.1)
    time.sleep(0.2)
x = []


def tick(s, f):
    x.append(time.monotonic())


signal.signal(signal.SIGALRM, tick)
signal.setitimer(signal.ITIMER_REAL, 0.1, 0.05)
time.sleep(0.42)
signal.setitimer(signal.ITIMER_REAL, 0)
print(len(x), [round(b - a, 2) for a, b in zip(x, x[1:])])
print(
    round(signal.setitimer(signal.ITIMER_REAL, 5, 1)[0]),
    [round(v) for v in signal.getitimer(signal.ITIMER_REAL)],
)
for bad in (-1,):
    try:
        signal.setitimer(signal.ITIMER_REAL, bad)
    except OSError as e:
        print(type(e).__name__, e)
