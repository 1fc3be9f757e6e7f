# Signals from other threads: interrupted sleeps, masks, timers, waiting for one.
import _thread
import os
import queue
import signal
import threading
import time

t0 = time.monotonic()


def interrupt():
    time.sleep(0.1)
    _thread.interrupt_main()


threading.Thread(target=interrupt).start()
try:
    time.sleep(0.5)
    print("slept", round(time.monotonic() - t0, 1))
    time.sleep(1)
except KeyboardInterrupt:
    print("KI at", round(time.monotonic() - t0, 1))


def usr(n, f):
    print("usr", n, threading.current_thread().name)


signal.signal(signal.SIGUSR1, usr)


def other():
    time.sleep(0.1)
    signal.raise_signal(signal.SIGUSR1)
    print("raised")
    time.sleep(0.1)
    signal.pthread_kill(threading.main_thread().ident, signal.SIGUSR1)


t = threading.Thread(target=other)
t.start()
t.join()
print("joined")
print(signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1}))
os.kill(os.getpid(), signal.SIGUSR1)
print(signal.sigpending())
print("unblock")
print(signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGUSR1}))
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR2})
threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGUSR2)).start()
print(signal.sigwait({signal.SIGUSR2}))
signal.alarm(2)
print(signal.alarm(0))
signal.setitimer(signal.ITIMER_REAL, 0.1, 0.1)
n = 0


def tick(s, f):
    global n
    n += 1
    print("tick", n)
    if n == 3:
        signal.setitimer(signal.ITIMER_REAL, 0)


signal.signal(signal.SIGALRM, tick)
while n < 3:
    signal.pause()
q = queue.Queue()


def boom(s, f):
    raise RuntimeError("boom")


signal.signal(signal.SIGALRM, boom)
signal.setitimer(signal.ITIMER_REAL, 0.1)
try:
    q.get()
except RuntimeError as e:
    print(e)
signal.setitimer(signal.ITIMER_REAL, 0.1)
try:
    q.get(timeout=5)
except RuntimeError as e:
    print(e)
for bad in (0, 65):
    try:
        signal.signal(bad, usr)
    except ValueError as e:
        print(e)
try:
    signal.signal(signal.SIGKILL, usr)
except OSError as e:
    print(e)
try:
    signal.signal(15, 5)
except TypeError as e:
    print(e)


def inthread():
    try:
        signal.signal(15, usr)
    except ValueError as e:
        print(e)


t = threading.Thread(target=inthread)
t.start()
t.join()
try:
    os.kill(99999999, 0)
except ProcessLookupError as e:
    print(e)
print(signal.Signals(15), repr(signal.SIGTERM), signal.SIG_BLOCK, repr(signal.getsignal(signal.SIGTERM)))
print(signal.strsignal(15), signal.SIGTERM.name)
with open("/dev/null") as f:
    pass
try:
    signal.signal("x", usr)
except TypeError as e:
    print(e)
