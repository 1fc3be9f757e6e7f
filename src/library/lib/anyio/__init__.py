"""AnyIO on asyncio and on Trio: task groups, cancel scopes, worker threads, streams (S-ANY-01 to S-ANY-32)."""

from . import from_thread, lowlevel, to_thread
from ._abstract import TypedAttributeProvider, TypedAttributeSet, aclose_forcefully, typed_attribute
from ._backend import current_time
from ._era import ERA as _ERA
from ._exceptions import (
    BrokenResourceError,
    BrokenWorkerProcess,
    BusyResourceError,
    ClosedResourceError,
    DelimiterNotFound,
    EndOfStream,
    IncompleteRead,
    TypedAttributeLookupError,
    WouldBlock,
)
from ._limiter import CapacityLimiter, CapacityLimiterStatistics
from ._run import (
    get_all_backends,
    get_available_backends,
    get_cancelled_exc_class,
    run,
    sleep,
    sleep_forever,
    sleep_until,
)
from ._scopes import CancelScope, current_effective_deadline, fail_after, move_on_after
from ._signals import open_signal_receiver
from ._sockets import (
    connect_tcp,
    connect_unix,
    create_connected_udp_socket,
    create_tcp_listener,
    create_udp_socket,
    create_unix_listener,
    getaddrinfo,
    getnameinfo,
    wait_socket_readable,
    wait_socket_writable,
)
from ._subprocesses import open_process, run_process
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
from ._tasks import (
    TASK_STATUS_IGNORED,
    TaskInfo,
    create_task_group,
    get_current_task,
    get_running_tasks,
    wait_all_tasks_blocked,
)
from .streams.memory import create_memory_object_stream

if not _ERA:
    from ._contextmanagers import AsyncContextManagerMixin, ContextManagerMixin
    from ._exceptions import (
        ConnectionFailed,
        FutureAlreadyFinished,
        FutureCancelled,
        FutureFailed,
        FutureNotFinished,
        NoEventLoopError,
        RunFinishedError,
        TaskCancelled,
        TaskFailed,
        TaskNotFinished,
    )
    from ._futures import Future, amap, as_completed, gather
    from ._scopes import fail_at, move_on_at
    from ._sockets import TCPConnectable, wait_readable, wait_writable
    from ._tasks import TaskHandle

_FILES = ("AsyncFile", "Path", "open_file", "wrap_file")
_TEMPORARY = (
    "NamedTemporaryFile", "SpooledTemporaryFile", "TemporaryDirectory", "TemporaryFile", "gettempdir", "gettempdirb",
    "mkdtemp", "mkstemp",
)  # fmt: skip


def __getattr__(name):
    if not _ERA and name in _unasked:
        found = globals()[name] = _unasked[name]
        found.__module__ = "anyio"
        return found
    # Files are imported when they are used.
    if name in _FILES or name in _TEMPORARY and not _ERA:
        from . import _files

        return getattr(_files, name)
    if name in ("abc", "to_process"):
        return getattr(__import__("anyio." + name), name)
    raise AttributeError(f"module 'anyio' has no attribute {name!r}")


if not _ERA:
    from . import _exceptions

    # An exception is the package's own from when somebody asks the package for it (4.16: names are found at first use).
    _unasked = {n: globals().pop(n) for n, t in vars(_exceptions).items() if isinstance(t, type) and n in globals()}
    for _thing in _unasked.values():
        _thing.__module__ = "anyio._core._exceptions"

for _thing in list(globals().values()):
    if getattr(_thing, "__module__", "").startswith("anyio."):
        _thing.__module__ = "anyio"
# What is made for one of the two event loops is shown as that one's.
CapacityLimiter.__module__ = "anyio._backends._asyncio"
del _thing
