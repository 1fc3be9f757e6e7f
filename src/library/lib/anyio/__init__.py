"""AnyIO on asyncio: task groups, cancel scopes, worker threads, streams (S-ANY-01 to S-ANY-31)."""

from . import from_thread, lowlevel, to_thread
from ._exceptions import (
    BrokenResourceError,
    BrokenWorkerProcess,
    BusyResourceError,
    ClosedResourceError,
    ConnectionFailed,
    DelimiterNotFound,
    EndOfStream,
    IncompleteRead,
    NoEventLoopError,
    RunFinishedError,
    TypedAttributeLookupError,
    WouldBlock,
)
from ._limiter import CapacityLimiter, CapacityLimiterStatistics
from ._run import (
    current_time,
    get_all_backends,
    get_available_backends,
    get_cancelled_exc_class,
    run,
    sleep,
    sleep_forever,
    sleep_until,
)
from ._scopes import CancelScope, current_effective_deadline, fail_after, fail_at, move_on_after, move_on_at
from ._sync import (
    Condition,
    ConditionStatistics,
    Event,
    EventStatistics,
    Lock,
    LockStatistics,
    ResourceGuard,
    Semaphore,
    SemaphoreStatistics,
)
from ._tasks import TASK_STATUS_IGNORED, TaskInfo, create_task_group, get_current_task
from .streams.memory import create_memory_object_stream
