# /// script
# requires-python = ">=3.11"
# [tool.coroscope]
# title = "What a thousand threads weigh"
# summary = "Every thread reserves 8 MiB of addresses for its stack and occupies some tens of KiB. A thousand tasks of asyncio share one stack."
# cores = 4
# leaves_out = ["other programs on the machine", "stacks that grow by deep recursion"]
#
# [[tool.coroscope.questions]]
# ask = "A thousand sleeping threads reserve 8 GiB for their stacks. How much memory do they occupy?"
# choices = ["8 GiB", "about 60 MiB"]
# answer = 1
# because = "Addresses are only promised. Memory comes page by page, when a thread first writes there, and an idle thread has written to few."
# ///
import threading
import time

#@markdown How many threads sleep at the same time
#@markdown The counters of the process show what its stacks reserve and occupy.
n_threads = 200  #@param {type:"slider", min:1, max:1000, step:1}

start = time.perf_counter()
threads = [threading.Thread(target=time.sleep, args=(0.2,)) for _ in range(n_threads)]
for thread in threads:
    thread.start()
started = time.perf_counter() - start
for thread in threads:
    thread.join()
print(f"{n_threads} threads started in {started * 1000:.1f} ms, {started * 1e6 / n_threads:.0f} µs each")
