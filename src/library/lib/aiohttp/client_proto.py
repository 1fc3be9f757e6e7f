"""One client connection: a request out, a response in.

Heads of responses are parsed once per distinct block of bytes; servers repeat themselves.
"""

import asyncio

from multidict import CIMultiDictProxy

from .client_exceptions import (
    ClientOSError,
    ClientPayloadError,
    ServerDisconnectedError,
    ServerTimeoutError,
    SocketTimeoutError,
)
from .version import ERA

_heads = {}


class Head:
    """Status line and header lines of a response, and what they say about its body."""

    def __init__(self, block):
        line, _, rest = block.partition(b"\r\n")
        version, _, line = line.decode("latin-1").partition(" ")
        status, _, self.reason = line.partition(" ")
        self.version = version
        self.status = int(status)
        items = []
        self.raw_headers = []
        self.length = None
        self.chunked = self.close = False
        for text in rest.split(b"\r\n") if rest else ():
            name, _, value = text.partition(b":")
            value = value.strip()
            self.raw_headers.append((name, value))
            items.append((name.decode("latin-1").title(), value.decode("latin-1")))
            name = name.lower()
            if name == b"content-length":
                self.length = int(value)
            elif name == b"transfer-encoding":
                self.chunked = value.lower() == b"chunked"
            elif name == b"connection":
                self.close = value.lower() == b"close"
        self.headers = CIMultiDictProxy(items)
        if self.status in (204, 304) or 100 <= self.status < 200:
            self.length, self.chunked = 0, False


class ResponseHandler:
    """The protocol of a client connection. At any time it has at most one response."""

    def __init__(self, loop):
        self.loop = loop
        self.transport = None
        self.closed = False
        self.response = None
        self.should_close = False
        self.exception = None
        self.idle_since = 0.0
        self.read_timeout = None
        self._buffer = b""
        self._waiter = None

    def connection_made(self, transport):
        self.transport = transport

    def pause_writing(self):
        pass

    def resume_writing(self):
        pass

    def eof_received(self):
        pass

    def connection_lost(self, exc):
        self.closed = True
        self.exception = exc
        response, self.response = self.response, None
        if response is not None:
            if response.head is not None and not response.complete:
                head = response.head
                if head.length is None and not head.chunked and exc is None:
                    # A body without a length ends with the connection.
                    response._eof()
                else:
                    text = "Response payload is not completed"
                    response._fail(ClientPayloadError(text))
        self._wake()
        self.transport = None

    def close(self):
        self.should_close = True
        if self.transport is not None:
            self.transport.close()

    def _wake(self):
        waiter, self._waiter = self._waiter, None
        if waiter is not None and not waiter.done():
            waiter.set_result(None)

    def send(self, response, data):
        self.response = response
        self.transport.write(data)

    async def read_head(self, response):
        """The head of the response to what was sent."""
        while response.head is None:
            if self.closed:
                if self.exception is not None:
                    raise ClientOSError(*self.exception.args) from self.exception
                raise ServerDisconnectedError()
            self._waiter = waiter = self.loop.create_future()
            waiter._waits_for = "response"
            timer = None
            if self.read_timeout:
                timer = self.loop.call_later(self.read_timeout, self._read_timed_out, waiter)
            try:
                await waiter
            except asyncio.CancelledError:
                self.close()
                raise
            finally:
                if timer is not None:
                    timer.cancel()
        return response.head

    def _read_timed_out(self, waiter):
        if not waiter.done():
            cls = ServerTimeoutError if ERA else SocketTimeoutError
            waiter.set_exception(cls("Timeout on reading data from socket"))
            self.close()

    def data_received(self, data):
        response = self.response
        if response is None:
            # Nobody asked.
            self.close()
            return
        if self._buffer:
            data = self._buffer + data
            self._buffer = b""
        if response.head is None:
            block, end, data = data.partition(b"\r\n\r\n")
            if not end:
                self._buffer = block
                return
            head = _heads.get(block)
            if head is None:
                head = Head(block)
                if head.status == 100:
                    if data:
                        self.data_received(data)
                    return
                if len(_heads) < 1000:
                    _heads[block] = head
            response.head = head
            if head.close or head.version == "HTTP/1.0":
                self.should_close = True
            response.left = 0 if response.method == "HEAD" else head.length
            if self._waiter is not None:
                self._wake()
        head = response.head
        if response.left is not None:
            if data:
                response.left -= len(data)
                response._feed(data)
            if response.left <= 0:
                self.response = None
                response._eof()
        elif head.chunked:
            self._chunks(response, data)
        elif data:
            response._feed(data)

    def _chunks(self, response, data):
        while data:
            line, end, rest = data.partition(b"\r\n")
            size = int(line.split(b";")[0], 16) if end else 0
            if not end or len(rest) < size + 2:
                self._buffer = data
                return
            if size == 0:
                self.response = None
                response._eof()
                return
            response._feed(rest[:size])
            data = rest[size + 2 :]
