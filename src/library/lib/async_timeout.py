"""Timeouts of asyncio before it had its own."""
import asyncio
import enum
import sys

__version__ = "5.0.1"
__all__ = ("timeout", "timeout_at", "Timeout")


class _State(enum.Enum):
    INIT = "INIT"
    ENTER = "ENTER"
    TIMEOUT = "TIMEOUT"
    EXIT = "EXIT"


class Timeout:
    """The task that enters is cancelled at the deadline, which comes out as TimeoutError."""

    def __init__(self, deadline, loop):
        self._loop = loop
        self._state = _State.INIT
        self._handle = None
        self._task = None
        self._deadline = None
        if deadline is None:
            self._deadline = None
        else:
            self._put(deadline)

    def _put(self, deadline):
        self._deadline = deadline
        if self._task is not None:
            self._schedule()

    async def __aenter__(self):
        if self._state is not _State.INIT:
            raise RuntimeError(f"invalid state {self._state.value}")
        self._state = _State.ENTER
        self._task = asyncio.current_task()
        if self._task is None:
            raise RuntimeError("Timeout context manager should be used inside a task")
        self._schedule()
        return self

    async def __aexit__(self, exc_type, exc_val, exc_tb):
        if exc_type is asyncio.CancelledError and self._state is _State.TIMEOUT:
            task = self._task
            self._stop()
            if sys.version_info >= (3, 11):
                task.uncancel()
            raise asyncio.TimeoutError from exc_val
        self._state = _State.EXIT
        self._stop()
        return None

    def _schedule(self):
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None
        if self._deadline is None:
            return
        if self._deadline <= self._loop.time():
            self._handle = self._loop.call_soon(self._expire)
        else:
            self._handle = self._loop.call_at(self._deadline, self._expire)

    def _expire(self):
        self._task.cancel()
        self._state = _State.TIMEOUT
        self._handle = None

    def _stop(self):
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None
        self._task = None

    @property
    def expired(self):
        return self._state is _State.TIMEOUT

    @property
    def deadline(self):
        return self._deadline

    def reject(self):
        """From here on there is no deadline."""
        if self._state not in (_State.INIT, _State.ENTER):
            raise RuntimeError(f"invalid state {self._state.value}")
        self._deadline = None
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    def shift(self, delay):
        if self._deadline is None:
            raise RuntimeError("cannot shift timeout if deadline is not scheduled")
        self.update(self._deadline + delay)

    def update(self, deadline):
        if self._state is _State.EXIT:
            raise RuntimeError("cannot reschedule after exit from context manager")
        if self._state is _State.TIMEOUT:
            raise RuntimeError("cannot reschedule expired timeout")
        self._put(deadline)


def timeout(delay):
    loop = asyncio.get_running_loop()
    return Timeout(None if delay is None else loop.time() + delay, loop)


def timeout_at(deadline):
    return Timeout(deadline, asyncio.get_running_loop())
