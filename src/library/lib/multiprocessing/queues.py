"""Queues between processes: a pipe, its locks, and a thread that feeds it (S-MP-06)."""
import collections
import os
import threading
import time
from queue import Empty, Full

import _pickle

from . import connection, context, synchronize, util


class Queue:
    def __init__(self, maxsize=0, *, ctx=None):
        if maxsize <= 0:
            maxsize = 2**31 - 1
        self._maxsize = maxsize
        self._reader, self._writer = connection.Pipe(duplex=False)
        self._rlock = synchronize.Lock()
        self._wlock = synchronize.Lock()
        self._opid = os.getpid()
        # Without a bound, counting is enough.
        self._sem = synchronize.BoundedSemaphore(maxsize) if maxsize < 100_000 else None
        self._size = synchronize.Semaphore(0) if self._sem is None else None
        self._ignore_epipe = False
        self._reset()

    def __getstate__(self):
        context.assert_spawning(self)
        names = ("_maxsize", "_reader", "_writer", "_rlock", "_wlock", "_opid", "_sem", "_size", "_ignore_epipe")
        return {name: getattr(self, name) for name in names}

    def __setstate__(self, state):
        self.__dict__.update(state)
        self._reset()

    def _reset(self):
        self._pid = os.getpid()
        self._notempty = threading.Condition(threading.Lock())
        self._buffer = collections.deque()
        self._thread = None
        self._joincancelled = False
        self._closed = False
        self._close = None

    def _here(self):
        if self._pid != os.getpid():
            # A forked process has no feeder of its own yet.
            self._reset()

    def _put_counted(self, n):
        memory = self._size._memory
        synchronize._process.store(memory, 0, [synchronize._process.load(memory, 0, 1)[0] + n])

    def put(self, obj, block=True, timeout=None):
        self._here()
        if self._closed:
            raise ValueError(f"Queue {self!r} is closed")
        if self._sem is not None:
            if not self._sem.acquire(block, timeout):
                raise Full
        else:
            self._put_counted(1)
        with self._notempty:
            if self._thread is None:
                self._start_thread()
            self._buffer.append(obj)
            self._notempty.notify()

    def get(self, block=True, timeout=None):
        self._here()
        if self._closed:
            raise ValueError(f"Queue {self!r} is closed")
        if block and timeout is None:
            with self._rlock:
                data = self._reader.recv_bytes()
        else:
            deadline = time.monotonic() + timeout if block else None
            if not self._rlock.acquire(block, timeout):
                raise Empty
            try:
                left = max(deadline - time.monotonic(), 0) if block else 0
                if not self._reader.poll(left):
                    raise Empty
                data = self._reader.recv_bytes()
            finally:
                self._rlock.release()
        if self._sem is not None:
            self._sem.release()
        else:
            self._put_counted(-1)
        return _pickle.loads(data)

    def qsize(self):
        if self._sem is not None:
            return self._maxsize - self._sem.get_value()
        return self._size.get_value()

    def empty(self):
        return not self._reader.poll()

    def full(self):
        return self._sem is not None and self._sem._is_zero()

    def get_nowait(self):
        return self.get(False)

    def put_nowait(self, obj):
        return self.put(obj, False)

    def close(self):
        self._closed = True
        close = self._close
        if close:
            self._close = None
            close()

    def join_thread(self):
        assert self._closed, f"Queue {self!r} not closed"
        if self._thread is not None:
            self._thread.join()

    def cancel_join_thread(self):
        self._joincancelled = True
        if self._jointhread_at_exit is not None:
            self._jointhread_at_exit.cancel()
            self._jointhread_at_exit = None

    _jointhread_at_exit = None

    def _start_thread(self):
        self._buffer.clear()
        thread = self._thread = threading.Thread(target=self._feed, name="QueueFeederThread", daemon=True)
        thread.start()
        if not self._joincancelled:
            self._jointhread_at_exit = util.Finalize(thread, thread.join, exitpriority=-5)
        self._close = util.Finalize(self, self._put_end, exitpriority=10)

    def _put_end(self):
        with self._notempty:
            self._buffer.append(_END)
            self._notempty.notify()

    def _feed(self):
        buffer, notempty = self._buffer, self._notempty
        while True:
            with notempty:
                while not buffer:
                    notempty.wait()
                obj = buffer.popleft()
            if obj is _END:
                self._writer.close()
                return
            try:
                data = _pickle.dumps(obj)
                with self._wlock:
                    self._writer.send_bytes(data)
                self._sent()
            except Exception as exc:
                if self._sem is not None:
                    self._sem.release()
                else:
                    self._put_counted(-1)
                self._on_queue_feeder_error(exc, obj)
            obj = None

    def _sent(self):
        pass

    @staticmethod
    def _on_queue_feeder_error(e, obj):
        import traceback

        traceback.print_exception(type(e), e, e.__traceback__)


_END = object()


class JoinableQueue(Queue):
    def __init__(self, maxsize=0, *, ctx=None):
        super().__init__(maxsize)
        self._unfinished = synchronize.Semaphore(0)
        self._cond = synchronize.Condition()

    def __getstate__(self):
        return dict(super().__getstate__(), _unfinished=self._unfinished, _cond=self._cond)

    def put(self, obj, block=True, timeout=None):
        with self._cond:
            self._unfinished.release()
        super().put(obj, block, timeout)

    def task_done(self):
        with self._cond:
            if not self._unfinished.acquire(False):
                raise ValueError("task_done() called too many times")
            if self._unfinished._is_zero():
                self._cond.notify_all()

    def join(self):
        with self._cond:
            if not self._unfinished._is_zero():
                self._cond.wait()


class SimpleQueue:
    def __init__(self, *, ctx=None):
        self._reader, self._writer = connection.Pipe(duplex=False)
        self._rlock = synchronize.Lock()
        self._wlock = synchronize.Lock()

    def __getstate__(self):
        context.assert_spawning(self)
        return dict(self.__dict__)

    def close(self):
        self._reader.close()
        self._writer.close()

    def empty(self):
        return not self._reader.poll()

    def get(self):
        with self._rlock:
            data = self._reader.recv_bytes()
        return _pickle.loads(data)

    def put(self, obj):
        data = _pickle.dumps(obj)
        with self._wlock:
            self._writer.send_bytes(data)
