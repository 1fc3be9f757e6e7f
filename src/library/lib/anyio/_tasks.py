"""Task groups on asyncio tasks (S-ANY-02, S-ANY-03)."""

from asyncio import CancelledError, InvalidStateError, get_running_loop
from enum import Enum, auto
from inspect import iscoroutine

import _cost
from . import _backend
from ._backend import cancelled_class, on_trio, running_loop
from ._era import ERA
from ._exceptions import TaskCancelled, TaskFailed, TaskNotFinished
from ._scopes import CancelScope, cancel_shielded_checkpoint, is_ours
from ._sync import Event


class TaskStatus:
    def __class_getitem__(cls, item):
        return cls

    def started(self, value=None):
        raise NotImplementedError


class _FutureStatus(TaskStatus):
    def __init__(self, future):
        self._future = future

    def started(self, value=None):
        try:
            self._future.set_result(value)
        except InvalidStateError:
            if ERA or not self._future.cancelled():
                raise RuntimeError("called 'started' twice on the same task status") from None


class _IgnoredTaskStatus(TaskStatus):
    def started(self, value=None):
        pass


TASK_STATUS_IGNORED = _IgnoredTaskStatus()


def callable_name(func, given=None):
    if given is not None:
        return str(given)
    if not ERA and not hasattr(func, "__qualname__") and hasattr(func, "func"):
        func = func.func
    parts = (getattr(func, "__module__", None), getattr(func, "__qualname__", None))
    return ".".join([part for part in parts if part])


def coroutine_name(coro, given=None):
    if given is not None:
        return str(given)
    frame = getattr(coro, "cr_frame", None)
    module = frame.f_globals.get("__name__") if frame is not None else None
    return ".".join([part for part in (module, getattr(coro, "__qualname__", None)) if part])


def call_for_coroutine(func, args, **kwargs):
    coro = func(*args, **kwargs)
    if not iscoroutine(coro):
        prefix = f"{func.__module__}." if hasattr(func, "__module__") else ""
        raise TypeError(
            f"Expected {prefix}{func.__qualname__}() to return a coroutine, but "
            f"the return value ({coro!r}) is not a coroutine object"
        )
    return coro


class TaskHandle:
    """A task of a group: its result, and a scope of its own (4.14)."""

    class Status(Enum):
        PENDING = auto()
        FINISHED = auto()
        CANCELLING = auto()
        CANCELLED = auto()
        FAILED = auto()

    def __init__(self, coro, name, cancel_scope=None):
        self._coro = coro
        self._cancel_scope = CancelScope() if cancel_scope is None else cancel_scope
        self._finished = False
        # Made for the first who waits.
        self._finished_event = None
        self._exception = None
        self._name = str(name) if name is not None else getattr(coro, "__qualname__", str(coro))

    def __class_getitem__(cls, item):
        return cls

    async def _run_coro(self):
        with self._cancel_scope:
            try:
                value = await self._coro
            except BaseException as error:
                self._exception = error
                raise
            else:
                self._return_value = value
            finally:
                self._finished = True
                if self._finished_event is not None:
                    self._finished_event.set()
                del self

    def cancel(self):
        if not self._finished:
            self._cancel_scope.cancel()

    @property
    def coro(self):
        return self._coro

    @property
    def name(self):
        return self._name

    @property
    def status(self):
        status = TaskHandle.Status
        if not self._finished:
            return status.CANCELLING if self._cancel_scope.cancel_called else status.PENDING
        if self._exception is None:
            return status.FINISHED
        return status.CANCELLED if isinstance(self._exception, cancelled_class()) else status.FAILED

    def _check_done(self, status):
        if status is TaskHandle.Status.PENDING:
            raise TaskNotFinished("the task has not finished yet")
        if status is TaskHandle.Status.CANCELLING:
            raise TaskCancelled("the task was cancelled")
        if status is TaskHandle.Status.CANCELLED:
            raise TaskCancelled("the task was cancelled") from self._exception

    @property
    def exception(self):
        self._check_done(self.status)
        return self._exception

    @property
    def return_value(self):
        status = self.status
        self._check_done(status)
        if status is TaskHandle.Status.FAILED:
            raise TaskFailed("the task raised an exception") from self._exception
        return self._return_value

    @property
    def start_value(self):
        try:
            return self._start_value
        except AttributeError:
            raise RuntimeError("the task was not started with TaskGroup.start()") from None

    async def wait(self):
        if self._finished_event is None:
            self._finished_event = Event()
            if self._finished:
                self._finished_event.set()
        await self._finished_event.wait()

    def __await__(self):
        yield from self.wait().__await__()
        return self.return_value

    def __repr__(self):
        return f"<{type(self).__name__} {self.status.name.lower()} name={self._name!r} coro={self._coro!r}>"


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

    def _check_active(self):
        if not self._active:
            raise RuntimeError("This task group is not active; no new tasks can be started.")

    def _adopt(self, coro, name, started=None, context=None):
        """Makes the task; `started` is the future that its task status sets."""
        _cost.charge("anyio.start_soon")
        loop = get_running_loop()
        task = loop.create_task(coro, name=name, **({} if context is None else {"context": context}))
        task._anyio_scope = scope = self.cancel_scope
        scope._tasks[task] = None
        self._tasks[task] = started
        task.add_done_callback(self._task_done)
        return task

    def _task_done(self, task):
        # The task's scope: this group's, or one that the task itself failed to leave.
        scope = task._anyio_scope
        if scope is not None:
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

    def cancel(self, reason=None):
        self.cancel_scope.cancel(reason)

    def start_soon(self, func, *args, name=None):
        self._check_active()
        coro = call_for_coroutine(func, args)
        name = callable_name(func, name)
        if ERA:
            self._adopt(coro, name)
            return None
        return self._hand_out(coro, name)

    def create_task(self, coro, *, name=None, context=None):
        if not hasattr(coro, "send"):
            raise TypeError(f"expected a coroutine, got {type(coro).__qualname__}")
        try:
            self._check_active()
        except RuntimeError:
            coro.close()
            raise
        return self._hand_out(coro, coroutine_name(coro, name), context=context)

    def _hand_out(self, coro, name, started=None, context=None):
        handle = TaskHandle(coro, name)
        self._adopt(handle._run_coro(), name, started, context)
        return handle

    async def start(self, func, *args, name=None, return_handle=False):
        self._check_active()
        future = get_running_loop().create_future()
        future._waits_for = "task status"
        coro = call_for_coroutine(func, args, task_status=_FutureStatus(future))
        name = callable_name(func, name)
        if ERA:
            handle, task = None, self._adopt(coro, name, future)
        else:
            handle = TaskHandle(coro, name)
            task = self._adopt(handle._run_coro(), name, future)
        try:
            value = await future
        except CancelledError:
            if handle is None:
                task.cancel()
                with CancelScope(shield=True):
                    try:
                        await task
                    except CancelledError:
                        pass
            elif handle.status is TaskHandle.Status.PENDING:
                handle.cancel()
                with CancelScope(shield=True):
                    await handle.wait()
            raise
        if return_handle:
            handle._start_value = value
            return handle
        return value


def create_task_group():
    if on_trio():
        from ._trio import TrioTaskGroup

        return TrioTaskGroup()
    running_loop()  # outside of a loop: an error, as for every other call here
    return TaskGroup()


class TaskInfo:
    """What can be known about a task."""

    def __eq__(self, other):
        return self.id == other.id if isinstance(other, TaskInfo) else NotImplemented

    def __hash__(self):
        return hash(self.id)

    def __repr__(self):
        return f"{'TaskInfo' if ERA else type(self).__name__}(id={self.id!r}, name={self.name!r})"


class AsyncIOTaskInfo(TaskInfo):
    def __init__(self, task):
        self._task = task
        self.id = id(task)
        self.name = task.get_name()
        self.coro = task.get_coro()
        scope = getattr(task, "_anyio_scope", None)
        self.parent_id = id(scope._host_task) if scope and scope._host_task is not task else None

    if not ERA:

        def has_pending_cancellation(self):
            scope = getattr(self._task, "_anyio_scope", None)
            return bool(self._task._must_cancel or (scope is not None and scope._effectively_cancelled))


def info_of(task):
    if on_trio():
        from ._trio import TrioTaskInfo

        return TrioTaskInfo(task)
    return AsyncIOTaskInfo(task)


def get_current_task():
    running_loop()
    return info_of(_backend.current_task())


def get_running_tasks():
    if on_trio():
        from ._trio import get_running_tasks

        return get_running_tasks()
    running_loop()
    from asyncio import all_tasks

    return [AsyncIOTaskInfo(task) for task in all_tasks()]


async def wait_all_tasks_blocked():
    """Returns when every other task waits for something."""
    if on_trio():
        from trio.testing import wait_all_tasks_blocked

        await wait_all_tasks_blocked()
        return
    from asyncio import all_tasks, current_task, sleep

    this = current_task()
    while True:
        for task in all_tasks():
            waits = task._fut_waiter
            if task is not this and (waits is None or waits.done()):
                await sleep(0.1)
                break
        else:
            return
