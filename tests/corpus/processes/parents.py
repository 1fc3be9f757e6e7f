# A child knows its parent's number, however it was started.
import multiprocessing
import os
import subprocess
import sys


def tell(parent, queue):
    queue.put((os.getppid() == parent, multiprocessing.parent_process().pid == parent, os.getpid() != parent))


if __name__ == "__main__":
    for method in ("fork", "spawn"):
        context = multiprocessing.get_context(method)
        queue = context.Queue()
        process = context.Process(target=tell, args=(os.getpid(), queue))
        process.start()
        print(queue.get())
        process.join()
    told = subprocess.run([sys.executable, "-c", "import os; print(os.getppid())"], capture_output=True, text=True)
    print(int(told.stdout) == os.getpid())
