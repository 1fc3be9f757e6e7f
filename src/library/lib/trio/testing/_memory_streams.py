"""Streams of bytes inside the process: unbounded ones with hooks, and ones in lockstep."""

from operator import index

from .._abc import ReceiveStream, SendStream
from .._core import BrokenResourceError, ClosedResourceError, ParkingLot, WouldBlock, checkpoint
from .._streams import StapledStream
from .._util import ConflictDetector, final


def _check_max_bytes(max_bytes):
    if max_bytes is not None and index(max_bytes) < 1:
        raise ValueError("max_bytes must be >= 1")


class _UnboundedByteQueue:
    def __init__(self):
        self._data = bytearray()
        self._closed = False
        self._lot = ParkingLot("data")
        self._fetch_lock = ConflictDetector("another task is already fetching data")

    def close(self):
        self._closed = True
        self._lot.unpark_all()

    def close_and_wipe(self):
        self._data = bytearray()
        self.close()

    def put(self, data):
        if self._closed:
            raise ClosedResourceError("virtual connection closed")
        self._data += data
        self._lot.unpark_all()

    def _take(self, max_bytes):
        chunk = self._data[:max_bytes]
        del self._data[:max_bytes]
        return chunk

    def get_nowait(self, max_bytes=None):
        with self._fetch_lock:
            _check_max_bytes(max_bytes)
            if not self._closed and not self._data:
                raise WouldBlock
            return self._take(max_bytes)

    async def get(self, max_bytes=None):
        with self._fetch_lock:
            _check_max_bytes(max_bytes)
            if not self._closed and not self._data:
                await self._lot.park()
            else:
                await checkpoint()
            return self._take(max_bytes)


@final
class MemorySendStream(SendStream):
    def __init__(self, send_all_hook=None, wait_send_all_might_not_block_hook=None, close_hook=None):
        self._conflict_detector = ConflictDetector("another task is using this stream")
        self._outgoing = _UnboundedByteQueue()
        self.send_all_hook = send_all_hook
        self.wait_send_all_might_not_block_hook = wait_send_all_might_not_block_hook
        self.close_hook = close_hook

    async def _put(self, data, hook):
        with self._conflict_detector:
            # Two, so that tests meet what may happen in between.
            await checkpoint()
            await checkpoint()
            self._outgoing.put(data)
            if hook is not None:
                await hook()

    async def send_all(self, data):
        await self._put(data, self.send_all_hook)

    async def wait_send_all_might_not_block(self):
        await self._put(b"", self.wait_send_all_might_not_block_hook)

    def close(self):
        self._outgoing.close()
        if self.close_hook is not None:
            self.close_hook()

    async def aclose(self):
        self.close()
        await checkpoint()

    async def get_data(self, max_bytes=None):
        return await self._outgoing.get(max_bytes)

    def get_data_nowait(self, max_bytes=None):
        return self._outgoing.get_nowait(max_bytes)


@final
class MemoryReceiveStream(ReceiveStream):
    def __init__(self, receive_some_hook=None, close_hook=None):
        self._conflict_detector = ConflictDetector("another task is using this stream")
        self._incoming = _UnboundedByteQueue()
        self._closed = False
        self.receive_some_hook = receive_some_hook
        self.close_hook = close_hook

    async def receive_some(self, max_bytes=None):
        with self._conflict_detector:
            await checkpoint()
            await checkpoint()
            if self._closed:
                raise ClosedResourceError
            if self.receive_some_hook is not None:
                await self.receive_some_hook()
            data = await self._incoming.get(max_bytes)
            if self._closed:
                raise ClosedResourceError
            return data

    def close(self):
        self._closed = True
        self._incoming.close_and_wipe()
        if self.close_hook is not None:
            self.close_hook()

    async def aclose(self):
        self.close()
        await checkpoint()

    def put_data(self, data):
        self._incoming.put(data)

    def put_eof(self):
        self._incoming.close()


def memory_stream_pump(memory_send_stream, memory_receive_stream, *, max_bytes=None):
    try:
        data = memory_send_stream.get_data_nowait(max_bytes)
    except WouldBlock:
        return False
    try:
        if not data:
            memory_receive_stream.put_eof()
        else:
            memory_receive_stream.put_data(data)
    except ClosedResourceError:
        raise BrokenResourceError("MemoryReceiveStream was closed") from None
    return True


def memory_stream_one_way_pair():
    sender = MemorySendStream()
    receiver = MemoryReceiveStream()

    def pump():
        memory_stream_pump(sender, receiver)

    async def async_pump():
        pump()

    sender.send_all_hook = async_pump
    sender.close_hook = pump
    return sender, receiver


def _stapled(one_way_pair):
    (send1, receive1), (send2, receive2) = one_way_pair(), one_way_pair()
    return StapledStream(send1, receive2), StapledStream(send2, receive1)


def memory_stream_pair():
    return _stapled(memory_stream_one_way_pair)


class _LockstepByteQueue:
    """A sender and a receiver that wait for each other."""

    def __init__(self):
        self._data = bytearray()
        self._sender_closed = False
        self._receiver_closed = False
        self._receiver_waiting = False
        self._waiters = ParkingLot("the other end")
        self._sending = ConflictDetector("another task is already sending")
        self._receiving = ConflictDetector("another task is already receiving")

    async def _wait_until(self, condition):
        while not (condition() or self._sender_closed or self._receiver_closed):
            await self._waiters.park()
        await checkpoint()

    def close_sender(self):
        self._sender_closed = True
        self._waiters.unpark_all()

    def close_receiver(self):
        self._receiver_closed = True
        self._waiters.unpark_all()

    async def send_all(self, data):
        with self._sending:
            if self._sender_closed:
                raise ClosedResourceError
            if self._receiver_closed:
                raise BrokenResourceError
            self._data += data
            self._waiters.unpark_all()
            await self._wait_until(lambda: not self._data)
            if self._sender_closed:
                raise ClosedResourceError
            if self._data and self._receiver_closed:
                raise BrokenResourceError

    async def wait_send_all_might_not_block(self):
        with self._sending:
            if self._sender_closed:
                raise ClosedResourceError
            if self._receiver_closed:
                await checkpoint()
                return
            await self._wait_until(lambda: self._receiver_waiting)
            if self._sender_closed:
                raise ClosedResourceError

    async def receive_some(self, max_bytes=None):
        with self._receiving:
            _check_max_bytes(max_bytes)
            if self._receiver_closed:
                raise ClosedResourceError
            self._receiver_waiting = True
            self._waiters.unpark_all()
            try:
                await self._wait_until(lambda: self._data)
            finally:
                self._receiver_waiting = False
            if self._receiver_closed:
                raise ClosedResourceError
            if not self._data:
                return b""
            got = self._data[:max_bytes]
            del self._data[:max_bytes]
            self._waiters.unpark_all()
            return got


class _LockstepSendStream(SendStream):
    def __init__(self, queue):
        self._queue = queue

    def close(self):
        self._queue.close_sender()

    async def aclose(self):
        self.close()
        await checkpoint()

    async def send_all(self, data):
        await self._queue.send_all(data)

    async def wait_send_all_might_not_block(self):
        await self._queue.wait_send_all_might_not_block()


class _LockstepReceiveStream(ReceiveStream):
    def __init__(self, queue):
        self._queue = queue

    def close(self):
        self._queue.close_receiver()

    async def aclose(self):
        self.close()
        await checkpoint()

    async def receive_some(self, max_bytes=None):
        return await self._queue.receive_some(max_bytes)


def lockstep_stream_one_way_pair():
    queue = _LockstepByteQueue()
    return _LockstepSendStream(queue), _LockstepReceiveStream(queue)


def lockstep_stream_pair():
    return _stapled(lockstep_stream_one_way_pair)
