# /// script
# requires-python = ">=3.13"
# [tool.coroscope]
# title = "Python without a GIL"
# summary = "The free-threaded build lets threads compute side by side, and `counter += 1` is then three steps that two of them can take at the same time."
# cores = 2
# python = "3.13t"
# leaves_out = ["other programs on the machine", "caches that cores fight for"]
#
# [[tool.coroscope.questions]]
# ask = "Under Python 3.13 with a GIL, `counter += 1` loses nothing. And without?"
# choices = ["nothing either, it is one line", "it loses updates"]
# answer = 1
# because = "Each thread reads, adds and writes. With two cores both read the same number, and one of the two additions is gone. A lock makes it one step again."
# ///
import sys
import threading
import time

#@markdown How a thread adds one
#@markdown Try the lock, and look at what it costs.
how = "counter += 1"  #@param ["counter += 1", "with lock: counter += 1", "each its own"]
#@markdown How often each thread adds
n = 50000  #@param {type:"slider", min:10000, max:200000, step:10000}
#@markdown How many threads add
n_threads = 2  #@param {type:"slider", min:1, max:8, step:1}

counter = 0
lock = threading.Lock()


def plain():
    global counter
    for _ in range(n):
        counter += 1


def locked():
    global counter
    for _ in range(n):
        with lock:
            counter += 1


def apart():
    global counter
    own = 0
    for _ in range(n):
        own += 1
    with lock:
        counter += own


ways = {"counter += 1": plain, "with lock: counter += 1": locked, "each its own": apart}
start = time.perf_counter()
threads = [threading.Thread(target=ways[how], name=f"adder {i}") for i in range(n_threads)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
took = time.perf_counter() - start
print(f"GIL: {sys._is_gil_enabled()}; {how}: {counter} instead of {n_threads * n} in {took * 1000:.1f} ms")
