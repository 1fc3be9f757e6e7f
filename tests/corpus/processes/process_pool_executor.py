"""ProcessPoolExecutor: results, errors from far away, what cannot be pickled, a worker that dies."""
import os
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool


def square(x):
    return x * x


def nap(x):
    time.sleep(x / 5)
    return x


def fail(x):
    raise ZeroDivisionError(f"not {x}")


def die():
    os._exit(1)


def main():
    with ProcessPoolExecutor(max_workers=3) as pool:
        print(list(pool.map(square, range(8), chunksize=3)))
        futures = [pool.submit(nap, x) for x in (3, 1, 2)]
        print([future.result() for future in as_completed(futures)])
        failed = pool.submit(fail, 5)
        print(repr(failed.exception()), type(failed.exception().__cause__).__name__)
        try:
            pool.submit(lambda: 1).result()
        except Exception as exc:
            print(type(exc).__name__, str(exc).split(" at 0x")[0])
    try:
        pool.submit(square, 1)
    except RuntimeError as exc:
        print(exc)
    with ProcessPoolExecutor(2) as pool:
        try:
            pool.submit(die).result()
        except BrokenProcessPool as exc:
            print(exc)


if __name__ == "__main__":
    main()
