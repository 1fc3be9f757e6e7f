"""Waiting for several things at once (S-AIO-30 to S-AIO-34); users find all of it in `asyncio.tasks`."""
import sys
import _cost

from . import coroutines, events, futures
from .exceptions import CancelledError, TimeoutError
from .tasks import ensure_future

FIRST_COMPLETED = "FIRST_COMPLETED"
FIRST_EXCEPTION = "FIRST_EXCEPTION"
ALL_COMPLETED = "ALL_COMPLETED"

_VERSION = sys.version_info[:2]
_charge = _cost.charge


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
        what = "Tasks" if _VERSION >= (3, 11) else "coroutines"
        raise ValueError(f"Set of {what}/Futures is empty.")
    if return_when not in (FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED):
        raise ValueError(f"Invalid return_when value: {return_when}")
    fs = set(fs)
    loop = events.get_running_loop()
    if any(coroutines.iscoroutine(f) for f in fs):
        if _VERSION >= (3, 11):
            raise TypeError("Passing coroutines is forbidden, use tasks explicitly.")
        import warnings

        warnings.warn(
            "The explicit passing of coroutine objects to asyncio.wait() is deprecated since Python 3.8, and scheduled "
            "for removal in Python 3.11.",
            DeprecationWarning,
            stacklevel=2,
        )
    fs = {ensure_future(f, loop=loop) for f in fs}
    return await _wait(fs, timeout, return_when, loop)


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
    from . import timeouts

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
                    if message is None and sys.version_info >= (3, 9):
                        message = ""
                    results.append(CancelledError() if message is None else CancelledError(message))
                else:
                    error = child.exception()
                    results.append(child.result() if error is None else error)
            if outer._cancel_requested:
                outer.set_exception(fut._make_cancelled_error())
            else:
                outer.set_result(results)

    if _VERSION < (3, 11):
        _done_callback.__qualname__ = "_gather.<locals>._done_callback"
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
