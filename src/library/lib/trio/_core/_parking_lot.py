"""Parking lots: the first-in-first-out queues under all synchronisation (S-TRIO-06)."""

import math
from collections import OrderedDict

from inspect import CORO_CLOSED, getcoroutinestate
from outcome import Error

from .._util import Record, final
from ._exceptions import BrokenResourceError
from ._run_context import current_runner, current_task
from ._traps import Abort, wait_for, wait_task_rescheduled

# Tasks whose end breaks lots: the owners of locks.
GLOBAL_PARKING_LOT_BREAKER = {}


def add_parking_lot_breaker(task, lot):
    if getcoroutinestate(task.coro) == CORO_CLOSED:
        raise BrokenResourceError("Attempted to add already exited task as lot breaker.")
    GLOBAL_PARKING_LOT_BREAKER.setdefault(task, []).append(lot)


def remove_parking_lot_breaker(task, lot):
    try:
        GLOBAL_PARKING_LOT_BREAKER[task].remove(lot)
    except (KeyError, ValueError):
        raise RuntimeError("Attempted to remove task as breaker for a lot it is not registered for") from None
    if not GLOBAL_PARKING_LOT_BREAKER[task]:
        del GLOBAL_PARKING_LOT_BREAKER[task]


class ParkingLotStatistics(Record):
    _fields = ("tasks_waiting",)


@final
class ParkingLot:
    def __init__(self, reason="being unparked", subject=None):
        self._parked = OrderedDict()
        self.broken_by = []
        # What a parked task is shown waiting for.
        self._reason = reason
        self._subject = subject

    def __len__(self):
        return len(self._parked)

    def __bool__(self):
        return bool(self._parked)

    async def park(self):
        if self.broken_by:
            raise BrokenResourceError(f"Attempted to park in parking lot broken by {self.broken_by}")
        task = current_task()
        self._parked[task] = None
        task.custom_sleep_data = self

        def abort_fn(_):
            del task.custom_sleep_data._parked[task]
            return Abort.SUCCEEDED

        wait_for(self._reason, self._subject)
        await wait_task_rescheduled(abort_fn)

    def _pop_several(self, count):
        if isinstance(count, float):
            if not math.isinf(count):
                raise ValueError("Cannot pop a non-integer number of tasks.")
            count = len(self._parked)
        return [self._parked.popitem(last=False)[0] for _ in range(min(count, len(self._parked)))]

    def unpark(self, *, count=1):
        tasks = self._pop_several(count)
        for task in tasks:
            task._runner.reschedule(task)
        return tasks

    def unpark_all(self):
        return self.unpark(count=len(self))

    def repark(self, new_lot, *, count=1):
        if not isinstance(new_lot, ParkingLot):
            raise TypeError("new_lot must be a ParkingLot")
        for task in self._pop_several(count):
            new_lot._parked[task] = None
            task.custom_sleep_data = new_lot
            task._runner.show_waiting(task, new_lot._reason, new_lot._subject)

    def repark_all(self, new_lot):
        return self.repark(new_lot, count=len(self))

    def break_lot(self, task=None):
        if task is None:
            task = current_task()
        self.broken_by.append(task)
        if len(self.broken_by) > 1:
            return
        runner = current_runner()
        for parked in self._parked:
            runner.reschedule(parked, Error(BrokenResourceError(f"Parking lot broken by {task}")))
        self._parked.clear()

    def statistics(self):
        return ParkingLotStatistics(len(self._parked))
