"""`trio.lowlevel`: what libraries are built on."""

from ._core import (
    Abort,
    ParkingLot,
    ParkingLotStatistics,
    RunStatistics,
    RunVar,
    RunVarToken,
    Task,
    TrioToken,
    UnboundedQueue,
    UnboundedQueueStatistics,
    add_instrument,
    cancel_shielded_checkpoint,
    checkpoint,
    checkpoint_if_cancelled,
    current_clock,
    current_root_task,
    current_statistics,
    current_task,
    current_trio_token,
    currently_ki_protected,
    disable_ki_protection,
    enable_ki_protection,
    notify_closing,
    permanently_detach_coroutine_object,
    reattach_detached_coroutine_object,
    remove_instrument,
    reschedule,
    spawn_system_task,
    start_guest_run,
    start_thread_soon,
    temporarily_detach_coroutine_object,
    wait_readable,
    wait_task_rescheduled,
    wait_writable,
)
from ._era import ERA
from ._subprocess import open_process

if not ERA:
    from ._core import add_parking_lot_breaker, in_trio_run, in_trio_task, remove_parking_lot_breaker
del ERA
