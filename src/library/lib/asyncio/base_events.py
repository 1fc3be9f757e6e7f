"""The event loop (S-AIO-01 to S-AIO-06, S-AIO-60 to S-AIO-63), without its input and output."""
import sys
import _cost
import _journal
import _thread
import _time
import _weakref
from _sys import frameless as _frameless
from collections import deque

from . import coroutines, events, format_helpers, futures, log, tasks
from .servers import Server

_MIN_SCHEDULED_TIMER_HANDLES = 100
_MIN_CANCELLED_TIMER_HANDLES_FRACTION = 0.5
MAXIMUM_SELECT_TIMEOUT = 24 * 3600

_VERSION = sys.version_info[:2]
_charge = _cost.charge
_state = _journal.state
_mark = _journal.mark
_count = _journal.count
_now = _time.monotonic
Handle = events.Handle
TimerHandle = events.TimerHandle


def _format_handle(handle):
    owner = getattr(handle._callback, "__self__", None)
    if isinstance(owner, tasks.Task):
        return repr(owner)
    return str(handle)


def _run_until_complete_cb(fut):
    if not fut.cancelled():
        error = fut.exception()
        if isinstance(error, (SystemExit, KeyboardInterrupt)):
            # These leave the loop by themselves.
            return
    futures._get_loop(fut).stop()


# The timer heap: CPython's `heapq` on handles, comparing their times without a call (S-AIO-05).


def _push_timer(heap, timer):
    when = timer._when
    at = len(heap)
    heap.append(timer)
    while at > 0:
        above = (at - 1) >> 1
        parent = heap[above]
        if not when < parent._when:
            break
        heap[at] = parent
        at = above
    heap[at] = timer


def _sink_timer(heap, top):
    end = len(heap)
    at = top
    timer = heap[at]
    when = timer._when
    child = 2 * at + 1
    while child < end:
        right = child + 1
        if right < end and not heap[child]._when < heap[right]._when:
            child = right
        heap[at] = heap[child]
        at = child
        child = 2 * at + 1
    while at > top:
        above = (at - 1) >> 1
        parent = heap[above]
        if not when < parent._when:
            break
        heap[at] = parent
        at = above
    heap[at] = timer


def _pop_timer(heap):
    last = heap.pop()
    if not heap:
        return last
    first = heap[0]
    heap[0] = last
    _sink_timer(heap, 0)
    return first


class BaseEventLoop(events.AbstractEventLoop):
    """Runs handles, in passes."""

    # Names in the cost table; another implementation of the loop has others.
    _cost_pass = "asyncio.pass"
    _cost_call_soon = "asyncio.call_soon"
    _cost_call_later = "asyncio.call_later"
    _cost_handle = "asyncio.handle"
    _cost_timer = "asyncio.timer"
    _cost_send = "asyncio.send"
    _cost_receive = "asyncio.receive"
    _cost_stream = "asyncio.stream"

    def __init__(self):
        self._timer_cancelled_count = 0
        self._closed = False
        self._stopping = False
        self._ready = deque()
        self._scheduled = []
        self._default_executor = None
        self._executor_shutdown_called = False
        self._internal_fds = 0
        self._thread_id = None
        self._clock_resolution = 1e-9
        self._exception_handler = None
        # How many callers coroutines noted down before the loop ran, while it runs in debug mode.
        self._outer_origin_depth = None
        self._debug = False
        self._debug = coroutines._is_debug_mode()
        self.slow_callback_duration = 0.1
        self._current_handle = None
        self._task_factory = None
        # Weak references by identity, in the order of the first iteration (S-SIM-03).
        self._asyncgens = {}
        self._asyncgens_shutdown_called = False
        self._signal_handlers = {}
        _charge("asyncio.loop")
        self._subject = _journal.born("loop", "event loop")
        # What the journal was told last.
        self._ready_seen = 0
        self._timers_seen = 0

    def __repr__(self):
        return (
            f"<{type(self).__name__} running={self.is_running()} "
            f"closed={self.is_closed()} debug={self.get_debug()}>"
        )

    def __del__(self, _warn=None):
        if not self._closed and not self.is_running():
            self._closed = True

    # Making things

    def create_future(self):
        return futures.Future(loop=self)

    def create_task(self, coro, *, name=None, context=None, **kwargs):
        if self._closed:
            self._check_closed()
        factory = self._task_factory
        if factory is None:
            return tasks.Task(coro, loop=self, name=name, context=context, **kwargs)
        if context is not None:
            kwargs["context"] = context
        if _VERSION >= (3, 14) and name is not None:
            kwargs["name"] = name
        task = factory(self, coro, **kwargs)
        # 3.13.0 names the task even when it was given no name.
        if name is not None and _VERSION < (3, 14) or _VERSION == (3, 13):
            task.set_name(name)
        return task

    def set_task_factory(self, factory):
        if factory is not None and not callable(factory):
            raise TypeError("task factory must be a callable or None")
        self._task_factory = factory

    def get_task_factory(self):
        return self._task_factory

    # Time and callbacks (S-AIO-04)

    def time(self):
        return _now()

    def call_soon(self, callback, *args, context=None):
        if self._closed:
            self._check_closed()
        if self._debug:
            self._check_thread()
            self._check_callback(callback, "call_soon")
        handle = Handle(callback, args, self, context)
        _charge(self._cost_call_soon)
        self._ready.append(handle)
        return handle

    def call_soon_threadsafe(self, callback, *args, context=None):
        if self._closed:
            self._check_closed()
        if self._debug:
            self._check_callback(callback, "call_soon_threadsafe")
        handle = Handle(callback, args, self, context)
        _charge(self._cost_call_soon)
        self._ready.append(handle)
        self._write_to_self()
        return handle

    def call_later(self, delay, callback, *args, context=None):
        if delay is None:
            raise TypeError("delay must not be None")
        return self.call_at(self.time() + delay, callback, *args, context=context)

    def call_at(self, when, callback, *args, context=None):
        if when is None:
            raise TypeError("when cannot be None")
        if self._closed:
            self._check_closed()
        if self._debug:
            self._check_thread()
            self._check_callback(callback, "call_at")
        timer = TimerHandle(when, callback, args, self, context)
        _charge(self._cost_call_later)
        _push_timer(self._scheduled, timer)
        timer._scheduled = True
        return timer

    def _timer_handle_cancelled(self, handle):
        if handle._scheduled:
            self._timer_cancelled_count += 1

    def _check_callback(self, callback, method):
        if coroutines.iscoroutine(callback) or coroutines.iscoroutinefunction(callback):
            raise TypeError(f"coroutines cannot be used with {method}()")
        if not callable(callback):
            raise TypeError(f"a callable object was expected by {method}(), got {callback!r}")

    def _check_thread(self):
        if self._thread_id is not None and self._thread_id != _thread.get_ident():
            raise RuntimeError("Non-thread-safe operation invoked on an event loop other than the current one")

    # Running (S-AIO-61)

    def _check_closed(self):
        if self._closed:
            raise RuntimeError("Event loop is closed")

    def _check_running(self):
        if self.is_running():
            raise RuntimeError("This event loop is already running")
        if events._get_running_loop() is not None:
            raise RuntimeError("Cannot run the event loop while another loop is running")

    def _run_forever_setup(self):
        self._check_closed()
        self._check_running()
        self._set_coroutine_origin_tracking(self._debug)
        self._old_agen_hooks = sys.get_asyncgen_hooks()
        self._thread_id = _thread.get_ident()
        sys.set_asyncgen_hooks(
            firstiter=self._asyncgen_firstiter_hook, finalizer=self._asyncgen_finalizer_hook
        )
        events._set_running_loop(self)
        _state(self._subject, "running")

    def _run_forever_cleanup(self):
        self._stopping = False
        self._thread_id = None
        events._set_running_loop(None)
        self._set_coroutine_origin_tracking(False)
        sys.set_asyncgen_hooks(*self._old_agen_hooks)
        self._old_agen_hooks = None
        _state(self._subject, "waiting", "to be run")

    def run_forever(self):
        self._run_forever_setup()
        try:
            while True:
                self._run_once()
                if self._stopping:
                    break
        finally:
            self._run_forever_cleanup()

    def run_until_complete(self, future):
        self._check_closed()
        self._check_running()
        ours = not futures.isfuture(future)
        future = tasks.ensure_future(future, loop=self)
        if ours:
            # An exception that stops the loop leaves this task pending; that is not worth a message.
            future._log_destroy_pending = False
        future.add_done_callback(_run_until_complete_cb)
        try:
            self.run_forever()
        except BaseException:
            if ours and future.done() and not future.cancelled():
                # The exception of the task is the one that leaves here.
                future.exception()
            raise
        finally:
            future.remove_done_callback(_run_until_complete_cb)
        if not future.done():
            raise RuntimeError("Event loop stopped before Future completed.")
        return future.result()

    def stop(self):
        self._stopping = True

    def close(self):
        if self.is_running():
            raise RuntimeError("Cannot close a running event loop")
        if self._closed:
            return
        if self._debug:
            log.get().debug("Close %r", self)
        self._closed = True
        self._ready.clear()
        self._scheduled.clear()
        self._executor_shutdown_called = True
        executor, self._default_executor = self._default_executor, None
        if executor is not None:
            executor.shutdown(wait=False)
        tasks._current_tasks.pop(self, None)
        _state(self._subject, "done")

    def is_closed(self):
        return self._closed

    def is_running(self):
        return self._thread_id is not None

    # One pass (S-AIO-02)

    def _run_once(self):
        # Cancelled timers: all of them when they are many, else those on top.
        scheduled = self._scheduled
        total = len(scheduled)
        if (
            total > _MIN_SCHEDULED_TIMER_HANDLES
            and self._timer_cancelled_count / total > _MIN_CANCELLED_TIMER_HANDLES_FRACTION
        ):
            kept = []
            for timer in scheduled:
                if timer._cancelled:
                    timer._scheduled = False
                else:
                    kept.append(timer)
            for at in range(len(kept) // 2 - 1, -1, -1):
                _sink_timer(kept, at)
            self._scheduled = scheduled = kept
            self._timer_cancelled_count = 0
        else:
            while scheduled and scheduled[0]._cancelled:
                self._timer_cancelled_count -= 1
                _pop_timer(scheduled)._scheduled = False

        # How long to look for input.
        ready = self._ready
        if ready or self._stopping:
            timeout = 0
        elif scheduled:
            timeout = scheduled[0]._when - self.time()
            if timeout > MAXIMUM_SELECT_TIMEOUT:
                timeout = MAXIMUM_SELECT_TIMEOUT
            elif timeout < 0:
                timeout = 0
        else:
            timeout = None
        subject = self._subject
        _charge(self._cost_pass)
        if timeout == 0:
            found = self._selector.select(0)
        else:
            if self._ready_seen:
                self._ready_seen = 0
                _count(subject, "ready queue", 0)
            _state(subject, "waiting", "events and timers" if scheduled else "events")
            found = self._selector.select(timeout)
            _state(subject, "running")
        _mark(subject, "pass")
        if found:
            self._process_events(found)
            found = None

        # Timers that are due go behind everything that is ready.
        if scheduled:
            end = self.time() + self._clock_resolution
            while scheduled and scheduled[0]._when < end:
                timer = _pop_timer(scheduled)
                timer._scheduled = False
                _charge(self._cost_timer)
                ready.append(timer)
        total = len(scheduled)
        if total != self._timers_seen:
            self._timers_seen = total
            _count(subject, "timers", total)

        # What is ready now runs; what it makes ready waits for the next pass.
        total = len(ready)
        if total != self._ready_seen:
            self._ready_seen = total
            _count(subject, "ready queue", total)
        self._run_handles(ready, total)

    @_frameless
    def _run_handles(self, ready, total):
        """Runs the first handles of a queue."""
        if self._debug:
            self._run_timed(ready, total)
            return
        events._run(self, ready, total)

    def _run_timed(self, ready, total):
        """Runs the handles of a pass in debug mode and reports slow ones (S-AIO-63)."""
        for _ in range(total):
            handle = ready.popleft()
            if handle._cancelled:
                continue
            _charge(self._cost_handle)
            try:
                self._current_handle = handle
                start = self.time()
                handle._run()
                spent = self.time() - start
                if spent >= self.slow_callback_duration:
                    log.get().warning("Executing %s took %.3f seconds", _format_handle(handle), spent)
            finally:
                self._current_handle = None

    def _add_callback(self, handle):
        if not handle._cancelled:
            self._ready.append(handle)

    def _add_callback_signalsafe(self, handle):
        self._add_callback(handle)
        self._write_to_self()

    # Asynchronous generators (S-GEN-08)

    def _asyncgen_firstiter_hook(self, agen):
        if self._asyncgens_shutdown_called:
            import warnings

            warnings.warn(
                f"asynchronous generator {agen!r} was scheduled after loop.shutdown_asyncgens() call",
                ResourceWarning,
                source=self,
            )
        key = id(agen)
        known = self._asyncgens
        known[key] = _weakref.ref(agen, lambda gone: known.pop(key, None))

    def _asyncgen_finalizer_hook(self, agen):
        self._asyncgens.pop(id(agen), None)
        if not self._closed:
            self.call_soon_threadsafe(self.create_task, agen.aclose())

    async def shutdown_asyncgens(self):
        self._asyncgens_shutdown_called = True
        closing = [agen for agen in [ref() for ref in self._asyncgens.values()] if agen is not None]
        self._asyncgens.clear()
        if not closing:
            return
        results = await tasks.gather(*[agen.aclose() for agen in closing], return_exceptions=True)
        for result, agen in zip(results, closing):
            if isinstance(result, Exception):
                self.call_exception_handler(
                    {
                        "message": f"an error occurred during closing of asynchronous generator {agen!r}",
                        "exception": result,
                        "asyncgen": agen,
                    }
                )

    # Executors (S-AIO-50)

    def _check_default_executor(self):
        if self._executor_shutdown_called:
            raise RuntimeError("Executor shutdown has been called")

    def set_default_executor(self, executor):
        from concurrent.futures import ThreadPoolExecutor

        if not isinstance(executor, ThreadPoolExecutor):
            raise TypeError("executor must be ThreadPoolExecutor instance")
        self._default_executor = executor

    def run_in_executor(self, executor, func, *args):
        self._check_closed()
        if self._debug:
            self._check_callback(func, "run_in_executor")
        if executor is None:
            executor = self._default_executor
            self._check_default_executor()
            if executor is None:
                from concurrent.futures import ThreadPoolExecutor

                executor = ThreadPoolExecutor(thread_name_prefix="asyncio")
                self._default_executor = executor
        _charge("asyncio.run_in_executor")
        return futures.wrap_future(executor.submit(func, *args), loop=self)

    async def shutdown_default_executor(self, timeout=None):
        self._executor_shutdown_called = True
        if self._default_executor is None:
            return
        import threading

        from . import timeouts

        future = self.create_future()
        future._waits_for = "executor"
        thread = threading.Thread(target=self._do_shutdown, args=(future,))
        thread.start()
        try:
            if timeout is None:
                await future
            else:
                async with timeouts.timeout(timeout):
                    await future
        except TimeoutError:
            import warnings

            warnings.warn(
                f"The executor did not finishing joining its threads within {timeout} seconds.",
                RuntimeWarning,
                stacklevel=2,
            )
            self._default_executor.shutdown(wait=False)
            return
        finally:
            if future.done():
                thread.join()

    def _do_shutdown(self, future):
        try:
            self._default_executor.shutdown(wait=True)
            if not self._closed:
                self.call_soon_threadsafe(futures._set_result_unless_cancelled, future, None)
        except Exception as error:
            if not self._closed and not future.cancelled():
                self.call_soon_threadsafe(future.set_exception, error)

    # Errors (S-AIO-04)

    def get_exception_handler(self):
        return self._exception_handler

    def set_exception_handler(self, handler):
        if handler is not None and not callable(handler):
            raise TypeError(f"A callable object or None is expected, got {handler!r}")
        self._exception_handler = handler

    def default_exception_handler(self, context):
        message = context.get("message") or "Unhandled exception in event loop"
        error = context.get("exception")
        info = False if error is None else (type(error), error, error.__traceback__)
        if "source_traceback" not in context and self._current_handle is not None:
            if self._current_handle._source_traceback:
                context["handle_traceback"] = self._current_handle._source_traceback
        lines = [message]
        for key in sorted(context):
            if key in ("message", "exception"):
                continue
            value = context[key]
            if key == "source_traceback":
                value = "Object created at (most recent call last):\n" + format_helpers.format_stack(value).rstrip()
            elif key == "handle_traceback":
                value = "Handle created at (most recent call last):\n" + format_helpers.format_stack(value).rstrip()
            else:
                value = repr(value)
            lines.append(f"{key}: {value}")
        log.get().error("\n".join(lines), exc_info=info)

    def call_exception_handler(self, context):
        handler = self._exception_handler
        try:
            if handler is None:
                self.default_exception_handler(context)
                return
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException:
            log.get().error("Exception in default exception handler", exc_info=True)
            return
        try:
            owner = context.get("task") or context.get("future") or context.get("handle")
            inside = owner.get_context() if _VERSION >= (3, 12) and hasattr(owner, "get_context") else None
            if inside is not None and hasattr(inside, "run"):
                inside.run(handler, self, context)
            else:
                handler(self, context)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            try:
                self.default_exception_handler(
                    {"message": "Unhandled error in exception handler", "exception": error, "context": context}
                )
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException:
                log.get().error(
                    "Exception in default exception handler while handling an unexpected error "
                    "in custom exception handler",
                    exc_info=True,
                )

    # Debug mode

    def get_debug(self):
        return self._debug

    def set_debug(self, enabled):
        self._debug = enabled
        if self.is_running():
            self.call_soon_threadsafe(self._set_coroutine_origin_tracking, enabled)

    def _set_coroutine_origin_tracking(self, enabled):
        if bool(enabled) == (self._outer_origin_depth is not None):
            return
        if enabled:
            from . import constants

            self._outer_origin_depth = sys.get_coroutine_origin_tracking_depth()
            sys.set_coroutine_origin_tracking_depth(constants.DEBUG_STACK_DEPTH)
        else:
            sys.set_coroutine_origin_tracking_depth(self._outer_origin_depth)
            self._outer_origin_depth = None

    # Signals

    def add_signal_handler(self, sig, callback, *args):
        import signal

        if coroutines.iscoroutine(callback) or coroutines.iscoroutinefunction(callback):
            raise TypeError("coroutines cannot be used with add_signal_handler()")
        self._check_signal(sig)
        self._check_closed()
        try:
            signal.set_wakeup_fd(self._outside)
        except (ValueError, OSError) as error:
            raise RuntimeError(str(error))
        self._signal_handlers[sig] = Handle(callback, args, self, None)
        try:
            # What comes is read from the self-pipe; a handler there must be.
            signal.signal(sig, _handled_by_loop)
        except OSError as error:
            del self._signal_handlers[sig]
            if not self._signal_handlers:
                signal.set_wakeup_fd(-1)
            if error.errno == 22:
                raise RuntimeError(f"sig {sig} cannot be caught")
            raise

    def _check_signal(self, sig):
        import signal

        if not isinstance(sig, int):
            raise TypeError(f"sig must be an int, not {sig!r}")
        if sig not in signal.valid_signals():
            raise ValueError(f"invalid signal number {sig}")

    def _handle_signal(self, number):
        handle = self._signal_handlers.get(number)
        if handle is None:
            return
        if handle._cancelled:
            self.remove_signal_handler(number)
        else:
            self._add_callback_signalsafe(handle)

    def remove_signal_handler(self, sig):
        import signal

        self._check_signal(sig)
        if self._signal_handlers.pop(sig, None) is None:
            return False
        usual = signal.default_int_handler if sig == signal.SIGINT else signal.SIG_DFL
        try:
            signal.signal(sig, usual)
        except OSError as error:
            if error.errno == 22:
                raise RuntimeError(f"sig {sig} cannot be caught")
            raise
        if not self._signal_handlers:
            signal.set_wakeup_fd(-1)
        return True


def _handled_by_loop(signum, frame):
    pass
