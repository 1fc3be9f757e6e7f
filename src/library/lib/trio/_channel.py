"""Memory channels: a bounded buffer between tasks, with ends that can be cloned."""

from collections import OrderedDict, deque
from contextlib import asynccontextmanager
from functools import wraps
from math import inf

import _cost
import _journal
from outcome import Error, Value

from ._abc import ReceiveChannel, SendChannel
from ._core import BrokenResourceError, Cancelled, ClosedResourceError, EndOfChannel, WouldBlock, open_nursery
from ._core._run import checkpoint, checkpoint_if_cancelled, current_task
from ._core._traps import Abort, cancel_shielded_checkpoint, wait_for, wait_task_rescheduled
from ._era import ERA
from ._util import NoPublicConstructor, Record, final, raise_keeping_context


class _OpenMemoryChannel:
    """Callable, also with a type in brackets."""

    def __call__(self, max_buffer_size):
        if max_buffer_size != inf and not isinstance(max_buffer_size, int):
            raise TypeError("max_buffer_size must be an integer or math.inf")
        if max_buffer_size < 0:
            raise ValueError("max_buffer_size must be >= 0")
        state = _State(max_buffer_size)
        return MemorySendChannel._create(state), MemoryReceiveChannel._create(state)

    def __getitem__(self, item):
        return self


open_memory_channel = _OpenMemoryChannel()


class MemoryChannelStatistics(Record):
    _fields = (
        "current_buffer_used",
        "max_buffer_size",
        "open_send_channels",
        "open_receive_channels",
        "tasks_waiting_send",
        "tasks_waiting_receive",
    ) + (() if ERA else ("peak_buffer_used",))


if ERA:
    MemoryChannelStatistics.__qualname__ = "MemoryChannelStats"


class _State:
    def __init__(self, max_buffer_size):
        self.max_buffer_size = max_buffer_size
        self.data = deque()
        self.open_send_channels = 0
        self.open_receive_channels = 0
        self.send_tasks = OrderedDict()
        self.receive_tasks = OrderedDict()
        self.peak_buffer_used = 0
        self.subject = _journal.born("pool", "channel")

    def statistics(self):
        return MemoryChannelStatistics(
            len(self.data),
            self.max_buffer_size,
            self.open_send_channels,
            self.open_receive_channels,
            len(self.send_tasks),
            len(self.receive_tasks),
            **({} if ERA else {"peak_buffer_used": self.peak_buffer_used}),
        )

    def show(self):
        _journal.count(self.subject, "items", len(self.data))


class _End:
    """What both ends have in common."""

    def __init__(self, state):
        self._state = state
        self._closed = False
        self._tasks = {}
        self._opened(1)

    def __class_getitem__(cls, item):
        return cls

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        self.close()

    def statistics(self):
        return self._state.statistics()

    def clone(self):
        if self._closed:
            raise ClosedResourceError
        return type(self)._create(self._state)

    async def _suspend(self, waiting, value, reason):
        task = current_task()
        self._tasks[task] = None
        waiting[task] = value
        task.custom_sleep_data = self

        def abort_fn(_):
            del self._tasks[task]
            del waiting[task]
            return Abort.SUCCEEDED

        wait_for(reason, self._state.subject)
        return await wait_task_rescheduled(abort_fn)

    def _close(self, own_waiting):
        self._closed = True
        for task in self._tasks:
            task._runner.reschedule(task, Error(ClosedResourceError()))
            del own_waiting[task]
        self._tasks.clear()
        self._opened(-1)

    async def aclose(self):
        self.close()
        await checkpoint()


def _fail_all(waiting, make_error):
    for task in waiting:
        del task.custom_sleep_data._tasks[task]
        task._runner.reschedule(task, Error(make_error()))
    waiting.clear()


class _ChannelMeta(NoPublicConstructor, type(SendChannel)):
    """Abstract classes without a public constructor."""


@final
class MemorySendChannel(_End, SendChannel, metaclass=_ChannelMeta):
    def __repr__(self):
        return f"<send channel at {id(self):#x}, using buffer at {id(self._state):#x}>"

    def _opened(self, by):
        self._state.open_send_channels += by

    def send_nowait(self, value):
        state = self._state
        if self._closed:
            raise ClosedResourceError
        if state.open_receive_channels == 0:
            raise BrokenResourceError
        _cost.charge("trio.channel")
        if state.receive_tasks:
            task, _ = state.receive_tasks.popitem(last=False)
            del task.custom_sleep_data._tasks[task]
            task._runner.reschedule(task, Value(value))
        elif len(state.data) < state.max_buffer_size:
            state.data.append(value)
            state.peak_buffer_used = max(state.peak_buffer_used, len(state.data))
            state.show()
        else:
            raise WouldBlock

    async def send(self, value):
        await checkpoint_if_cancelled()
        try:
            self.send_nowait(value)
        except WouldBlock:
            pass
        else:
            await cancel_shielded_checkpoint()
            return
        await self._suspend(self._state.send_tasks, value, "room in the channel")

    def close(self):
        if self._closed:
            return
        state = self._state
        self._close(state.send_tasks)
        if state.open_send_channels == 0:
            _fail_all(state.receive_tasks, EndOfChannel)


@final
class MemoryReceiveChannel(_End, ReceiveChannel, metaclass=_ChannelMeta):
    def __repr__(self):
        return f"<receive channel at {id(self):#x}, using buffer at {id(self._state):#x}>"

    def _opened(self, by):
        self._state.open_receive_channels += by

    def receive_nowait(self):
        state = self._state
        if self._closed:
            raise ClosedResourceError
        _cost.charge("trio.channel")
        if state.send_tasks:
            task, value = state.send_tasks.popitem(last=False)
            del task.custom_sleep_data._tasks[task]
            task._runner.reschedule(task)
            state.data.append(value)
        if state.data:
            value = state.data.popleft()
            state.show()
            return value
        if not state.open_send_channels:
            raise EndOfChannel
        raise WouldBlock

    async def receive(self):
        await checkpoint_if_cancelled()
        try:
            value = self.receive_nowait()
        except WouldBlock:
            pass
        else:
            await cancel_shielded_checkpoint()
            return value
        return await self._suspend(self._state.receive_tasks, None, "item")

    def close(self):
        if self._closed:
            return
        state = self._state
        self._close(state.receive_tasks)
        if state.open_receive_channels == 0:
            _fail_all(state.send_tasks, BrokenResourceError)
            state.data.clear()
            state.show()


class _SafeChannel(ReceiveChannel):
    """The receiving end of a generator in a task of its own, which goes on only when it is asked to."""

    def __init__(self, receiver, send_semaphore):
        self._receiver = receiver
        self._send_semaphore = send_semaphore

    async def receive(self):
        self._send_semaphore.release()
        return await self._receiver.receive()

    async def aclose(self):
        await self._receiver.aclose()

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        self._receiver.close()


def _raise_single(group):
    """Raises the one exception of a group that counts; returns where several do."""
    for inner in group.exceptions:
        if isinstance(inner, (KeyboardInterrupt, SystemExit)):
            raise type(inner)(*inner.args) from group
    others = [inner for inner in group.exceptions if not isinstance(inner, Cancelled)]
    if len(others) <= 1:
        raise_keeping_context(others[0] if others else group.exceptions[0])


async def _move_elements(agen, sender, send_semaphore, task_status):
    with sender:
        try:
            task_status.started()
            while True:
                await send_semaphore.acquire()
                if not sender._state.open_receive_channels:
                    break
                try:
                    value = await agen.__anext__()
                except StopAsyncIteration:
                    return
                try:
                    await sender.send(value)
                except BrokenResourceError:
                    break
        finally:
            try:
                await agen.aclose()
            except BaseExceptionGroup as group:
                # Groups that only say that the generator was closed are not errors.
                _, rest = group.split(GeneratorExit)
                if rest is not None:
                    raise rest from None


def as_safe_channel(fn):
    """Makes an asynchronous generator function into a context manager around a channel."""
    from ._sync import Semaphore

    @asynccontextmanager
    @wraps(fn)
    async def context_manager(*args, **kwargs):
        sender, receiver = open_memory_channel(0)
        try:
            async with open_nursery(strict_exception_groups=True) as nursery:
                agen = fn(*args, **kwargs)
                send_semaphore = Semaphore(0)
                await nursery.start(_move_elements, agen, sender, send_semaphore)
                with _SafeChannel(receiver, send_semaphore) as channel:
                    yield channel
                nursery.cancel_scope.cancel("exited trio.as_safe_channel context manager")
        except BaseExceptionGroup as group:
            _raise_single(group)
            group.add_note(
                "Encountered exception during cleanup of generator object, as well as exception in the "
                "contextmanager body - unable to unwrap."
            )
            raise group from None

    return context_manager
