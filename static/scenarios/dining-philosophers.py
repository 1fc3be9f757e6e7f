# /// script
# requires-python = ">=3.11"
# [tool.coroscope]
# title = "Dining philosophers"
# summary = "Everyone takes the left fork and waits for the right one, for ever. Take the lower-numbered fork first, and someone can always eat."
#
# [[tool.coroscope.questions]]
# ask = "Everybody takes the left fork first. What do they wait for?"
# choices = ["for each other, in a circle", "for the slowest eater"]
# answer = 0
# because = "Each holds the fork that the next one needs. A circle of waiting can only be broken from outside: here by giving up after half a second."
# ///
import threading
import time

#@markdown Which fork is taken first
#@markdown Try the other order, then give every philosopher less time to hesitate.
first_fork = "left"  #@param ["left", "the lower number"]
#@markdown How many philosophers sit at the table
n_philosophers = 5  #@param {type:"slider", min:2, max:12, step:1}
#@markdown How long one hesitates before the second fork [ms]
hesitation_ms = 10  #@param {type:"slider", min:0, max:50, step:1}

forks = [threading.Lock() for _ in range(n_philosophers)]


def eat(seat):
    first, second = seat, (seat + 1) % n_philosophers
    if first_fork == "the lower number":
        first, second = sorted((first, second))
    with forks[first]:
        time.sleep(hesitation_ms / 1000)
        if not forks[second].acquire(timeout=0.5):
            print(f"philosopher {seat} gives up waiting for fork {second}")
            return
        time.sleep(0.05)
        forks[second].release()
    print(f"philosopher {seat} has eaten")


start = time.perf_counter()
table = [threading.Thread(target=eat, args=(seat,), name=f"philosopher {seat}") for seat in range(n_philosophers)]
for philosopher in table:
    philosopher.start()
for philosopher in table:
    philosopher.join()
print(f"dinner took {time.perf_counter() - start:.2f} s")
