# `os.fork` returns twice: frames, generators and what was not flushed are copied, and `os.wait` tells how children end.
import os
import signal
import sys
import threading
import time

r, w = os.pipe()
pid = os.fork()
if pid == 0:
    os.close(r)
    time.sleep(0.1)
    os.write(w, b"hello from child")
    os.close(w)
    os._exit(3)
os.close(w)
print("parent got", os.read(r, 100), flush=True)
child, status = os.wait()
print(child == pid, os.WIFEXITED(status), os.WEXITSTATUS(status), status)
try:
    os.wait()
except ChildProcessError as error:
    print(repr(error), flush=True)


def turns():
    for i in range(3):
        if os.fork() == 0:
            time.sleep(0.05 * (i + 1))
            print("in child", i, flush=True)
            yield "child", i
            os._exit(i)
        yield "parent", i


for who, i in turns():
    if who == "child":
        print("the loop in child", i, flush=True)
print([os.waitstatus_to_exitcode(os.wait()[1]) for _ in range(3)], flush=True)

x = 5
pid = os.fork()
if pid == 0:
    x += 1
    sys.exit(x)
print(os.waitpid(pid, 0)[1] >> 8, x, flush=True)

print("kept back, so it is written twice")
if os.fork() == 0:
    print("child")
    sys.exit(0)
os.wait()
print("parent", flush=True)

pid = os.fork()
if pid == 0:
    time.sleep(10)
    os._exit(0)
polled = os.waitpid(pid, os.WNOHANG)
os.kill(pid, signal.SIGTERM)
status = os.waitpid(pid, 0)[1]
print(polled, os.WIFSIGNALED(status), os.WTERMSIG(status), os.waitstatus_to_exitcode(status))


def on_child(number, frame):
    print("reaped", os.waitstatus_to_exitcode(os.waitpid(-1, os.WNOHANG)[1]), flush=True)


signal.signal(signal.SIGCHLD, on_child)
for i in range(2):
    if os.fork() == 0:
        time.sleep(0.1 * (i + 1))
        os._exit(i + 10)
end = time.monotonic() + 0.5
while time.monotonic() < end:
    time.sleep(0.1)
signal.signal(signal.SIGCHLD, signal.SIG_DFL)

found = {}


def in_thread(n):
    pid = os.fork()
    if pid == 0:
        os._exit(threading.active_count() * 10 + n)
    found[n] = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


threads = [threading.Thread(target=in_thread, args=(n,)) for n in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(found.items()))


def processes(depth):
    if depth == 0:
        return 1
    r, w = os.pipe()
    sys.stdout.flush()
    for _ in range(2):
        if os.fork() == 0:
            os.close(r)
            os.write(w, bytes([processes(depth - 1)]))
            os._exit(0)
    os.close(w)
    os.wait()
    os.wait()
    return 1 + sum(os.read(r, 10))


print(processes(3))
os.register_at_fork(
    before=lambda: print("before", flush=True),
    after_in_parent=lambda: (time.sleep(0.1), print("in the parent", flush=True)),
    after_in_child=lambda: print("in the child", flush=True),
)
pid = os.fork()
if pid == 0:
    os._exit(0)
os.waitpid(pid, 0)
if os.fork() == 0:
    time.sleep(0.2)
    print("an orphan ends after its parent", flush=True)
    os._exit(0)
print("the end", flush=True)
