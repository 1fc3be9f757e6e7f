"""The pool of threads (S-CF-01 to S-CF-04)."""
import _cost
import _journal
import os
import queue
import sys
import threading
import _weakref
from concurrent.futures import _base

_VERSION = sys.version_info[:2]

_threads_queues = {}
_shutdown = False
# Makes sure that no worker is started while the hook below collects them.
_global_shutdown_lock = threading.Lock()


def _python_exit():
    global _shutdown
    with _global_shutdown_lock:
        _shutdown = True
    items = list(_threads_queues.items())
    for thread, work_queue in items:
        work_queue.put(None)
    for thread, work_queue in items:
        thread.join()


threading._register_atexit(_python_exit)


class _WorkItem:
    __slots__ = ("future", "fn", "args", "kwargs")

    def __init__(self, future, fn, args, kwargs):
        self.future = future
        self.fn = fn
        self.args = args
        self.kwargs = kwargs

    def run(self):
        if not self.future.set_running_or_notify_cancel():
            return
        try:
            result = self.fn(*self.args, **self.kwargs)
        except BaseException as exc:
            _cost.charge("futures.finish")
            self.future.set_exception(exc)
            # The traceback refers to this frame, which would keep the future alive.
            self = None
        else:
            _cost.charge("futures.finish")
            self.future.set_result(result)


def _worker(executor_reference, work_queue, initializer, initargs):
    try:
        if initializer is not None:
            try:
                initializer(*initargs)
            except BaseException:
                _base._log_critical_exc("Exception in initializer:")
                executor = executor_reference()
                if executor is not None:
                    executor._initializer_failed()
                return
        while True:
            if _VERSION < (3, 12):
                work_item = work_queue.get(block=True)
            else:
                try:
                    work_item = work_queue.get_nowait()
                except queue.Empty:
                    executor = executor_reference()
                    if executor is not None:
                        executor._idle_semaphore.release()
                    del executor
                    work_item = work_queue.get(block=True)
            if work_item is not None:
                _cost.charge("futures.work_item")
                executor = executor_reference()
                if executor is not None:
                    executor._count()
                del executor
                work_item.run()
                # Nothing of the finished call may live on while this thread waits for the next.
                del work_item
                if _VERSION < (3, 12):
                    executor = executor_reference()
                    if executor is not None:
                        executor._idle_semaphore.release()
                    del executor
                continue
            executor = executor_reference()
            if _shutdown or executor is None or executor._shutdown:
                if executor is not None:
                    executor._shutdown = True
                # The others are told too.
                work_queue.put(None)
                return
            del executor
    except BaseException:
        _base._log_critical_exc("Exception in worker")
    finally:
        _threads_queues.pop(threading.current_thread(), None)


class BrokenThreadPool(_base.BrokenExecutor):
    """A worker's initializer failed."""


_n_executors = 0


class ThreadPoolExecutor(_base.Executor):
    """Calls functions in threads that it keeps."""

    def __init__(self, max_workers=None, thread_name_prefix="", initializer=None, initargs=(), **ctxkwargs):
        global _n_executors
        if max_workers is None:
            count = os.process_cpu_count if _VERSION >= (3, 13) else os.cpu_count
            max_workers = min(32, (count() or 1) + 4)
        if max_workers <= 0:
            raise ValueError("max_workers must be greater than 0")
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        self._max_workers = max_workers
        self._work_queue = queue.SimpleQueue()
        self._idle_semaphore = threading.Semaphore(0)
        self._threads = set()
        self._broken = False
        self._shutdown = False
        self._shutdown_lock = threading.Lock()
        self._thread_name_prefix = thread_name_prefix or f"ThreadPoolExecutor-{_n_executors}"
        if not thread_name_prefix:
            _n_executors += 1
        self._initializer = initializer
        self._initargs = initargs
        self._subject = _journal.born("pool", self._thread_name_prefix)

    def _count(self):
        _journal.count(self._subject, "threads", len(self._threads))
        _journal.count(self._subject, "queued", self._work_queue.qsize())

    def submit(self, fn, /, *args, **kwargs):
        with self._shutdown_lock, _global_shutdown_lock:
            if self._broken:
                raise BrokenThreadPool(self._broken)
            if self._shutdown:
                raise RuntimeError("cannot schedule new futures after shutdown")
            if _shutdown:
                raise RuntimeError("cannot schedule new futures after interpreter shutdown")
            _cost.charge("futures.submit")
            future = _base.Future()
            self._work_queue.put(_WorkItem(future, fn, args, kwargs))
            self._adjust_thread_count()
            self._count()
            return future

    def _adjust_thread_count(self):
        if self._idle_semaphore.acquire(timeout=0):
            return

        # When the executor itself is forgotten, an idle worker wakes and finds that out.
        def forgotten(_, work_queue=self._work_queue):
            work_queue.put(None)

        n_threads = len(self._threads)
        if n_threads < self._max_workers:
            thread = threading.Thread(
                name="%s_%d" % (self._thread_name_prefix, n_threads),
                target=_worker,
                args=(_weakref.ref(self, forgotten), self._work_queue, self._initializer, self._initargs),
            )
            thread.start()
            self._threads.add(thread)
            _threads_queues[thread] = self._work_queue

    def _drain(self):
        while True:
            try:
                work_item = self._work_queue.get_nowait()
            except queue.Empty:
                return
            if work_item is not None:
                yield work_item

    def _initializer_failed(self):
        with self._shutdown_lock:
            self._broken = "A thread initializer failed, the thread pool is not usable anymore"
            for work_item in self._drain():
                work_item.future.set_exception(BrokenThreadPool(self._broken))

    def shutdown(self, wait=True, *, cancel_futures=False):
        with self._shutdown_lock:
            self._shutdown = True
            if cancel_futures:
                for work_item in self._drain():
                    work_item.future.cancel()
            # Wakes a worker, which wakes the next.
            self._work_queue.put(None)
        if wait:
            for thread in self._threads:
                thread.join()
