"""A Value and a Lock, an Array, an Event, a Barrier, a Semaphore between processes."""
import multiprocessing as mp
import time


def add(counter, lock, n):
    for _ in range(n):
        with lock:
            counter.value += 1


def fill(array, start, event):
    event.wait()
    for i in range(start, len(array), 2):
        array[i] = i * i


def meet(barrier, slots, i, results):
    time.sleep(i / 20)
    barrier.wait()
    with slots:
        results.put(i)


if __name__ == "__main__":
    counter, lock = mp.Value("i", 0), mp.Lock()
    workers = [mp.Process(target=add, args=(counter, lock, 25)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    print("counter", counter.value)

    array, event = mp.Array("d", 6), mp.Event()
    workers = [mp.Process(target=fill, args=(array, start, event)) for start in (0, 1)]
    for worker in workers:
        worker.start()
    print("before", array[:], event.is_set())
    event.set()
    for worker in workers:
        worker.join()
    print("after", list(array))

    barrier, slots, results = mp.Barrier(3), mp.Semaphore(2), mp.Queue()
    workers = [mp.Process(target=meet, args=(barrier, slots, i, results)) for i in range(3)]
    for worker in workers:
        worker.start()
    print("met", sorted(results.get() for _ in workers))
    for worker in workers:
        worker.join()
    print(lock, slots, mp.RLock())
