"""Handles, the interface of event loops, and which loop belongs to a thread (S-AIO-04, S-AIO-62)."""
import sys
import _context
import _cost
import _thread
from _sys import frameless as _frameless
from contextvars import copy_context

from . import format_helpers

_here = _thread._thread_dict
_charge = _cost.charge
_context_get = _context.get
_context_set = _context.set


class Handle:
    """A callback that the loop will run; returned by `call_soon` (S-AIO-04)."""

    __slots__ = (
        "_callback", "_args", "_cancelled", "_loop", "_source_traceback", "_repr", "_context", "__weakref__",
    )

    def __init__(self, callback, args, loop, context=None):
        self._context = copy_context() if context is None else context
        self._loop = loop
        self._callback = callback
        self._args = args
        self._cancelled = False
        self._repr = None
        self._source_traceback = format_helpers.extract_stack() if loop._debug else None

    def _repr_info(self):
        info = [type(self).__name__]
        if self._cancelled:
            info.append("cancelled")
        if self._callback is not None:
            debug = sys.version_info < (3, 13) or self._loop.get_debug()
            info.append(format_helpers._format_callback_source(self._callback, self._args, debug))
        if self._source_traceback:
            place = self._source_traceback[-1]
            info.append(f"created at {place.filename}:{place.lineno}")
        return info

    def __repr__(self):
        if self._repr is not None:
            return self._repr
        return f"<{' '.join(self._repr_info())}>"

    def get_context(self):
        return self._context

    def cancel(self):
        if not self._cancelled:
            self._cancelled = True
            if self._loop.get_debug():
                self._repr = repr(self)
            self._callback = None
            self._args = None

    def cancelled(self):
        return self._cancelled

    def _run(self):
        try:
            self._context.run(self._callback, *self._args)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            self._failed(error)
        self = None

    def _failed(self, error):
        """Reports an exception that left the callback; the loop goes on."""
        source = format_helpers._format_callback_source(
            self._callback, self._args, sys.version_info < (3, 13) or self._loop.get_debug()
        )
        context = {"message": f"Exception in callback {source}", "exception": error, "handle": self}
        if self._source_traceback:
            context["source_traceback"] = self._source_traceback
        self._loop.call_exception_handler(context)


def _run(loop, ready, total):
    """Runs the first handles of a queue: `Handle._run` of each without its two calls. Its name is what tracebacks show."""
    cost = loop._cost_handle
    outside = _context_get()
    try:
        for _ in range(total):
            handle = ready.popleft()
            if handle._cancelled:
                continue
            _charge(cost)
            context = handle._context
            if context._entered:
                handle._run()
                continue
            context._entered = True
            _context_set(context)
            try:
                handle._callback(*handle._args)
            except (SystemExit, KeyboardInterrupt):
                context._entered = False
                raise
            except BaseException as error:
                context._entered = False
                _context_set(outside)
                handle._failed(error)
            else:
                context._entered = False
    finally:
        _context_set(outside)
        # No cycle, should an exception leave.
        handle = context = None


class TimerHandle(Handle):
    """A handle with a time; ordered by that time alone (S-AIO-05)."""

    __slots__ = ("_scheduled", "_when")

    def __init__(self, when, callback, args, loop, context=None):
        Handle.__init__(self, callback, args, loop, context)
        self._when = when
        self._scheduled = False

    def _repr_info(self):
        info = super()._repr_info()
        info.insert(2 if self._cancelled else 1, f"when={self._when}")
        return info

    def __hash__(self):
        return hash(self._when)

    def __lt__(self, other):
        if isinstance(other, TimerHandle):
            return self._when < other._when
        return NotImplemented

    def __gt__(self, other):
        if isinstance(other, TimerHandle):
            return self._when > other._when
        return NotImplemented

    def __le__(self, other):
        if isinstance(other, TimerHandle):
            return self._when <= other._when
        return NotImplemented

    def __ge__(self, other):
        if isinstance(other, TimerHandle):
            return self._when >= other._when
        return NotImplemented

    def __eq__(self, other):
        if isinstance(other, TimerHandle):
            return (
                self._when == other._when
                and self._callback == other._callback
                and self._args == other._args
                and self._cancelled == other._cancelled
            )
        return NotImplemented

    def cancel(self):
        if not self._cancelled:
            self._loop._timer_handle_cancelled(self)
        super().cancel()

    def when(self):
        return self._when


class AbstractServer:
    """What `create_server` returns."""

    def close(self):
        raise NotImplementedError

    def get_loop(self):
        raise NotImplementedError

    def is_serving(self):
        raise NotImplementedError

    async def start_serving(self):
        raise NotImplementedError

    async def serve_forever(self):
        raise NotImplementedError

    async def wait_closed(self):
        raise NotImplementedError

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        self.close()
        await self.wait_closed()


class AbstractEventLoop:
    """The base of all event loops; see `BaseEventLoop` for what they do."""


# Which loop runs in this thread


@_frameless
def get_running_loop():
    loop = _here().get("running loop")
    if loop is None:
        raise RuntimeError("no running event loop")
    return loop


@_frameless
def _get_running_loop():
    return _here().get("running loop")


@_frameless
def _set_running_loop(loop):
    _here()["running loop"] = loop


def _on_fork():
    """In a forked child no loop runs, and none is set."""
    _here().pop("running loop", None)
    if _policy is not None:
        _here().pop(id(_policy), None)


class AbstractEventLoopPolicy:
    """Says which loop belongs to a context."""

    def get_event_loop(self):
        raise NotImplementedError

    def set_event_loop(self, loop):
        raise NotImplementedError

    def new_event_loop(self):
        raise NotImplementedError


class BaseDefaultEventLoopPolicy(AbstractEventLoopPolicy):
    """One loop per thread, made on demand in the main thread only, and from 3.14 not at all (S-AIO-62)."""

    _loop_factory = None

    def _get(self):
        return _here().get(id(self), (None, False))

    def get_event_loop(self):
        loop, was_set = self._get()
        if loop is None:
            import threading

            thread = threading.current_thread()
            if sys.version_info < (3, 14) and not was_set and thread is threading.main_thread():
                if sys.version_info >= (3, 12):
                    import warnings

                    warnings.warn("There is no current event loop", DeprecationWarning, stacklevel=_user_level())
                self.set_event_loop(self.new_event_loop())
                return self._get()[0]
            raise RuntimeError(f"There is no current event loop in thread {thread.name!r}.")
        return loop

    def set_event_loop(self, loop):
        if loop is not None and not isinstance(loop, AbstractEventLoop):
            raise TypeError(
                f"loop must be an instance of AbstractEventLoop or None, not '{type(loop).__name__}'"
            )
        _here()[id(self)] = (loop, True)

    def new_event_loop(self):
        return self._loop_factory()


def _user_level():
    """How many frames above the caller the first one outside this package lies, for `warnings.warn`."""
    level = 1
    frame = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename.startswith(format_helpers._HOME):
        frame = frame.f_back
        level += 1
    return level


_policy = None


def get_event_loop_policy():
    global _policy
    if _policy is None:
        from .unix_events import DefaultEventLoopPolicy

        _policy = DefaultEventLoopPolicy()
    return _policy


def set_event_loop_policy(policy):
    global _policy
    if policy is not None and not isinstance(policy, AbstractEventLoopPolicy):
        raise TypeError(
            f"policy must be an instance of AbstractEventLoopPolicy or None, not '{type(policy).__name__}'"
        )
    _policy = policy


@_frameless
def get_event_loop():
    loop = _here().get("running loop")
    return get_event_loop_policy().get_event_loop() if loop is None else loop


def set_event_loop(loop):
    get_event_loop_policy().set_event_loop(loop)


def new_event_loop():
    return get_event_loop_policy().new_event_loop()
