# /// script
# requires-python = ">=3.11"
# [tool.coroscope]
# title = "Two threads that compute"
# summary = "Twice the work in two threads takes twice as long, however many cores there are: one GIL, handed over every 5 ms."
# cores = 4
# leaves_out = ["other programs on the machine"]
#
# [[tool.coroscope.questions]]
# ask = "The machine has four cores. How much faster are two threads?"
# choices = ["twice as fast", "not at all"]
# answer = 1
# because = "A thread needs the GIL to run Python, and the process has one. While one thread computes, the other waits for it."
# ///
import sys
import threading
import time

#@markdown How many threads compute
#@markdown Try a longer switch interval: fewer changes of hands, and the same total.
n_threads = 2  #@param {type:"slider", min:1, max:8, step:1}
#@markdown How far each counts
count = 1000000  #@param {type:"slider", min:100000, max:2000000, step:100000}
#@markdown After how long a waiting thread asks for the GIL [ms]
switch_interval_ms = 5.0  #@param {type:"slider", min:0.5, max:50.0, step:0.5}


def countdown(n):
    while n > 0:
        n -= 1


sys.setswitchinterval(switch_interval_ms / 1000)

start = time.perf_counter()
for _ in range(n_threads):
    countdown(count)
one_by_one = time.perf_counter() - start

threads = [threading.Thread(target=countdown, args=(count,), name=f"counter {i}") for i in range(n_threads)]
start = time.perf_counter()
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
together = time.perf_counter() - start

print(f"one after another: {one_by_one:.3f} s")
print(f"in {n_threads} threads:      {together:.3f} s")
