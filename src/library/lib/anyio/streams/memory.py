"""Memory object streams: a bounded buffer between tasks (S-ANY-30)."""

import math
from collections import OrderedDict, deque, namedtuple

import _cost
import _journal
from .._abstract import ObjectReceiveStream, ObjectSendStream
from .._backend import waiter
from .._era import ERA
from .._exceptions import BrokenResourceError, ClosedResourceError, EndOfStream, WouldBlock
from .._scopes import checkpoint

MemoryObjectStreamStatistics = namedtuple(
    "MemoryObjectStreamStatistics",
    "current_buffer_used max_buffer_size open_send_streams open_receive_streams "
    "tasks_waiting_send tasks_waiting_receive",
)


class _State:
    def __init__(self, max_buffer_size):
        self.max_buffer_size = max_buffer_size
        self.buffer = deque()
        self.open_send = 0
        self.open_receive = 0
        self.receivers = OrderedDict()  # future -> the list its item is put into
        self.senders = OrderedDict()  # future -> item
        self.subject = _journal.born("pool", "stream")

    def statistics(self):
        return MemoryObjectStreamStatistics(
            len(self.buffer),
            self.max_buffer_size,
            self.open_send,
            self.open_receive,
            len(self.senders),
            len(self.receivers),
        )


def _wake(future):
    if not future.done():
        future.set_result(None)


class _End:
    def __init__(self, state):
        self._state = state
        self._closed = False
        # The tasks that wait at this end, which closing it wakes (4.16, not 4.3).
        self._waiters = {}

    def __class_getitem__(cls, item):
        return cls

    def clone(self):
        if self._closed:
            raise ClosedResourceError
        return type(self)(self._state)

    async def aclose(self):
        self.close()

    def _wake_own(self, waiting):
        if not ERA:
            for future in self._waiters:
                if waiting.pop(future, None) is not None:
                    _wake(future)

    def statistics(self):
        return self._state.statistics()

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.close()

    async def __aenter__(self):
        return self

    async def __aexit__(self, exc_type, exc_val, exc_tb):
        self.close()


class MemoryObjectReceiveStream(_End, ObjectReceiveStream):
    def __init__(self, state):
        super().__init__(state)
        state.open_receive += 1

    def receive_nowait(self):
        if self._closed:
            raise ClosedResourceError
        state = self._state
        if state.senders:
            future, (item,) = state.senders.popitem(last=False)
            state.buffer.append(item)
            _wake(future)
        if state.buffer:
            item = state.buffer.popleft()
            _journal.count(state.subject, "items", len(state.buffer))
            return item
        if not state.open_send:
            raise EndOfStream
        raise WouldBlock

    async def receive(self):
        _cost.charge("anyio.stream")
        await checkpoint()
        try:
            return self.receive_nowait()
        except WouldBlock:
            state = self._state
            future = waiter("item", state.subject)
            container = []
            state.receivers[future] = container
            self._waiters[future] = None
            try:
                await future
            finally:
                state.receivers.pop(future, None)
                del self._waiters[future]
            if container:
                return container[0]
            raise (ClosedResourceError if self._closed and not ERA else EndOfStream) from None

    def close(self):
        if not self._closed:
            self._closed = True
            state = self._state
            state.open_receive -= 1
            if state.open_receive == 0:
                for future in list(state.senders):
                    _wake(future)
            self._wake_own(state.receivers)


class MemoryObjectSendStream(_End, ObjectSendStream):
    def __init__(self, state):
        super().__init__(state)
        state.open_send += 1

    def send_nowait(self, item):
        if self._closed:
            raise ClosedResourceError
        state = self._state
        if not state.open_receive:
            raise BrokenResourceError
        while state.receivers:
            future, container = state.receivers.popitem(last=False)
            if not ERA and future.cancelled():
                continue
            container.append(item)
            _wake(future)
            return
        if len(state.buffer) >= state.max_buffer_size:
            raise WouldBlock
        state.buffer.append(item)
        _journal.count(state.subject, "items", len(state.buffer))

    async def send(self, item):
        _cost.charge("anyio.stream")
        await checkpoint()
        try:
            self.send_nowait(item)
        except WouldBlock:
            senders = self._state.senders
            future = waiter("room in the stream", self._state.subject)
            senders[future] = [item]
            self._waiters[future] = None
            try:
                await future
            except BaseException:
                senders.pop(future, None)
                raise
            finally:
                withdrawn = self._waiters.pop(future) is ClosedResourceError
            if future in senders:
                del senders[future]
                raise BrokenResourceError from None
            if withdrawn:
                raise ClosedResourceError from None

    def close(self):
        if not self._closed:
            self._closed = True
            state = self._state
            state.open_send -= 1
            if state.open_send == 0:
                waiting = list(state.receivers)
                state.receivers.clear()
                for future in waiting:
                    _wake(future)
            if not ERA:
                for future in self._waiters:
                    if state.senders.pop(future, None) is not None:
                        self._waiters[future] = ClosedResourceError
                        _wake(future)


class create_memory_object_stream:
    """A pair (send stream, receive stream); may be subscripted with the type of its items."""

    def __new__(cls, max_buffer_size=0, item_type=None):
        if max_buffer_size != math.inf and not isinstance(max_buffer_size, int):
            raise ValueError("max_buffer_size must be either an integer or math.inf")
        if max_buffer_size < 0:
            raise ValueError("max_buffer_size cannot be negative")
        state = _State(max_buffer_size)
        return MemoryObjectSendStream(state), MemoryObjectReceiveStream(state)

    def __class_getitem__(cls, item):
        return cls
