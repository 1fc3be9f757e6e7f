# /// script
# requires-python = ">=3.11"
# [tool.coroscope]
# title = "A quick thread beside a hog"
# summary = "A thread that only sleeps a millisecond at a time must ask for the GIL after every sleep, and a computing thread gives it up only after 5 ms."
# cores = 4
# leaves_out = ["other programs on the machine"]
#
# [[tool.coroscope.questions]]
# ask = "Alone, a turn of the quick thread takes a millisecond. How long does it take beside one hog?"
# choices = ["1 ms", "2 ms", "6 ms"]
# answer = 2
# because = "It sleeps for 1 ms, then waits a whole switch interval of 5 ms before it may ask the hog to drop the GIL."
# ///
import sys
import threading
import time

#@markdown How many threads compute all the time
#@markdown Try no hog, then two. Then make the switch interval shorter.
hogs = 1  #@param {type:"slider", min:0, max:4, step:1}
#@markdown After how long a waiting thread asks for the GIL [ms]
switch_interval_ms = 5.0  #@param {type:"slider", min:0.5, max:20.0, step:0.5}
#@markdown How often the quick thread sleeps
turns = 15  #@param {type:"slider", min:1, max:50, step:1}

stop = False


def hog():
    n = 0
    while not stop:
        n += 1


sys.setswitchinterval(switch_interval_ms / 1000)
threads = [threading.Thread(target=hog, name=f"hog {i}") for i in range(hogs)]
for thread in threads:
    thread.start()

start = time.perf_counter()
for _ in range(turns):
    time.sleep(0.001)
took = time.perf_counter() - start

stop = True
for thread in threads:
    thread.join()
print(f"{turns} sleeps of 1 ms, {hogs} computing threads: {took * 1000:.0f} ms, {took * 1000 / turns:.1f} ms each")
