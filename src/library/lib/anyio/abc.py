"""Names that programs use in annotations and `isinstance`."""

from ._abstract import (
    AsyncResource,
    ByteReceiveStream,
    ByteSendStream,
    ByteStream,
    Listener,
    ObjectReceiveStream,
    ObjectSendStream,
    ObjectStream,
    UnreliableObjectReceiveStream,
    UnreliableObjectSendStream,
    UnreliableObjectStream,
)
from ._era import ERA as _ERA
from ._limiter import CapacityLimiter
from ._scopes import CancelScope
from ._sockets import SocketAttribute, SocketListener, SocketStream
from ._subprocesses import Process
from ._sync import Condition, Event, Lock, Semaphore
from ._tasks import TaskGroup, TaskStatus
from .from_thread import BlockingPortal

AnyByteReceiveStream = AnyByteSendStream = AnyByteStream = ByteStream

if not _ERA:
    from ._abstract import ByteStreamConnectable, ObjectStreamConnectable
