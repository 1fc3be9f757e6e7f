"""Buffered byte streams: exact amounts, and up to a delimiter."""

from .._abstract import ByteReceiveStream, ByteStream
from .._exceptions import ClosedResourceError, DelimiterNotFound, EndOfStream, IncompleteRead


class BufferedByteReceiveStream(ByteReceiveStream):
    def __init__(self, receive_stream):
        self.receive_stream = receive_stream
        self._buffer = bytearray()
        self._closed = False

    async def aclose(self):
        await self.receive_stream.aclose()
        self._closed = True

    @property
    def buffer(self):
        return bytes(self._buffer)

    @property
    def extra_attributes(self):
        return self.receive_stream.extra_attributes

    def feed_data(self, data, /):
        self._buffer.extend(data)

    def _take(self, size):
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken

    async def receive(self, max_bytes=65536):
        if max_bytes < 1:
            raise ValueError("max_bytes must be a positive integer")
        if self._closed:
            raise ClosedResourceError
        if self._buffer:
            return self._take(max_bytes)
        if isinstance(self.receive_stream, ByteReceiveStream):
            return await self.receive_stream.receive(max_bytes)
        # A stream of objects gives whole chunks, whatever their size.
        self._buffer.extend(await self.receive_stream.receive())
        return self._take(max_bytes)

    async def receive_exactly(self, nbytes):
        if self._closed:
            raise ClosedResourceError
        while (missing := nbytes - len(self._buffer)) > 0:
            try:
                if isinstance(self.receive_stream, ByteReceiveStream):
                    chunk = await self.receive_stream.receive(missing)
                else:
                    chunk = await self.receive_stream.receive()
            except EndOfStream as exc:
                raise IncompleteRead from exc
            self._buffer.extend(chunk)
        return self._take(nbytes)

    async def receive_until(self, delimiter, max_bytes):
        if self._closed:
            raise ClosedResourceError
        offset = 0
        while True:
            index = self._buffer.find(delimiter, offset)
            if index >= 0:
                found = self._take(index)
                del self._buffer[: len(delimiter)]
                return found
            if len(self._buffer) >= max_bytes:
                raise DelimiterNotFound(max_bytes)
            try:
                data = await self.receive_stream.receive()
            except EndOfStream as exc:
                raise IncompleteRead from exc
            # The delimiter may lie across the border.
            offset = max(len(self._buffer) - len(delimiter) + 1, 0)
            self._buffer.extend(data)


class BufferedByteStream(BufferedByteReceiveStream, ByteStream):
    def __init__(self, stream):
        super().__init__(stream)
        self._stream = stream

    async def send_eof(self):
        await self._stream.send_eof()

    async def send(self, item):
        await self._stream.send(item)


class BufferedConnectable:
    def __init__(self, connectable):
        self.connectable = connectable

    async def connect(self):
        return BufferedByteStream(await self.connectable.connect())
