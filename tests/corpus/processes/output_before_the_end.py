# What a process has flushed is out, however it ends; what it kept back is lost with it.
import multiprocessing
import time
from concurrent.futures import *


def flushed(n):
    print("flushed", n, flush=True)
    time.sleep(5)


def kept(n):
    print("kept", n)
    time.sleep(5)


def prepare(n):
    print("initializer", n, flush=True)


def square(n):
    print("square", n, flush=True)
    return n * n


if __name__ == "__main__":
    for target in (flushed, kept):
        process = multiprocessing.Process(target=target, args=(1,))
        process.start()
        time.sleep(0.5)
        process.terminate()
        process.join()
        print(process.exitcode, flush=True)
    with multiprocessing.get_context("spawn").Pool(1, initializer=prepare, initargs=(2,)) as pool:
        print(pool.map(square, [1, 2]), flush=True)
    with ProcessPoolExecutor(1) as executor:
        print(executor.submit(square, 3).result())
    with multiprocessing.Manager() as manager:
        numbers = manager.Array("i", [1, 2])
        print(numbers, numbers[1])
