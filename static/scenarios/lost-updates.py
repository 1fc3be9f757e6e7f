# /// script
# requires-python = ">=3.11"
# [tool.coroscope]
# title = "counter += 1 in two threads"
# summary = "Reading, adding and writing back are three steps, and a thread may lose the GIL between them. Since Python 3.10 only where something is called."
# cores = 4
# leaves_out = ["other programs on the machine"]
#
# [[tool.coroscope.questions]]
# ask = "Which line can lose updates under Python 3.11?"
# choices = ["counter += 1", "counter += one()", "both"]
# answer = 1
# because = "The interpreter lets go of the GIL at calls and at jumps backwards. `counter += 1` has neither between its read and its write; a promise of the language it is not."
# ///
import sys
import threading

#@markdown How a thread adds one
#@markdown Try each way of adding; then a shorter switch interval.
how = "counter += one()"  #@param ["counter += 1", "counter += one()", "with lock: counter += one()"]
#@markdown How often each thread adds
n = 100000  #@param {type:"slider", min:10000, max:200000, step:10000}
#@markdown After how long a waiting thread asks for the GIL [ms]
switch_interval_ms = 1.0  #@param {type:"slider", min:0.1, max:10.0, step:0.1}

counter = 0
lock = threading.Lock()


def one():
    return 1


def add():
    global counter
    for _ in range(n):
        counter += 1


def add_with_call():
    global counter
    for _ in range(n):
        counter += one()


def add_with_lock():
    global counter
    for _ in range(n):
        with lock:
            counter += one()


ways = {"counter += 1": add, "counter += one()": add_with_call, "with lock: counter += one()": add_with_lock}
sys.setswitchinterval(switch_interval_ms / 1000)
threads = [threading.Thread(target=ways[how], name=f"adder {i}") for i in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(f"{how}: {counter} instead of {2 * n}, {2 * n - counter} lost")
