"""CPU time is not the time that passes: sleeping uses none, a thread's own clock sees its own work."""
import threading
import time


def busy(seconds):
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        for _ in range(20_000):
            pass


start, cpu, own = time.perf_counter(), time.process_time(), time.thread_time()
time.sleep(0.2)
print(time.perf_counter() - start >= 0.2, time.process_time() - cpu < 0.05, time.thread_time() - own < 0.05)
busy(0.05)
print(0.05 <= time.thread_time() - own < 0.1, time.process_time() - cpu >= 0.05)

used = {}


def work(name, seconds):
    before = time.thread_time()
    busy(seconds)
    used[name] = time.thread_time() - before


own, cpu = time.thread_time(), time.process_time()
threads = [threading.Thread(target=work, args=(n, 0.03 * n)) for n in (1, 2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(used), [round(used[n], 2) for n in (1, 2)])
print(time.thread_time() - own < 0.02, 0.09 <= time.process_time() - cpu < 0.2)
print(type(time.process_time()).__name__, type(time.process_time_ns()).__name__, type(time.thread_time_ns()).__name__)
