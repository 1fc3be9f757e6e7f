"""Tasks (S-AIO-20 to S-AIO-27) and what is built on them (S-AIO-30 to S-AIO-34)."""
import sys
import _cost
import _journal
import _weakref
from contextvars import copy_context

from . import coroutines, events, format_helpers, futures
from .exceptions import CancelledError, TimeoutError

FIRST_COMPLETED = "FIRST_COMPLETED"
FIRST_EXCEPTION = "FIRST_EXCEPTION"
ALL_COMPLETED = "ALL_COMPLETED"

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

    def __del__(self):
        if self._state is _PENDING:
            _scheduled_tasks.pop(id(self), None)
            if self._log_destroy_pending:
                context = {"task": self, "message": "Task was destroyed but it is pending!"}
                if self._source_traceback:
                    context["source_traceback"] = self._source_traceback
                self._loop.call_exception_handler(context)
        elif self._log_traceback:
            futures._report_lost(self)

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
        import linecache

        frames = self.get_stack(limit=limit)
        if not frames:
            print(f"No stack for {self!r}", file=file)
            return
        print(f"{'Traceback' if self._exception is not None else 'Stack'} for {self!r} (most recent call last):", file=file)
        for frame in frames:
            name, line = frame.f_code.co_filename, frame.f_lineno
            print(f'  File "{name}", line {line}, in {frame.f_code.co_name}', file=file)
            text = linecache.getline(name, line).strip()
            if text:
                print(f"    {text}", file=file)
        if self._exception is not None:
            print(f"{type(self._exception).__name__}: {self._exception}", file=file)

    # Cancellation (S-AIO-24)

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

    def cancelling(self):
        return self._num_cancels_requested

    def uncancel(self):
        if self._num_cancels_requested > 0:
            self._num_cancels_requested -= 1
            if self._num_cancels_requested == 0 and _VERSION >= (3, 13):
                self._must_cancel = False
        return self._num_cancels_requested

    # Steps (S-AIO-21)

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
        _state(self._subject, "running")
        _charge("asyncio.task_step")
        coro = self._coro
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
            self._cancelled_exc = _without_step(cancelled)
            self._finish(futures._CANCELLED)
        except (KeyboardInterrupt, SystemExit) as fatal:
            self._finish(futures._FINISHED, None, _without_step(fatal))
            raise
        except BaseException as failed:
            self._finish(futures._FINISHED, None, _without_step(failed))
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
            _state(
                self._subject,
                "waiting",
                getattr(yielded, "_waits_for", "future"),
                getattr(yielded, "_waits_on", None),
            )
            yielded.add_done_callback(self._wakeup, context=self._context)
            self._fut_waiter = yielded
            if self._must_cancel and yielded.cancel(msg=self._cancel_message):
                self._must_cancel = False
            return
        _state(self._subject, "ready")
        self._loop.call_soon(self._step, RuntimeError(wrong), context=self._context)

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


futures._task_wakeup = Task._wakeup
_PyTask = Task


def _without_step(error):
    """Takes this module's own frame off a traceback: CPython's step is C and has none, and the frame would
    keep the task alive."""
    trace = error.__traceback__
    if trace is not None and trace.tb_frame.f_code is Task._step.__code__:
        error.__traceback__ = trace.tb_next
    return error


# Which task runs


def _enter_task(loop, task):
    running = _current_tasks.get(loop)
    if running is not None:
        raise RuntimeError(f"Cannot enter into task {task!r} while another task {running!r} is being executed.")
    _current_tasks[loop] = task


def _leave_task(loop, task):
    running = _current_tasks.get(loop)
    if running is not task:
        raise RuntimeError(f"Leaving task {task!r} does not match the current task {running!r}.")
    _current_tasks[loop] = None


def _swap_current_task(loop, task):
    previous = _current_tasks.get(loop)
    _current_tasks[loop] = task
    return previous


def _register_task(task):
    _scheduled_tasks[id(task)] = _weakref.ref(task)


def _unregister_task(task):
    _scheduled_tasks.pop(id(task), None)


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

    def __await__(self):
        yield


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


# Waiting for several (S-AIO-31 to S-AIO-33)


def _release_waiter(waiter, *args):
    if not waiter.done():
        waiter.set_result(None)


class _Release:
    """A callback that releases a waiter when its future is done."""

    __slots__ = ("waiter",)

    def __init__(self, waiter):
        self.waiter = waiter

    def __call__(self, future):
        if not self.waiter.done():
            self.waiter.set_result(None)


async def wait(fs, *, timeout=None, return_when=ALL_COMPLETED):
    if futures.isfuture(fs) or coroutines.iscoroutine(fs):
        raise TypeError(f"expect a list of futures, not {type(fs).__name__}")
    if not fs:
        raise ValueError("Set of Tasks/Futures is empty.")
    if return_when not in (FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED):
        raise ValueError(f"Invalid return_when value: {return_when}")
    fs = set(fs)
    if any(coroutines.iscoroutine(f) for f in fs):
        raise TypeError("Passing coroutines is forbidden, use tasks explicitly.")
    return await _wait(fs, timeout, return_when, events.get_running_loop())


async def _wait(fs, timeout, return_when, loop):
    waiter = loop.create_future()
    waiter._waits_for = "wait"
    timer = None
    if timeout is not None:
        timer = loop.call_later(timeout, _release_waiter, waiter)
    counter = len(fs)

    def _on_completion(f):
        nonlocal counter
        counter -= 1
        if (
            counter <= 0
            or return_when == FIRST_COMPLETED
            or (return_when == FIRST_EXCEPTION and not f.cancelled() and f.exception() is not None)
        ):
            if timer is not None:
                timer.cancel()
            if not waiter.done():
                waiter.set_result(None)

    for f in fs:
        f.add_done_callback(_on_completion)
    try:
        await waiter
    finally:
        if timer is not None:
            timer.cancel()
        for f in fs:
            f.remove_done_callback(_on_completion)
    done, pending = set(), set()
    for f in fs:
        (done if f.done() else pending).add(f)
    return done, pending


async def _cancel_and_wait(fut, loop=None):
    """Cancels and waits until the task has really ended."""
    waiter = events.get_running_loop().create_future()
    waiter._waits_for = "cancellation"
    release = _Release(waiter)
    fut.add_done_callback(release)
    try:
        fut.cancel()
        await waiter
    finally:
        fut.remove_done_callback(release)


async def _wait_for_nothing(fut):
    """A timeout that is over before it begins: only what is done already counts."""
    fut = ensure_future(fut)
    if fut.done():
        return fut.result()
    await _cancel_and_wait(fut)
    try:
        return fut.result()
    except CancelledError as cancelled:
        raise TimeoutError from cancelled


if _VERSION < (3, 12):

    async def wait_for(fut, timeout):
        """Through 3.11 the awaitable becomes a task of its own (S-AIO-32)."""
        loop = events.get_running_loop()
        if timeout is None:
            return await fut
        if timeout <= 0:
            return await _wait_for_nothing(fut)
        waiter = loop.create_future()
        timer = loop.call_later(timeout, _release_waiter, waiter)
        release = _Release(waiter)
        fut = ensure_future(fut, loop=loop)
        waiter._waits_for = "task"
        waiter._waits_on = getattr(fut, "_waits_on", None)
        fut.add_done_callback(release)
        try:
            try:
                await waiter
            except CancelledError:
                if fut.done():
                    return fut.result()
                fut.remove_done_callback(release)
                await _cancel_and_wait(fut)
                raise
            if fut.done():
                return fut.result()
            fut.remove_done_callback(release)
            await _cancel_and_wait(fut)
            # It may have ended otherwise although it was cancelled.
            try:
                return fut.result()
            except CancelledError as cancelled:
                raise TimeoutError() from cancelled
        finally:
            timer.cancel()

else:

    async def wait_for(fut, timeout):
        """From 3.12 the awaitable runs in the caller's task (S-AIO-32)."""
        if timeout is not None and timeout <= 0:
            return await _wait_for_nothing(fut)
        async with timeouts.timeout(timeout):
            return await fut


class _AsCompletedIterator:
    """Completions in the order in which they happen; asynchronously iterable from 3.13."""

    def __init__(self, aws, timeout):
        from .queues import Queue

        loop = events.get_event_loop()
        self._done = Queue()
        self._done._waits_for = "wait"
        self._timer = None
        self._todo = {ensure_future(aw, loop=loop) for aw in set(aws)}
        self._left = len(self._todo)
        for f in self._todo:
            f.add_done_callback(self._completed)
        if self._todo and timeout is not None:
            self._timer = loop.call_later(timeout, self._timed_out)

    def _timed_out(self):
        for f in self._todo:
            f.remove_done_callback(self._completed)
            self._done.put_nowait(None)
        self._todo.clear()

    def _completed(self, f):
        if f not in self._todo:
            return
        self._todo.remove(f)
        self._done.put_nowait(f)
        if not self._todo and self._timer is not None:
            self._timer.cancel()

    async def _wait_for_one(self, resolve):
        f = await self._done.get()
        if f is None:
            raise TimeoutError
        return f.result() if resolve else f

    def __iter__(self):
        return self

    def __next__(self):
        if not self._left:
            raise StopIteration
        self._left -= 1
        return self._wait_for_one(True)

    def __aiter__(self):
        return self

    async def __anext__(self):
        if not self._left:
            raise StopAsyncIteration
        self._left -= 1
        return await self._wait_for_one(False)


def as_completed(fs, *, timeout=None):
    if futures.isfuture(fs) or coroutines.iscoroutine(fs):
        raise TypeError(f"expect an iterable of futures, not {type(fs).__name__}")
    if _VERSION >= (3, 13):
        return _AsCompletedIterator(fs, timeout)
    return _as_completed_generator(fs, timeout)


def _as_completed_generator(fs, timeout):
    # A generator: the tasks are only made at the first `next`.
    yield from _AsCompletedIterator(fs, timeout)


# Gathering (S-AIO-30)


class _GatheringFuture(futures.Future):
    """The outer future of `gather`: cancelling it cancels the children."""

    _waits_for = "gather"

    def __init__(self, children, *, loop):
        futures.Future.__init__(self, loop=loop)
        self._children = children
        self._cancel_requested = False

    def cancel(self, msg=None):
        if self.done():
            return False
        cancelled = False
        for child in self._children:
            if child.cancel(msg=msg):
                cancelled = True
        if cancelled:
            # It must raise CancelledError even if every child survives.
            self._cancel_requested = True
        return cancelled


def gather(*coros_or_futures, return_exceptions=False):
    _charge("asyncio.gather")
    if not coros_or_futures:
        loop = events.get_event_loop()
        outer = loop.create_future()
        outer.set_result([])
        return outer

    def _done_callback(fut):
        nonlocal finished
        finished += 1
        if outer is None or outer.done():
            if not fut.cancelled():
                # Marks the exception as retrieved: nobody else will look at it.
                fut.exception()
            return
        if not return_exceptions:
            if fut.cancelled():
                outer.set_exception(fut._make_cancelled_error())
                return
            error = fut.exception()
            if error is not None:
                outer.set_exception(error)
                return
        if finished == total:
            results = []
            for child in children:
                if child.cancelled():
                    message = child._cancel_message
                    results.append(CancelledError("" if message is None else message))
                else:
                    error = child.exception()
                    results.append(child.result() if error is None else error)
            if outer._cancel_requested:
                outer.set_exception(fut._make_cancelled_error())
            else:
                outer.set_result(results)

    made = {}
    children = []
    already = []
    total = finished = 0
    loop = None
    outer = None
    for arg in coros_or_futures:
        if arg in made:
            fut = made[arg]
        else:
            fut = ensure_future(arg, loop=loop)
            if loop is None:
                loop = futures._get_loop(fut)
            if fut is not arg:
                # A task made here that is lost while pending is the gathering's own business.
                fut._log_destroy_pending = False
            total += 1
            made[arg] = fut
            _charge("asyncio.gather_child")
            if _VERSION >= (3, 12) and fut.done():
                already.append(fut)
            else:
                fut.add_done_callback(_done_callback)
        children.append(fut)
    outer = _GatheringFuture(children, loop=loop)
    # Done children are counted here, so that a gathering of eager tasks takes no pass.
    for fut in already:
        _done_callback(fut)
    return outer


def shield(arg):
    inner = ensure_future(arg)
    if inner.done():
        return inner
    loop = futures._get_loop(inner)
    outer = loop.create_future()
    outer._waits_for = "task"
    outer._waits_on = getattr(inner, "_waits_on", None)

    def _inner_done_callback(inner):
        if outer.cancelled():
            if not inner.cancelled():
                inner.exception()
            return
        if inner.cancelled():
            outer.cancel()
        else:
            error = inner.exception()
            if error is not None:
                outer.set_exception(error)
            else:
                outer.set_result(inner.result())

    def _outer_done_callback(outer):
        if not inner.done():
            inner.remove_done_callback(_inner_done_callback)

    inner.add_done_callback(_inner_done_callback)
    outer.add_done_callback(_outer_done_callback)
    return outer


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


from . import timeouts
