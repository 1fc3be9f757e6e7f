"""Locks, events, conditions, semaphores and barriers (S-AIO-40 to S-AIO-46)."""
import sys
import _cost
import _journal
from _sys import frameless as _frameless
from collections import deque

from . import mixins
from .exceptions import BrokenBarrierError, CancelledError

_VERSION = sys.version_info[:2]
_charge = _cost.charge


class _Waited(mixins._LoopBoundMixin):
    """What tasks wait for in a queue. The journal learns of it when somebody waits for the first time."""

    _waits_for = "lock"
    _subject = None

    @_frameless
    def _waiter(self):
        """A future for one waiting task."""
        future = self._get_loop().create_future()
        if self._subject is None:
            self._subject = _journal.born("lock", type(self).__name__)
        future._waits_for = self._waits_for
        future._waits_on = self._subject
        return future

    def _described(self, extra):
        if self._waiters:
            extra = f"{extra}, waiters:{len(self._waiters)}"
        kind = type(self)
        return f"<{kind.__module__}.{kind.__qualname__} object at 0x{id(self):x} [{extra}]>"


class _ContextManagerMixin:
    async def __aenter__(self):
        await self.acquire()
        # What `async with lock as x` binds is nothing.
        return None

    async def __aexit__(self, exc_type, exc, tb):
        self.release()


if _VERSION < (3, 9):
    from ._locks_until_38 import _ContextManagerMixin


class Lock(_ContextManagerMixin, _Waited):
    """Mutual exclusion of tasks; FIFO-fair (S-AIO-40)."""

    def __init__(self, **options):
        self._bind(options)
        self._waiters = None
        self._locked = False

    def __repr__(self):
        return self._described("locked" if self._locked else "unlocked")

    def locked(self):
        return self._locked

    async def acquire(self):
        _charge("asyncio.lock")
        if not self._locked and (self._waiters is None or all(w.cancelled() for w in self._waiters)):
            self._locked = True
            return True
        if self._waiters is None:
            self._waiters = deque()
        future = self._waiter()
        self._waiters.append(future)
        try:
            try:
                await future
            finally:
                self._waiters.remove(future)
        except CancelledError:
            # The wake-up may have been for this task: it goes to the next one.
            if not self._locked:
                self._wake_up_first()
            raise
        self._locked = True
        return True

    def release(self):
        if not self._locked:
            raise RuntimeError("Lock is not acquired.")
        self._locked = False
        self._wake_up_first()

    def _wake_up_first(self):
        if self._waiters:
            first = self._waiters[0]
            if not first.done():
                first.set_result(True)


class Event(_Waited):
    """A flag to wait for (S-AIO-42)."""

    _waits_for = "event"

    def __init__(self, **options):
        self._bind(options)
        self._waiters = deque()
        self._value = False

    def __repr__(self):
        return self._described("set" if self._value else "unset")

    def is_set(self):
        return self._value

    def set(self):
        if not self._value:
            self._value = True
            for future in self._waiters:
                if not future.done():
                    future.set_result(True)

    def clear(self):
        self._value = False

    async def wait(self):
        if self._value:
            return True
        future = self._waiter()
        self._waiters.append(future)
        try:
            await future
            return True
        finally:
            self._waiters.remove(future)


class Condition(_ContextManagerMixin, _Waited):
    """A lock with a queue of tasks that wait for a notification (S-AIO-43)."""

    _waits_for = "condition"

    def __init__(self, lock=None, **options):
        self._bind(options)
        if lock is None:
            lock = Lock()
        self._lock = lock
        self.locked = lock.locked
        self.acquire = lock.acquire
        self.release = lock.release
        self._waiters = deque()

    def __repr__(self):
        return self._described("locked" if self.locked() else "unlocked")

    async def wait(self):
        if not self.locked():
            raise RuntimeError("cannot wait on un-acquired lock")
        future = self._waiter()
        self.release()
        try:
            try:
                self._waiters.append(future)
                try:
                    await future
                    return True
                finally:
                    self._waiters.remove(future)
            finally:
                # The lock is taken again even when cancelled; the cancellation is raised afterwards.
                cancelled = None
                while True:
                    try:
                        await self.acquire()
                        break
                    except CancelledError as error:
                        cancelled = error
                if cancelled is not None:
                    try:
                        raise cancelled
                    finally:
                        cancelled = None
        except BaseException:
            # A notification that this task got and cannot use goes to another one.
            if _VERSION >= (3, 13):
                self._notify(1)
            raise

    async def wait_for(self, predicate):
        result = predicate()
        while not result:
            await self.wait()
            result = predicate()
        return result

    def _notify(self, n):
        woken = 0
        for future in self._waiters:
            if woken >= n:
                break
            if not future.done():
                woken += 1
                future.set_result(False)

    def notify(self, n=1):
        if not self.locked():
            raise RuntimeError("cannot notify on un-acquired lock")
        self._notify(n)

    def notify_all(self):
        self.notify(len(self._waiters))


class Semaphore(_ContextManagerMixin, _Waited):
    """A counter of permits, handed over in FIFO order (S-AIO-41)."""

    _waits_for = "semaphore"

    def __init__(self, value=1, **options):
        self._bind(options)
        if value < 0:
            raise ValueError("Semaphore initial value must be >= 0")
        self._waiters = None
        self._value = value

    def __repr__(self):
        return self._described("locked" if self.locked() else f"unlocked, value:{self._value}")

    def locked(self):
        return self._value == 0 or any(not w.cancelled() for w in self._waiters or ())

    async def acquire(self):
        _charge("asyncio.lock")
        if not self.locked():
            self._value -= 1
            return True
        if self._waiters is None:
            self._waiters = deque()
        future = self._waiter()
        self._waiters.append(future)
        if _VERSION < (3, 13):
            try:
                try:
                    await future
                finally:
                    self._waiters.remove(future)
            except CancelledError:
                if not future.cancelled():
                    # The permit was handed over and is not used.
                    self._value += 1
                    self._wake_up_next()
                raise
            if self._value > 0:
                self._wake_up_next()
            return True
        try:
            try:
                await future
            finally:
                self._waiters.remove(future)
        except CancelledError:
            if future.done() and not future.cancelled():
                self._value += 1
            raise
        finally:
            while self._value > 0:
                if not self._wake_up_next():
                    break
        return True

    def release(self):
        self._value += 1
        self._wake_up_next()

    def _wake_up_next(self):
        """Hands one permit to the first waiter that is not done; False if there is none."""
        for future in self._waiters or ():
            if not future.done():
                self._value -= 1
                future.set_result(True)
                return True
        return False


if _VERSION < (3, 10):

    class Semaphore(Semaphore):
        """3.9: a woken task takes the permit itself when it runs; until then newcomers wait behind it."""

        _wakeup_scheduled = False

        def locked(self):
            return self._value == 0

        async def acquire(self):
            _charge("asyncio.lock")
            while self._wakeup_scheduled or self._value <= 0:
                if self._waiters is None:
                    self._waiters = deque()
                future = self._waiter()
                self._waiters.append(future)
                try:
                    await future
                    self._wakeup_scheduled = False
                except CancelledError:
                    self._wake_up_next()
                    raise
            self._value -= 1
            return True

        def _wake_up_next(self):
            while self._waiters:
                future = self._waiters.popleft()
                if not future.done():
                    future.set_result(None)
                    self._wakeup_scheduled = True
                    return


class BoundedSemaphore(Semaphore):
    """A semaphore that refuses to be released more often than acquired."""

    def __init__(self, value=1, **options):
        self._bound_value = value
        super().__init__(value, **options)

    def release(self):
        if self._value >= self._bound_value:
            raise ValueError("BoundedSemaphore released too many times")
        super().release()


class Barrier(_Waited):
    """A meeting point of a fixed number of tasks (S-AIO-44)."""

    _waits_for = "barrier"

    def __init__(self, parties):
        if parties < 1:
            raise ValueError("parties must be > 0")
        self._cond = Condition()
        self._cond._waits_for = "barrier"
        self._parties = parties
        self._state = "filling"
        self._count = 0

    def __repr__(self):
        extra = self._state
        if not self.broken:
            extra += f", waiters:{self.n_waiting}/{self.parties}"
        kind = type(self)
        return f"<{kind.__module__}.{kind.__qualname__} object at 0x{id(self):x} [{extra}]>"

    async def __aenter__(self):
        return await self.wait()

    async def __aexit__(self, *exc):
        pass

    async def wait(self):
        async with self._cond:
            await self._cond.wait_for(lambda: self._state not in ("draining", "resetting"))
            if self._state == "broken":
                raise BrokenBarrierError("Barrier aborted")
            try:
                index = self._count
                self._count += 1
                if index + 1 == self._parties:
                    self._state = "draining"
                    self._cond.notify_all()
                else:
                    await self._meet()
                return index
            finally:
                self._count -= 1
                if self._count == 0:
                    if self._state in ("resetting", "draining"):
                        self._state = "filling"
                    self._cond.notify_all()

    async def _meet(self):
        await self._cond.wait_for(lambda: self._state != "filling")
        if self._state in ("broken", "resetting"):
            raise BrokenBarrierError("Abort or reset of barrier")

    async def reset(self):
        async with self._cond:
            if self._count > 0:
                if self._state != "resetting":
                    self._state = "resetting"
            else:
                self._state = "filling"
            self._cond.notify_all()

    async def abort(self):
        async with self._cond:
            self._state = "broken"
            self._cond.notify_all()

    @property
    def parties(self):
        return self._parties

    @property
    def n_waiting(self):
        return self._count if self._state == "filling" else 0

    @property
    def broken(self):
        return self._state == "broken"
