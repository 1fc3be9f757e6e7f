# Control-C in everything that waits; a join that it ends takes the thread for stopped.
import concurrent.futures as cf
import multiprocessing as mp
import os
import signal
import subprocess
import sys
import threading
import time


def kick(after, sig=signal.SIGINT):
    threading.Timer(after, os.kill, (os.getpid(), sig)).start()


with cf.ThreadPoolExecutor(2) as ex:
    f = ex.submit(time.sleep, 0.3)
    kick(0.1)
    try:
        f.result()
    except KeyboardInterrupt:
        print("result interrupted", f.running())
kick(0.1)
e = threading.Event()
try:
    e.wait(2)
except KeyboardInterrupt:
    print("event interrupted")
c = threading.Condition()
kick(0.1)
try:
    with c:
        c.wait()
except KeyboardInterrupt:
    print("condition interrupted")
t = threading.Thread(target=time.sleep, args=(0.4,))
t.start()
kick(0.1)
try:
    t.join()
except KeyboardInterrupt:
    print("join interrupted", t.is_alive())
b = threading.Barrier(2)
kick(0.1)
try:
    b.wait()
except KeyboardInterrupt:
    print("barrier interrupted", b.broken)
s = threading.Semaphore(0)
kick(0.1)
try:
    s.acquire()
except KeyboardInterrupt:
    print("semaphore interrupted")


def work():
    time.sleep(0.3)
    return 5


if __name__ == "__main__":
    q = mp.Queue()
    kick(0.1)
    try:
        q.get()
    except KeyboardInterrupt:
        print("mp queue interrupted")
    p = mp.Process(target=time.sleep, args=(0.4,))
    p.start()
    kick(0.1)
    try:
        p.join()
    except KeyboardInterrupt:
        print("mp join interrupted", p.is_alive())
    p.join()
    with mp.Pool(2) as pool:
        r = pool.apply_async(work)
        kick(0.1)
        try:
            r.get()
        except KeyboardInterrupt:
            print("pool get interrupted")
        print(r.get())
    a, bb = mp.Pipe()
    kick(0.1)
    try:
        a.recv()
    except KeyboardInterrupt:
        print("pipe interrupted")
    p = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import time\ntry:\n    time.sleep(5)\nexcept KeyboardInterrupt:\n    print('child KI')",
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    time.sleep(0.3)
    p.send_signal(signal.SIGINT)
    print(p.communicate(), p.returncode)
    p = subprocess.Popen(
        [sys.executable, "-c", "import time; time.sleep(5)"], stderr=subprocess.PIPE, text=True
    )
    time.sleep(0.3)
    p.send_signal(signal.SIGINT)
    out, err = p.communicate()
    print(p.returncode, err.splitlines()[-1])
    p = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(5)"])
    time.sleep(0.3)
    p.terminate()
    print(p.wait(), repr(p.returncode))

    def chld(s, f):
        print("SIGCHLD")

    kick(0.2)
    th = threading.Thread(target=time.sleep, args=(0.5,))
    th.start()
    print("end of main")
