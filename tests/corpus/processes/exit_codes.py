"""How a process ended: by return, sys.exit, an exception, a signal."""
import multiprocessing as mp
import os
import sys
import time


def fine():
    return "ignored"


def chosen():
    sys.exit(7)


def text():
    sys.exit("leaving")


def broken():
    raise ValueError("no good")


def hard():
    print("never flushed")
    os._exit(9)


def sleeper():
    time.sleep(60)


if __name__ == "__main__":
    for target in (fine, chosen, text, broken, hard):
        process = mp.Process(target=target, name=target.__name__)
        process.start()
        process.join()
        print(process.name, process.exitcode, process.is_alive())
    process = mp.Process(target=sleeper)
    process.start()
    process.join(0.05)
    print("still there:", process.is_alive(), process.exitcode)
    process.terminate()
    process.join()
    print("terminated:", process.exitcode)
    process = mp.Process(target=sleeper)
    process.start()
    process.kill()
    process.join()
    print("killed:", process.exitcode)
    daemon = mp.Process(target=sleeper, daemon=True)
    daemon.start()
    print("daemon:", daemon.daemon)
