# /// script
# requires-python = ">=3.11"
# [tool.coroscope]
# title = "C code that lets go of the GIL"
# summary = "Digests of big buffers, compression and every wait let other threads run meanwhile. Sorting, JSON and digests of little pieces do not."
# cores = 4
# leaves_out = ["other programs on the machine", "memory bandwidth, which real cores share"]
#
# [[tool.coroscope.questions]]
# ask = "Four threads make sha256 digests of 8 MiB on four cores. And of the same 8 MiB in pieces of 1 KiB?"
# choices = ["both are four times as fast", "only the big ones are", "neither is"]
# answer = 1
# because = "hashlib lets go of the GIL for 2048 bytes and more. For less that would cost more than it gains."
# ///
import hashlib
import threading
import time
import zlib

#@markdown What every job does
#@markdown Which of them are faster with more threads?
what = "digest of 8 MiB"  #@param ["digest of 8 MiB", "digests of 1 KiB", "compress 256 KiB", "sort", "count", "sleep"]
#@markdown How many threads share the jobs
n_threads = 4  #@param {type:"slider", min:1, max:8, step:1}

big, small, text = bytes(8 << 20), bytes(1024), b"the quick brown fox " * 13000
numbers = list(range(20000, 0, -1))


def job():
    if what == "digest of 8 MiB":
        hashlib.sha256(big).digest()
    elif what == "digests of 1 KiB":
        for _ in range(4000):
            hashlib.sha256(small).digest()
    elif what == "compress 256 KiB":
        zlib.compress(text)
    elif what == "sort":
        sorted(numbers, key=lambda n: -n)
    elif what == "count":
        n = 200000
        while n > 0:
            n -= 1
    else:
        time.sleep(0.004)


def worker(n_jobs):
    for _ in range(n_jobs):
        job()


start = time.perf_counter()
threads = [threading.Thread(target=worker, args=(8 // n_threads,), name=f"worker {i}") for i in range(n_threads)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
took = time.perf_counter() - start
done = 8 // n_threads * n_threads
print(f"{done} jobs in {n_threads} threads ({what}): {took * 1000:.1f} ms, {took * 1000 / done:.1f} ms each")
