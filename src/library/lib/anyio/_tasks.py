"""Task groups on asyncio tasks (S-ANY-02, S-ANY-03)."""

from asyncio import CancelledError, InvalidStateError, current_task, get_running_loop
from inspect import iscoroutine

import _cost
from ._era import ERA
from ._scopes import CancelScope, cancel_shielded_checkpoint, is_ours


class TaskStatus:
    def __init__(self, future):
        self._future = future

    def started(self, value=None):
        try:
            self._future.set_result(value)
        except InvalidStateError:
            if ERA or not self._future.cancelled():
                raise RuntimeError("called 'started' twice on the same task status") from None


class _IgnoredTaskStatus:
    def started(self, value=None):
        pass


TASK_STATUS_IGNORED = _IgnoredTaskStatus()


def callable_name(func):
    if not ERA and not hasattr(func, "__qualname__") and hasattr(func, "func"):
        func = func.func
    parts = (getattr(func, "__module__", None), getattr(func, "__qualname__", None))
    return ".".join([part for part in parts if part])


class TaskGroup:
    def __init__(self):
        self.cancel_scope = CancelScope()
        self._active = False
        self._exceptions = []
        self._tasks = {}
        self._all_done = None  # set by the last child while the host waits

    async def __aenter__(self):
        _cost.charge("anyio.task_group")
        if self._active:
            raise RuntimeError("TaskGroup cannot be entered more than once")
        self.cancel_scope.__enter__()
        self._active = True
        return self

    async def __aexit__(self, exc_type, exc_val, exc_tb):
        if ERA:
            return await self._exit_2024(exc_type, exc_val, exc_tb)
        scope = self.cancel_scope
        if exc_val is not None:
            scope.cancel()
            if not isinstance(exc_val, CancelledError):
                self._exceptions.append(exc_val)
        try:
            if self._tasks:
                with CancelScope() as waiting:
                    while self._tasks:
                        try:
                            await self._children()
                        except CancelledError as exc:
                            # Cancelling the wait again would lead nowhere.
                            waiting.shield = True
                            scope.cancel()
                            if exc_val is None or (isinstance(exc_val, CancelledError) and not is_ours(exc)):
                                exc_val = exc
                        self._all_done = None
            else:
                await cancel_shielded_checkpoint()
            self._active = False
            if self._exceptions:
                raise BaseExceptionGroup("unhandled errors in a TaskGroup", self._exceptions) from None
            if exc_val is not None:
                raise exc_val
        except BaseException as exc:
            self._active = False
            if scope.__exit__(type(exc), exc, exc.__traceback__):
                return True
            raise
        return scope.__exit__(exc_type, exc_val, exc_tb)

    async def _exit_2024(self, exc_type, exc_val, exc_tb):
        swallowed = self.cancel_scope.__exit__(exc_type, exc_val, exc_tb)
        if exc_val is not None:
            self.cancel_scope.cancel()
            if not isinstance(exc_val, CancelledError):
                self._exceptions.append(exc_val)
        cancelled = None
        while self._tasks:
            try:
                await self._children()
            except CancelledError as exc:
                self.cancel_scope.cancel()
                if cancelled is None:
                    cancelled = exc
            self._all_done = None
        self._active = False
        if self._exceptions:
            raise BaseExceptionGroup("unhandled errors in a TaskGroup", self._exceptions)
        if cancelled is not None and (exc_val is None or swallowed):
            raise cancelled
        return swallowed

    def _children(self):
        self._all_done = future = get_running_loop().create_future()
        future._waits_for = "children"
        return future

    def _spawn(self, func, args, name, started=None):
        if not self._active:
            raise RuntimeError("This task group is not active; no new tasks can be started.")
        _cost.charge("anyio.start_soon")
        if started is None:
            coro = func(*args)
        else:
            coro = func(*args, task_status=TaskStatus(started))
        if not iscoroutine(coro):
            prefix = f"{func.__module__}." if hasattr(func, "__module__") else ""
            raise TypeError(
                f"Expected {prefix}{func.__qualname__}() to return a coroutine, but "
                f"the return value ({coro!r}) is not a coroutine object"
            )
        task = get_running_loop().create_task(coro, name=callable_name(func) if name is None else str(name))
        task._anyio_scope = scope = self.cancel_scope
        scope._tasks[task] = None
        self._tasks[task] = started
        task.add_done_callback(self._task_done)
        return task

    def _task_done(self, task):
        scope = task._anyio_scope
        scope._tasks.pop(task, None)
        # From here on the task is unknown to AnyIO, as if it had never been in a scope.
        del task._anyio_scope
        started = self._tasks.pop(task)
        if self._all_done is not None and not self._tasks and not self._all_done.done():
            self._all_done.set_result(None)
        if task.cancelled():
            exc = CancelledError()
        else:
            exc = task.exception()
        if exc is not None:
            if started is not None and not started.done():
                started.set_exception(exc)
                return
            if started is not None and started.cancelled() and not ERA:
                return
            if not isinstance(exc, CancelledError):
                self._exceptions.append(exc)
            scope = self.cancel_scope
            if ERA:
                if not scope._parent_cancelled():
                    scope.cancel()
            elif not scope._effectively_cancelled:
                scope.cancel()
        elif started is not None and not started.done():
            started.set_exception(RuntimeError("Child exited without calling task_status.started()"))

    def start_soon(self, func, *args, name=None):
        self._spawn(func, args, name)

    async def start(self, func, *args, name=None):
        future = get_running_loop().create_future()
        future._waits_for = "task status"
        task = self._spawn(func, args, name, future)
        try:
            return await future
        except CancelledError:
            task.cancel()
            with CancelScope(shield=True):
                try:
                    await task
                except CancelledError:
                    pass
            raise


def create_task_group():
    current_task()  # outside of a loop: RuntimeError, as for every other call here
    return TaskGroup()


class TaskInfo:
    def __init__(self, task):
        self._task = task
        self.id = id(task)
        self.name = task.get_name()
        self.coro = task.get_coro()
        scope = getattr(task, "_anyio_scope", None)
        self.parent_id = id(scope._host_task) if scope and scope._host_task is not task else None

    def __eq__(self, other):
        return isinstance(other, TaskInfo) and self.id == other.id

    def __hash__(self):
        return hash(self.id)

    def __repr__(self):
        return f"TaskInfo(id={self.id!r}, name={self.name!r})"

    def has_pending_cancellation(self):
        scope = getattr(self._task, "_anyio_scope", None)
        return bool(self._task._must_cancel or (scope is not None and scope._effectively_cancelled))


def get_current_task():
    return TaskInfo(current_task())
