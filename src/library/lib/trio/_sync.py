"""Event, CapacityLimiter, Semaphore, Lock and Condition: first come, first served (S-TRIO-06)."""

import math

import _cost
import _journal

from ._core import BrokenResourceError, Cancelled, CancelScope, ParkingLot, WouldBlock
from ._core._parking_lot import add_parking_lot_breaker, remove_parking_lot_breaker
from ._core._run import checkpoint, checkpoint_if_cancelled, current_task
from ._core._traps import Abort, cancel_shielded_checkpoint, wait_for, wait_task_rescheduled
from ._era import ERA
from ._util import Record, final


class EventStatistics(Record):
    _fields = ("tasks_waiting",)


@final
class Event:
    def __init__(self):
        self._tasks = {}
        self._flag = False

    def is_set(self):
        return self._flag

    def set(self):
        if not self._flag:
            self._flag = True
            for task in self._tasks:
                task._runner.reschedule(task)
            self._tasks.clear()

    async def wait(self):
        if self._flag:
            await checkpoint()
            return
        task = current_task()
        self._tasks[task] = None

        def abort_fn(_):
            del self._tasks[task]
            return Abort.SUCCEEDED

        wait_for("event")
        await wait_task_rescheduled(abort_fn)

    def statistics(self):
        return EventStatistics(len(self._tasks))

    if not ERA:

        def __bool__(self):
            raise NotImplementedError(
                "Trio events cannot be treated as bools; consider using `event.is_set()` instead."
            )


class AsyncContextManagerMixin:
    """`async with`, by `acquire` and `release`."""

    async def __aenter__(self):
        await self.acquire()

    async def __aexit__(self, exc_type, exc_value, traceback):
        self.release()


class CapacityLimiterStatistics(Record):
    _fields = ("borrowed_tokens", "total_tokens", "borrowers", "tasks_waiting")


@final
class CapacityLimiter(AsyncContextManagerMixin):
    def __init__(self, total_tokens):
        self._subject = subject = _journal.born("pool", "limiter")
        self._lot = ParkingLot("token", subject)
        self._borrowers = {}
        # The waiting tasks, and on whose behalf each of them waits.
        self._pending_borrowers = {}
        self.total_tokens = total_tokens

    def __repr__(self):
        return (
            f"<trio.CapacityLimiter at {id(self):#x}, {len(self._borrowers)}/{self._total_tokens} "
            f"with {len(self._lot)} waiting>"
        )

    @property
    def total_tokens(self):
        return self._total_tokens

    @total_tokens.setter
    def total_tokens(self, value):
        if not isinstance(value, int) and value != math.inf:
            raise TypeError("total_tokens must be an int or math.inf")
        if ERA and value < 1:
            raise ValueError("total_tokens must be >= 1")
        if value < 0:
            raise ValueError("total_tokens must be >= 0")
        self._total_tokens = value
        _journal.count(self._subject, "tokens", value)
        self._wake_waiters()

    def _wake_waiters(self):
        available = self._total_tokens - len(self._borrowers)
        if self._lot and available > 0:
            for task in self._lot.unpark(count=available):
                self._borrowers[self._pending_borrowers.pop(task)] = None
            _journal.count(self._subject, "waiting", len(self._lot))
        _journal.count(self._subject, "tokens in use", len(self._borrowers))

    @property
    def borrowed_tokens(self):
        return len(self._borrowers)

    @property
    def available_tokens(self):
        return self._total_tokens - len(self._borrowers)

    def acquire_nowait(self):
        self.acquire_on_behalf_of_nowait(current_task())

    def acquire_on_behalf_of_nowait(self, borrower):
        if borrower in self._borrowers:
            raise RuntimeError("this borrower is already holding one of this CapacityLimiter's tokens")
        if len(self._borrowers) >= self._total_tokens or self._lot:
            raise WouldBlock
        self._borrowers[borrower] = None
        _journal.count(self._subject, "tokens in use", len(self._borrowers))

    async def acquire(self):
        await self.acquire_on_behalf_of(current_task())

    async def acquire_on_behalf_of(self, borrower):
        _cost.charge("trio.lock")
        await checkpoint_if_cancelled()
        try:
            self.acquire_on_behalf_of_nowait(borrower)
        except WouldBlock:
            task = current_task()
            self._pending_borrowers[task] = borrower
            _journal.count(self._subject, "waiting", len(self._lot) + 1)
            try:
                await self._lot.park()
            except Cancelled:
                self._pending_borrowers.pop(task)
                _journal.count(self._subject, "waiting", len(self._lot))
                raise
        else:
            await cancel_shielded_checkpoint()

    def release(self):
        self.release_on_behalf_of(current_task())

    def release_on_behalf_of(self, borrower):
        if borrower not in self._borrowers:
            raise RuntimeError("this borrower isn't holding any of this CapacityLimiter's tokens")
        del self._borrowers[borrower]
        self._wake_waiters()

    def statistics(self):
        return CapacityLimiterStatistics(
            len(self._borrowers), self._total_tokens, list(self._borrowers), len(self._lot)
        )


@final
class Semaphore(AsyncContextManagerMixin):
    def __init__(self, initial_value, *, max_value=None):
        if not isinstance(initial_value, int):
            raise TypeError("initial_value must be an int")
        if initial_value < 0:
            raise ValueError("initial value must be >= 0")
        if max_value is not None:
            if not isinstance(max_value, int):
                raise TypeError("max_value must be None or an int")
            if max_value < initial_value:
                raise ValueError("max_values must be >= initial_value")
        self._lot = ParkingLot("semaphore")
        self._value = initial_value
        self._max_value = max_value

    def __repr__(self):
        limit = "" if self._max_value is None else f", max_value={self._max_value}"
        return f"<trio.Semaphore({self._value}{limit}) at {id(self):#x}>"

    @property
    def value(self):
        return self._value

    @property
    def max_value(self):
        return self._max_value

    def acquire_nowait(self):
        if self._value <= 0:
            raise WouldBlock
        self._value -= 1

    async def acquire(self):
        _cost.charge("trio.lock")
        await checkpoint_if_cancelled()
        try:
            self.acquire_nowait()
        except WouldBlock:
            await self._lot.park()
        else:
            await cancel_shielded_checkpoint()

    def release(self):
        if self._lot:
            self._lot.unpark(count=1)
            return
        if self._max_value is not None and self._value == self._max_value:
            raise ValueError("semaphore released too many times")
        self._value += 1

    def statistics(self):
        return self._lot.statistics()


class LockStatistics(Record):
    _fields = ("locked", "owner", "tasks_waiting")


class _LockImpl(AsyncContextManagerMixin):
    def __init__(self):
        self._lot = ParkingLot("lock")
        self._owner = None

    def __repr__(self):
        kind = type(self).__name__
        if self.locked():
            return f"<locked {kind} object at {id(self):#x} with {len(self._lot)} waiters>"
        return f"<unlocked {kind} object at {id(self):#x}>"

    def locked(self):
        return self._owner is not None

    def _own(self, task):
        self._owner = task
        # Whoever waits is shown in the queue of the owner.
        self._lot._subject = task._subject
        if not ERA:
            add_parking_lot_breaker(task, self._lot)

    def acquire_nowait(self):
        task = current_task()
        if self._owner is task:
            raise RuntimeError("attempt to re-acquire an already held Lock")
        if self._owner is not None or self._lot:
            raise WouldBlock
        self._own(task)

    async def acquire(self):
        _cost.charge("trio.lock")
        await checkpoint_if_cancelled()
        try:
            self.acquire_nowait()
        except WouldBlock:
            try:
                await self._lot.park()
            except BrokenResourceError:
                raise BrokenResourceError(
                    f"Owner of this lock exited without releasing: {self._owner}"
                ) from None
        else:
            await cancel_shielded_checkpoint()

    def release(self):
        if current_task() is not self._owner:
            raise RuntimeError("can't release a Lock you don't own")
        if not ERA:
            remove_parking_lot_breaker(self._owner, self._lot)
        if self._lot:
            (task,) = self._lot.unpark(count=1)
            self._own(task)
        else:
            self._owner = None

    def statistics(self):
        return LockStatistics(self.locked(), self._owner, len(self._lot))


@final
class Lock(_LockImpl):
    """Held by one task; handed over on release."""


@final
class StrictFIFOLock(_LockImpl):
    """The same, promised."""


class ConditionStatistics(Record):
    _fields = ("tasks_waiting", "lock_statistics")


@final
class Condition(AsyncContextManagerMixin):
    def __init__(self, lock=None):
        if lock is None:
            lock = Lock()
        if type(lock) is not Lock:
            raise TypeError("lock must be a trio.Lock")
        self._lock = lock
        self._lot = ParkingLot("condition")

    def locked(self):
        return self._lock.locked()

    def acquire_nowait(self):
        return self._lock.acquire_nowait()

    async def acquire(self):
        await self._lock.acquire()

    def release(self):
        self._lock.release()

    async def wait(self):
        if current_task() is not self._lock._owner:
            raise RuntimeError("must hold the lock to wait")
        self.release()
        try:
            # Notifying moves the task to the lock's own lot, so that it wakes as the owner.
            await self._lot.park()
        except BaseException:
            with CancelScope(shield=True):
                await self.acquire()
            raise

    def notify(self, n=1):
        if current_task() is not self._lock._owner:
            raise RuntimeError("must hold the lock to notify")
        self._lot.repark(self._lock._lot, count=n)

    def notify_all(self):
        if current_task() is not self._lock._owner:
            raise RuntimeError("must hold the lock to notify")
        self._lot.repark_all(self._lock._lot)

    def statistics(self):
        return ConditionStatistics(len(self._lot), self._lock.statistics())
