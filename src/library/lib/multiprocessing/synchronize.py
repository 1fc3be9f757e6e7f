"""Locks, semaphores, conditions, events and barriers for several processes.

A lock is one of the machine's; a semaphore is a pipe with as many bytes in it as it has units, which every process
that has inherited it can take out and put back.
"""
import os
import threading
import time

import _process
import _socket

from . import context, process


def _me():
    return os.getpid(), threading.get_ident()


class _Shared:
    """What can only be given to a process when that is started."""

    def __getstate__(self):
        context.assert_spawning(self)
        popen = context.get_spawning_popen()
        state = {}
        for name, value in self.__dict__.items():
            if name in self._fd_names:
                popen.duplicate_for_child(value)
            elif name == "_lock":
                value = _process.lock_number(value)
            state[name] = value
        return state

    def __setstate__(self, state):
        self.__dict__.update(state)
        if "_lock" in state:
            self._lock = _process.shared_lock(state["_lock"])

    _fd_names = ()


class Lock(_Shared):
    def __init__(self, *, ctx=None):
        self._lock = _process.shared_lock()
        self._owner = None

    def acquire(self, block=True, timeout=None):
        if not block:
            got = self._lock.acquire(False)
        elif timeout is None:
            got = self._lock.acquire()
        else:
            got = self._lock.acquire(True, timeout) if timeout > 0 else self._lock.acquire(False)
        if got:
            self._owner = _me()
        return got

    def release(self):
        self._owner = None
        try:
            self._lock.release()
        except RuntimeError:
            raise ValueError("semaphore or lock released too many times") from None

    def locked(self):
        return self._lock.locked()

    def _is_mine(self):
        return self._owner == _me()

    def _count(self):
        return 1 if self._is_mine() else 0

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *exc):
        self.release()

    def __repr__(self):
        if self._is_mine():
            name = _name_of_holder()
        elif not self._lock.locked():
            name = "None"
        elif self._owner is not None:
            name = "SomeOtherThread"
        else:
            name = "SomeOtherProcess"
        return f"<{type(self).__name__}(owner={name})>"


def _name_of_holder():
    name = process.current_process().name
    if threading.current_thread().name != "MainThread":
        name += "|" + threading.current_thread().name
    return name


class RLock(Lock):
    def __init__(self, *, ctx=None):
        super().__init__()
        self._depth = 0

    def acquire(self, block=True, timeout=None):
        if self._is_mine():
            self._depth += 1
            return True
        got = super().acquire(block, timeout)
        if got:
            self._depth = 1
        return got

    def release(self):
        if not self._is_mine():
            raise AssertionError("attempt to release recursive lock not owned by thread")
        self._depth -= 1
        if self._depth == 0:
            super().release()

    def _count(self):
        return self._depth if self._is_mine() else 0

    def __repr__(self):
        base = super().__repr__()
        owner = base[base.index("=") + 1 : -2]
        count = self._depth if self._is_mine() else 0 if owner == "None" else "nonzero"
        return f"<RLock({owner}, {count})>"


class Semaphore(_Shared):
    _fd_names = ("_read", "_write")
    _limit = None

    def __init__(self, value=1, *, ctx=None):
        self._read, self._write = _socket.pair()
        self._memory = _process.new_memory([value])
        if value:
            _socket.send(self._write, bytes(value))

    def _change(self, by):
        (value,) = _process.load(self._memory, 0, 1)
        _process.store(self._memory, 0, [value + by])

    def acquire(self, block=True, timeout=None):
        deadline = None
        while _socket.recv(self._read, 1) is None:
            if not block:
                return False
            if timeout is None:
                _socket.wait(self._read, False)
                continue
            if deadline is None:
                deadline = time.monotonic() + max(timeout, 0)
            elif time.monotonic() >= deadline:
                return False
            if not _socket.wait(self._read, False, max(deadline - time.monotonic(), 0)):
                return False
        self._change(-1)
        return True

    def release(self):
        if self._limit is not None and self.get_value() >= self._limit:
            raise ValueError("semaphore or lock released too many times")
        self._change(1)
        _socket.send(self._write, b"\0")

    def get_value(self):
        return _process.load(self._memory, 0, 1)[0]

    def _is_zero(self):
        return self.get_value() == 0

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *exc):
        self.release()

    def __repr__(self):
        return f"<{type(self).__name__}(value={self.get_value()})>"


class BoundedSemaphore(Semaphore):
    def __init__(self, value=1, *, ctx=None):
        super().__init__(value)
        self._limit = value

    def __repr__(self):
        return f"<BoundedSemaphore(value={self.get_value()}, maxvalue={self._limit})>"


class Condition:
    """Sleepers are counted; whoever notifies hands each of them a unit and waits until it has woken."""

    def __init__(self, lock=None, *, ctx=None):
        self._lock = lock or RLock()
        self._sleeping = Semaphore(0)
        self._woken = Semaphore(0)
        self._units = Semaphore(0)
        self._make_methods()

    def __getstate__(self):
        context.assert_spawning(self)
        return self._lock, self._sleeping, self._woken, self._units

    def __setstate__(self, state):
        self._lock, self._sleeping, self._woken, self._units = state
        self._make_methods()

    def _make_methods(self):
        self.acquire = self._lock.acquire
        self.release = self._lock.release

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *args):
        return self._lock.__exit__(*args)

    def __repr__(self):
        return f"<Condition({self._lock}, {self._sleeping.get_value() - self._woken.get_value()})>"

    def wait(self, timeout=None):
        assert self._lock._is_mine(), "must acquire() condition before using wait()"
        self._sleeping.release()
        count = self._lock._count()
        for _ in range(count):
            self._lock.release()
        try:
            return self._units.acquire(True, timeout)
        finally:
            self._woken.release()
            for _ in range(count):
                self._lock.acquire()

    def notify(self, n=1):
        assert self._lock._is_mine(), "lock is not owned"
        # Those who gave up by timeout are no sleepers any more.
        while self._woken.acquire(False):
            self._sleeping.acquire(False)
        sleepers = 0
        while sleepers < n and self._sleeping.acquire(False):
            self._units.release()
            sleepers += 1
        for _ in range(sleepers):
            self._woken.acquire()
        if sleepers:
            while self._units.acquire(False):
                pass

    def notify_all(self):
        self.notify(1 << 60)

    def wait_for(self, predicate, timeout=None):
        result = predicate()
        if result:
            return result
        end = None if timeout is None else time.monotonic() + timeout
        while not result:
            left = None if end is None else end - time.monotonic()
            if left is not None and left <= 0:
                break
            self.wait(left)
            result = predicate()
        return result


class Event:
    def __init__(self, *, ctx=None):
        self._cond = Condition(Lock())
        self._flag = _process.new_memory([0])

    def is_set(self):
        return bool(_process.load(self._flag, 0, 1)[0])

    def set(self):
        with self._cond:
            _process.store(self._flag, 0, [1])
            self._cond.notify_all()

    def clear(self):
        with self._cond:
            _process.store(self._flag, 0, [0])

    def wait(self, timeout=None):
        with self._cond:
            if not self.is_set():
                self._cond.wait(timeout)
            return self.is_set()

    def __repr__(self):
        return f"<Event at {id(self):#x} {'set' if self.is_set() else 'unset'}>"


class Barrier(threading.Barrier):
    """The barrier of threads, with its state in shared memory."""

    def __init__(self, parties, action=None, timeout=None, *, ctx=None):
        self._memory = _process.new_memory([0, 0])
        self._cond = Condition()
        self._action = action
        self._timeout = timeout
        self._parties = parties

    def __getstate__(self):
        context.assert_spawning(self)
        return dict(self.__dict__)

    @property
    def _state(self):
        return _process.load(self._memory, 0, 1)[0]

    @_state.setter
    def _state(self, value):
        _process.store(self._memory, 0, [value])

    @property
    def _count(self):
        return _process.load(self._memory, 1, 1)[0]

    @_count.setter
    def _count(self, value):
        _process.store(self._memory, 1, [value])
