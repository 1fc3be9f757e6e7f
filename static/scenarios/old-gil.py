# /// script
# requires-python = "==2.7.*"
# [tool.coroscope]
# title = "The old GIL: why more cores made it worse"
# summary = "Python 2 let go of the GIL after every hundred instructions and took it again at once. On one core that was cheap. On two, the other thread wakes up each time, and mostly too late."
# cores = 2
# python = "2.7"
# leaves_out = ["other programs on the machine"]
#
# [[tool.coroscope.questions]]
# ask = "Two threads count together. On which machine does it take longer?"
# choices = ["on one core", "on two cores"]
# answer = 1
# because = "With a second core free, every release wakes the waiting thread there. It finds the GIL taken again, goes back to sleep, and both have paid for it."
# ///
import sys
import threading
import time

#@markdown How many threads share the work
#@markdown Compare one and two cores. Then let it check less often.
n_threads = 2  #@param {type:"slider", min:1, max:4, step:1}
#@markdown After how many instructions a thread lets go of the GIL
check_interval = 100  #@param {type:"slider", min:10, max:1000, step:10}
#@markdown How far they count together
total = 200000  #@param {type:"slider", min:50000, max:1000000, step:50000}


def countdown(n):
    while n > 0:
        n -= 1


sys.setcheckinterval(check_interval)
start = time.time()
threads = [threading.Thread(target=countdown, args=(total // n_threads,)) for i in range(n_threads)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
took = time.time() - start
print("%d threads, a check every %d instructions: %.1f ms" % (n_threads, check_interval, took * 1000))
