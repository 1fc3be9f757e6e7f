"""Trio: structured concurrency, cancellation by scopes, batches in arbitrary order (S-TRIO-01 to S-TRIO-07)."""

from ._core import TASK_STATUS_IGNORED  # the core comes first
from . import abc, from_thread, lowlevel, socket, to_thread
from ._channel import MemoryReceiveChannel, MemorySendChannel, open_memory_channel
from ._core import (
    BrokenResourceError,
    BusyResourceError,
    Cancelled,
    CancelScope,
    ClosedResourceError,
    EndOfChannel,
    Nursery,
    RunFinishedError,
    TaskStatus,
    TrioDeprecationWarning,
    TrioInternalError,
    WouldBlock,
    current_effective_deadline,
    current_time,
    open_nursery,
    run,
)
from ._era import ERA as _ERA
from ._era import VERSION as __version__
from ._file_io import open_file, wrap_file
from ._signals import open_signal_receiver
from ._streams import StapledStream, aclose_forcefully, serve_listeners
from ._subprocess import Process, run_process
from ._sync import (
    CapacityLimiter,
    CapacityLimiterStatistics,
    Condition,
    ConditionStatistics,
    Event,
    EventStatistics,
    Lock,
    LockStatistics,
    Semaphore,
    StrictFIFOLock,
)
from ._tcp import (
    NeedHandshakeError,
    SocketListener,
    SocketStream,
    SSLListener,
    SSLStream,
    open_ssl_over_tcp_listeners,
    open_ssl_over_tcp_stream,
    open_tcp_listeners,
    open_tcp_stream,
    open_unix_socket,
    serve_ssl_over_tcp,
    serve_tcp,
)
from ._timeouts import (
    TooSlowError,
    fail_after,
    fail_at,
    move_on_after,
    move_on_at,
    sleep,
    sleep_forever,
    sleep_until,
)
from ._util import public as _public

if not _ERA:
    from ._channel import MemoryChannelStatistics, as_safe_channel

_public(globals(), "trio")
_public(vars(lowlevel), "trio.lowlevel")
_public(vars(socket), "trio.socket")
_public(vars(abc), "trio.abc")
_public(vars(from_thread), "trio.from_thread")
_public(vars(to_thread), "trio.to_thread")


def __getattr__(name):
    # Paths and `trio.testing` are imported when they are used.
    if name == "Path":
        from ._path import Path

        Path.__module__ = "trio"
        return Path
    raise AttributeError(f"module 'trio' has no attribute {name!r}")
