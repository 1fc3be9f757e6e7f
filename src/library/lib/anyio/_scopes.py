"""Cancel scopes: level-triggered cancellation of asyncio tasks (S-ANY-10 to S-ANY-13).

A task's innermost scope is its attribute `_anyio_scope`. Sets of tasks and scopes are dicts here,
so that they are walked in the order of insertion (S-SIM-03).
"""

import math
from asyncio import CancelledError, Future, current_task, get_running_loop
from types import coroutine

import _cost
from ._backend import current_time, on_trio, running_loop
from ._era import ERA

NO_STATE = object()


@coroutine
def one_pass():
    """Suspend until the next pass of the loop."""
    yield


def is_started(task):
    coro = task.get_coro()
    return coro is not None and (coro.cr_running or coro.cr_await is not None)


def is_ours(exc):
    """Whether a CancelledError was sent by a cancel scope, not by a bare `task.cancel()`."""
    while True:
        if exc.args and isinstance(exc.args[0], str) and exc.args[0].startswith("Cancelled via cancel scope "):
            return True
        exc = exc.__context__
        if not isinstance(exc, CancelledError):
            return False


def leaves(exc):
    if isinstance(exc, BaseExceptionGroup):
        for inner in exc.exceptions:
            yield from leaves(inner)
    else:
        yield exc


class CancelScope:
    def __new__(cls, *, deadline=math.inf, shield=False, **rest):
        if cls is CancelScope:
            if on_trio():
                from ._trio import TrioCancelScope as cls
            else:
                running_loop()
        return object.__new__(cls)

    def __init__(self, *, deadline=math.inf, shield=False):
        self._deadline = deadline
        self._shield = shield
        self._parent_scope = None
        self._child_scopes = {}
        self._tasks = {}
        self._cancel_called = False
        self._cancelled_caught = False
        self._active = False
        self._timer = None
        self._delivery = None  # the handle of the next delivery, while one is scheduled
        self._host_task = None
        self._reason = None
        self._sent = 0  # how often the host task was cancelled by this scope and not yet uncancelled
        self._cancelling = None  # the host task's `cancelling()` at entry; None before 3.11

    def __enter__(self):
        if self._active:
            raise RuntimeError("Each CancelScope may only be used for a single 'with' block")
        _cost.charge("anyio.cancel_scope")
        self._host_task = task = current_task()
        self._tasks[task] = None
        parent = getattr(task, "_anyio_scope", None)
        task._anyio_scope = self
        if parent is not None:
            self._parent_scope = parent
            parent._child_scopes[self] = None
            parent._tasks.pop(task, None)
        if self._deadline != math.inf:
            self._timeout()
        self._active = True
        if hasattr(task, "cancelling"):
            self._cancelling = task.cancelling()
        if self._cancel_called:
            self._deliver(self)
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        if not self._active:
            raise RuntimeError("This cancel scope is not active")
        task = self._host_task
        if current_task() is not task:
            raise RuntimeError("Attempted to exit cancel scope in a different task than it was entered in")
        if getattr(task, "_anyio_scope", None) is not self:
            raise RuntimeError(
                "Attempted to exit a cancel scope that isn't the current tasks's current cancel scope"
            )
        self._active = False
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        parent = self._parent_scope
        del self._tasks[task]
        task._anyio_scope = parent
        if parent is not None:
            parent._child_scopes.pop(self, None)
            parent._tasks[task] = None
            self._restart_in_parent()
        if ERA:
            return self._swallow_2024(exc_val)
        try:
            return self._swallow(exc_val)
        finally:
            self._host_task = None

    def _swallow_2024(self, exc):
        if not self._cancel_called or exc is None:
            return None
        for leaf in leaves(exc):
            if isinstance(leaf, CancelledError):
                self._cancelled_caught = self._uncancel(leaf)
                if self._cancelled_caught:
                    break
        return self._cancelled_caught

    def _uncancel(self, exc):
        if self._cancelling is None:
            self._sent = 0
        while self._sent:
            self._sent -= 1
            if self._host_task.uncancel() <= self._cancelling:
                return True
        return f"Cancelled by cancel scope {id(self):x}" in exc.args

    def _swallow(self, exc):
        parent = self._parent_scope
        if not self._cancel_called or (parent is not None and not self._shield and parent._effectively_cancelled):
            if self._sent:
                parent._sent += self._sent
                self._sent = 0
            return False
        task = self._host_task
        if self._cancelling is not None:
            while self._sent:
                task.uncancel()
                self._sent -= 1
            if task.cancelling() > self._cancelling:
                return False
        if isinstance(exc, BaseExceptionGroup):
            caught, rest = exc.split(lambda e: isinstance(e, CancelledError) and is_ours(e))
            if caught is None:
                return False
            self._cancelled_caught = True
            if rest is None:
                return True
            context = rest.__context__
            try:
                raise rest
            finally:
                rest.__context__ = context
        if isinstance(exc, CancelledError) and is_ours(exc):
            self._cancelled_caught = True
            return True
        return False

    @property
    def _effectively_cancelled(self):
        scope = self
        while scope is not None:
            if scope._cancel_called:
                return True
            if scope._shield:
                return False
            scope = scope._parent_scope
        return False

    def _parent_cancelled(self):
        scope = self._parent_scope
        while scope is not None and not scope._shield:
            if scope._cancel_called:
                return True
            scope = scope._parent_scope
        return False

    def _timeout(self):
        if self._deadline != math.inf:
            loop = get_running_loop()
            if loop.time() >= self._deadline:
                self.cancel() if ERA else self.cancel("deadline exceeded")
            else:
                self._timer = loop.call_at(self._deadline, self._timeout)

    def _deliver(self, origin):
        """Cancel every waiting task in this scope, and again in the next pass while tasks remain."""
        _cost.charge("anyio.deliver_cancellation")
        again = False
        current = current_task()
        for task in list(self._tasks):
            if not ERA and task.done():
                continue
            if task._must_cancel:
                again = again or not ERA
                continue
            again = True
            if task is not current and (task is self._host_task or is_started(task)):
                waiter = task._fut_waiter
                if not isinstance(waiter, Future) or not waiter.done():
                    if ERA:
                        self._sent += 1
                        task.cancel(f"Cancelled by cancel scope {id(origin):x}")
                    else:
                        task.cancel(origin._reason)
                        if task is origin._host_task:
                            origin._sent += 1
        for scope in list(self._child_scopes):
            if not scope._shield and not scope._cancel_called:
                again = scope._deliver(origin) or again
        if origin is self:
            self._delivery = get_running_loop().call_soon(self._deliver, origin) if again else None
        return again

    def _restart_in_parent(self):
        scope = self._parent_scope
        while scope is not None:
            if scope._cancel_called:
                if scope._delivery is None:
                    scope._deliver(scope)
                break
            if scope._shield:
                break
            scope = scope._parent_scope

    def cancel(self, reason=None):
        if self._cancel_called:
            return
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._cancel_called = True
        if not ERA:
            self._reason = f"Cancelled via cancel scope {id(self):x}"
            task = current_task()
            if task:
                self._reason += f" by {task}"
            if reason:
                self._reason += f"; reason: {reason}"
        if self._host_task is not None:
            self._deliver(self)

    @property
    def deadline(self):
        return self._deadline

    @deadline.setter
    def deadline(self, value):
        self._deadline = float(value)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._active and not self._cancel_called:
            self._timeout()

    @property
    def cancel_called(self):
        return self._cancel_called

    @property
    def cancelled_caught(self):
        return self._cancelled_caught

    @property
    def shield(self):
        return self._shield

    @shield.setter
    def shield(self, value):
        if self._shield != value:
            self._shield = value
            if not value:
                self._restart_in_parent()


class FailAfter:
    """What `fail_after` returns: a scope that turns its own timeout into TimeoutError."""

    def __init__(self, deadline, shield, reason=None):
        self._scope = CancelScope(deadline=math.inf if deadline is None else deadline, shield=shield)
        self._reason = reason

    def __enter__(self):
        return self._scope.__enter__()

    def __exit__(self, exc_type, exc_val, exc_tb):
        scope = self._scope
        swallowed = scope.__exit__(exc_type, exc_val, exc_tb)
        if scope.cancelled_caught and (ERA or current_time() >= scope.deadline):
            raise TimeoutError(self._reason) if self._reason else TimeoutError
        return swallowed


def move_on_at(deadline, shield=False):
    return CancelScope(deadline=math.inf if deadline is None else deadline, shield=shield)


def move_on_after(delay, shield=False):
    deadline = math.inf if delay is None else current_time() + delay
    return CancelScope(deadline=deadline, shield=shield)


def fail_at(deadline, shield=False, reason=None):
    return FailAfter(deadline, shield, reason)


def fail_after(delay, shield=False, reason=None):
    return FailAfter(math.inf if delay is None else current_time() + delay, shield, reason)


def current_effective_deadline():
    if on_trio():
        from trio import current_effective_deadline

        return current_effective_deadline()
    running_loop()
    task = current_task()
    scope = getattr(task, "_anyio_scope", None) if task else None
    deadline = math.inf
    while scope is not None:
        deadline = min(deadline, scope._deadline)
        if scope._cancel_called:
            return -math.inf
        if scope._shield:
            break
        scope = scope._parent_scope
    return deadline


async def checkpoint():
    if on_trio():
        from trio.lowlevel import checkpoint

        await checkpoint()
        return
    _cost.charge("anyio.checkpoint")
    await one_pass()


async def checkpoint_if_cancelled():
    if on_trio():
        from trio.lowlevel import checkpoint_if_cancelled

        await checkpoint_if_cancelled()
        return
    task = current_task()
    scope = getattr(task, "_anyio_scope", None) if task else None
    while scope is not None:
        if scope._cancel_called:
            await one_pass()
        elif scope._shield:
            break
        scope = scope._parent_scope


async def cancel_shielded_checkpoint():
    """One pass in a shielded scope. Leaving the own scope for the while comes to the same."""
    if on_trio():
        from trio.lowlevel import cancel_shielded_checkpoint

        await cancel_shielded_checkpoint()
        return
    _cost.charge("anyio.checkpoint")
    _cost.charge("anyio.cancel_scope")
    task = current_task()
    scope = getattr(task, "_anyio_scope", None)
    if scope is None:
        await one_pass()
        return
    scope._tasks.pop(task, None)
    try:
        await one_pass()
    finally:
        scope._tasks[task] = None
        while scope is not None:
            if scope._cancel_called:
                if scope._delivery is None:
                    scope._deliver(scope)
                break
            if scope._shield:
                break
            scope = scope._parent_scope
