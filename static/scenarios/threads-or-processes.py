# /// script
# requires-python = ">=3.11"
# [tool.coroscope]
# title = "Threads or processes?"
# summary = "Every process has a GIL of its own, so they compute side by side. What goes in and what comes out must be pickled and sent, and that is work too."
# cores = 4
# leaves_out = ["other programs on the machine", "memory that processes copy when they write to it"]
#
# [[tool.coroscope.questions]]
# ask = "A job gets a list of fifty thousand numbers and adds up ten of them. Do processes help?"
# choices = ["yes, four cores", "no, sending the list takes longer than the job"]
# answer = 1
# because = "The list is pickled in one process and unpickled in the other, with the GIL of each. A short job on much data is cheaper where the data is."
# ///
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

#@markdown Where jobs run
#@markdown Give the jobs more data and less to do.
where = "processes"  #@param ["threads", "processes"]
#@markdown How far a job counts [thousands]
count_k = 500  #@param {type:"slider", min:0, max:2000, step:50}
#@markdown How many numbers are sent to it [thousands]
data_k = 1  #@param {type:"slider", min:0, max:50, step:1}


def job(numbers):
    n = count_k * 1000
    while n > 0:
        n -= 1
    return sum(numbers[:10])


if __name__ == "__main__":
    numbers = list(range(data_k * 1000))
    start = time.perf_counter()
    with (ThreadPoolExecutor if where == "threads" else ProcessPoolExecutor)(4) as pool:
        results = list(pool.map(job, [numbers] * 4))
    took = time.perf_counter() - start
    print(f"four jobs in four {where}: {took * 1000:.0f} ms; each counted {count_k}000 and got {data_k}000 numbers")
