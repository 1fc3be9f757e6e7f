"""Task groups (S-AIO-36)."""
import sys
import _cost

from . import events, tasks
from .exceptions import CancelledError

_VERSION = sys.version_info[:2]


class TaskGroup:
    """Holds tasks that end together: none outlives the `async with` block, a failure cancels the others."""

    def __init__(self):
        self._entered = False
        self._exiting = False
        self._aborting = False
        self._loop = None
        self._parent_task = None
        self._parent_cancel_requested = False
        # A dictionary used as a set that keeps the order of creation (S-SIM-03).
        self._tasks = {}
        self._errors = []
        self._base_error = None
        self._on_completed_fut = None

    def __repr__(self):
        info = ""
        if self._tasks:
            info += f" tasks={len(self._tasks)}"
        if self._errors:
            info += f" errors={len(self._errors)}"
        if self._aborting:
            info += " cancelling"
        elif self._entered:
            info += " entered"
        return f"<TaskGroup{info}>"

    async def __aenter__(self):
        if self._entered:
            raise RuntimeError(f"TaskGroup {self!r} has already been entered")
        if self._loop is None:
            self._loop = events.get_running_loop()
        self._parent_task = tasks.current_task(self._loop)
        if self._parent_task is None:
            raise RuntimeError(f"TaskGroup {self!r} cannot determine the parent task")
        self._entered = True
        return self

    async def __aexit__(self, et, exc, tb):
        tb = None
        try:
            self._exiting = True
            if exc is not None and _is_fatal(exc) and self._base_error is None:
                self._base_error = exc
            propagate_cancellation_error = exc if et is not None and issubclass(et, CancelledError) else None
            if _VERSION < (3, 13) and self._parent_cancel_requested:
                if self._parent_task.uncancel() == 0:
                    propagate_cancellation_error = None
            if et is not None and not self._aborting:
                self._abort()
            # The wait itself can be cancelled, several times even: it goes on until all are done.
            while self._tasks:
                if self._on_completed_fut is None:
                    self._on_completed_fut = self._loop.create_future()
                    self._on_completed_fut._waits_for = "task group"
                try:
                    await self._on_completed_fut
                except CancelledError as cancelled:
                    if not self._aborting:
                        propagate_cancellation_error = cancelled
                        self._abort()
                self._on_completed_fut = None
            if self._base_error is not None:
                raise self._base_error
            if _VERSION >= (3, 13) and self._parent_cancel_requested:
                if self._parent_task.uncancel() == 0:
                    propagate_cancellation_error = None
            if propagate_cancellation_error is not None and not self._errors:
                raise propagate_cancellation_error
            if et is not None and not issubclass(et, CancelledError):
                self._errors.append(exc)
            if self._errors:
                if _VERSION >= (3, 13) and self._parent_task.cancelling():
                    # Cancelled from outside as well: that cancellation is delivered at the next await.
                    self._parent_task.uncancel()
                    self._parent_task.cancel()
                me = BaseExceptionGroup("unhandled errors in a TaskGroup", self._errors)
                raise me from None
        finally:
            # No cycle through the traceback of the exception that leaves.
            et = exc = me = propagate_cancellation_error = None
            self._parent_task = None
            self._errors = []
            self._base_error = None

    def create_task(self, coro, *, name=None, context=None, **kwargs):
        wrong = None
        if not self._entered:
            wrong = f"TaskGroup {self!r} has not been entered"
        elif self._exiting and not self._tasks:
            wrong = f"TaskGroup {self!r} is finished"
        elif self._aborting:
            wrong = f"TaskGroup {self!r} is shutting down"
        if wrong is not None:
            if _VERSION >= (3, 13):
                coro.close()
            raise RuntimeError(wrong)
        if name is not None:
            kwargs["name"] = name
        if context is not None:
            kwargs["context"] = context
        task = self._loop.create_task(coro, **kwargs)
        _cost.charge("asyncio.taskgroup_child")
        if _VERSION >= (3, 12) and task.done():
            self._on_task_done(task)
        else:
            self._tasks[task] = None
            task.add_done_callback(self._on_task_done)
        return task

    def _abort(self):
        self._aborting = True
        for task in list(self._tasks):
            if not task.done():
                task.cancel()

    def _on_task_done(self, task):
        self._tasks.pop(task, None)
        waiting = self._on_completed_fut
        if waiting is not None and not self._tasks and not waiting.done():
            waiting.set_result(True)
        if task.cancelled():
            return
        exc = task.exception()
        if exc is None:
            return
        self._errors.append(exc)
        if _is_fatal(exc) and self._base_error is None:
            self._base_error = exc
        if self._parent_task.done():
            self._loop.call_exception_handler(
                {
                    "message": f"Task {task!r} has errored out but its parent task "
                    f"{self._parent_task} is already completed",
                    "exception": exc,
                    "task": task,
                }
            )
            return
        if not self._aborting and not self._parent_cancel_requested:
            # The body is cancelled as well; the exit takes that request back.
            self._abort()
            self._parent_cancel_requested = True
            self._parent_task.cancel()


def _is_fatal(exc):
    return isinstance(exc, (SystemExit, KeyboardInterrupt))
