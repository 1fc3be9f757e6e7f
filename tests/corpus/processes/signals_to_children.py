# What children do about SIGTERM and SIGINT, and what their parent hears.
import multiprocessing as mp
import os
import signal
import sys
import time


def worker(n):
    def bye(num, frame):
        print(f"worker {n} cleaning up", flush=True)
        sys.exit(n)

    signal.signal(signal.SIGTERM, bye)
    print("worker", n, "up", flush=True)
    while True:
        time.sleep(1)


def plain():
    time.sleep(100)


def ctrlc():
    try:
        time.sleep(100)
    except KeyboardInterrupt:
        print("child KI", flush=True)


def ignoring():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(100)


if __name__ == "__main__":

    def chld(n, f):
        print("SIGCHLD", flush=True)

    ps = [mp.Process(target=worker, args=(i,)) for i in (3, 4)]
    for p in ps:
        p.start()
        time.sleep(0.1)
    time.sleep(0.3)
    for p in ps:
        p.terminate()
        p.join()
        print(p.exitcode)
    p = mp.Process(target=plain)
    p.start()
    time.sleep(0.1)
    p.terminate()
    p.join()
    print(p.exitcode)
    p = mp.Process(target=ctrlc)
    p.start()
    time.sleep(0.1)
    os.kill(p.pid, signal.SIGINT)
    p.join()
    print(p.exitcode)
    p = mp.Process(target=ignoring)
    p.start()
    time.sleep(0.1)
    p.terminate()
    p.join(0.2)
    print(p.is_alive())
    p.kill()
    p.join()
    print(p.exitcode)
    signal.signal(signal.SIGCHLD, chld)
    p = mp.Process(target=time.sleep, args=(0.1,))
    p.start()
    time.sleep(0.5)
    p.join()
    print("end")
