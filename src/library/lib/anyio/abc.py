"""Names that programs use in annotations and `isinstance`."""

from ._limiter import CapacityLimiter
from ._scopes import CancelScope
from ._sync import Condition, Event, Lock, Semaphore
from ._tasks import TaskGroup, TaskStatus
from .from_thread import BlockingPortal
from .streams.memory import MemoryObjectReceiveStream as ObjectReceiveStream
from .streams.memory import MemoryObjectSendStream as ObjectSendStream
