"""Queues between threads (S-THR-11, S-THR-12)."""
import _cost
import sys
import threading
from _collections import deque
from _sys import frameless as _frameless
from _time import monotonic as time

_VERSION = sys.version_info[:2]


class Empty(Exception):
    pass


Empty.__module__ = "_queue"


class Full(Exception):
    pass


if _VERSION >= (3, 13):

    class ShutDown(Exception):
        """Raised when put or get is called on a queue that was shut down."""


class Queue:
    """One mutex and three conditions; `maxsize <= 0` means without bound."""

    def __init__(self, maxsize=0):
        self.maxsize = maxsize
        self._init(maxsize)
        self.mutex = threading.Lock()
        self.not_empty = threading.Condition(self.mutex)
        self.not_full = threading.Condition(self.mutex)
        self.all_tasks_done = threading.Condition(self.mutex)
        self.not_empty._purpose, self.not_full._purpose, self.all_tasks_done._purpose = "item", "room", "items to be done"
        self.unfinished_tasks = 0
        self.is_shutdown = False

    def task_done(self):
        with self.all_tasks_done:
            unfinished = self.unfinished_tasks - 1
            if unfinished <= 0:
                if unfinished < 0:
                    raise ValueError("task_done() called too many times")
                self.all_tasks_done.notify_all()
            self.unfinished_tasks = unfinished

    def join(self):
        with self.all_tasks_done:
            while self.unfinished_tasks:
                self.all_tasks_done.wait()

    def qsize(self):
        with self.mutex:
            return self._qsize()

    def empty(self):
        with self.mutex:
            return not self._qsize()

    def full(self):
        with self.mutex:
            return 0 < self.maxsize <= self._qsize()

    def put(self, item, block=True, timeout=None):
        _cost.charge("queue.put")
        with self.not_full:
            if self.is_shutdown:
                raise ShutDown
            if self.maxsize > 0:
                if not block:
                    if self._qsize() >= self.maxsize:
                        raise Full
                elif timeout is None:
                    while self._qsize() >= self.maxsize:
                        self.not_full.wait()
                        if self.is_shutdown:
                            raise ShutDown
                elif timeout < 0:
                    raise ValueError("'timeout' must be a non-negative number")
                else:
                    end = time() + timeout
                    while self._qsize() >= self.maxsize:
                        left = end - time()
                        if left <= 0.0:
                            raise Full
                        self.not_full.wait(left)
                        if self.is_shutdown:
                            raise ShutDown
            self._put(item)
            self.unfinished_tasks += 1
            self.not_empty.notify()

    def get(self, block=True, timeout=None):
        _cost.charge("queue.get")
        with self.not_empty:
            if self.is_shutdown and not self._qsize():
                raise ShutDown
            if not block:
                if not self._qsize():
                    raise Empty
            elif timeout is None:
                while not self._qsize():
                    self.not_empty.wait()
                    if self.is_shutdown and not self._qsize():
                        raise ShutDown
            elif timeout < 0:
                raise ValueError("'timeout' must be a non-negative number")
            else:
                end = time() + timeout
                while not self._qsize():
                    left = end - time()
                    if left <= 0.0:
                        raise Empty
                    self.not_empty.wait(left)
                    if self.is_shutdown and not self._qsize():
                        raise ShutDown
            item = self._get()
            self.not_full.notify()
            return item

    def put_nowait(self, item):
        return self.put(item, False)

    def get_nowait(self):
        return self.get(False)

    if _VERSION >= (3, 13):

        def shutdown(self, immediate=False):
            with self.mutex:
                self.is_shutdown = True
                if immediate:
                    while self._qsize():
                        self._get()
                        if self.unfinished_tasks > 0:
                            self.unfinished_tasks -= 1
                    self.all_tasks_done.notify_all()
                self.not_empty.notify_all()
                self.not_full.notify_all()

    def _init(self, maxsize):
        self.queue = deque()

    def _qsize(self):
        return len(self.queue)

    def _put(self, item):
        self.queue.append(item)

    def _get(self):
        return self.queue.popleft()

    def __class_getitem__(cls, item):
        return cls


class PriorityQueue(Queue):
    """The smallest item comes first."""

    def _init(self, maxsize):
        from heapq import heappop, heappush

        self.queue = []
        self._heappush = heappush
        self._heappop = heappop

    def _put(self, item):
        self._heappush(self.queue, item)

    def _get(self):
        return self._heappop(self.queue)


class LifoQueue(Queue):
    """The newest item comes first."""

    def _init(self, maxsize):
        self.queue = []

    def _put(self, item):
        self.queue.append(item)

    def _get(self):
        return self.queue.pop()


class _SimpleQueue:
    """What both generations of `SimpleQueue` share."""

    @_frameless
    def __init__(self):
        self._queue = deque()

    @_frameless
    def put_nowait(self, item):
        return self.put(item)

    @_frameless
    def get_nowait(self):
        return self.get(False)

    def empty(self):
        return len(self._queue) == 0

    def qsize(self):
        return len(self._queue)

    def __class_getitem__(cls, item):
        return cls


if _VERSION < (3, 13):

    class SimpleQueue(_SimpleQueue):
        """Unbounded. Getters sleep on one shared lock, which `put` and a getter that is served release."""

        __module__ = "_queue"
        _is_static = True

        @_frameless
        def __init__(self):
            self._queue = deque()
            self._lock = threading.Lock()
            self._locked = False

        @_frameless
        def put(self, item, block=True, timeout=None):
            self._queue.append(item)
            if self._locked:
                self._locked = False
                self._lock.release()

        @_frameless
        def get(self, block=True, timeout=None):
            end = None
            if not block:
                timeout = 0
            elif timeout is not None:
                if timeout < 0:
                    raise ValueError("'timeout' must be a non-negative number")
                end = time() + timeout
            while not self._queue:
                got = self._lock.acquire(False)
                if not got and timeout != 0:
                    got = self._lock.acquire() if end is None else self._lock.acquire(True, max(timeout, 0))
                if not got:
                    raise Empty
                self._locked = True
                if end is not None:
                    timeout = max(end - time(), 0)
            item = self._queue.popleft()
            if self._locked:
                self._locked = False
                self._lock.release()
            return item

else:

    class SimpleQueue(_SimpleQueue):
        """Unbounded. Getters sleep in a row, and `put` hands its item to the first of them."""

        __module__ = "_queue"
        _is_static = True

        @_frameless
        def __init__(self):
            self._queue = deque()
            self._waiters = deque()

        @_frameless
        def put(self, item, block=True, timeout=None):
            if self._waiters:
                waiter = self._waiters.popleft()
                waiter.append(item)
                waiter[0].release()
            else:
                self._queue.append(item)

        @_frameless
        def get(self, block=True, timeout=None):
            if block and timeout is not None and timeout < 0:
                raise ValueError("'timeout' must be a non-negative number")
            if self._queue:
                return self._queue.popleft()
            if not block:
                raise Empty
            waiter = [threading.Lock()]
            waiter[0].acquire()
            self._waiters.append(waiter)
            waiter[0].acquire(True, -1 if timeout is None else timeout)
            if len(waiter) == 1:
                self._waiters.remove(waiter)
                raise Empty
            return waiter[1]


SimpleQueue.__module__ = "_queue"
