"""Futures (S-AIO-10 to S-AIO-13). CPython has them in C: no traceback shows their frames."""
import sys
from contextvars import copy_context
import _journal
from _sys import frameless as _frameless

from . import events, exceptions, format_helpers
from .exceptions import CancelledError, InvalidStateError

_PENDING = "PENDING"
_CANCELLED = "CANCELLED"
_FINISHED = "FINISHED"

_state = _journal.state
# The function with which a future resumes a task; `tasks` puts it here.
_task_wakeup = ()
_STOP_ITERATION = "StopIteration interacts badly with generators and cannot be raised into a Future"


def isfuture(obj):
    return hasattr(type(obj), "_asyncio_future_blocking") and obj._asyncio_future_blocking is not None


class Future:
    """A result that is not there yet. Not thread-safe."""

    _state = _PENDING
    _result = None
    _exception = None
    _exception_tb = None
    _loop = None
    _source_traceback = None
    _cancel_message = None
    _cancelled_exc = None
    # None for an object that only looks like a future; True while a task that awaits it hands it to the loop.
    _asyncio_future_blocking = False
    _log_traceback = False
    # What a task that awaits this future is said to wait for, and the subject of the journal that stands for it.
    _waits_for = "future"
    _waits_on = None

    @_frameless
    def __init__(self, *, loop=None):
        if loop is None:
            loop = events.get_event_loop()
        self._loop = loop
        self._callbacks = []
        if loop._debug:
            self._source_traceback = format_helpers.extract_stack()

    def __class_getitem__(cls, item):
        return cls

    @_frameless
    def __repr__(self):
        return f"<{type(self).__name__} {' '.join(_repr_info(self))}>"

    @_frameless
    def __del__(self):
        if self._log_traceback:
            _report_lost(self)

    @_frameless
    def get_loop(self):
        return self._loop

    # State

    def done(self):
        return self._state is not _PENDING

    def cancelled(self):
        return self._state is _CANCELLED

    @_frameless
    def cancel(self, msg=None):
        self._log_traceback = False
        if self._state is not _PENDING:
            return False
        self._state = _CANCELLED
        self._cancel_message = msg
        if self._callbacks:
            self._schedule_callbacks()
        return True

    @_frameless
    def set_result(self, result):
        if self._state is not _PENDING:
            raise InvalidStateError("invalid state")
        self._result = result
        self._state = _FINISHED
        if self._callbacks:
            self._schedule_callbacks()

    @_frameless
    def set_exception(self, exception):
        if self._state is not _PENDING:
            raise InvalidStateError("invalid state")
        if isinstance(exception, type):
            exception = exception()
        if not isinstance(exception, BaseException):
            raise TypeError("invalid exception object")
        if isinstance(exception, StopIteration):
            if sys.version_info < (3, 13):
                raise TypeError(_STOP_ITERATION)
            replaced = RuntimeError(_STOP_ITERATION)
            replaced.__cause__ = exception
            replaced.__context__ = exception
            exception = replaced
        self._exception = exception
        self._exception_tb = exception.__traceback__
        self._state = _FINISHED
        if self._callbacks:
            self._schedule_callbacks()
        self._log_traceback = True

    @_frameless
    def _make_cancelled_error(self):
        error = self._cancelled_exc
        if error is not None:
            # Handed out once: the future does not keep the traceback alive.
            self._cancelled_exc = None
            if sys.version_info < (3, 11):
                # The awaiting task gets an exception of its own, without the message.
                made = CancelledError()
                made.__context__ = error
                return made
            return error
        if self._cancel_message is None:
            return CancelledError()
        return CancelledError(self._cancel_message)

    @_frameless
    def result(self):
        if self._state is _FINISHED:
            self._log_traceback = False
            if self._exception is None:
                return self._result
            error = self._exception.with_traceback(self._exception_tb)
        elif self._state is _CANCELLED:
            error = self._make_cancelled_error()
        else:
            raise InvalidStateError("Result is not set.")
        # The traceback keeps this frame, so this frame must not keep the future or the exception.
        try:
            raise error
        finally:
            self = error = None

    @_frameless
    def exception(self):
        if self._state is _CANCELLED:
            raise self._make_cancelled_error()
        if self._state is _PENDING:
            raise InvalidStateError("Exception is not set.")
        self._log_traceback = False
        return self._exception

    # Callbacks

    @_frameless
    def add_done_callback(self, fn, *, context=None):
        if self._state is not _PENDING:
            self._loop.call_soon(fn, self, context=context)
        else:
            self._callbacks.append((fn, copy_context() if context is None else context))

    @_frameless
    def remove_done_callback(self, fn):
        kept = [entry for entry in self._callbacks if entry[0] != fn]
        removed = len(self._callbacks) - len(kept)
        if removed:
            self._callbacks[:] = kept
        return removed

    @_frameless
    def _schedule_callbacks(self):
        callbacks = self._callbacks[:]
        self._callbacks.clear()
        call_soon = self._loop.call_soon
        for callback, context in callbacks:
            if getattr(callback, "__func__", None) is _task_wakeup:
                _state(callback.__self__._subject, "ready")
            call_soon(callback, self, context=context)

    # Awaiting (S-AIO-12)

    @_frameless
    def __await__(self):
        if self._state is _PENDING:
            self._asyncio_future_blocking = True
            try:
                yield self
            except BaseException:
                # The traceback keeps this frame: it must not keep the future.
                self = None
                raise
            if self._state is _PENDING:
                raise RuntimeError("await wasn't used with future")
        return self.result()

    __iter__ = __await__


@_frameless
def _report_lost(future):
    context = {
        "message": f"{type(future).__name__} exception was never retrieved",
        "exception": future._exception,
        "future": future,
    }
    if future._source_traceback:
        context["source_traceback"] = future._source_traceback
    future._loop.call_exception_handler(context)


def _format_callbacks(callbacks):
    count = len(callbacks)
    shown = [
        format_helpers._format_callback_source(entry[0], (), sys.version_info < (3, 13)) for entry in callbacks
    ]
    if count > 2:
        return f"cb=[{shown[0]}, <{count - 2} more>, {shown[-1]}]"
    return f"cb=[{', '.join(shown)}]"


def _repr_info(future):
    info = [future._state.lower()]
    if future._state == _FINISHED:
        if future._exception is not None:
            info.append(f"exception={future._exception!r}")
        else:
            info.append(f"result={format_helpers._short(future._result)}")
    if future._callbacks:
        info.append(_format_callbacks(future._callbacks))
    if future._source_traceback:
        place = future._source_traceback[-1]
        info.append(f"created at {place.filename}:{place.lineno}")
    return info


def _get_loop(future):
    return future.get_loop()


def _set_result_unless_cancelled(future, result):
    if not future.cancelled():
        future.set_result(result)


# Between asyncio's futures and those of concurrent.futures


def _copy_concurrent_exception(error):
    """concurrent.futures has its own CancelledError, and through 3.10 its own TimeoutError."""
    import concurrent.futures

    if sys.version_info < (3, 11) and type(error) is concurrent.futures.TimeoutError:
        return exceptions.TimeoutError(*error.args).with_traceback(error.__traceback__)
    if type(error) is concurrent.futures.CancelledError:
        return CancelledError(*error.args).with_traceback(error.__traceback__)
    return error


def _copy_future_state(source, target):
    """Gives a done concurrent future's outcome to an asyncio future."""
    if target.cancelled():
        return
    if source.cancelled():
        target.cancel()
        return
    error = source.exception()
    if error is not None:
        target.set_exception(_copy_concurrent_exception(error))
    else:
        target.set_result(source.result())


def _set_concurrent_future_state(concurrent, source):
    """Gives a done asyncio future's outcome to a concurrent future."""
    if source.cancelled():
        concurrent.cancel()
    if not concurrent.set_running_or_notify_cancel():
        return
    error = source.exception()
    if error is not None:
        concurrent.set_exception(error)
    else:
        concurrent.set_result(source.result())


def _chain_future(source, destination):
    """Makes `destination` end as `source` does, and cancels `source` when `destination` is cancelled.

    Either may be an asyncio or a concurrent future; the outcome crosses threads through `call_soon_threadsafe`.
    """
    source_loop = source.get_loop() if isfuture(source) else None
    target_loop = destination.get_loop() if isfuture(destination) else None

    def _set_state(future, other):
        if isfuture(future):
            _copy_future_state(other, future)
        else:
            _set_concurrent_future_state(future, other)

    def _call_check_cancel(target):
        if target.cancelled():
            if source_loop is None or source_loop is target_loop:
                source.cancel()
            else:
                source_loop.call_soon_threadsafe(source.cancel)

    def _call_set_state(done):
        if destination.cancelled() and target_loop is not None and target_loop.is_closed():
            return
        if target_loop is None or target_loop is source_loop:
            _set_state(destination, done)
        elif not target_loop.is_closed():
            target_loop.call_soon_threadsafe(_set_state, destination, done)

    destination.add_done_callback(_call_check_cancel)
    source.add_done_callback(_call_set_state)


def wrap_future(future, *, loop=None):
    """An asyncio future that ends when a concurrent one does."""
    if isfuture(future):
        return future
    if loop is None:
        loop = events.get_event_loop()
    wrapped = loop.create_future()
    wrapped._waits_for = "thread"
    _chain_future(future, wrapped)
    return wrapped
