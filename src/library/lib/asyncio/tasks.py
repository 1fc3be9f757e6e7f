"""Tasks (S-AIO-20 to S-AIO-27). What is built on them lives in `combinators` and is found here as well."""
import sys
import _cost
import _journal
import _weakref
from _sys import frameless as _frameless
from contextvars import copy_context

from . import coroutines, events, format_helpers, futures
from .exceptions import CancelledError

_VERSION = sys.version_info[:2]
_PENDING = futures._PENDING
_charge = _cost.charge
_state = _journal.state

_names = 0
# Tasks that are not done, by identity, in the order of their creation (S-SIM-03); weak, as S-AIO-13 requires.
_scheduled_tasks = {}
# The task whose step runs, by loop.
_current_tasks = {}


def _next_name():
    global _names
    _names += 1
    return f"Task-{_names}"


class Task(futures.Future):
    """A coroutine driven by the loop, one step per turn of the ready queue."""

    _log_destroy_pending = True
    _waits_for = "task"
    _subject = None

    @_frameless
    def __init__(self, coro, *, loop=None, name=None, context=None, eager_start=False):
        futures.Future.__init__(self, loop=loop)
        if not coroutines.iscoroutine(coro):
            self._log_destroy_pending = False
            raise TypeError(f"a coroutine was expected, got {coro!r}")
        if name is None:
            name = _next_name()
        else:
            if _VERSION < (3, 13):
                _next_name()
            name = str(name)
        self._name = name
        self._num_cancels_requested = 0
        self._must_cancel = False
        self._fut_waiter = None
        self._coro = coro
        self._context = copy_context() if context is None else context
        self._subject = self._waits_on = _journal.born("task", name, self._loop._subject)
        _charge("asyncio.create_task")
        _scheduled_tasks[id(self)] = _weakref.ref(self)
        if eager_start and self._loop.is_running():
            self._eager_start()
        else:
            _state(self._subject, "ready")
            self._loop.call_soon(self._step, context=self._context)

    @_frameless
    def __del__(self):
        if self._state is _PENDING:
            _scheduled_tasks.pop(id(self), None)
            if self._log_destroy_pending:
                context = {"message": "Task was destroyed but it is pending!", "task": self}
                if self._source_traceback:
                    context["source_traceback"] = self._source_traceback
                self._loop.call_exception_handler(context)
        elif self._log_traceback:
            futures._report_lost(self)

    @_frameless
    def __repr__(self):
        status = self._state.lower()
        if status == "pending" and self._num_cancels_requested:
            status = "cancelling"
        info = [status, f"name={self._name!r}"]
        if self._coro is not None:
            info.append(f"coro=<{coroutines._format_coroutine(self._coro)}>")
        rest = futures._repr_info(self)[1:]
        if self._fut_waiter is not None:
            info.append(f"wait_for={self._fut_waiter!r}")
        return f"<{type(self).__name__} {' '.join(info + rest)}>"

    # Facts

    def get_coro(self):
        return self._coro

    if _VERSION >= (3, 12):

        def get_context(self):
            return self._context

    def get_name(self):
        return self._name

    def set_name(self, value):
        self._name = str(value)
        _journal.named(self._subject, self._name)

    def set_result(self, result):
        raise RuntimeError("Task does not support set_result operation")

    def set_exception(self, exception):
        raise RuntimeError("Task does not support set_exception operation")

    def get_stack(self, *, limit=None):
        """The frames of the suspended coroutine, innermost last; those of the traceback of a failed task."""
        frames = []
        if self._exception is not None:
            trace = self._exception.__traceback__
            while trace is not None:
                frames.append(trace.tb_frame)
                trace = trace.tb_next
            return frames if limit is None else frames[:limit]
        frame = getattr(self._coro, "cr_frame", None) or getattr(self._coro, "gi_frame", None)
        while frame is not None:
            frames.append(frame)
            frame = frame.f_back
        frames.reverse()
        return frames if limit is None else frames[-limit:]

    def print_stack(self, *, limit=None, file=None):
        import traceback

        frames = self.get_stack(limit=limit)
        if not frames:
            print(f"No stack for {self!r}", file=file)
            return
        failed = self._exception is not None
        print(f"{'Traceback' if failed else 'Stack'} for {self!r} (most recent call last):", file=file)
        places = [traceback.FrameSummary(f.f_code.co_filename, f.f_lineno, f.f_code.co_name) for f in frames]
        # `print` and `print_list` have other streams where none is given (`base_tasks.py`).
        traceback.print_list(places, file=file)
        if failed:
            print("".join(traceback.format_exception_only(self._exception)), file=file, end="")

    # Cancellation (S-AIO-24)

    @_frameless
    def cancel(self, msg=None):
        self._log_traceback = False
        if self._state is not _PENDING:
            return False
        self._num_cancels_requested += 1
        _journal.mark(self._subject, "cancelled")
        # The waiter may itself be a task that refuses, or have been set already: then the step delivers it.
        if self._fut_waiter is not None and self._fut_waiter.cancel(msg=msg):
            return True
        self._must_cancel = True
        self._cancel_message = msg
        return True

    if _VERSION >= (3, 11):

        def cancelling(self):
            return self._num_cancels_requested

        @_frameless
        def uncancel(self):
            if self._num_cancels_requested > 0:
                self._num_cancels_requested -= 1
                if self._num_cancels_requested == 0 and _VERSION >= (3, 13):
                    self._must_cancel = False
            return self._num_cancels_requested

    # Steps (S-AIO-21)

    @_frameless
    def _finish(self, state, result=None, exception=None):
        """Ends the task: callbacks are scheduled, the journal is told."""
        self._result = result
        self._exception = exception
        if exception is not None:
            self._exception_tb = exception.__traceback__
            self._log_traceback = True
        self._state = state
        _scheduled_tasks.pop(id(self), None)
        _state(self._subject, "done")
        if self._callbacks:
            self._schedule_callbacks()

    @_frameless
    def _step(self, error=None):
        if self._state is not _PENDING:
            raise futures.InvalidStateError(f"_step(): already done: {self!r}, {error!r}")
        if self._must_cancel:
            if not isinstance(error, CancelledError):
                error = self._make_cancelled_error()
            self._must_cancel = False
        self._fut_waiter = None
        loop = self._loop
        _enter_task(loop, self)
        coro = self._coro
        _state(self._subject, "running", "", None, coro)
        _charge("asyncio.task_step")
        try:
            yielded = coro.send(None) if error is None else coro.throw(error)
        except StopIteration as stop:
            if self._must_cancel:
                # Cancelled during its very last step.
                self._must_cancel = False
                self._finish(futures._CANCELLED)
            else:
                self._finish(futures._FINISHED, stop.value)
        except CancelledError as cancelled:
            self._cancelled_exc = cancelled
            self._finish(futures._CANCELLED)
        except (KeyboardInterrupt, SystemExit) as fatal:
            self._finish(futures._FINISHED, None, fatal)
            raise
        except BaseException as failed:
            self._finish(futures._FINISHED, None, failed)
        else:
            if yielded is None:
                _state(self._subject, "ready")
                loop.call_soon(self._step, context=self._context)
            else:
                self._suspend(yielded)
        finally:
            _current_tasks[loop] = None
            # An exception's traceback keeps this frame: it must not keep the task.
            self = error = coro = None

    @_frameless
    def _suspend(self, yielded):
        """Waits for what the coroutine yielded, or tells it in the next pass why it cannot."""
        blocking = getattr(yielded, "_asyncio_future_blocking", None)
        if blocking is None:
            if coroutines.GeneratorType is type(yielded):
                wrong = f"yield was used instead of yield from for generator in task {self!r} with {yielded!r}"
            else:
                wrong = f"Task got bad yield: {yielded!r}"
        elif futures._get_loop(yielded) is not self._loop:
            wrong = f"Task {self!r} got Future {yielded!r} attached to a different loop"
        elif not blocking:
            wrong = f"yield was used instead of yield from in task {self!r} with {yielded!r}"
        elif yielded is self:
            wrong = f"Task cannot await on itself: {self!r}"
        else:
            yielded._asyncio_future_blocking = False
            _charge("asyncio.suspend")
            _state(
                self._subject,
                "waiting",
                getattr(yielded, "_waits_for", "future"),
                getattr(yielded, "_waits_on", None),
                self._coro,
            )
            yielded.add_done_callback(self._wakeup, context=self._context)
            self._fut_waiter = yielded
            if self._must_cancel and yielded.cancel(msg=self._cancel_message):
                self._must_cancel = False
            return
        _state(self._subject, "ready")
        self._loop.call_soon(self._step, RuntimeError(wrong), context=self._context)

    @_frameless
    def _wakeup(self, future):
        if not isinstance(future, futures.Future):
            try:
                future.result()
                error = None
            except BaseException as raised:
                error = raised
        elif future._state is futures._CANCELLED:
            error = future._make_cancelled_error()
        else:
            # Not raised here, so that the traceback holds nothing but what it had when the future got it.
            error = future._exception
            if error is not None:
                future._log_traceback = False
                error = error.with_traceback(future._exception_tb)
        self._step(error)
        self = error = future = None

    _wakeup._is_wakeup = True

    @_frameless
    def _eager_start(self):
        """Runs the first step at once, inside the creation (S-AIO-26)."""
        outside = _current_tasks.get(self._loop)
        _current_tasks[self._loop] = None
        try:
            self._context.run(self._step)
        finally:
            _current_tasks[self._loop] = outside
            if outside is not None:
                _state(outside._subject, "running")
        if self._state is not _PENDING:
            self._coro = None
            self = None


# The classes that programs meet are those of CPython's C module.
Task.__module__ = futures.Future.__module__ = "_asyncio"
futures._task_wakeup = Task._wakeup
_PyTask = Task


# Which task runs


@_frameless
def _enter_task(loop, task):
    running = _current_tasks.get(loop)
    if running is not None:
        raise RuntimeError(f"Cannot enter into task {task!r} while another task {running!r} is being executed.")
    _current_tasks[loop] = task


@_frameless
def _leave_task(loop, task):
    running = _current_tasks.get(loop)
    if running is not task:
        raise RuntimeError(f"Leaving task {task!r} does not match the current task {running!r}.")
    _current_tasks[loop] = None


@_frameless
def _swap_current_task(loop, task):
    previous = _current_tasks.get(loop)
    _current_tasks[loop] = task
    return previous


@_frameless
def _register_task(task):
    _scheduled_tasks[id(task)] = _weakref.ref(task)


@_frameless
def _unregister_task(task):
    _scheduled_tasks.pop(id(task), None)


@_frameless
def current_task(loop=None):
    if loop is None:
        loop = events.get_running_loop()
    return _current_tasks.get(loop)


def all_tasks(loop=None):
    if loop is None:
        loop = events.get_running_loop()
    found = set()
    for reference in list(_scheduled_tasks.values()):
        task = reference()
        if task is not None and not task.done() and futures._get_loop(task) is loop:
            found.add(task)
    return found


def create_task(coro, *, name=None, context=None, **kwargs):
    loop = events.get_running_loop()
    if context is not None:
        kwargs["context"] = context
    if name is None:
        return loop.create_task(coro, **kwargs)
    return loop.create_task(coro, name=name, **kwargs)


def create_eager_task_factory(custom_task_constructor):
    def factory(loop, coro, *, eager_start=True, name=None, context=None, **kwargs):
        return custom_task_constructor(coro, loop=loop, name=name, context=context, eager_start=eager_start, **kwargs)

    return factory


eager_task_factory = create_eager_task_factory(Task)


async def _wrap_awaitable(awaitable):
    return await awaitable


def ensure_future(coro_or_future, *, loop=None):
    if futures.isfuture(coro_or_future):
        if loop is not None and loop is not futures._get_loop(coro_or_future):
            raise ValueError("The future belongs to a different loop than the one specified as the loop argument")
        return coro_or_future
    ours = False
    if not coroutines.iscoroutine(coro_or_future):
        if not hasattr(type(coro_or_future), "__await__"):
            raise TypeError("An asyncio.Future, a coroutine or an awaitable is required")
        coro_or_future = _wrap_awaitable(coro_or_future)
        ours = True
    if loop is None:
        try:
            loop = events.get_event_loop()
        except RuntimeError:
            if ours:
                coro_or_future.close()
            raise
    try:
        return loop.create_task(coro_or_future)
    except RuntimeError:
        if ours:
            coro_or_future.close()
        raise


# Sleeping (S-AIO-27)


class _Turn:
    """An awaitable that gives up one turn of the ready queue."""

    def __sleep0(self):
        yield

    __await__ = __sleep0


_turn = _Turn()


async def sleep(delay, result=None):
    if delay <= 0:
        _charge("asyncio.sleep0")
        await _turn
        return result
    if delay != delay and _VERSION >= (3, 13):
        raise ValueError("Invalid delay: NaN (not a number)")
    _charge("asyncio.sleep")
    loop = events.get_running_loop()
    future = loop.create_future()
    future._waits_for = "sleep"
    timer = loop.call_later(delay, futures._set_result_unless_cancelled, future, result)
    try:
        return await future
    finally:
        timer.cancel()


def run_coroutine_threadsafe(coro, loop):
    """Runs a coroutine on a loop of another thread; returns a concurrent future (S-AIO-51)."""
    if not coroutines.iscoroutine(coro):
        raise TypeError("A coroutine object is required")
    import concurrent.futures

    future = concurrent.futures.Future()

    def callback():
        try:
            futures._chain_future(ensure_future(coro, loop=loop), future)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            if future.set_running_or_notify_cancel():
                future.set_exception(error)
            raise

    loop.call_soon_threadsafe(callback)
    return future


from .combinators import (
    ALL_COMPLETED,
    FIRST_COMPLETED,
    FIRST_EXCEPTION,
    _cancel_and_wait,
    as_completed,
    gather,
    shield,
    wait,
    wait_for,
)
