"""multiprocessing.Pool: map, starmap, imap, apply_async, errors, initializer."""
import multiprocessing as mp
import time

base = 0


def prepare(value):
    global base
    base = value


def shifted(x):
    return base + x


def power(x, n):
    return x**n


def nap(x):
    time.sleep(x / 10)
    return x


def picky(x):
    if x == 2:
        raise KeyError("two")
    return x


if __name__ == "__main__":
    with mp.Pool(3, initializer=prepare, initargs=(100,)) as pool:
        print(pool.map(shifted, range(7)))
        print(pool.starmap(power, [(2, 3), (3, 2), (10, 0)]))
        print(list(pool.imap(nap, [3, 1, 2])))
        print(list(pool.imap_unordered(nap, [5, 1, 3])))
        result = pool.apply_async(power, (5, 2), callback=lambda value: print("callback", value))
        print(result.get(timeout=5), result.successful())
        try:
            pool.map(picky, range(4))
        except KeyError as exc:
            print("error:", repr(exc), type(exc.__cause__).__name__)
        try:
            pool.apply_async(nap, (9,)).get(timeout=0.1)
        except mp.TimeoutError:
            print("too late")
    try:
        pool.map(nap, [0])
    except ValueError as exc:
        print(exc)
