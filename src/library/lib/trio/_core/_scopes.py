"""Cancel scopes: level-triggered cancellation by a tree of statuses (S-TRIO-02, S-TRIO-05).

A scope is what the program holds; while it is entered it has a status, and every task points to the status that it is
in. A status is effectively cancelled when its scope is, or its parent's status and no shield stands between. Sets of
statuses and tasks are dicts here, so that they are walked in the order of insertion (S-SIM-03).
"""

from heapq import heapify, heappop, heappush
from itertools import count
from math import inf, isnan

import _cost

from .._era import ERA
from .._util import final, raise_keeping_context
from ._exceptions import Cancelled
from ._run_context import GLOBAL_RUN_CONTEXT, current_task, current_time

NONSTRICT_NOTE = (
    "This is a loose ExceptionGroup, and may be collapsed by Trio if it only contains one exception."
)
MISNESTING_ADVICE = """
This is probably a bug in your code, that has caused Trio's internal state to
become corrupted. We'll do our best to recover, but from now on there are
no guarantees.

Typically this is caused by one of the following:
  - yielding within a generator or async generator that's opened a cancel
    scope or nursery (unless the generator is a @contextmanager or
    @asynccontextmanager); see https://github.com/python-trio/trio/issues/638
  - manually calling __enter__ or __exit__ on a trio.CancelScope, or
    __aenter__ or __aexit__ on the object returned by trio.open_nursery();
    doing so correctly is difficult and you should use @[async]contextmanager
    instead, or maybe [Async]ExitStack
  - using [Async]ExitStack to interleave the entries/exits of cancel scopes
    and/or nurseries in a way that couldn't be achieved by some nesting of
    'with' and 'async with' blocks
  - using the low-level coroutine object protocol to execute some parts of
    an async function in a different cancel scope/nursery context than
    other parts
If you don't believe you're doing any of these things, please file a bug:
https://github.com/python-trio/trio/issues/new
"""
_serial = count()


def collapse_exception_group(group):
    """Takes single exceptions out of groups that were made by a run that is not strict."""
    exceptions = list(group.exceptions)
    modified = False
    for i, inner in enumerate(exceptions):
        if isinstance(inner, BaseExceptionGroup):
            collapsed = collapse_exception_group(inner)
            if collapsed is not inner:
                modified = True
                exceptions[i] = collapsed
    if len(exceptions) == 1 and NONSTRICT_NOTE in getattr(group, "__notes__", ()):
        return exceptions[0]
    return group.derive(exceptions) if modified else group


class Deadlines:
    """The heap of deadlines of entered scopes; ties go by the order of registration."""

    def __init__(self):
        self._heap = []
        self._active = 0

    def add(self, deadline, scope):
        heappush(self._heap, (deadline, next(_serial), scope))
        self._active += 1

    def remove(self, deadline, scope):
        self._active -= 1

    def next_deadline(self):
        heap = self._heap
        while heap:
            deadline, _, scope = heap[0]
            if deadline == scope._registered_deadline:
                return deadline
            heappop(heap)
        return inf

    def expire(self, now):
        heap = self._heap
        expired = False
        while heap and heap[0][0] <= now:
            deadline, _, scope = heappop(heap)
            if deadline == scope._registered_deadline:
                expired = True
                scope._cancel(CancelReason("deadline"))
        # Stale entries are swept out when they are many.
        if len(heap) > self._active * 2 + 1000:
            kept = {id(entry[2]): entry for entry in heap if entry[0] == entry[2]._registered_deadline}
            heap[:] = kept.values()
            heapify(heap)
        return expired


class CancelReason:
    """Why a scope was cancelled: what `Cancelled` will tell."""

    __slots__ = ("source", "source_task", "reason")

    def __init__(self, source, source_task=None, reason=None):
        self.source = source
        self.source_task = source_task
        self.reason = reason


class CancelStatus:
    """One node of the tree."""

    def __init__(self, scope, parent):
        self._scope = scope
        self.effectively_cancelled = False
        self._parent = None
        self._children = {}
        self._tasks = {}
        # Closed from outside while still in use: what is left of it is cancelled for good.
        self.abandoned_by_misnesting = False
        if parent is not None:
            self.parent = parent

    @property
    def parent(self):
        return self._parent

    @parent.setter
    def parent(self, parent):
        if self._parent is not None:
            del self._parent._children[self]
        self._parent = parent
        if parent is not None:
            parent._children[self] = None
            self.recalculate()

    def encloses(self, other):
        while other is not None:
            if other is self:
                return True
            other = other._parent
        return False

    def close(self):
        self.parent = None
        if self._tasks or self._children:
            self._mark_abandoned()
            self.effectively_cancelled = True
            for task in list(self._tasks):
                task._attempt_delivery_of_any_pending_cancel()
            for child in list(self._children):
                child.recalculate()

    @property
    def parent_cancellation_is_visible_to_us(self):
        parent = self._parent
        return parent is not None and not self._scope._shield and parent.effectively_cancelled

    def recalculate(self):
        todo = [self]
        while todo:
            status = todo.pop()
            scope = status._scope
            from_parent = status.parent_cancellation_is_visible_to_us
            cancelled = scope.cancel_called or from_parent
            if cancelled != status.effectively_cancelled:
                if scope._cancel_reason is None and from_parent:
                    scope._cancel_reason = status._parent._scope._cancel_reason
                status.effectively_cancelled = cancelled
                if cancelled:
                    for task in list(status._tasks):
                        task._attempt_delivery_of_any_pending_cancel()
                todo.extend(status._children)

    def _mark_abandoned(self):
        self.abandoned_by_misnesting = True
        for child in self._children:
            child._mark_abandoned()

    def effective_deadline(self):
        if self.effectively_cancelled:
            return -inf
        if self._parent is None or self._scope._shield:
            return self._scope.deadline
        return min(self._scope.deadline, self._parent.effective_deadline())


@final
class CancelScope:
    """Work that can be cancelled as one, used as `with CancelScope() as scope`."""

    # Whether the scope is only how a task sleeps.
    _is_sleep = False

    def __init__(self, *, relative_deadline=inf, deadline=inf, shield=False):
        if isnan(deadline):
            raise ValueError("deadline must not be NaN")
        if isnan(relative_deadline):
            raise ValueError("relative deadline must not be NaN")
        if relative_deadline < 0:
            raise ValueError("timeout must be non-negative")
        if relative_deadline != inf and deadline != inf:
            raise ValueError("Cannot specify both a deadline and a relative deadline")
        self._cancel_status = None
        self._has_been_entered = False
        self._registered_deadline = inf
        self._cancel_called = False
        self.cancelled_caught = False
        self._cancel_reason = None
        self._relative_deadline = relative_deadline
        self._deadline = deadline
        self._shield = shield

    def __enter__(self):
        task = current_task()
        if self._has_been_entered:
            raise RuntimeError("Each CancelScope may only be used for a single 'with' block")
        self._has_been_entered = True
        _cost.charge("trio.cancel_scope")
        if self._relative_deadline != inf:
            self._deadline = current_time() + self._relative_deadline
            self._relative_deadline = inf
        if self._deadline != inf and current_time() >= self._deadline:
            self._cancel(CancelReason("deadline"))
        self._cancel_status = status = CancelStatus(self, task._cancel_status)
        task._activate_cancel_status(status)
        self._register_deadline()
        return self

    def _corrupted(self, what, exc):
        error = RuntimeError(f"Cancel scope stack corrupted: attempted to exit {self!r} {what}")
        error.__context__ = exc
        return error

    def _close(self, exc):
        """Leaves the scope; returns what is left of the exception."""
        status = self._cancel_status
        if status is None:
            return self._corrupted("which had already been exited", exc)
        task = current_task()
        if task._cancel_status is status:
            task._activate_cancel_status(status._parent)
        elif status.abandoned_by_misnesting:
            # Whoever closed the scope around this one has told already.
            pass
        elif not status.encloses(task._cancel_status):
            return self._corrupted(f"from unrelated {task!r}\n{MISNESTING_ADVICE}", exc)
        else:
            inner = task._cancel_status._scope
            exc = self._corrupted(f"in {task!r} that's still within its child {inner!r}\n{MISNESTING_ADVICE}", exc)
            task._activate_cancel_status(status._parent)
        if (
            exc is not None and status.effectively_cancelled and not status.parent_cancellation_is_visible_to_us
        ) or (task._cancel_status is not status and status.abandoned_by_misnesting):
            if isinstance(exc, Cancelled):
                self.cancelled_caught = True
                exc = None
            elif isinstance(exc, BaseExceptionGroup):
                matched, exc = exc.split(Cancelled)
                if matched:
                    self.cancelled_caught = True
                if exc:
                    exc = collapse_exception_group(exc)
        status.close()
        self._cancel_status = None
        self._register_deadline()
        return exc

    def __exit__(self, etype, exc, tb):
        remaining = self._close(exc)
        if remaining is None:
            return True
        if remaining is exc:
            return False
        try:
            raise_keeping_context(remaining)
        finally:
            del remaining, exc

    def __repr__(self):
        if self._cancel_status is not None:
            binding = "active"
        else:
            binding = "exited" if self._has_been_entered else "unbound"
        state = ""
        if self._cancel_called:
            state = ", cancelled"
        elif self._deadline != inf:
            try:
                left = self._deadline - current_time()
            except RuntimeError:
                pass
            else:
                state = f", deadline is {abs(left):.2f} seconds {'from now' if left >= 0 else 'ago'}"
        return f"<trio.CancelScope at {id(self):#x}, {binding}{state}>"

    # Deadlines

    def _register_deadline(self):
        old = self._registered_deadline
        new = inf if self._cancel_status is None or self._cancel_called else self._deadline
        if old == new:
            return
        self._registered_deadline = new
        runner = GLOBAL_RUN_CONTEXT.runner
        deadlines = runner.deadlines
        before = deadlines.next_deadline() if runner.is_guest else None
        if old != inf:
            deadlines.remove(old, self)
        if new != inf:
            _cost.charge("trio.deadline")
            deadlines.add(new, self)
        if runner.is_guest and deadlines.next_deadline() != before:
            runner.force_guest_tick_asap()

    def _check_absolute(self):
        if self._relative_deadline != inf:
            raise RuntimeError("Unentered relative cancel scope does not have an absolute deadline.")

    def _check_relative(self):
        if self._deadline != inf:
            raise RuntimeError("Unentered non-relative cancel scope does not have a relative deadline")

    @property
    def deadline(self):
        self._check_absolute()
        return self._deadline

    @deadline.setter
    def deadline(self, value):
        if isnan(value):
            raise ValueError("deadline must not be NaN")
        self._check_absolute()
        self._deadline = float(value)
        self._register_deadline()

    if not ERA:

        @property
        def relative_deadline(self):
            if self._has_been_entered:
                return self._deadline - current_time()
            self._check_relative()
            return self._relative_deadline

        @relative_deadline.setter
        def relative_deadline(self, value):
            if isnan(value):
                raise ValueError("relative deadline must not be NaN")
            if value < 0:
                raise ValueError("relative deadline must be non-negative")
            if self._has_been_entered:
                self._deadline = current_time() + float(value)
                self._register_deadline()
            else:
                self._check_relative()
                self._relative_deadline = value

        @property
        def is_relative(self):
            return None if self._has_been_entered else self._relative_deadline != inf

    # Cancelling

    @property
    def shield(self):
        return self._shield

    @shield.setter
    def shield(self, value):
        if not isinstance(value, bool):
            raise TypeError("shield must be a bool")
        self._shield = value
        if self._cancel_status is not None:
            self._cancel_status.recalculate()

    def _cancel(self, reason):
        if self._cancel_called:
            return
        if self._cancel_reason is None:
            self._cancel_reason = reason
        self._cancel_called = True
        self._register_deadline()
        if self._cancel_status is not None:
            self._cancel_status.recalculate()

    if ERA:

        def cancel(self):
            self._cancel(CancelReason("explicit"))

    else:

        def cancel(self, reason=None):
            try:
                task = repr(current_task())
            except RuntimeError:
                task = None
            self._cancel(CancelReason("explicit", task, reason))

    @property
    def cancel_called(self):
        if self._cancel_called:
            return True
        if self._cancel_status is not None or not self._has_been_entered:
            # A deadline that has passed counts at once.
            if self._deadline != inf and current_time() >= self._deadline:
                self._cancel(CancelReason("deadline"))
        return self._cancel_called
