"""`asyncio`: the event loop, tasks and everything around them (S-AIO-01 to S-AIO-69).

The modules have the names and the division of CPython's, so that programs that subclass or look inside work.
`asyncio.subprocess`, TLS and datagrams are not part of it: asking for them names what is missing.
"""
import sys

from .base_events import BaseEventLoop, Server
from .coroutines import iscoroutine, iscoroutinefunction
from .events import (
    AbstractEventLoop,
    AbstractEventLoopPolicy,
    AbstractServer,
    Handle,
    TimerHandle,
    _get_running_loop,
    _set_running_loop,
    get_event_loop,
    get_event_loop_policy,
    get_running_loop,
    new_event_loop,
    set_event_loop,
    set_event_loop_policy,
)
from .exceptions import (
    BrokenBarrierError,
    CancelledError,
    IncompleteReadError,
    InvalidStateError,
    LimitOverrunError,
    SendfileNotAvailableError,
    TimeoutError,
)
from .futures import Future, isfuture, wrap_future
from .locks import Barrier, BoundedSemaphore, Condition, Event, Lock, Semaphore
from .protocols import BaseProtocol, BufferedProtocol, DatagramProtocol, Protocol, SubprocessProtocol
from .queues import LifoQueue, PriorityQueue, Queue, QueueEmpty, QueueFull
from .runners import Runner, run
from .streams import (
    StreamReader,
    StreamReaderProtocol,
    StreamWriter,
    open_connection,
    start_server,
)
from .taskgroups import TaskGroup
from .tasks import (
    ALL_COMPLETED,
    FIRST_COMPLETED,
    FIRST_EXCEPTION,
    Task,
    _enter_task,
    _leave_task,
    _register_task,
    _unregister_task,
    all_tasks,
    as_completed,
    create_task,
    current_task,
    ensure_future,
    gather,
    run_coroutine_threadsafe,
    shield,
    sleep,
    wait,
    wait_for,
)
from .threads import to_thread
from .timeouts import Timeout, timeout, timeout_at
from .transports import BaseTransport, DatagramTransport, ReadTransport, SubprocessTransport, Transport, WriteTransport
from .unix_events import DefaultEventLoopPolicy, SelectorEventLoop

if sys.version_info >= (3, 12):
    from .tasks import create_eager_task_factory, eager_task_factory
if sys.version_info >= (3, 13):
    from .queues import QueueShutDown
    from .unix_events import EventLoop


def __getattr__(name):
    if name in ("create_subprocess_exec", "create_subprocess_shell", "subprocess"):
        raise NotImplementedError(f"asyncio.{name}: child processes are not part of the simulated asyncio")
    raise AttributeError(f"module 'asyncio' has no attribute {name!r}")
