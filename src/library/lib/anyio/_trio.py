"""AnyIO on Trio: its primitives, in the words of AnyIO (S-ANY-32)."""

import math
from functools import partial

import trio
from trio._core._traps import wait_for
from trio.lowlevel import Abort, current_task, reschedule, wait_task_rescheduled

from . import _worker
from ._era import ERA
from ._exceptions import RunFinishedError
from ._scopes import CancelScope
from ._tasks import TaskGroup, TaskHandle, TaskInfo, call_for_coroutine, callable_name, coroutine_name


class Waiter:
    """What the primitives need of a future."""

    def __init__(self, reason, on):
        self._shown = (reason, on)
        self._task = None
        self._done = False
        self._cancelled = False

    def done(self):
        return self._done or self._cancelled

    def cancelled(self):
        return self._cancelled

    def set_result(self, value):
        self._done = True
        if self._task is not None:
            reschedule(self._task)

    def __await__(self):
        if self._done:
            return
        self._task = current_task()

        def abort(_):
            self._cancelled = True
            self._task = None
            return Abort.SUCCEEDED

        wait_for(*self._shown)
        yield from wait_task_rescheduled(abort).__await__()


class TrioCancelScope(CancelScope):
    """A scope of Trio's."""

    def __init__(self, *, deadline=math.inf, shield=False, original=None):
        self._original = original or trio.CancelScope(deadline=deadline, shield=shield)

    def __enter__(self):
        self._original.__enter__()
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        return self._original.__exit__(exc_type, exc_val, exc_tb)

    def cancel(self, reason=None):
        if ERA:
            self._original.cancel()
        else:
            self._original.cancel(reason)

    deadline = property(
        lambda self: self._original.deadline, lambda self, value: setattr(self._original, "deadline", value)
    )
    shield = property(lambda self: self._original.shield, lambda self, value: setattr(self._original, "shield", value))
    cancel_called = property(lambda self: self._original.cancel_called)
    cancelled_caught = property(lambda self: self._original.cancelled_caught)


class _EarlyStatus:
    """The task status while the function is being called, before there is a task."""

    def __init__(self):
        self.values = []
        self.real = None

    def started(self, value=None):
        if self.real is not None:
            self.real.started(value)
        elif self.values:
            raise RuntimeError("called 'started' twice on the same task status")
        else:
            self.values.append(value)


class TrioTaskGroup(TaskGroup):
    """A nursery."""

    def __init__(self):
        self._active = self._entered = False
        self._manager = trio.open_nursery(strict_exception_groups=True)
        self.cancel_scope = None

    async def __aenter__(self):
        if self._entered:
            raise RuntimeError("TaskGroup cannot be entered more than once")
        self._entered = self._active = True
        self._nursery = await self._manager.__aenter__()
        self.cancel_scope = TrioCancelScope(original=self._nursery.cancel_scope)
        return self

    async def __aexit__(self, exc_type, exc_val, exc_tb):
        try:
            return await self._manager.__aexit__(exc_type, exc_val, exc_tb)
        except BaseExceptionGroup as group:
            if not group.split(trio.Cancelled)[1]:
                raise trio.Cancelled._create() from group
            raise
        finally:
            del exc_val, exc_tb
            self._active = False

    def _check_active(self):
        if not self._active:
            raise RuntimeError("This task group is not active; no new tasks can be started.")

    def start_soon(self, func, *args, name=None):
        if ERA:
            self._check_active()
            self._nursery.start_soon(func, *args, name=name)
            return None
        return self.create_task(call_for_coroutine(func, args), name=callable_name(func, name))

    def create_task(self, coro, *, name=None, context=None):
        if not hasattr(coro, "send"):
            raise TypeError(f"expected a coroutine, got {type(coro).__qualname__}")
        try:
            self._check_active()
        except RuntimeError:
            coro.close()
            raise
        handle = TaskHandle(coro, coroutine_name(coro, name))
        spawn = partial(self._nursery.start_soon, handle._run_coro, name=handle.name)
        if context is None:
            spawn()
        else:
            context.run(spawn)
        return handle

    async def start(self, func, *args, name=None, return_handle=False):
        self._check_active()
        if ERA:
            return await self._nursery.start(func, *args, name=name)
        name = callable_name(func, name)
        handle = None

        async def run(*, task_status):
            nonlocal handle
            status = _EarlyStatus()
            coro = call_for_coroutine(func, args, task_status=status)
            if status.values:
                task_status.started(status.values[0])
            else:
                status.real = task_status
            handle = TaskHandle(coro, name)
            await handle._run_coro()

        value = await self._nursery.start(run, name=name)
        if not return_handle:
            return value
        handle._start_value = value
        return handle


class TrioTaskInfo(TaskInfo):
    def __init__(self, task):
        self._task = task
        self.id = id(task)
        self.name = task.name
        self.coro = task.coro
        nursery = task.parent_nursery
        self.parent_id = id(nursery.parent_task) if nursery and nursery.parent_task else None

    if not ERA:

        def has_pending_cancellation(self):
            status = self._task._cancel_status
            return status is not None and status.effectively_cancelled


def get_running_tasks():
    root = trio.lowlevel.current_root_task()
    if root is None:
        return []
    infos = [TrioTaskInfo(root)]
    nurseries = root.child_nurseries
    while nurseries:
        deeper = []
        for nursery in nurseries:
            for task in nursery._children:
                infos.append(TrioTaskInfo(task))
                deeper.extend(task.child_nurseries)
        nurseries = deeper
    return infos


async def run_sync_in_thread(func, args, abandon_on_cancel, limiter):
    token = trio.lowlevel.current_trio_token()

    def wrapper():
        _worker.local.loop = token
        try:
            return func(*args)
        finally:
            del _worker.local.loop

    return await trio.to_thread.run_sync(wrapper, abandon_on_cancel=abandon_on_cancel, limiter=limiter)


def run_from_thread(func, args, token, given, sync):
    call = trio.from_thread.run_sync if sync else trio.from_thread.run
    try:
        return call(func, *args, trio_token=token if given else None)
    except trio.RunFinishedError:
        raise RunFinishedError from None
