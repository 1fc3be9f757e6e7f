# /// script
# requires-python = ">=3.11"
# [tool.coroscope]
# title = "A lock is not a queue"
# summary = "Two threads work under one lock. Whoever lets go of it and asks again at once gets it again, because the one that waits must wake up first."
# cores = 4
# leaves_out = ["other programs on the machine"]
#
# [[tool.coroscope.questions]]
# ask = "Two threads take a lock in turn. In which order?"
# choices = ["A B A B", "A A A … B B B …"]
# answer = 1
# because = "Releasing a lock frees it for whoever comes first. The thread that has just released it is still running; the other one has to wake up and to get the GIL."
# ///
import threading
import time

#@markdown How long a thread works while it has the lock [µs]
#@markdown Give them some work outside the lock, and the turns get shorter.
inside_us = 50  #@param {type:"slider", min:0, max:500, step:10}
#@markdown How long it works without [µs]
outside_us = 0  #@param {type:"slider", min:0, max:500, step:10}
#@markdown How often each thread takes the lock
turns = 200  #@param {type:"slider", min:10, max:500, step:10}

lock = threading.Lock()
order = []


def work(us):
    until = time.perf_counter() + us / 1_000_000
    while time.perf_counter() < until:
        pass


def worker(name):
    for _ in range(turns):
        with lock:
            order.append(name)
            work(inside_us)
        work(outside_us)


threads = [threading.Thread(target=worker, args=(name,), name=name) for name in "AB"]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

rows = [[order[0], 0]]
for name in order:
    if name != rows[-1][0]:
        rows.append([name, 0])
    rows[-1][1] += 1
print(f"the lock changed hands {len(rows) - 1} times in {len(order)} turns")
for name, times in rows[:10]:
    print(f"{name} had it {times} times in a row")
