"""Blocking functions in worker threads (S-ANY-21).

Idle workers are a stack: the most recently used one gets the next job; those idle for ten seconds
are stopped when somebody takes a job.
"""

import threading
from asyncio import current_task, get_running_loop
from collections import deque
from contextvars import copy_context
from queue import Queue
from warnings import warn

import _cost
import _journal
from . import _worker
from ._backend import on_trio, running_loop
from ._limiter import CapacityLimiter
from ._scopes import CancelScope, checkpoint
from .lowlevel import RunVar

MAX_IDLE_TIME = 10  # seconds

_idle_workers = RunVar("_threadpool_idle_workers")
_default_thread_limiter = RunVar("_default_thread_limiter")


class WorkerThread(threading.Thread):
    def __init__(self, root_task, idle_workers):
        super().__init__(name="AnyIO worker thread")
        self.root_task = root_task
        self.idle_workers = idle_workers
        self.loop = root_task.get_loop()
        self.queue = Queue(2)
        self.idle_since = self.loop.time()
        self.stopping = False

    def _report_result(self, future, result, exc):
        self.idle_since = self.loop.time()
        if not self.stopping:
            self.idle_workers.append(self)
        if not future.cancelled():
            if exc is None:
                future.set_result(result)
                return
            if isinstance(exc, StopIteration):
                wrapped = RuntimeError("coroutine raised StopIteration")
                wrapped.__cause__ = exc
                exc = wrapped
            future.set_exception(exc)

    def run(self):
        local = _worker.local
        local.loop = loop = self.loop
        get = self.queue.get
        while True:
            item = get()
            if item is None:
                return
            context, func, args, future, local.cancel_scope, request = item
            result = exc = None
            if not future.cancelled():
                _cost.charge("anyio.worker_job")
                if request is not None:
                    _journal.state(request, "running", "endpoint", -1)
                try:
                    result = context.run(func, *args)
                except BaseException as error:
                    exc = error
            if not loop.is_closed():
                loop.call_soon_threadsafe(self._report_result, future, result, exc)
            # Nothing of the job outlives it.
            item = context = func = args = future = result = exc = local.cancel_scope = None

    def stop(self, task=None):
        self.stopping = True
        self.queue.put_nowait(None)
        if self in self.idle_workers:
            self.idle_workers.remove(self)


def find_root_task(loop):
    """The task whose end stops the workers: the one run by `run`, else the top of this task's tree."""
    root = getattr(loop, "_anyio_root_task", None)
    if root is not None and not root.done():
        return root
    root = _root_from_callbacks(loop)
    if root is not None:
        loop._anyio_root_task = root
        return root
    task = current_task()
    scope = getattr(task, "_anyio_scope", None)
    while scope is not None and scope._parent_scope is not None:
        scope = scope._parent_scope
    return task if scope is None else scope._host_task


def _root_from_callbacks(loop):
    from asyncio import all_tasks

    for task in all_tasks(loop):
        for callback in getattr(task, "_callbacks", None) or ():
            callback = callback[0] if isinstance(callback, tuple) else callback
            if getattr(callback, "__name__", "") == "_run_until_complete_cb":
                return task
    return None


def current_default_thread_limiter():
    limiter = _default_thread_limiter.get(None)
    if limiter is None:
        limiter = CapacityLimiter(40)
        _journal.named(limiter._subject, "default limiter")
        _default_thread_limiter.set(limiter)
    return limiter


async def run_sync(func, *args, abandon_on_cancel=False, cancellable=None, limiter=None):
    if cancellable is not None:
        abandon_on_cancel = cancellable
        warn(
            "The `cancellable=` keyword argument to `anyio.to_thread.run_sync` is deprecated since AnyIO 4.1.0; "
            "use `abandon_on_cancel=` instead",
            DeprecationWarning,
            stacklevel=2,
        )
    if on_trio():
        from ._trio import run_sync_in_thread

        if limiter is None:
            limiter = current_default_thread_limiter()
        return await run_sync_in_thread(func, args, abandon_on_cancel, limiter)
    running_loop()
    _cost.charge("anyio.to_thread")
    await checkpoint()
    loop = get_running_loop()
    idle = _idle_workers.get(None)
    if idle is None:
        idle = deque()
        _idle_workers.set(idle)
    if limiter is None:
        limiter = current_default_thread_limiter()
    task = current_task()
    await limiter.acquire_on_behalf_of(task)
    try:
        request = getattr(task, "_request", None)
        if request is not None:
            _journal.state(request, "waiting", "worker")
        with CancelScope(shield=not abandon_on_cancel) as scope:
            future = loop.create_future()
            future._waits_for = "worker"
            if idle:
                worker = idle.pop()
                if idle:
                    now = loop.time()
                    while idle and now - idle[0].idle_since >= MAX_IDLE_TIME:
                        expired = idle.popleft()
                        expired.root_task.remove_done_callback(expired.stop)
                        expired.stop()
            else:
                root = find_root_task(loop)
                worker = WorkerThread(root, idle)
                worker.start()
                root.add_done_callback(worker.stop)
            if not abandon_on_cancel and scope._parent_scope is not None:
                scope = scope._parent_scope
            worker.queue.put_nowait((copy_context(), func, args, future, scope, request))
            result = await future
            if request is not None:
                _journal.state(request, "running", "endpoint", task._subject)
            return result
    finally:
        limiter.release_on_behalf_of(task)
