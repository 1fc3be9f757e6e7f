"""The parts of Trio that know the run; `trio.lowlevel` and `trio` show them."""

from ._exceptions import (
    BrokenResourceError,
    BusyResourceError,
    Cancelled,
    ClosedResourceError,
    EndOfChannel,
    RunFinishedError,
    TrioDeprecationWarning,
    TrioInternalError,
    WouldBlock,
)
from ._guest import start_guest_run
from ._instrumentation import add_instrument, remove_instrument
from ._io import notify_closing, wait_readable, wait_writable
from ._ki import currently_ki_protected, disable_ki_protection, enable_ki_protection
from ._local import RunVar, RunVarToken
from ._mock_clock import MockClock
from ._nursery import TASK_STATUS_IGNORED, Nursery, TaskStatus, open_nursery
from ._parking_lot import ParkingLot, ParkingLotStatistics, add_parking_lot_breaker, remove_parking_lot_breaker
from ._run import (
    RunStatistics,
    checkpoint,
    checkpoint_if_cancelled,
    current_clock,
    current_effective_deadline,
    current_root_task,
    current_statistics,
    current_trio_token,
    reschedule,
    run,
    spawn_system_task,
    wait_all_tasks_blocked,
)
from ._run_context import current_task, current_time, in_trio_run, in_trio_task
from ._entry_queue import TrioToken
from ._scopes import CancelScope
from ._task import Task
from ._thread_cache import start_thread_soon
from ._traps import (
    Abort,
    cancel_shielded_checkpoint,
    permanently_detach_coroutine_object,
    reattach_detached_coroutine_object,
    temporarily_detach_coroutine_object,
    wait_task_rescheduled,
)
from ._unbounded_queue import UnboundedQueue, UnboundedQueueStatistics
