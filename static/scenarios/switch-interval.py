# /// script
# requires-python = ">=3.11"
# [tool.coroscope]
# title = "How long is a turn with the GIL?"
# summary = "Computing threads take turns of one switch interval. On a single core the operating system has a say too: there a turn lasts until the next tick of its clock."
# cores = 2
# leaves_out = ["other programs on the machine"]
#
# [[tool.coroscope.questions]]
# ask = "The switch interval is 0.5 ms, and the machine has one core. How long does a thread compute at a time?"
# choices = ["0.5 ms", "4 ms", "5 ms"]
# answer = 1
# because = "After 0.5 ms the waiting thread should ask for the GIL, but to ask it needs the core, and the computing thread keeps that until the clock ticks, every 4 ms."
# ///
import sys
import threading
import time

#@markdown After how long a waiting thread asks for the GIL [ms]
#@markdown Make it shorter, then longer. Then give the machine one core.
switch_interval_ms = 5.0  #@param {type:"slider", min:0.1, max:20.0, step:0.1}
#@markdown How many threads compute
n_threads = 2  #@param {type:"slider", min:2, max:8, step:1}

sys.setswitchinterval(switch_interval_ms / 1000)
end = time.perf_counter() + 0.08
turns = [(0.0, "")]


def compute(name):
    while (now := time.perf_counter()) < end:
        if turns[-1][1] != name:
            turns.append((now, name))


threads = [threading.Thread(target=compute, args=(f"thread {i}",), name=f"thread {i}") for i in range(n_threads)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

lengths = sorted(after - before for (before, _), (after, _) in zip(turns[1:], turns[2:]))
middle = lengths[len(lengths) // 2] * 1000 if lengths else 80
print(f"{len(turns) - 1} turns in 80 ms, half of them longer than {middle:.2f} ms")
