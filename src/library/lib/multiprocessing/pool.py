"""A pool of worker processes: threads of the parent hand out the work and collect the results (S-MP-06).

```text
 map() ──▶ task queue ──(task handler)──▶ pipe ──▶ workers ──▶ pipe ──(result handler)──▶ result objects
```
"""
import collections
import itertools
import os
import queue
import sys
import threading
import traceback

from . import context, util
from .connection import wait

_VERSION = sys.version_info[:2]
INIT, RUN, CLOSE, TERMINATE = "INIT", "RUN", "CLOSE", "TERMINATE"
_job_counter = itertools.count()


def mapstar(args):
    return list(map(*args))


def starmapstar(args):
    return list(itertools.starmap(args[0], args[1]))


class RemoteTraceback(Exception):
    def __init__(self, tb):
        self.tb = tb

    def __str__(self):
        return self.tb


class ExceptionWithTraceback:
    def __init__(self, exc, tb):
        text = "".join(traceback.format_exception(type(exc), exc, tb))
        self.exc = exc
        self.exc.__traceback__ = None
        self.tb = '\n"""\n%s"""' % text

    def __reduce__(self):
        return rebuild_exc, (self.exc, self.tb)


def rebuild_exc(exc, tb):
    exc.__cause__ = RemoteTraceback(tb)
    return exc


class MaybeEncodingError(Exception):
    """A result that cannot be pickled."""

    def __init__(self, exc, value):
        self.exc = repr(exc)
        self.value = repr(value)
        super().__init__(self.exc, self.value)

    def __str__(self):
        return "Error sending result: '%s'. Reason: '%s'" % (self.value, self.exc)

    def __repr__(self):
        return "<%s: %s>" % (self.__class__.__name__, self)


def worker(inqueue, outqueue, initializer=None, initargs=(), maxtasks=None, wrap_exception=False):
    if initializer is not None:
        initializer(*initargs)
    completed = 0
    while maxtasks is None or completed < maxtasks:
        try:
            task = inqueue.get()
        except (EOFError, OSError):
            break
        if task is None:
            break
        job, i, func, args, kwds = task
        try:
            result = (True, func(*args, **kwds))
        except Exception as exc:
            if wrap_exception and func is not _helper_reraises_exception:
                exc = ExceptionWithTraceback(exc, exc.__traceback__)
            result = (False, exc)
        try:
            outqueue.put((job, i, result))
        except Exception as exc:
            outqueue.put((job, i, (False, MaybeEncodingError(exc, result[1]))))
        task = job = result = func = args = kwds = None
        completed += 1


def _helper_reraises_exception(exc):
    raise exc


class Pool:
    _wrap_exception = True

    @staticmethod
    def Process(ctx, *args, **kwds):
        return ctx.Process(*args, **kwds)

    def __init__(self, processes=None, initializer=None, initargs=(), maxtasksperchild=None, context=None):
        self._pool = []
        self._state = INIT
        self._ctx = context or _default().get_context()
        self._setup_queues()
        self._taskqueue = queue.SimpleQueue()
        self._cache = {}
        self._maxtasksperchild = maxtasksperchild
        self._initializer = initializer
        self._initargs = initargs
        if processes is None:
            processes = os.process_cpu_count() if _VERSION >= (3, 13) else os.cpu_count()
        if processes < 1:
            raise ValueError("Number of processes must be at least 1")
        if maxtasksperchild is not None and (not isinstance(maxtasksperchild, int) or maxtasksperchild <= 0):
            raise ValueError("maxtasksperchild must be a positive int or None")
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        self._processes = processes
        self._wake_up()
        self._repopulate_pool()
        self._worker_handler = self._thread(self._handle_workers)
        self._task_handler = self._thread(self._handle_tasks)
        self._result_handler = self._thread(self._handle_results)
        self._terminate = util.Finalize(self, self._terminate_pool, exitpriority=15)
        self._state = RUN

    def _wake_up(self):
        self._change = self._ctx.SimpleQueue()

    @staticmethod
    def _thread(target):
        thread = threading.Thread(target=target)
        thread.daemon = True
        thread.start()
        return thread

    def _setup_queues(self):
        self._inqueue = self._ctx.SimpleQueue()
        self._outqueue = self._ctx.SimpleQueue()

    def _check_running(self):
        if self._state != RUN:
            raise ValueError("Pool not running")

    def _repopulate_pool(self):
        for _ in range(self._processes - len(self._pool)):
            process = self.Process(
                self._ctx,
                target=worker,
                args=(
                    self._inqueue,
                    self._outqueue,
                    self._initializer,
                    self._initargs,
                    self._maxtasksperchild,
                    self._wrap_exception,
                ),
            )
            process.name = process.name.replace("Process", "PoolWorker")
            process.daemon = True
            process.start()
            self._pool.append(process)

    # --- the three threads ---

    def _handle_workers(self):
        while self._state == RUN or self._state == INIT or (self._cache and self._state != TERMINATE):
            self._wait_for_change()
            gone = [p for p in self._pool if p.exitcode is not None]
            for process in gone:
                process.join()
                self._pool.remove(process)
            if gone and (self._state == RUN or self._cache):
                self._repopulate_pool()
        self._taskqueue.put(None)

    def _wait_for_change(self):
        reader = self._change._reader
        if reader in wait([reader, *(p.sentinel for p in self._pool)]):
            self._change.get()

    def _handle_tasks(self):
        for taskseq, set_length in iter(self._taskqueue.get, None):
            task = None
            i = -1
            try:
                for i, task in enumerate(taskseq):
                    if self._state == TERMINATE:
                        break
                    try:
                        self._put_task(task)
                    except Exception as exc:
                        job, place = task[:2]
                        if job in self._cache:
                            self._cache[job]._set(place, (False, exc))
                if set_length:
                    set_length(i + 1)
            finally:
                task = taskseq = None
        self._outqueue.put(None)
        for _ in self._pool:
            self._put_task(None)

    def _put_task(self, task):
        self._inqueue.put(task)

    def _handle_results(self):
        while True:
            task = self._outqueue.get()
            if task is None or self._state == TERMINATE:
                break
            self._take(task)
        while self._cache and self._state != TERMINATE:
            task = self._outqueue.get()
            if task is not None:
                self._take(task)

    def _take(self, task):
        job, i, result = task
        if job in self._cache:
            self._cache[job]._set(i, result)

    # --- what programs call ---

    def apply(self, func, args=(), kwds={}):
        return self.apply_async(func, args, kwds).get()

    def apply_async(self, func, args=(), kwds={}, callback=None, error_callback=None):
        self._check_running()
        result = ApplyResult(self, callback, error_callback)
        self._taskqueue.put(([(result._job, 0, func, args, kwds)], None))
        return result

    def map(self, func, iterable, chunksize=None):
        return self._map_async(func, iterable, mapstar, chunksize).get()

    def starmap(self, func, iterable, chunksize=None):
        return self._map_async(func, iterable, starmapstar, chunksize).get()

    def map_async(self, func, iterable, chunksize=None, callback=None, error_callback=None):
        return self._map_async(func, iterable, mapstar, chunksize, callback, error_callback)

    def starmap_async(self, func, iterable, chunksize=None, callback=None, error_callback=None):
        return self._map_async(func, iterable, starmapstar, chunksize, callback, error_callback)

    def _map_async(self, func, iterable, mapper, chunksize=None, callback=None, error_callback=None):
        self._check_running()
        if not hasattr(iterable, "__len__"):
            iterable = list(iterable)
        if chunksize is None:
            chunksize, extra = divmod(len(iterable), len(self._pool) * 4)
            if extra:
                chunksize += 1
        if len(iterable) == 0:
            chunksize = 0
        batches = self._get_tasks(func, iterable, chunksize)
        result = MapResult(self, chunksize, len(iterable), callback, error_callback)
        tasks = ((result._job, i, mapper, (batch,), {}) for i, batch in enumerate(batches))
        self._taskqueue.put((tasks, None))
        return result

    @staticmethod
    def _get_tasks(func, iterable, size):
        iterator = iter(iterable)
        while True:
            batch = tuple(itertools.islice(iterator, size))
            if not batch:
                return
            yield func, batch

    def imap(self, func, iterable, chunksize=1):
        return self._imap(IMapIterator(self), func, iterable, chunksize)

    def imap_unordered(self, func, iterable, chunksize=1):
        return self._imap(IMapUnorderedIterator(self), func, iterable, chunksize)

    def _imap(self, result, func, iterable, chunksize):
        self._check_running()
        if chunksize < 1:
            raise ValueError("Chunksize must be 1+, not {0:n}".format(chunksize))
        if chunksize == 1:
            tasks = self._guarded(result._job, func, iterable)
        else:
            tasks = self._guarded(result._job, mapstar, self._get_tasks(func, iterable, chunksize))
        self._taskqueue.put((tasks, result._set_length))
        if chunksize == 1:
            return result
        return (item for chunk in result for item in chunk)

    @staticmethod
    def _guarded(job, func, iterable):
        i = -1
        try:
            for i, item in enumerate(iterable):
                yield job, i, func, (item,), {}
        except Exception as exc:
            yield job, i + 1, _helper_reraises_exception, (exc,), {}

    def close(self):
        if self._state == RUN:
            self._state = CLOSE
            self._change.put(None)

    def terminate(self):
        self._state = TERMINATE
        self._terminate()

    def join(self):
        if self._state == RUN:
            raise ValueError("Pool is still running")
        if self._state not in (CLOSE, TERMINATE):
            raise ValueError("In unknown state")
        self._worker_handler.join()
        self._task_handler.join()
        self._result_handler.join()
        for process in self._pool:
            process.join()

    def _terminate_pool(self):
        self._state = TERMINATE
        self._change.put(None)
        self._worker_handler.join()
        for process in self._pool:
            if process.exitcode is None:
                process.terminate()
        self._task_handler.join()
        self._result_handler.join()
        for process in self._pool:
            if process.is_alive():
                process.join()

    def __enter__(self):
        self._check_running()
        return self

    def __exit__(self, *exc):
        self.terminate()

    def __reduce__(self):
        raise NotImplementedError("pool objects cannot be passed between processes or pickled")

    def __repr__(self):
        cls = self.__class__
        return f"<{cls.__module__}.{cls.__qualname__} state={self._state} pool_size={len(self._pool)}>"


def _default():
    return context._default_context


class ApplyResult:
    """The result of one call that is under way."""

    def __init__(self, pool, callback, error_callback):
        self._pool = pool
        self._event = threading.Event()
        self._job = next(_job_counter)
        self._cache = pool._cache
        self._callback = callback
        self._error_callback = error_callback
        self._cache[self._job] = self

    def ready(self):
        return self._event.is_set()

    def successful(self):
        if not self.ready():
            raise ValueError(f"{self!r} not ready")
        return self._success

    def wait(self, timeout=None):
        self._event.wait(timeout)

    def get(self, timeout=None):
        self.wait(timeout)
        if not self.ready():
            raise context.TimeoutError
        if self._success:
            return self._value
        raise self._value

    def _set(self, i, obj):
        self._success, self._value = obj
        self._finish()

    def _finish(self):
        if self._callback and self._success:
            self._callback(self._value)
        if self._error_callback and not self._success:
            self._error_callback(self._value)
        self._event.set()
        del self._cache[self._job]
        pool, self._pool = self._pool, None
        if pool._state == CLOSE and not self._cache:
            pool._change.put(None)


AsyncResult = ApplyResult


class MapResult(ApplyResult):
    def __init__(self, pool, chunksize, length, callback, error_callback):
        super().__init__(pool, callback, error_callback)
        self._success = True
        self._value = [None] * length
        self._chunksize = chunksize
        if chunksize <= 0:
            self._number_left = 0
            self._event.set()
            del self._cache[self._job]
        else:
            self._number_left = length // chunksize + bool(length % chunksize)

    def _set(self, i, success_result):
        self._number_left -= 1
        success, result = success_result
        if success and self._success:
            self._value[i * self._chunksize : (i + 1) * self._chunksize] = result
        elif not success and self._success:
            self._success = False
            self._value = result
        if self._number_left == 0:
            self._finish()


class IMapIterator:
    def __init__(self, pool):
        self._pool = pool
        self._cond = threading.Condition(threading.Lock())
        self._job = next(_job_counter)
        self._cache = pool._cache
        self._items = collections.deque()
        self._index = 0
        self._length = None
        self._unsorted = {}
        self._cache[self._job] = self

    def __iter__(self):
        return self

    def next(self, timeout=None):
        with self._cond:
            if not self._items:
                if self._index == self._length:
                    self._pool = None
                    raise StopIteration
                self._cond.wait(timeout)
                if not self._items:
                    if self._index == self._length:
                        self._pool = None
                        raise StopIteration
                    raise context.TimeoutError
            success, value = self._items.popleft()
        if success:
            return value
        raise value

    __next__ = next

    def _set(self, i, obj):
        with self._cond:
            if self._index == i:
                self._items.append(obj)
                self._index += 1
                while self._index in self._unsorted:
                    self._items.append(self._unsorted.pop(self._index))
                    self._index += 1
                self._cond.notify()
            else:
                self._unsorted[i] = obj
            self._end()

    def _end(self):
        if self._index == self._length:
            del self._cache[self._job]
            if self._pool is not None and self._pool._state == CLOSE and not self._cache:
                self._pool._change.put(None)

    def _set_length(self, length):
        with self._cond:
            self._length = length
            if self._index == self._length:
                self._cond.notify()
                self._end()


class IMapUnorderedIterator(IMapIterator):
    def _set(self, i, obj):
        with self._cond:
            self._items.append(obj)
            self._index += 1
            self._cond.notify()
            self._end()


class ThreadPool(Pool):
    """The same over threads of this process."""

    _wrap_exception = False

    @staticmethod
    def Process(ctx, *args, **kwds):
        return _DummyProcess(*args, **kwds)

    def __init__(self, processes=None, initializer=None, initargs=()):
        Pool.__init__(self, processes, initializer, initargs)

    def _setup_queues(self):
        self._inqueue = queue.SimpleQueue()
        self._outqueue = queue.SimpleQueue()

    def _wake_up(self):
        self._change = queue.SimpleQueue()

    def _wait_for_change(self):
        self._change.get()


class _DummyProcess(threading.Thread):
    """A thread that a pool takes for a process."""

    @property
    def exitcode(self):
        return None if self.is_alive() or not self._started.is_set() else 0

    def terminate(self):
        pass
