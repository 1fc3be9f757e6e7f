# /// script
# requires-python = ">=3.11"
# [tool.coroscope]
# title = "A thread pool with more jobs than threads"
# summary = "Ten jobs, three worker threads: seven jobs wait in the pool's queue. Jobs that sleep overlap; jobs that compute only take turns with the GIL."
# cores = 4
#
# [[tool.coroscope.questions]]
# ask = "Ten jobs of 0.1 s sleep in three threads. How long?"
# choices = ["0.1 s", "0.4 s", "1 s"]
# answer = 1
# because = "Three at a time: 3 + 3 + 3 + 1 makes four waves."
# ///
import threading
import time
from concurrent.futures import ThreadPoolExecutor

#@markdown What a job does for a tenth of a second or so
#@markdown Try more threads with each kind of job.
job = "sleep"  #@param ["sleep", "compute"]
#@markdown How many jobs there are
n_jobs = 10  #@param {type:"slider", min:1, max:40, step:1}
#@markdown How many threads the pool may start
max_workers = 3  #@param {type:"slider", min:1, max:20, step:1}


def sleep():
    time.sleep(0.1)


def compute():
    for _ in range(200_000):
        pass


def do(number):
    asked = time.perf_counter() - start
    sleep() if job == "sleep" else compute()
    done = time.perf_counter() - start
    return f"job {number}: began at {asked:.2f} s, done at {done:.2f} s, in {threading.current_thread().name}"


start = time.perf_counter()
with ThreadPoolExecutor(max_workers, thread_name_prefix="worker") as pool:
    for line in pool.map(do, range(n_jobs)):
        print(line)
print(f"{n_jobs} jobs in {max_workers} threads: {time.perf_counter() - start:.2f} s")
