"""WebSockets of aiohttp: one connection from either side (S-WEB-30)."""

import asyncio
import collections
import enum
import json
import typing
from asyncio.streams import FlowControlMixin

import _websocket
from _websocket import BINARY, CLOSE, PING, PONG, TEXT


class WSMsgType(enum.IntEnum):
    CONTINUATION = 0
    TEXT = 1
    BINARY = 2
    PING = 9
    PONG = 10
    CLOSE = 8
    CLOSING = 256
    CLOSED = 257
    ERROR = 258
    text = 1
    binary = 2
    ping = 9
    pong = 10
    close = 8
    closing = 256
    closed = 257
    error = 258


class WSCloseCode(enum.IntEnum):
    OK = 1000
    GOING_AWAY = 1001
    PROTOCOL_ERROR = 1002
    UNSUPPORTED_DATA = 1003
    ABNORMAL_CLOSURE = 1006
    INVALID_TEXT = 1007
    POLICY_VIOLATION = 1008
    MESSAGE_TOO_BIG = 1009
    MANDATORY_EXTENSION = 1010
    INTERNAL_ERROR = 1011
    SERVICE_RESTART = 1012
    TRY_AGAIN_LATER = 1013
    BAD_GATEWAY = 1014


class WSMessage(typing.NamedTuple):
    type: WSMsgType
    data: object
    extra: str | None

    def json(self, *, loads=json.loads):
        return loads(self.data)


class WebSocketError(Exception):
    def __init__(self, code, message):
        self.code = code
        super().__init__(code, message)

    def __str__(self):
        return self.args[1]


WS_CLOSED_MESSAGE = WSMessage(WSMsgType.CLOSED, None, None)
WS_CLOSING_MESSAGE = WSMessage(WSMsgType.CLOSING, None, None)


class Channel(FlowControlMixin):
    """The connection below: frames in, frames out, what came in a queue."""

    def __init__(self, is_client, max_size):
        self.loop = asyncio.get_running_loop()
        super().__init__(self.loop)
        self.transport = None
        self.is_lost = False
        self._is_client = is_client
        self._frames = _websocket.Frames(max_size or None)
        self._messages = collections.deque()
        self._waiter = None

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        try:
            for opcode, payload in self._frames.feed(data):
                if opcode == TEXT:
                    message = WSMessage(WSMsgType.TEXT, payload.decode(), "")
                elif opcode == CLOSE:
                    code, reason = _websocket.read_close(payload)
                    message = WSMessage(WSMsgType.CLOSE, code or 0, reason)
                else:
                    message = WSMessage(WSMsgType(opcode), payload, "")
                self._messages.append(message)
        except _websocket.FrameError as error:
            self._messages.append(WebSocketError(error.code, error.reason))
        self._wake()

    def eof_received(self):
        pass

    def connection_lost(self, exc):
        self.is_lost = True
        self.resume_writing()
        self._wake()

    def shutdown(self):
        self.transport.close()

    def _wake(self):
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    async def read(self):
        """The next message; None when the connection is gone."""
        while not self._messages:
            if self.is_lost:
                return None
            self._waiter = self.loop.create_future()
            self._waiter._waits_for = "websocket message"
            try:
                await self._waiter
            finally:
                self._waiter = None
        return self._messages.popleft()

    async def send(self, opcode, payload):
        if self.transport.is_closing():
            raise ConnectionResetError("Cannot write to closing transport")
        self.transport.write(_websocket.frame(opcode, payload, self._is_client))
        await self._drain_helper()


class WebSocketEnd:
    """What programs do with a WebSocket, on either side."""

    _channel = None
    _waits_close = 10.0
    # A read that was given up leaves a client's connection in doubt: it is then closed without waiting.
    _doubts = False

    def _set_up(self, autoclose, autoping, receive_timeout):
        self._closed = self._closing = False
        self._close_code = None
        self._exception = None
        self._autoclose, self._autoping = autoclose, autoping
        self._receive_timeout = receive_timeout
        self._waiting = False
        self._n_lost = 0

    @property
    def closed(self):
        return self._closed

    @property
    def close_code(self):
        return self._close_code

    def exception(self):
        return self._exception

    def get_extra_info(self, name, default=None):
        return self._channel.transport.get_extra_info(name, default)

    async def ping(self, message=b""):
        await self._channel.send(PING, message.encode() if isinstance(message, str) else message)

    async def pong(self, message=b""):
        await self._channel.send(PONG, message.encode() if isinstance(message, str) else message)

    async def send_str(self, data, compress=None):
        if not isinstance(data, str):
            raise TypeError("data argument must be str (%r)" % type(data))
        await self._message(TEXT, data.encode())

    async def send_bytes(self, data, compress=None):
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError("data argument must be byte-ish (%r)" % type(data))
        await self._message(BINARY, bytes(data))

    async def send_json(self, data, compress=None, *, dumps=json.dumps):
        await self.send_str(dumps(data))

    async def _message(self, opcode, payload):
        if self._channel is None:
            raise RuntimeError("Call .prepare() first")
        if self._closing:
            raise ConnectionResetError("Cannot write to closing transport")
        await self._channel.send(opcode, payload)

    async def close(self, *, code=WSCloseCode.OK, message=b""):
        """The closing handshake; whether it was this side that closed."""
        if self._channel is None:
            raise RuntimeError("Call .prepare() first")
        if self._closed:
            return False
        is_answer, self._closing = self._closing, True
        self._closed = True
        reason = message.decode() if isinstance(message, bytes) else message
        try:
            await self._channel.send(CLOSE, _websocket.close_payload(int(code), reason))
        except ConnectionResetError:
            self._close_code = self._close_code or WSCloseCode.ABNORMAL_CLOSURE
        if is_answer or self._doubts and self._close_code is not None:
            self._end()
            return True
        try:
            async with asyncio.timeout(self._waits_close):
                while (found := await self._channel.read()) is not None:
                    if isinstance(found, WSMessage) and found.type is WSMsgType.CLOSE:
                        self._close_code = found.data
                        break
                else:
                    self._close_code = WSCloseCode.ABNORMAL_CLOSURE
        except TimeoutError as error:
            self._close_code = WSCloseCode.ABNORMAL_CLOSURE
            self._exception = error
        self._end()
        return True

    def _end(self):
        self._channel.transport.close()

    async def receive(self, timeout=None):
        """The next message; the end of the connection is one as well."""
        if self._channel is None:
            raise RuntimeError("Call .prepare() first")
        while True:
            if self._waiting:
                raise RuntimeError("Concurrent call to receive() is not allowed")
            if self._closed:
                self._n_lost += 1
                if self._n_lost >= 5:
                    raise RuntimeError("WebSocket connection is closed.")
                return WS_CLOSED_MESSAGE
            if self._closing:
                return WS_CLOSING_MESSAGE
            self._waiting = True
            try:
                async with asyncio.timeout(timeout or self._receive_timeout):
                    message = await self._channel.read()
            except (asyncio.CancelledError, TimeoutError):
                if self._doubts:
                    self._close_code = WSCloseCode.ABNORMAL_CLOSURE
                raise
            finally:
                self._waiting = False
            if message is None:
                self._close_code = WSCloseCode.OK
                self._closing = True
                await self.close()
                return WS_CLOSED_MESSAGE
            if isinstance(message, WebSocketError):
                self._close_code = message.code
                await self.close(code=message.code)
                return WSMessage(WSMsgType.ERROR, message, None)
            if message.type is WSMsgType.CLOSE:
                self._closing = True
                self._close_code = message.data
                if self._autoclose:
                    await self.close()
            elif message.type is WSMsgType.PING and self._autoping:
                await self.pong(message.data)
                continue
            elif message.type is WSMsgType.PONG and self._autoping:
                continue
            return message

    async def receive_str(self, *, timeout=None):
        message = await self.receive(timeout)
        if message.type is not WSMsgType.TEXT:
            raise TypeError(f"Received message {message.type}:{message.data!r} is not WSMsgType.TEXT")
        return message.data

    async def receive_bytes(self, *, timeout=None):
        message = await self.receive(timeout)
        if message.type is not WSMsgType.BINARY:
            raise TypeError(f"Received message {message.type}:{message.data!r} is not WSMsgType.BINARY")
        return message.data

    async def receive_json(self, *, loads=json.loads, timeout=None):
        return loads(await self.receive_str(timeout=timeout))

    def __aiter__(self):
        return self

    async def __anext__(self):
        message = await self.receive()
        if message.type in (WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED):
            raise StopAsyncIteration
        return message


class ClientWebSocketResponse(WebSocketEnd):
    """The client's end."""

    _doubts = True

    def __init__(self, channel, protocol, autoclose, autoping, receive_timeout):
        self._channel = channel
        self.protocol = protocol
        self._set_up(autoclose, autoping, receive_timeout)

    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        await self.close()


class Upgrade(asyncio.Protocol):
    """A client's handshake on a connection of its own; then the channel has the transport."""

    def __init__(self, channel):
        self.channel = channel
        self.answer = asyncio.get_running_loop().create_future()
        self.answer._waits_for = "websocket handshake"
        self._data = b""

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self._data += data
        found = _websocket.read_head(self._data)
        if found is None or self.answer.done():
            return
        first, headers, rest = found
        status, _, reason = first.partition(" ")[2].partition(" ")
        if status == "101":
            self.transport.set_protocol(self.channel)
            self.channel.connection_made(self.transport)
            if rest:
                self.channel.data_received(rest)
        self.answer.set_result((int(status), reason, headers))

    def connection_lost(self, exc):
        if not self.answer.done():
            from .client_exceptions import ServerDisconnectedError

            self.answer.set_exception(exc or ServerDisconnectedError())
