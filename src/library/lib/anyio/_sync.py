"""Event, Lock, Semaphore, Condition: first come, first served, handed over directly (S-ANY-31)."""

from collections import deque, namedtuple

import _cost
from ._backend import current_task, on_trio, waiter
from ._era import ERA
from ._exceptions import WouldBlock
from ._scopes import CancelScope, cancel_shielded_checkpoint, checkpoint, checkpoint_if_cancelled

EventStatistics = namedtuple("EventStatistics", "tasks_waiting")
LockStatistics = namedtuple("LockStatistics", "locked owner tasks_waiting")
SemaphoreStatistics = namedtuple("SemaphoreStatistics", "tasks_waiting")
ConditionStatistics = namedtuple("ConditionStatistics", "tasks_waiting lock_statistics")


class Event:
    def __init__(self):
        self._set = False
        self._waiters = deque()

    def set(self):
        if not self._set:
            self._set = True
            for future in self._waiters:
                if not future.done():
                    future.set_result(True)

    def is_set(self):
        return self._set

    async def wait(self):
        if self._set:
            await checkpoint()
            return
        future = waiter("event")
        self._waiters.append(future)
        try:
            await future
        finally:
            self._waiters.remove(future)

    def statistics(self):
        return EventStatistics(len(self._waiters))


class Lock:
    def __init__(self, *, fast_acquire=False):
        self._fast_acquire = fast_acquire
        self._owner = None
        self._waiters = deque()

    async def __aenter__(self):
        await self.acquire()

    async def __aexit__(self, exc_type, exc_val, exc_tb):
        self.release()

    async def acquire(self):
        _cost.charge("anyio.lock")
        task = current_task()
        if self._owner is None and not self._waiters:
            await checkpoint_if_cancelled()
            self._owner = task
            if not self._fast_acquire:
                try:
                    await cancel_shielded_checkpoint()
                except BaseException:
                    self.release()
                    raise
            return
        if self._owner is task:
            raise RuntimeError("Attempted to acquire an already held Lock")
        future = waiter("lock")
        item = (task, future)
        self._waiters.append(item)
        try:
            await future
        except BaseException:
            if future.cancelled():
                if item in self._waiters:
                    self._waiters.remove(item)
            else:
                self.release()
            raise

    def acquire_nowait(self):
        task = current_task()
        if self._owner is None and not self._waiters:
            self._owner = task
        elif self._owner is task:
            raise RuntimeError("Attempted to acquire an already held Lock")
        else:
            raise WouldBlock

    def release(self):
        if self._owner is not current_task() or self._owner is None:
            if on_trio() and not ERA:
                raise RuntimeError("can't release a Lock you don't own")
            raise RuntimeError("The current task is not holding this lock")
        while self._waiters:
            task, future = self._waiters.popleft()
            if not future.cancelled():
                self._owner = task
                future.set_result(None)
                return
        self._owner = None

    def locked(self):
        return self._owner is not None

    def statistics(self):
        from ._tasks import info_of

        owner = info_of(self._owner) if self._owner else None
        return LockStatistics(self.locked(), owner, len(self._waiters))


class Semaphore:
    def __init__(self, initial_value, *, max_value=None, fast_acquire=False):
        if not isinstance(initial_value, int):
            raise TypeError("initial_value must be an integer")
        if initial_value < 0:
            raise ValueError("initial_value must be >= 0")
        if max_value is not None:
            if not isinstance(max_value, int):
                raise TypeError("max_value must be an integer or None")
            if max_value < initial_value:
                raise ValueError("max_value must be equal to or higher than initial_value")
        self._value = initial_value
        self._max_value = max_value
        self._fast_acquire = fast_acquire
        self._waiters = deque()

    async def __aenter__(self):
        await self.acquire()
        return self

    async def __aexit__(self, exc_type, exc_val, exc_tb):
        self.release()

    async def acquire(self):
        _cost.charge("anyio.lock")
        if self._value > 0 and not self._waiters:
            await checkpoint_if_cancelled()
            self._value -= 1
            if not self._fast_acquire:
                try:
                    await cancel_shielded_checkpoint()
                except BaseException:
                    self.release()
                    raise
            return
        future = waiter("semaphore")
        self._waiters.append(future)
        try:
            await future
        except BaseException:
            if future.cancelled():
                if future in self._waiters:
                    self._waiters.remove(future)
            else:
                self.release()
            raise

    def acquire_nowait(self):
        if self._value == 0:
            raise WouldBlock
        self._value -= 1

    def release(self):
        if self._max_value is not None and self._value == self._max_value:
            raise ValueError("semaphore released too many times")
        while self._waiters:
            future = self._waiters.popleft()
            if not future.cancelled():
                future.set_result(None)
                return
        self._value += 1

    @property
    def value(self):
        return self._value

    @property
    def max_value(self):
        return self._max_value

    def statistics(self):
        return SemaphoreStatistics(len(self._waiters))


class Condition:
    def __init__(self, lock=None):
        self._lock = lock or Lock()
        self._owner = None
        self._waiters = deque()

    async def __aenter__(self):
        await self.acquire()

    async def __aexit__(self, exc_type, exc_val, exc_tb):
        self.release()

    def _check_acquired(self):
        if self._owner is not current_task():
            raise RuntimeError("The current task is not holding the underlying lock")

    async def acquire(self):
        await self._lock.acquire()
        self._owner = current_task()

    def acquire_nowait(self):
        self._lock.acquire_nowait()
        self._owner = current_task()

    def release(self):
        self._lock.release()

    def locked(self):
        return self._lock.locked()

    def notify(self, n=1):
        self._check_acquired()
        for _ in range(n):
            if not self._waiters:
                break
            self._waiters.popleft().set()

    def notify_all(self):
        self._check_acquired()
        for event in self._waiters:
            event.set()
        self._waiters.clear()

    async def wait(self):
        await checkpoint_if_cancelled()
        self._check_acquired()
        event = Event()
        self._waiters.append(event)
        self.release()
        try:
            await event.wait()
        except BaseException:
            if not event.is_set():
                self._waiters.remove(event)
            elif self._waiters:
                # The notification was for somebody: pass it on.
                self._waiters.popleft().set()
            raise
        finally:
            with CancelScope(shield=True):
                await self.acquire()

    async def wait_for(self, predicate):
        while not (result := predicate()):
            await self.wait()
        return result

    def statistics(self):
        return ConditionStatistics(len(self._waiters), self._lock.statistics())


class ResourceGuard:
    def __init__(self, action="using"):
        self.action = action
        self._guarded = False

    def __enter__(self):
        from ._exceptions import BusyResourceError

        if self._guarded:
            raise BusyResourceError(self.action)
        self._guarded = True

    def __exit__(self, exc_type, exc_val, exc_tb):
        self._guarded = False
