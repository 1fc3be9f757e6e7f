# /// script
# requires-python = ">=3.8"
# [tool.coroscope]
# title = "counter += 1 in old and new versions"
# summary = "Until 3.9 a thread could lose the GIL after nearly every instruction. 3.10 looks at calls and jumps only, 3.11 at calls and loops. The same line, another race."
# cores = 4
# python = "3.9"
# leaves_out = ["other programs on the machine"]
#
# [[tool.coroscope.questions]]
# ask = "Which of these lines loses updates under Python 3.9 and not under 3.11?"
# choices = ["counter += 1", "counter = int(counter) + 1", "with lock: counter += 1"]
# answer = 0
# because = "Up to 3.9 the GIL could go between the load and the store. Later a switch needs a call, as int() is one; a lock is safe everywhere."
# ///
import sys
import threading

#@markdown How a thread adds one
how = "counter += 1"  #@param ["counter += 1", "counter = int(counter) + 1", "with lock: counter += 1"]
#@markdown How often each thread adds
n = 50000  #@param {type:"slider", min:10000, max:200000, step:10000}
#@markdown After how long a waiting thread asks for the GIL [ms]
switch_interval_ms = 0.1  #@param {type:"slider", min:0.1, max:5.0, step:0.1}

counter = 0
lock = threading.Lock()


def plain():
    global counter
    for _ in range(n):
        counter += 1


def with_call():
    global counter
    for _ in range(n):
        counter = int(counter) + 1


def locked():
    global counter
    for _ in range(n):
        with lock:
            counter += 1


ways = {"counter += 1": plain, "counter = int(counter) + 1": with_call, "with lock: counter += 1": locked}
sys.setswitchinterval(switch_interval_ms / 1000)
threads = [threading.Thread(target=ways[how], name=f"adder {i}") for i in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(f"Python {sys.version.split()[0]}, {how}: {counter} instead of {2 * n}, {2 * n - counter} lost")
