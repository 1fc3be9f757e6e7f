"""The pool of processes (S-CF-07)."""
import itertools
import os
import queue
import sys
import threading
import traceback

import _cost
import _journal
import multiprocessing as mp
from concurrent.futures import _base
from multiprocessing.connection import wait
from multiprocessing.queues import Queue

_VERSION = sys.version_info[:2]
EXTRA_QUEUED_CALLS = 1
_threads_wakeups = {}
_global_shutdown = False


def _python_exit():
    global _global_shutdown
    _global_shutdown = True
    items = list(_threads_wakeups.items())
    for _, wakeup in items:
        wakeup.wakeup()
    for thread, _ in items:
        thread.join()


threading._register_atexit(_python_exit)


class _ThreadWakeup:
    """Lets the manager thread look again."""

    def __init__(self):
        self._lock = threading.Lock()
        self._closed = False
        self._reader, self._writer = mp.Pipe(duplex=False)

    def close(self):
        with self._lock:
            if not self._closed:
                self._closed = True
                self._writer.close()
                self._reader.close()

    def wakeup(self):
        with self._lock:
            if not self._closed:
                self._writer.send_bytes(b"")

    def clear(self):
        while self._reader.poll():
            self._reader.recv_bytes()


class _RemoteTraceback(Exception):
    def __init__(self, tb):
        self.tb = tb

    def __str__(self):
        return self.tb


class _ExceptionWithTraceback:
    def __init__(self, exc, tb):
        text = "".join(traceback.format_exception(type(exc), exc, tb))
        self.exc = exc
        self.exc.__traceback__ = None
        self.tb = '\n"""\n%s"""' % text

    def __reduce__(self):
        return _rebuild_exc, (self.exc, self.tb)


def _rebuild_exc(exc, tb):
    exc.__cause__ = _RemoteTraceback(tb)
    return exc


class _WorkItem:
    def __init__(self, future, fn, args, kwargs):
        self.future = future
        self.fn = fn
        self.args = args
        self.kwargs = kwargs


class _CallItem:
    def __init__(self, work_id, fn, args, kwargs):
        self.work_id = work_id
        self.fn = fn
        self.args = args
        self.kwargs = kwargs


class _ResultItem:
    def __init__(self, work_id, exception=None, result=None, exit_pid=None):
        self.work_id = work_id
        self.exception = exception
        self.result = result
        self.exit_pid = exit_pid


class _CallQueue(Queue):
    """Gives an item that cannot be pickled back to its future."""

    def __init__(self, max_size, *, ctx, pending, wakeup):
        super().__init__(max_size, ctx=ctx)
        self._pending = pending
        self._wakeup = wakeup

    def _on_queue_feeder_error(self, exc, obj):
        if not isinstance(obj, _CallItem):
            super()._on_queue_feeder_error(exc, obj)
            return
        lines = traceback.format_exception(type(exc), exc, exc.__traceback__)
        exc.__cause__ = _RemoteTraceback('\n"""\n%s"""' % "".join(lines))
        work_item = self._pending.pop(obj.work_id, None)
        self._wakeup.wakeup()
        if work_item is not None:
            work_item.future.set_exception(exc)


def _process_chunk(fn, chunk):
    return [fn(*args) for args in chunk]


def _get_chunks(iterables, chunksize):
    items = zip(*iterables)
    while True:
        chunk = tuple(itertools.islice(items, chunksize))
        if not chunk:
            return
        yield chunk


def _process_worker(call_queue, result_queue, initializer, initargs, max_tasks=None):
    if initializer is not None:
        try:
            initializer(*initargs)
        except BaseException:
            _base._log_critical_exc("Exception in initializer:")
            return
    n_tasks = 0
    while True:
        item = call_queue.get(block=True)
        if item is None:
            result_queue.put(os.getpid())
            return
        exit_pid = None
        if max_tasks is not None:
            n_tasks += 1
            if n_tasks >= max_tasks:
                exit_pid = os.getpid()
        _cost.charge("futures.process_item")
        try:
            result = item.fn(*item.args, **item.kwargs)
        except BaseException as exc:
            wrapped = _ExceptionWithTraceback(exc, exc.__traceback__)
            _send(result_queue, _ResultItem(item.work_id, exception=wrapped, exit_pid=exit_pid))
        else:
            _send(result_queue, _ResultItem(item.work_id, result=result, exit_pid=exit_pid))
            del result
        del item
        if exit_pid is not None:
            return


def _send(result_queue, item):
    try:
        result_queue.put(item)
    except BaseException as exc:
        wrapped = _ExceptionWithTraceback(exc, exc.__traceback__)
        result_queue.put(_ResultItem(item.work_id, exception=wrapped, exit_pid=item.exit_pid))


class BrokenProcessPool(_base.BrokenExecutor):
    """A worker ended abruptly."""


class ProcessPoolExecutor(_base.Executor):
    """Calls functions in processes that it keeps."""

    def __init__(self, max_workers=None, mp_context=None, initializer=None, initargs=(), *, max_tasks_per_child=None):
        if max_workers is None:
            count = os.process_cpu_count if _VERSION >= (3, 13) else os.cpu_count
            self._max_workers = count() or 1
        else:
            if max_workers <= 0:
                raise ValueError("max_workers must be greater than 0")
            self._max_workers = max_workers
        if mp_context is None:
            mp_context = mp.get_context("spawn") if max_tasks_per_child is not None else mp.get_context()
        self._mp_context = mp_context
        self._starts_all = mp_context.get_start_method(allow_none=False) == "fork"
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        if max_tasks_per_child is not None:
            if not isinstance(max_tasks_per_child, int):
                raise TypeError("max_tasks_per_child must be an integer")
            if max_tasks_per_child <= 0:
                raise ValueError("max_tasks_per_child must be >= 1")
            if self._starts_all:
                raise ValueError("max_tasks_per_child is incompatible with the 'fork' multiprocessing start method")
        self._max_tasks = max_tasks_per_child
        self._initializer = initializer
        self._initargs = initargs
        self._manager = None
        self._processes = {}
        self._shutdown = False
        self._shutdown_lock = threading.Lock()
        self._idle_semaphore = threading.Semaphore(0)
        self._broken = False
        self._n_submitted = 0
        self._pending = {}
        self._cancel_pending = False
        self._wakeup = _ThreadWakeup()
        self._call_queue = _CallQueue(
            self._max_workers + EXTRA_QUEUED_CALLS, ctx=mp_context, pending=self._pending, wakeup=self._wakeup
        )
        self._call_queue._ignore_epipe = True
        self._result_queue = mp_context.SimpleQueue()
        self._work_ids = queue.Queue()
        self._subject = _journal.born("pool", "ProcessPoolExecutor")

    def _start_manager(self):
        if self._manager is None:
            if self._starts_all:
                for _ in range(self._max_workers - len(self._processes)):
                    self._spawn_process()
            self._manager = threading.Thread(target=self._manage)
            self._manager.start()
            _threads_wakeups[self._manager] = self._wakeup

    def _adjust_process_count(self):
        if self._starts_all or self._idle_semaphore.acquire(blocking=False):
            return
        if len(self._processes) < self._max_workers:
            self._spawn_process()

    def _spawn_process(self):
        process = self._mp_context.Process(
            target=_process_worker,
            args=(self._call_queue, self._result_queue, self._initializer, self._initargs, self._max_tasks),
        )
        process.start()
        self._processes[process.pid] = process
        _journal.count(self._subject, "processes", len(self._processes))

    def submit(self, fn, /, *args, **kwargs):
        with self._shutdown_lock:
            if self._broken:
                raise BrokenProcessPool(self._broken)
            if self._shutdown:
                raise RuntimeError("cannot schedule new futures after shutdown")
            if _global_shutdown:
                raise RuntimeError("cannot schedule new futures after interpreter shutdown")
            _cost.charge("futures.submit")
            future = _base.Future()
            self._pending[self._n_submitted] = _WorkItem(future, fn, args, kwargs)
            self._work_ids.put(self._n_submitted)
            self._n_submitted += 1
            self._wakeup.wakeup()
            if not self._starts_all:
                self._adjust_process_count()
            self._start_manager()
            return future

    def map(self, fn, *iterables, timeout=None, chunksize=1, **more):
        if chunksize < 1:
            raise ValueError("chunksize must be >= 1.")
        import functools

        results = super().map(
            functools.partial(_process_chunk, fn), _get_chunks(iterables, chunksize), timeout=timeout, **more
        )
        return _chained(results)

    def shutdown(self, wait=True, *, cancel_futures=False):
        with self._shutdown_lock:
            self._cancel_pending = cancel_futures
            self._shutdown = True
            if self._wakeup is not None:
                self._wakeup.wakeup()
        if self._manager is not None and wait:
            self._manager.join()
        self._manager = None

    # --- the manager thread ---

    def _manage(self):
        while True:
            self._fill_call_queue()
            item, is_broken, cause = self._wait_for_something()
            if is_broken:
                self._break(cause)
                break
            if item is not None:
                self._take(item)
                process_exited = item.exit_pid is not None
                if process_exited:
                    self._processes.pop(item.exit_pid).join()
                else:
                    self._idle_semaphore.release()
                if process_exited and self._pending:
                    self._adjust_process_count()
                del item
            if _global_shutdown or self._shutdown:
                self._shutdown = True
                if self._cancel_pending:
                    for work_id, work_item in list(self._pending.items()):
                        if work_item.future.cancel():
                            del self._pending[work_id]
                    while True:
                        try:
                            self._work_ids.get_nowait()
                        except queue.Empty:
                            break
                    self._cancel_pending = False
                if not self._pending:
                    self._join_workers()
                    break
        _threads_wakeups.pop(threading.current_thread(), None)

    def _fill_call_queue(self):
        while not self._call_queue.full():
            try:
                work_id = self._work_ids.get(block=False)
            except queue.Empty:
                return
            work_item = self._pending[work_id]
            if work_item.future.set_running_or_notify_cancel():
                self._call_queue.put(_CallItem(work_id, work_item.fn, work_item.args, work_item.kwargs), block=True)
            else:
                del self._pending[work_id]

    def _wait_for_something(self):
        reader, wakeup = self._result_queue._reader, self._wakeup._reader
        sentinels = [process.sentinel for process in list(self._processes.values())]
        ready = wait([reader, wakeup, *sentinels])
        item, is_broken, cause = None, True, None
        if reader in ready:
            try:
                item = reader.recv()
                is_broken = False
            except BaseException as exc:
                cause = traceback.format_exception(type(exc), exc, exc.__traceback__)
        elif wakeup in ready:
            is_broken = False
        self._wakeup.clear()
        return item, is_broken, cause

    def _take(self, item):
        work_item = self._pending.pop(item.work_id, None)
        if work_item is not None:
            _cost.charge("futures.process_item")
            if item.exception:
                work_item.future.set_exception(item.exception)
            else:
                work_item.future.set_result(item.result)

    def _break(self, cause):
        self._broken = "A child process terminated abruptly, the process pool is not usable anymore"
        self._shutdown = True
        exc = BrokenProcessPool(
            "A process in the process pool was terminated abruptly while the future was running or pending."
        )
        if cause is not None:
            exc.__cause__ = _RemoteTraceback(f"\n'''\n{''.join(cause)}'''")
        for work_item in self._pending.values():
            try:
                work_item.future.set_exception(exc)
            except _base.InvalidStateError:
                pass
        self._pending.clear()
        for process in self._processes.values():
            process.terminate()
        self._finish()

    def _join_workers(self):
        n_alive = sum(process.is_alive() for process in self._processes.values())
        for _ in range(n_alive):
            self._call_queue.put(None)
        self._finish()

    def _finish(self):
        self._call_queue.close()
        self._call_queue.join_thread()
        self._wakeup.close()
        for process in self._processes.values():
            process.join()


def _chained(results):
    for chunk in results:
        chunk.reverse()
        while chunk:
            yield chunk.pop()
