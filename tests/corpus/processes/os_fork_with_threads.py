# python: 3.12
# A fork beside other threads warns from 3.12 on; the child has the calling thread alone.
import os
import threading
import time
import warnings

thread = threading.Thread(target=time.sleep, args=(0.2,))
thread.start()
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    pid = os.fork()
if pid == 0:
    print(threading.active_count(), threading.current_thread() is threading.main_thread(), flush=True)
    os._exit(0)
os.waitpid(pid, 0)
for warning in caught:
    print(warning.category.__name__, str(warning.message).replace(str(os.getpid()), "PID"), warning.lineno)
thread.join()


def in_thread():
    pid = os.fork()
    if pid == 0:
        print(threading.main_thread().name, threading.active_count(), flush=True)
        os._exit(7)
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))


with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    thread = threading.Thread(target=in_thread, name="forker")
    thread.start()
    thread.join()
