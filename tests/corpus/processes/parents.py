# A child knows its parent's number, however it was started.
import multiprocessing
import os
import subprocess
import sys


def tell(parent):
    print(os.getppid() == parent, multiprocessing.parent_process().pid == parent, os.getpid() != parent, flush=True)


if __name__ == "__main__":
    for method in ("fork", "spawn"):
        process = multiprocessing.get_context(method).Process(target=tell, args=(os.getpid(),))
        process.start()
        process.join()
    told = subprocess.run([sys.executable, "-c", "import os; print(os.getppid())"], capture_output=True, text=True)
    print(int(told.stdout) == os.getpid())
