"""One WebSocket connection on asyncio, from either side."""

import asyncio
import collections
import enum
import os
import uuid
from asyncio.streams import FlowControlMixin

import _websocket
from _websocket import BINARY, CLOSE, PING, PONG, TEXT

from .._messages import Close, CloseCode
from ..exceptions import ConcurrencyError, ConnectionClosed, ConnectionClosedError, ConnectionClosedOK


class State(enum.IntEnum):
    CONNECTING, OPEN, CLOSING, CLOSED = range(4)


class Connection(FlowControlMixin):
    """Messages in both directions, and the closing handshake."""

    _is_client = False

    def __init__(self, *, close_timeout=10, max_size=2**20, max_queue=16, **unused):
        self.loop = asyncio.get_running_loop()
        super().__init__(self.loop)
        self.id = uuid.uuid4()
        self.state = State.CONNECTING
        self.request = None
        self.response = None
        self.subprotocol = None
        self.close_timeout = close_timeout
        self._frames = _websocket.Frames(max_size)
        self._max_queue = max_queue
        self._messages = collections.deque()
        self._receiver = None
        self._head = bytearray()
        self._pings = {}
        self.rcvd = self.sent = self._rcvd_then_sent = None
        self._lost = self.loop.create_future()
        self._lost._waits_for = "websocket to close"

    # What the transport tells

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        if self.state is State.CONNECTING:
            self._head += data
            found = _websocket.read_head(self._head)
            if found is None:
                return
            self._shaken(*found[:2])
            data = found[2]
            if not data or self.state is State.CONNECTING:
                self._early = data
                return
        self._take(data)

    def _take(self, data):
        try:
            for opcode, payload in self._frames.feed(data):
                self._one(opcode, payload)
        except _websocket.FrameError as error:
            self._send_close(error.code, error.reason)
            self.transport.close()

    def _one(self, opcode, payload):
        if opcode in (TEXT, BINARY):
            if self.rcvd is None:
                self._messages.append(payload.decode() if opcode == TEXT else payload)
                if self._max_queue is not None and len(self._messages) > self._max_queue:
                    self.transport.pause_reading()
                self._wake()
        elif opcode == PING:
            self._write(PONG, payload)
        elif opcode == PONG:
            waiter = self._pings.pop(payload, None)
            if waiter is not None and not waiter.done():
                waiter.set_result(0.0)
        elif opcode == CLOSE and self.rcvd is None:
            code, reason = _websocket.read_close(payload)
            self.rcvd = Close(1005 if code is None else code, reason)
            if self.sent is None:
                self._rcvd_then_sent = True
                self._send_close(code, reason, echo=True)
            if not self._is_client and not self.transport.is_closing():
                # The server's side begins to end the connection, the client's follows.
                self.transport.write_eof()

    def eof_received(self):
        # The transport closes itself: nothing is written behind the closing handshake.
        pass

    def connection_lost(self, exc):
        self.state = State.CLOSED
        if not self._lost.done():
            self._lost.set_result(None)
        for waiter in self._pings.values():
            if not waiter.done():
                waiter.set_exception(self._closed_error())
                waiter.exception()
        self._pings.clear()
        self.resume_writing()
        self._wake()

    # Inside

    def _wake(self):
        if self._receiver is not None and not self._receiver.done():
            self._receiver.set_result(None)

    def _write(self, opcode, payload, final=True):
        if not self.transport.is_closing():
            self.transport.write(_websocket.frame(opcode, payload, self._is_client, final))

    def _send_close(self, code, reason="", echo=False):
        self.sent = Close(1005 if code is None else code, reason)
        if not echo:
            self._rcvd_then_sent = self.rcvd is not None
        self.state = State.CLOSING
        self._write(CLOSE, _websocket.close_payload(code, reason))

    def _closed_error(self):
        order = None if self.rcvd is None or self.sent is None else self._rcvd_then_sent
        is_fine = order is not None and all(one.code in (1000, 1001, 1005) for one in (self.rcvd, self.sent))
        return (ConnectionClosedOK if is_fine else ConnectionClosedError)(self.rcvd, self.sent, order)

    # What programs ask

    @property
    def close_code(self):
        if self.state is not State.CLOSED:
            return None
        return 1006 if self.rcvd is None else self.rcvd.code

    @property
    def close_reason(self):
        if self.state is not State.CLOSED:
            return None
        return "" if self.rcvd is None else self.rcvd.reason

    @property
    def latency(self):
        return 0.0

    @property
    def local_address(self):
        return self.transport.get_extra_info("sockname")

    @property
    def remote_address(self):
        return self.transport.get_extra_info("peername")

    async def __aenter__(self):
        return self

    async def __aexit__(self, exc_type, exc, tb):
        await (self.close() if exc_type is None else self.close(CloseCode.INTERNAL_ERROR))

    async def __aiter__(self):
        try:
            while True:
                yield await self.recv()
        except ConnectionClosedOK:
            return

    async def recv(self, decode=None):
        """The next message: text or bytes."""
        if self._receiver is not None:
            raise ConcurrencyError("cannot call recv while another coroutine is already running recv or recv_streaming")
        while not self._messages:
            if self.state is State.CLOSED or self.rcvd is not None:
                await self._wait_lost()
                raise self._closed_error()
            self._receiver = self.loop.create_future()
            self._receiver._waits_for = "websocket message"
            try:
                await self._receiver
            finally:
                self._receiver = None
        message = self._messages.popleft()
        if self._max_queue is not None and len(self._messages) <= self._max_queue // 4 and not self.transport.is_closing():
            self.transport.resume_reading()
        if decode is True and isinstance(message, bytes):
            return message.decode()
        return message.encode() if decode is False and isinstance(message, str) else message

    async def send(self, message, text=None):
        """A message; an iterable of pieces is one message in fragments."""
        if isinstance(message, (str, bytes, bytearray, memoryview)):
            await self._send_piece(message, True, True)
            return
        if isinstance(message, collections.abc.Mapping):
            raise TypeError("data is a dict-like object")
        if hasattr(message, "__aiter__"):
            pieces = [piece async for piece in message]
        elif hasattr(message, "__iter__"):
            pieces = list(message)
        else:
            raise TypeError("data must be str, bytes, iterable, or async iterable")
        for i, piece in enumerate(pieces):
            await self._send_piece(piece, i == 0, i == len(pieces) - 1)

    async def _send_piece(self, piece, is_first, is_last):
        if self.state is not State.OPEN:
            await self._wait_lost()
            raise self._closed_error()
        is_text = isinstance(piece, str)
        opcode = (TEXT if is_text else BINARY) if is_first else _websocket.CONTINUATION
        self._write(opcode, piece.encode() if is_text else bytes(piece), is_last)
        await self._drain_helper()

    async def ping(self, data=None):
        """Something to await: the other side has answered."""
        if self.state is not State.OPEN:
            await self._wait_lost()
            raise self._closed_error()
        payload = data.encode() if isinstance(data, str) else data
        while payload is None or payload in self._pings:
            payload = os.urandom(4)
        waiter = self._pings[bytes(payload)] = self.loop.create_future()
        self._write(PING, bytes(payload))
        return waiter

    async def pong(self, data=b""):
        self._write(PONG, data.encode() if isinstance(data, str) else bytes(data))

    async def _wait_lost(self):
        try:
            async with asyncio.timeout(self.close_timeout):
                await asyncio.shield(self._lost)
        except TimeoutError:
            self.transport.abort()
            await asyncio.shield(self._lost)

    async def close(self, code=CloseCode.NORMAL_CLOSURE, reason=""):
        """The closing handshake; returns when the connection is gone."""
        if self.state is State.OPEN and self.sent is None:
            self._send_close(code, reason)
        if self.state is not State.CLOSED:
            await self._wait_lost()

    async def wait_closed(self):
        await asyncio.shield(self._lost)


def broadcast(connections, message, raise_exceptions=False):
    """Sends to all that are open, without waiting for any."""
    if not isinstance(message, (str, bytes, bytearray, memoryview)):
        raise TypeError("data must be str or bytes")
    opcode = TEXT if isinstance(message, str) else BINARY
    payload = message.encode() if isinstance(message, str) else bytes(message)
    for connection in connections:
        if connection.state is State.OPEN:
            connection._write(opcode, payload)


__all__ = ["Connection", "ConnectionClosed", "State", "broadcast"]
