"""The run: a queue of runnable tasks, worked off in shuffled batches (S-TRIO-01 to S-TRIO-04)."""

import functools
import random
from bisect import insort
from collections import deque
from contextvars import copy_context
from math import inf

import _context
import _cost
import _journal
from _time import perf_counter
from outcome import Error, Value
from sniffio import thread_local as sniffio_library

from .._abc import Clock
from .._util import Record, coroutine_or_error, deprecated
from ._asyncgens import AsyncGenerators
from ._entry_queue import EntryQueue, TrioToken
from ._exceptions import RunFinishedError, TrioInternalError
from ._instrumentation import Instruments
from ._io import IOManager
from ._ki import KIManager
from ._nursery import _GROUP_ADVICE, open_nursery
from ._parking_lot import GLOBAL_PARKING_LOT_BREAKER
from ._run_context import GLOBAL_RUN_CONTEXT, current_runner, current_task, in_trio_run
from ._scopes import MISNESTING_ADVICE, CancelReason, CancelScope, Deadlines
from ._task import Task
from ._traps import (
    Abort,
    CancelShieldedCheckpoint,
    PermanentlyDetachCoroutineObject,
    WaitTaskRescheduled,
    cancel_shielded_checkpoint,
    wait_for,
    wait_task_rescheduled,
)

# Decides the order of every batch; programs that want their runs repeated seed it.
_r = random.Random()
_ALLOW_DETERMINISTIC_SCHEDULING = False
_MAX_TIMEOUT = 24 * 60 * 60
_NO_SEND = object()
_WAITING_FOR_IDLE, _AUTOJUMP = 1, 2
_charge = _cost.charge
_state = _journal.state
_count = _journal.count
_context_get = _context.get
_context_set = _context.set


class SystemClock(Clock):
    """The machine's clock, with an offset of its own so that nobody mistakes it for another."""

    def __init__(self):
        self.offset = _r.uniform(10000, 200000)

    def __repr__(self):
        return f"SystemClock(offset={self.offset!r})"

    def start_clock(self):
        pass

    def current_time(self):
        return self.offset + perf_counter()

    def deadline_to_sleep_time(self, deadline):
        return deadline - self.current_time()


class RunStatistics(Record):
    _fields = (
        "tasks_living",
        "tasks_runnable",
        "seconds_to_next_deadline",
        "io_statistics",
        "run_sync_soon_queue_size",
    )


def _shown_name(name):
    return name.removeprefix("__main__.")


class Runner:
    """What belongs to one run."""

    def __init__(self, clock, instruments, strict_exception_groups):
        self.clock = SystemClock() if clock is None else clock
        self.instruments = Instruments(instruments)
        self._hooks = self.instruments.hooks
        self.strict_exception_groups = strict_exception_groups
        self.io_manager = IOManager()
        self.system_context = copy_context()
        self.ki_manager = KIManager()
        self._locals = {}
        self.runq = deque()
        # In the order of their creation (S-SIM-03).
        self.tasks = {}
        self.deadlines = Deadlines()
        self.init_task = None
        self.system_nursery = None
        self.main_task = None
        self.main_task_outcome = None
        self.entry_queue = EntryQueue()
        self.trio_token = None
        self.asyncgens = AsyncGenerators()
        self.clock_autojump_threshold = inf
        self.is_guest = False
        self.guest_tick_scheduled = False
        self.ki_pending = False
        # Entries (cushion, number of the task, task), sorted.
        self.waiting_for_idle = []
        self._subject = _journal.born("loop", "Trio run loop")
        self._ready_seen = 0
        self._timers_seen = 0

    def close(self):
        self.io_manager.close()
        self.entry_queue.close()
        self.asyncgens.close()
        if "after_run" in self._hooks:
            self.instruments.call("after_run")
        self.ki_manager.close()
        _state(self._subject, "done")

    def force_guest_tick_asap(self):
        if not self.guest_tick_scheduled:
            self.guest_tick_scheduled = True
            self.io_manager.force_wakeup()

    def current_statistics(self):
        return RunStatistics(
            len(self.tasks),
            len(self.runq),
            self.deadlines.next_deadline() - self.clock.current_time(),
            self.io_manager.statistics(),
            self.entry_queue.size(),
        )

    def current_trio_token(self):
        if self.trio_token is None:
            self.trio_token = TrioToken._create(self.entry_queue)
        return self.trio_token

    # The picture

    def show_waiting(self, task, reason, on):
        if task._subject is not None:
            _state(task._subject, "waiting", reason, on, task.coro)

    def show_cancelled(self, task, scope):
        # A sleep ends by its own scope; that is not worth telling.
        if task._subject is not None and not (scope._is_sleep and scope._cancel_called):
            reason = scope._cancel_reason
            _journal.mark(task._subject, "cancelled", None if reason is None else reason.source)

    # Tasks

    def reschedule(self, task, next_send=_NO_SEND):
        if task._runner is not self or task._next_send_fn is not None:
            raise AssertionError
        task._next_send_fn = task.coro.send
        task._next_send = Value(None) if next_send is _NO_SEND else next_send
        task._abort_func = None
        task.custom_sleep_data = None
        if self.is_guest and not self.runq:
            self.force_guest_tick_asap()
        self.runq.append(task)
        if task._subject is not None:
            _state(task._subject, "ready", "ready queue")
        if "task_scheduled" in self._hooks:
            self.instruments.call("task_scheduled", task)

    def spawn_impl(self, async_fn, args, nursery, name, *, system_task=False, context=None, shown=True):
        if nursery is not None and nursery._closed:
            raise RuntimeError("Nursery is closed to new arrivals")
        if context is None:
            context = self.system_context.copy() if system_task else copy_context()
        _charge("trio.spawn")
        coro = context.run(coroutine_or_error, async_fn, *args)
        if name is None:
            name = async_fn
        if isinstance(name, functools.partial):
            name = name.func
        if not isinstance(name, str):
            try:
                name = f"{name.__module__}.{name.__qualname__}"
            except AttributeError:
                name = repr(name)
        if getattr(coro, "cr_frame", None) is None:

            async def python_wrapper(orig_coro):
                return await orig_coro

            coro = python_wrapper(coro)
        task = Task._create(coro, nursery, self, name, context, system_task)
        if shown:
            task._subject = _journal.born("task", _shown_name(name), self._subject)
        self.tasks[task] = None
        if nursery is not None:
            nursery._children[task] = None
            task._activate_cancel_status(nursery._cancel_status)
        if "task_spawned" in self._hooks:
            self.instruments.call("task_spawned", task)
        self.reschedule(task, None)
        return task

    def spawn_system_task(self, async_fn, *args, name=None, context=None):
        return self.spawn_impl(async_fn, args, self.system_nursery, name, system_task=True, context=context)

    def task_exited(self, task, outcome):
        if task._child_nurseries:
            why = "Parent Task exited prematurely, abandoning this nursery without exiting it properly."
            for nursery in task._child_nurseries:
                nursery.cancel_scope._cancel(CancelReason("nursery", repr(task), why))
                nursery._closed = True
        for lot in GLOBAL_PARKING_LOT_BREAKER.pop(task, ()):
            lot.break_lot(task)
        status = task._cancel_status
        lost = status is not None and status.abandoned_by_misnesting and status._parent is None
        if lost or task._child_nurseries:
            what = "Nursery" if task._child_nurseries else "Cancel scope"
            try:
                raise RuntimeError(
                    f"{what} stack corrupted: {what} surrounding {task!r} was closed before the task exited\n"
                    f"{MISNESTING_ADVICE}"
                )
            except RuntimeError as error:
                if isinstance(outcome, Error):
                    error.__context__ = outcome.error
                outcome = Error(error)
        task._activate_cancel_status(None)
        del self.tasks[task]
        if task._subject is not None:
            _state(task._subject, "done")
        if task is self.init_task:
            # The outcome of a run is that of its main task; nothing else may fail.
            outcome.unwrap()
            if self.tasks:
                raise TrioInternalError
        else:
            if task is self.main_task:
                self.main_task_outcome = outcome
                outcome = Value(None)
            task._parent_nursery._child_finished(task, outcome)
        if "task_exited" in self._hooks:
            self.instruments.call("task_exited", task)

    async def init(self, async_fn, args):
        async with open_nursery() as run_sync_soon_nursery:
            async with open_nursery() as self.system_nursery:
                async with open_nursery() as main_task_nursery:
                    try:
                        self.main_task = self.spawn_impl(async_fn, args, main_task_nursery, None)
                    except BaseException as error:
                        self.main_task_outcome = Error(error)
                        return
                    name = "<TrioToken.run_sync_soon task>"
                    self.spawn_impl(
                        self.entry_queue.task, (), run_sync_soon_nursery, name, system_task=True, shown=False
                    )
                why = "main task done, shutting down system tasks"
                self.system_nursery.cancel_scope._cancel(CancelReason("shutdown", repr(self.init_task), why))
            await self.asyncgens.finalize_remaining(self)
            why = "main task done, shutting down run_sync_soon callbacks"
            run_sync_soon_nursery.cancel_scope._cancel(CancelReason("shutdown", repr(self.init_task), why))

    # Control-C

    def deliver_ki(self):
        self.ki_pending = True
        try:
            self.entry_queue.run_sync_soon(self._deliver_ki_cb)
        except RunFinishedError:
            pass

    def _deliver_ki_cb(self):
        if self.ki_pending and self.main_task_outcome is None:
            self.main_task._attempt_delivery_of_pending_ki()

    # One pass

    def _timeout(self):
        """How long to wait for input, and what to do if nothing happens until then."""
        if self.runq:
            timeout = 0
        else:
            timeout = self.clock.deadline_to_sleep_time(self.deadlines.next_deadline())
            timeout = min(max(0, timeout), _MAX_TIMEOUT)
        if self.waiting_for_idle:
            cushion = self.waiting_for_idle[0][0]
            if cushion < timeout:
                return cushion, _WAITING_FOR_IDLE
        elif self.clock_autojump_threshold < timeout and self.deadlines.next_deadline() < inf:
            # Without a deadline there is nowhere to jump to, and looking again and again takes no time here.
            return self.clock_autojump_threshold, _AUTOJUMP
        return timeout, None

    def _wake_idle(self):
        """Nothing has happened for a while: those who waited for that go on."""
        cushion = self.waiting_for_idle[0][0]
        while self.waiting_for_idle and self.waiting_for_idle[0][0] == cushion:
            self.reschedule(self.waiting_for_idle.pop(0)[2])

    def _batch(self):
        runq = self.runq
        total = len(runq)
        if total != self._ready_seen:
            self._ready_seen = total
            _count(self._subject, "ready queue", total)
        active = self.deadlines._active
        if active != self._timers_seen:
            self._timers_seen = active
            _count(self._subject, "timers", active)
        batch = list(runq)
        runq.clear()
        if _ALLOW_DETERMINISTIC_SCHEDULING:
            batch.sort(key=lambda task: task._counter)
            _r.shuffle(batch)
        elif _r.random() < 0.5:
            batch.reverse()
        return batch

    def _step(self, task):
        """Runs a task until it suspends or ends."""
        send, value = task._next_send_fn, task._next_send
        task._next_send_fn = task._next_send = None
        context = task.context
        outside = _context_get()
        if task._subject is not None:
            _state(task._subject, "running", "", None, task.coro)
        _charge("trio.step")
        outcome = None
        context._entered = True
        _context_set(context)
        try:
            message = send(value)
        except StopIteration as stop:
            outcome = Value(stop.value)
        except BaseException as error:
            # The traceback begins in the program.
            trace = error.__traceback__
            outcome = Error(error.with_traceback(None if trace is None else trace.tb_next))
        finally:
            context._entered = False
            _context_set(outside)
        send = value = None
        if outcome is not None:
            self.task_exited(task, outcome)
            return
        task._schedule_points += 1
        if message is CancelShieldedCheckpoint:
            self.reschedule(task)
        elif type(message) is WaitTaskRescheduled:
            if task._subject is not None:
                reason, on = task._waits or ("being rescheduled", None)
                _state(task._subject, "waiting", reason, on, task.coro)
            task._waits = None
            task._cancel_points += 1
            task._abort_func = message.abort_func
            if self.ki_pending and task is self.main_task:
                task._attempt_delivery_of_pending_ki()
            task._attempt_delivery_of_any_pending_cancel()
        elif type(message) is PermanentlyDetachCoroutineObject:
            self.task_exited(task, message.final_outcome)
        else:
            error = TypeError(
                f"trio.run received unrecognized yield message {message!r}. Are you trying to use a library written "
                "for some other framework like asyncio? That won't work without some kind of compatibility shim."
            )
            # Thrown, not sent: whoever yielded this does not expect an outcome.
            self.reschedule(task, error)
            task._next_send_fn = task.coro.throw


def setup_runner(clock, instruments, restrict_keyboard_interrupt_to_checkpoints, strict_exception_groups):
    if in_trio_run():
        raise RuntimeError("Attempted to call run() from inside a run()")
    _charge("trio.run")
    runner = Runner(clock, instruments, strict_exception_groups)
    runner.asyncgens.install_hooks(runner)
    runner.ki_manager.install(runner.deliver_ki, restrict_keyboard_interrupt_to_checkpoints)
    GLOBAL_RUN_CONTEXT.runner = runner
    return runner


def run(
    async_fn,
    *args,
    clock=None,
    instruments=(),
    restrict_keyboard_interrupt_to_checkpoints=False,
    strict_exception_groups=True,
):
    if strict_exception_groups is not None and not strict_exception_groups:
        deprecated("trio.run(..., strict_exception_groups=False)", "0.25.0", 2929, _GROUP_ADVICE)
    runner = setup_runner(clock, instruments, restrict_keyboard_interrupt_to_checkpoints, strict_exception_groups)
    outside, sniffio_library.name = sniffio_library.name, "trio"
    subject = runner._subject
    try:
        passes = unrolled_run(runner, async_fn, args)
        events = None
        while True:
            try:
                timeout = passes.send(events)
            except StopIteration:
                break
            if timeout > 0:
                if runner._ready_seen:
                    runner._ready_seen = 0
                    _count(subject, "ready queue", 0)
                timers = runner.deadlines._active
                _state(subject, "waiting", "events and timers" if timers else "events")
                events = runner.io_manager.get_events(timeout)
                _state(subject, "running")
            else:
                events = runner.io_manager.get_events(0)
    finally:
        sniffio_library.name = outside
    outcome = runner.main_task_outcome
    if isinstance(outcome, Value):
        return outcome.value
    try:
        raise outcome.error
    finally:
        del outcome, runner


def unrolled_run(runner, async_fn, args):
    """The passes of a run: yields how long to wait, and is sent what happened meanwhile."""
    hooks = runner._hooks
    call = runner.instruments.call
    context = GLOBAL_RUN_CONTEXT
    subject = runner._subject
    try:
        if "before_run" in hooks:
            call("before_run")
        runner.clock.start_clock()
        _state(subject, "running")
        runner.init_task = runner.spawn_impl(
            runner.init, (async_fn, args), None, "<init>", system_task=True, shown=False
        )
        while runner.tasks:
            timeout, idle = runner._timeout()
            if "before_io_wait" in hooks:
                call("before_io_wait", timeout)
            _charge("trio.pass")
            events = yield timeout
            _journal.mark(subject, "pass")
            if events:
                runner.io_manager.process_events(events, runner.reschedule)
            if "after_io_wait" in hooks:
                call("after_io_wait", timeout)
            expired = runner.deadlines.expire(runner.clock.current_time())
            if idle is not None and not expired and not runner.runq and not events:
                if idle is _WAITING_FOR_IDLE:
                    runner._wake_idle()
                else:
                    runner.clock._autojump()
            batch = runner._batch()
            while batch:
                task = batch.pop()
                context.task = task
                if "before_task_step" in hooks:
                    call("before_task_step", task)
                runner._step(task)
                if "after_task_step" in hooks:
                    call("after_task_step", task)
                del context.task
                task = None
    except GeneratorExit:
        import warnings

        warnings.warn(
            RuntimeWarning(
                "Trio guest run got abandoned without properly finishing... weird stuff might happen"
            ),
            stacklevel=1,
        )
    except TrioInternalError:
        raise
    except BaseException as error:
        raise TrioInternalError("internal error in Trio - please file a bug!") from error
    finally:
        runner.close()
        context.__dict__.clear()
        if runner.ki_pending:
            interrupt = KeyboardInterrupt()
            if isinstance(runner.main_task_outcome, Error):
                interrupt.__context__ = runner.main_task_outcome.error
            runner.main_task_outcome = Error(interrupt)


# What tasks ask their run


def current_statistics():
    return current_runner().current_statistics()


def current_clock():
    return current_runner().clock


def current_root_task():
    return current_runner().init_task


def current_trio_token():
    return current_runner().current_trio_token()


def reschedule(task, next_send=_NO_SEND):
    current_runner().reschedule(task, next_send)


def spawn_system_task(async_fn, *args, name=None, context=None):
    return current_runner().spawn_system_task(async_fn, *args, name=name, context=context)


def current_effective_deadline():
    return current_task()._cancel_status.effective_deadline()


async def wait_all_tasks_blocked(cushion=0.0):
    runner, task = current_runner(), current_task()
    entry = (cushion, task._counter, task)
    insort(runner.waiting_for_idle, entry)

    def abort(_):
        runner.waiting_for_idle.remove(entry)
        return Abort.SUCCEEDED

    wait_for("all others to wait")
    await wait_task_rescheduled(abort)


async def checkpoint():
    # First the schedule point, then the cancel point.
    _charge("trio.checkpoint")
    await cancel_shielded_checkpoint()
    task = current_task()
    task._cancel_points += 1
    runner = task._runner
    status = task._cancel_status
    interrupted = task is runner.main_task and runner.ki_pending
    if status.effectively_cancelled or interrupted:
        scope = CancelScope(deadline=-inf)
        if status._scope._cancel_reason is None and interrupted:
            status._scope._cancel_reason = CancelReason("KeyboardInterrupt")
        scope._cancel_reason = status._scope._cancel_reason
        with scope:
            await wait_task_rescheduled(lambda _: Abort.SUCCEEDED)


async def checkpoint_if_cancelled():
    task = current_task()
    runner = task._runner
    if task._cancel_status.effectively_cancelled or (task is runner.main_task and runner.ki_pending):
        await checkpoint()
        raise AssertionError("this should never happen")
    task._cancel_points += 1
