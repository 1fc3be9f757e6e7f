"""Worker threads of the process: the most recently idle one works next; ten idle seconds end one (S-TRIO-06)."""

import sys
from itertools import count
from threading import Lock, Thread

from outcome import capture

import _cost

IDLE_TIMEOUT = 10
name_counter = count()


class WorkerThread:
    def __init__(self, cache):
        self._job = None
        self._cache = cache
        # Released once for every job.
        self._worker_lock = Lock()
        self._worker_lock.acquire()
        self._default_name = f"Trio thread {next(name_counter)}"
        self._thread = Thread(target=self._work, name=self._default_name, daemon=True)
        self._thread.start()

    def _handle_job(self):
        fn, deliver, name = self._job
        self._job = None
        if name is not None:
            self._thread.name = name
        _cost.charge("trio.worker_job")
        result = capture(fn)
        if name is not None:
            self._thread.name = self._default_name
        del fn
        # Idle before the result is delivered, so that whoever gets it finds this thread.
        self._cache._idle_workers[self] = None
        try:
            deliver(result)
        except BaseException as error:
            import traceback

            print("Exception while delivering result of thread", file=sys.stderr)
            traceback.print_exception(type(error), error, error.__traceback__)

    def _work(self):
        while True:
            if self._worker_lock.acquire(timeout=IDLE_TIMEOUT):
                self._handle_job()
                continue
            try:
                del self._cache._idle_workers[self]
            except KeyError:
                # Somebody has just taken this thread: a job is on its way.
                continue
            return


class ThreadCache:
    def __init__(self):
        self._idle_workers = {}

    def start_thread_soon(self, fn, deliver, name=None):
        try:
            worker, _ = self._idle_workers.popitem()
        except KeyError:
            worker = WorkerThread(self)
        worker._job = (fn, deliver, name)
        worker._worker_lock.release()


THREAD_CACHE = ThreadCache()


def start_thread_soon(fn, deliver, name=None):
    THREAD_CACHE.start_thread_soon(fn, deliver, name)
