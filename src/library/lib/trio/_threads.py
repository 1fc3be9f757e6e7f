"""Blocking functions in threads, and calls back from them (S-TRIO-06)."""

import contextvars
import inspect
import queue
import threading
from itertools import count

import _cost
import _journal
from outcome import Error, Outcome, Value, acapture, capture
from sniffio import current_async_library_cvar

from ._core import Abort, RunFinishedError, RunVar, TrioToken, checkpoint, current_task, start_thread_soon
from ._core._run import checkpoint_if_cancelled, current_trio_token, reschedule, spawn_system_task
from ._core._traps import cancel_shielded_checkpoint, wait_for, wait_task_rescheduled
from ._era import ERA
from ._sync import CapacityLimiter, Event
from ._util import coroutine_or_error, deprecated

DEFAULT_LIMIT = 40
# In a worker: `token`, `abandon_on_cancel`, `cancel_register`, `task_register`.
PARENT_TASK_DATA = threading.local()
_limiter_local = RunVar("limiter")
_active_threads_local = RunVar("active_threads")
_thread_counter = count()


class _ActiveThreads:
    def __init__(self):
        self.count = 0
        self.event = Event()


async def wait_all_threads_completed():
    await checkpoint()
    active = _active_threads_local.get(None)
    while active is not None and active.count:
        await active.event.wait()


def active_thread_count():
    active = _active_threads_local.get(None)
    return 0 if active is None else active.count


def current_default_thread_limiter():
    limiter = _limiter_local.get(None)
    if limiter is None:
        limiter = CapacityLimiter(DEFAULT_LIMIT)
        _journal.named(limiter._subject, "default limiter")
        _limiter_local.set(limiter)
    return limiter


class ThreadPlaceholder:
    """Borrows the token of a job, which may outlive the task that started it."""

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"ThreadPlaceholder(name={self.name!r})"


class _Message:
    """A call from a worker into the run; the result goes into a queue that the worker waits at."""

    def __init__(self, fn, args):
        self.fn = fn
        self.args = args
        self.context = contextvars.copy_context()
        self.queue = queue.SimpleQueue()

    def run_in_host_task(self, token):
        task_register = PARENT_TASK_DATA.task_register

        def in_trio_thread():
            reschedule(task_register[0], Value(self))

        token.run_sync_soon(in_trio_thread)


class _Run(_Message):
    async def call(self):
        return await coroutine_or_error(self.fn, *self.args)

    async def run(self):
        """In the task that waits for the worker: its scopes apply."""
        task = current_task()
        outside = task.context
        # A step puts its own context in place, so that the change takes a checkpoint.
        task.context = self.context.copy()
        await cancel_shielded_checkpoint()
        result = await acapture(self.call)
        task.context = outside
        await cancel_shielded_checkpoint()
        self.queue.put_nowait(result)

    async def run_system(self):
        self.queue.put_nowait(await acapture(self.call))

    def run_in_system_nursery(self, token):
        def in_trio_thread():
            try:
                spawn_system_task(self.run_system, name=self.fn, context=self.context)
            except RuntimeError:
                self.queue.put_nowait(Error(RunFinishedError("system nursery is closed")))

        token.run_sync_soon(in_trio_thread)


class _RunSync(_Message):
    def call(self):
        result = self.context.run(self.fn, *self.args)
        if inspect.iscoroutine(result):
            result.close()
            name = getattr(self.fn, "__qualname__", self.fn)
            raise TypeError(f"Trio expected a synchronous function, but {name!r} appears to be asynchronous")
        return result

    def run_sync(self):
        self.queue.put_nowait(capture(self.call))

    def run_in_system_nursery(self, token):
        token.run_sync_soon(self.run_sync)


async def to_thread_run_sync(
    sync_fn, *args, thread_name=None, abandon_on_cancel=None if ERA else False, limiter=None, **old
):
    if old:
        if not ERA or list(old) != ["cancellable"]:
            name = next(iter(old))
            raise TypeError(f"to_thread_run_sync() got an unexpected keyword argument {name!r}")
        if old["cancellable"] is not None:
            if abandon_on_cancel is not None:
                raise ValueError("Cannot set `cancellable` and `abandon_on_cancel` simultaneously.")
            what = "The `cancellable=` keyword argument to `trio.to_thread.run_sync`"
            deprecated(what, "0.23.0", 2841, "`abandon_on_cancel=`")
            abandon_on_cancel = old["cancellable"]
    await checkpoint_if_cancelled()
    _cost.charge("trio.to_thread")
    abandon = bool(abandon_on_cancel)
    if limiter is None:
        limiter = current_default_thread_limiter()
    task_register = [current_task()]
    cancel_register = [None]
    placeholder = ThreadPlaceholder(f"trio.to_thread.run_sync-{next(_thread_counter)}")

    def report_back_in_trio_thread_fn(result):
        def release_then_return():
            try:
                return result.unwrap()
            finally:
                limiter.release_on_behalf_of(placeholder)

        result = capture(release_then_return)
        if task_register[0] is not None:
            reschedule(task_register[0], Value(result))

    token = current_trio_token()
    if thread_name is None:
        thread_name = f"{getattr(sync_fn, '__name__', None)} from {current_task().name}"

    def worker_fn():
        data = PARENT_TASK_DATA
        data.token = token
        data.abandon_on_cancel = abandon
        data.cancel_register = cancel_register
        data.task_register = task_register
        try:
            result = context.run(sync_fn, *args)
            if inspect.iscoroutine(result):
                result.close()
                name = getattr(sync_fn, "__qualname__", sync_fn)
                raise TypeError(f"Trio expected a sync function, but {name!r} appears to be asynchronous")
            return result
        finally:
            del data.token, data.abandon_on_cancel, data.cancel_register, data.task_register

    context = contextvars.copy_context()
    context.run(current_async_library_cvar.set, None)

    def deliver_worker_fn_result(result):
        try:
            token.run_sync_soon(report_back_in_trio_thread_fn, result)
        except RunFinishedError:
            # The entire run ended meanwhile: nobody waits for the result.
            pass

    await limiter.acquire_on_behalf_of(placeholder)
    active = _active_threads_local.get(None)
    if active is None:
        active = _ActiveThreads()
        _active_threads_local.set(active)
    active.count += 1
    try:
        try:
            start_thread_soon(worker_fn, deliver_worker_fn_result, thread_name)
        except BaseException:
            limiter.release_on_behalf_of(placeholder)
            raise

        def abort(raise_cancel):
            cancel_register[0] = raise_cancel
            if abandon:
                task_register[0] = None
                return Abort.SUCCEEDED
            return Abort.FAILED

        while True:
            wait_for("worker")
            message = await wait_task_rescheduled(abort)
            if isinstance(message, Outcome):
                return message.unwrap()
            if isinstance(message, _Run):
                await message.run()
            else:
                message.run_sync()
            del message
    finally:
        active.count -= 1
        if active.count == 0:
            active.event.set()
            active.event = Event()


def from_thread_check_cancelled():
    try:
        raise_cancel = PARENT_TASK_DATA.cancel_register[0]
    except AttributeError:
        raise RuntimeError("this thread wasn't created by Trio, can't check for cancellation") from None
    if raise_cancel is not None:
        raise_cancel()


def _send_message_to_trio(token, message):
    given = token is not None
    if not given:
        try:
            token = PARENT_TASK_DATA.token
        except AttributeError:
            raise RuntimeError("this thread wasn't created by Trio, pass kwarg trio_token=...") from None
    elif not isinstance(token, TrioToken):
        raise RuntimeError("Passed kwarg trio_token is not of type TrioToken")
    try:
        current_task()
    except RuntimeError:
        pass
    else:
        raise RuntimeError("this is a blocking function; call it from a thread")
    _cost.charge("trio.from_thread")
    if given or PARENT_TASK_DATA.abandon_on_cancel:
        message.run_in_system_nursery(token)
    else:
        message.run_in_host_task(token)
    return message.queue.get().unwrap()


def from_thread_run(afn, *args, trio_token=None):
    return _send_message_to_trio(trio_token, _Run(afn, args))


def from_thread_run_sync(fn, *args, trio_token=None):
    return _send_message_to_trio(trio_token, _RunSync(fn, args))
