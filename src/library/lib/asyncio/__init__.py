"""`asyncio`: the event loop, tasks and everything around them (S-AIO-01 to S-AIO-69).

The modules have the names and the division of CPython's, so that programs that subclass or look inside work.
TLS is not part of it: asking for it names what is missing. `asyncio.subprocess` is loaded by the
first who names it.
"""
import sys
from _sys import frameless as _frameless

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
    CancelledError,
    IncompleteReadError,
    InvalidStateError,
    LimitOverrunError,
    SendfileNotAvailableError,
    TimeoutError,
)
from .futures import Future, isfuture, wrap_future
from .locks import BoundedSemaphore, Condition, Event, Lock, Semaphore
from .protocols import BaseProtocol, BufferedProtocol, DatagramProtocol, Protocol, SubprocessProtocol
from .queues import LifoQueue, PriorityQueue, Queue, QueueEmpty, QueueFull
from .runners import run
from .streams import (
    StreamReader,
    StreamReaderProtocol,
    StreamWriter,
    open_connection,
    open_unix_connection,
    start_server,
    start_unix_server,
)
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
from .transports import BaseTransport, DatagramTransport, ReadTransport, SubprocessTransport, Transport, WriteTransport
from .unix_events import DefaultEventLoopPolicy, SelectorEventLoop

if sys.version_info < (3, 11):
    from .coroutines import coroutine
else:
    from .exceptions import BrokenBarrierError
    from .locks import Barrier
    from .runners import Runner
    from .taskgroups import TaskGroup
    from .timeouts import Timeout, timeout, timeout_at
if sys.version_info >= (3, 12):
    from .tasks import create_eager_task_factory, eager_task_factory
if sys.version_info >= (3, 13):
    from .queues import QueueShutDown
    from .unix_events import EventLoop


_PROCESSES = ("create_subprocess_exec", "create_subprocess_shell", "subprocess")


@_frameless
def __getattr__(name):
    if name in _PROCESSES:
        from importlib import import_module

        module = import_module("asyncio.subprocess")
        return module if name == "subprocess" else getattr(module, name)
    raise AttributeError(f"module 'asyncio' has no attribute {name!r}", name=name, obj=sys.modules["asyncio"])
