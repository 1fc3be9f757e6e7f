"""What a coroutine may yield to the run: the three ways to suspend a task."""

import enum
from types import coroutine

from outcome import Value

from ._run_context import current_task


class CancelShieldedCheckpoint:
    """Yielded to be resumed in the next batch."""


class WaitTaskRescheduled:
    """Yielded to be resumed when somebody says so."""

    __slots__ = ("abort_func",)

    def __init__(self, abort_func):
        self.abort_func = abort_func


class PermanentlyDetachCoroutineObject:
    """Yielded to end the task while its coroutine lives on elsewhere."""

    __slots__ = ("final_outcome",)

    def __init__(self, final_outcome):
        self.final_outcome = final_outcome


class Abort(enum.Enum):
    """What an abort function answers: whether the task may be resumed with the cancellation."""

    SUCCEEDED = 1
    FAILED = 2


@coroutine
def _async_yield(message):
    return (yield message)


async def cancel_shielded_checkpoint():
    (await _async_yield(CancelShieldedCheckpoint)).unwrap()


async def wait_task_rescheduled(abort_func):
    return (await _async_yield(WaitTaskRescheduled(abort_func))).unwrap()


def wait_for(reason, on=None):
    """Says what the current task is shown waiting for when it suspends next, and in whose queue."""
    current_task()._waits = (reason, on)


async def permanently_detach_coroutine_object(final_outcome):
    if current_task().child_nurseries:
        raise RuntimeError("can't permanently detach a coroutine object with open nurseries")
    return await _async_yield(PermanentlyDetachCoroutineObject(final_outcome))


async def temporarily_detach_coroutine_object(abort_func):
    return await _async_yield(WaitTaskRescheduled(abort_func))


async def reattach_detached_coroutine_object(task, yield_value):
    if not task.coro.cr_running:
        raise RuntimeError("given task does not match calling coroutine")
    task._runner.reschedule(task, Value("reattaching"))
    value = await _async_yield(yield_value)
    assert value == Value("reattaching")
