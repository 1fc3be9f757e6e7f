"""Nurseries: no task outlives the block that it was started in (S-TRIO-04)."""

from functools import partial

import _cost
from outcome import Error, capture

from .._era import ERA
from .._util import NoPublicConstructor, deprecated, final, raise_keeping_context
from ._exceptions import Cancelled, TrioInternalError
from ._run_context import GLOBAL_RUN_CONTEXT, current_task
from ._scopes import NONSTRICT_NOTE, CancelReason, CancelScope
from ._traps import Abort, cancel_shielded_checkpoint, wait_for, wait_task_rescheduled

_GROUP_ADVICE = (
    "the default value of True and rewrite exception handlers to handle ExceptionGroups. See "
    "https://trio.readthedocs.io/en/stable/reference-core.html#designing-for-multiple-errors"
)


class _NoStatus:
    """The value of a task status before `started`."""


class TaskStatus:
    """What `start` passes on as `task_status`."""

    def __class_getitem__(cls, item):
        return cls

    def started(self, value=None):
        raise NotImplementedError


class _TaskStatus(TaskStatus):
    def __init__(self, old_nursery, new_nursery):
        self._old_nursery = old_nursery
        self._new_nursery = new_nursery
        self._value = _NoStatus

    def __repr__(self):
        return f"<Task status object at {id(self):#x}>"

    def started(self, value=None):
        """Moves the task, and everything in its scopes, to the nursery that it was started for."""
        if self._value is not _NoStatus:
            raise RuntimeError("called 'started' twice on the same task status")
        self._value = value
        old, new = self._old_nursery, self._new_nursery
        status = old._cancel_status
        if status.effectively_cancelled:
            # The nursery that waits in `start` will raise Cancelled; the task ends where it is.
            return
        tasks, old._children = old._children, {}
        for task in tasks:
            task._parent_nursery = new
            task._eventual_parent_nursery = None
            new._children[task] = None
        scopes = list(status._children)
        tasks = [task for task in status._tasks if task is not old._parent_task]
        for scope in scopes:
            scope.parent = None
        for task in tasks:
            task._activate_cancel_status(None)
        for scope in scopes:
            scope.parent = new._cancel_status
        for task in tasks:
            task._activate_cancel_status(new._cancel_status)
        old._check_nursery_closed()


class _TaskStatusIgnored(TaskStatus):
    def __repr__(self):
        return "TASK_STATUS_IGNORED"

    def started(self, value=None):
        pass


TASK_STATUS_IGNORED = _TaskStatusIgnored()


class NurseryManager:
    """What `open_nursery` returns, for `async with`."""

    def __init__(self, strict_exception_groups=True):
        self.strict_exception_groups = strict_exception_groups

    async def __aenter__(self):
        _cost.charge("trio.nursery")
        self._scope = CancelScope()
        self._scope.__enter__()
        self._nursery = Nursery._create(current_task(), self._scope, self.strict_exception_groups)
        return self._nursery

    async def __aexit__(self, etype, exc, tb):
        group = await self._nursery._nested_child_finished(exc)
        remaining = self._scope._close(group)
        if remaining is None:
            return True
        if remaining is exc:
            return False
        try:
            raise_keeping_context(remaining)
        finally:
            del remaining, group

    def __enter__(self):
        raise RuntimeError("use 'async with open_nursery(...)', not 'with open_nursery(...)'")

    def __exit__(self, *exc):
        pass


def open_nursery(strict_exception_groups=None):
    if strict_exception_groups is not None and not strict_exception_groups:
        deprecated("open_nursery(strict_exception_groups=False)", "0.25.0", 2929, _GROUP_ADVICE)
    if strict_exception_groups is None:
        strict_exception_groups = GLOBAL_RUN_CONTEXT.runner.strict_exception_groups
    return NurseryManager(strict_exception_groups)


@final
class Nursery(metaclass=NoPublicConstructor):
    def __init__(self, parent_task, cancel_scope, strict_exception_groups):
        self._parent_task = parent_task
        self._strict_exception_groups = strict_exception_groups
        parent_task._child_nurseries.append(self)
        self._cancel_status = parent_task._cancel_status
        self.cancel_scope = cancel_scope
        self._children = {}
        self._pending_excs = []
        # The body of the `async with` counts as a child.
        self._nested_child_running = True
        self._parent_waiting_in_aexit = False
        self._pending_starts = 0
        self._closed = False

    @property
    def child_tasks(self):
        return frozenset(self._children)

    @property
    def parent_task(self):
        return self._parent_task

    def _add_exc(self, exc, reason):
        self._pending_excs.append(exc)
        self.cancel_scope._cancel(reason)

    def _check_nursery_closed(self):
        if not (self._nested_child_running or self._children or self._pending_starts):
            self._closed = True
            if self._parent_waiting_in_aexit:
                self._parent_waiting_in_aexit = False
                GLOBAL_RUN_CONTEXT.runner.reschedule(self._parent_task)

    def _child_finished(self, task, outcome):
        del self._children[task]
        if self._closed and self._pending_excs is None:
            # Abandoned by its parent task: nobody will look.
            return
        if isinstance(outcome, Error):
            error = outcome.error
            reason = CancelReason("nursery", repr(task), f"child task raised exception {error!r}")
            self._add_exc(error, reason)
        self._check_nursery_closed()

    async def _nested_child_finished(self, exc):
        """Waits for the children; returns the group of everything that was raised."""
        parent = self._parent_task
        if exc is not None:
            why = f"Code block inside nursery contextmanager raised exception {exc!r}"
            self._add_exc(exc, CancelReason("nursery", repr(parent), why))
        self._nested_child_running = False
        self._check_nursery_closed()
        if not self._closed:

            def aborted(raise_cancel):
                error = capture(raise_cancel).error
                # Its own Cancelled would tell nothing: the children will bring theirs.
                if not isinstance(error, Cancelled):
                    self._add_exc(error, CancelReason("KeyboardInterrupt", repr(parent)))
                return Abort.FAILED

            self._parent_waiting_in_aexit = True
            wait_for("children")
            await wait_task_rescheduled(aborted)
        else:
            try:
                await cancel_shielded_checkpoint()
            except BaseException as error:
                self._add_exc(error, None)
        parent._child_nurseries.pop()
        pending, self._pending_excs = self._pending_excs, None
        if not pending:
            return None
        try:
            if not self._strict_exception_groups and len(pending) == 1:
                return pending[0]
            group = BaseExceptionGroup("Exceptions from Trio nursery", pending)
            if not self._strict_exception_groups:
                group.add_note(NONSTRICT_NOTE)
            return group
        finally:
            # The exceptions hold this frame.
            del pending, exc

    def start_soon(self, async_fn, *args, name=None):
        GLOBAL_RUN_CONTEXT.runner.spawn_impl(async_fn, args, self, name)

    async def start(self, async_fn, *args, name=None):
        if self._closed:
            raise RuntimeError("Nursery is closed to new arrivals")
        try:
            self._pending_starts += 1
            # The task begins in a nursery of its own, so that an error before `started` is raised here.
            try:
                async with NurseryManager() as old_nursery:
                    task_status = _TaskStatus(old_nursery, self)
                    thunk = partial(async_fn, task_status=task_status)
                    task = GLOBAL_RUN_CONTEXT.runner.spawn_impl(thunk, args, old_nursery, name)
                    task._eventual_parent_nursery = self
            except BaseExceptionGroup as group:
                if len(group.exceptions) == 1:
                    if ERA:
                        raise group.exceptions[0] from None
                    raise_keeping_context(group.exceptions[0])
                raise TrioInternalError(
                    "Internal nursery should not have multiple tasks. This can be caused by the user managing to "
                    "access the \"old\" nursery in `task_status` and spawning tasks in it."
                ) from group
            if task_status._value is _NoStatus:
                raise RuntimeError("child exited without calling task_status.started()")
            return task_status._value
        finally:
            self._pending_starts -= 1
            self._check_nursery_closed()
