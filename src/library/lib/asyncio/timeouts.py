"""`timeout` and `timeout_at` (S-AIO-35)."""
import sys
import _cost

from . import events
from .exceptions import CancelledError
from .tasks import current_task

_CREATED, _ENTERED, _EXPIRING, _EXPIRED, _EXITED = "created", "active", "expiring", "expired", "finished"


class Timeout:
    """An asynchronous context manager that cancels its body when its time has come."""

    def __init__(self, when):
        self._state = _CREATED
        self._timeout_handler = None
        self._task = None
        self._when = when

    def __repr__(self):
        info = ""
        if self._state is _ENTERED:
            when = None if self._when is None else round(self._when, 3)
            info = f" when={when}"
        return f"<Timeout [{self._state}]{info}>"

    def when(self):
        return self._when

    def reschedule(self, when):
        if self._state is not _ENTERED:
            if self._state is _CREATED:
                raise RuntimeError("Timeout has not been entered")
            raise RuntimeError(f"Cannot change state of {self._state} Timeout")
        self._when = when
        if self._timeout_handler is not None:
            self._timeout_handler.cancel()
            self._timeout_handler = None
        if when is not None:
            loop = events.get_running_loop()
            if when <= loop.time():
                self._timeout_handler = loop.call_soon(self._on_timeout)
            else:
                self._timeout_handler = loop.call_at(when, self._on_timeout)

    def expired(self):
        return self._state in (_EXPIRING, _EXPIRED)

    async def __aenter__(self):
        if self._state is not _CREATED:
            raise RuntimeError("Timeout has already been entered")
        task = current_task()
        if task is None:
            raise RuntimeError("Timeout should be used inside a task")
        _cost.charge("asyncio.timeout")
        self._state = _ENTERED
        self._task = task
        self._cancelling = task.cancelling()
        self.reschedule(self._when)
        return self

    async def __aexit__(self, exc_type, exc_val, exc_tb):
        if self._timeout_handler is not None:
            self._timeout_handler.cancel()
            self._timeout_handler = None
        if self._state is _EXPIRING:
            self._state = _EXPIRED
            if self._task.uncancel() <= self._cancelling and exc_type is not None:
                # No other cancellation is asked for: this one was ours.
                if sys.version_info < (3, 13):
                    if exc_type is CancelledError:
                        raise TimeoutError from exc_val
                elif issubclass(exc_type, CancelledError):
                    raise TimeoutError from exc_val
                else:
                    _insert_timeout_error(exc_val)
                    if isinstance(exc_val, ExceptionGroup):
                        for inner in exc_val.exceptions:
                            _insert_timeout_error(inner)
        elif self._state is _ENTERED:
            self._state = _EXITED
        return None

    def _on_timeout(self):
        self._task.cancel()
        self._state = _EXPIRING
        self._timeout_handler = None


def _insert_timeout_error(error):
    """3.13: a CancelledError that hides in the contexts of another exception becomes a TimeoutError too."""
    while error.__context__ is not None:
        if isinstance(error.__context__, CancelledError):
            late = TimeoutError()
            late.__context__ = late.__cause__ = error.__context__
            error.__context__ = late
            break
        error = error.__context__


def timeout(delay):
    return Timeout(None if delay is None else events.get_running_loop().time() + delay)


def timeout_at(when):
    return Timeout(when)
