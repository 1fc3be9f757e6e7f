"""Sleeping and timeouts, which are cancel scopes with deadlines (S-TRIO-02, S-TRIO-05)."""

import math
from contextlib import contextmanager

from ._core import CancelScope, checkpoint, current_time
from ._core._traps import Abort, wait_for, wait_task_rescheduled
from ._era import ERA


class TooSlowError(Exception):
    """A `fail_` block took too long."""


if ERA:

    def move_on_at(deadline):
        if math.isnan(deadline):
            raise ValueError("deadline must not be NaN")
        return CancelScope(deadline=deadline)

    def move_on_after(seconds):
        if seconds < 0:
            raise ValueError("timeout must be non-negative")
        return move_on_at(current_time() + seconds)

    @contextmanager
    def fail_at(deadline):
        with move_on_at(deadline) as scope:
            yield scope
        if scope.cancelled_caught:
            raise TooSlowError

    def fail_after(seconds):
        if seconds < 0:
            raise ValueError("timeout must be non-negative")
        return fail_at(current_time() + seconds)

else:

    def move_on_at(deadline, *, shield=False):
        return CancelScope(deadline=deadline, shield=shield)

    def move_on_after(seconds, *, shield=False):
        if seconds < 0:
            raise ValueError("`seconds` must be non-negative")
        if math.isnan(seconds):
            raise ValueError("`seconds` must not be NaN")
        return CancelScope(shield=shield, relative_deadline=seconds)

    @contextmanager
    def fail_at(deadline, *, shield=False):
        with move_on_at(deadline, shield=shield) as scope:
            yield scope
        if scope.cancelled_caught:
            raise TooSlowError

    @contextmanager
    def fail_after(seconds, *, shield=False):
        with move_on_after(seconds, shield=shield) as scope:
            yield scope
        if scope.cancelled_caught:
            raise TooSlowError


async def sleep_forever():
    wait_for("sleep")
    await wait_task_rescheduled(lambda _: Abort.SUCCEEDED)
    raise RuntimeError("Should never have been rescheduled!")


async def sleep_until(deadline):
    scope = move_on_at(deadline)
    scope._is_sleep = True
    with scope:
        await sleep_forever()


async def sleep(seconds):
    if seconds < 0:
        raise ValueError("duration must be non-negative" if ERA else "`seconds` must be non-negative")
    if seconds == 0:
        await checkpoint()
    else:
        await sleep_until(current_time() + seconds)
