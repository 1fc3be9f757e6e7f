"""The client's side."""

import asyncio
from urllib.parse import urlsplit

import _websocket

from .._messages import Headers, Request, Response
from ..exceptions import InvalidMessage, InvalidStatus, InvalidURI, NegotiationError
from .connection import Connection, State


class ClientConnection(Connection):
    _is_client = True
    _early = b""

    def __init__(self, **options):
        super().__init__(**options)
        self._answered = self.loop.create_future()
        self._answered._waits_for = "websocket handshake"

    def _shaken(self, first, headers):
        version, _, rest = first.partition(" ")
        code, _, phrase = rest.partition(" ")
        self.response = Response(int(code), phrase, Headers(headers))
        if self.response.status_code == 101:
            self.state = State.OPEN
        if not self._answered.done():
            self._answered.set_result(None)

    def connection_lost(self, exc):
        if not self._answered.done():
            self._answered.set_exception(InvalidMessage("did not receive a valid HTTP response"))
        super().connection_lost(exc)

    async def _handshake(self, parts, additional_headers, subprotocols, user_agent, origin):
        key = _websocket.new_key()
        default = 80
        host = parts.hostname if (parts.port or default) == default else f"{parts.hostname}:{parts.port}"
        lines = [("Host", host), ("Upgrade", "websocket"), ("Connection", "Upgrade"), ("Sec-WebSocket-Key", key)]
        lines.append(("Sec-WebSocket-Version", "13"))
        if origin is not None:
            lines.append(("Origin", origin))
        if subprotocols:
            lines.append(("Sec-WebSocket-Protocol", ", ".join(subprotocols)))
        headers = Headers(lines)
        if additional_headers is not None:
            headers.update(additional_headers)
        if user_agent is not None:
            headers["User-Agent"] = user_agent
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self.request = Request(path, headers)
        self.transport.write(f"GET {path} HTTP/1.1\r\n{headers}".encode())
        await self._answered
        if self.response.status_code != 101:
            self.transport.close()
            raise InvalidStatus(self.response)
        chosen = self.response.headers.get("Sec-WebSocket-Protocol")
        if chosen is not None and chosen not in (subprotocols or ()):
            self.transport.close()
            raise NegotiationError(f"unsupported subprotocol: {chosen}")
        self.subprotocol = chosen


class connect:
    """`await connect(uri)`, `async with connect(uri) as connection`, or for ever: `async for connection in connect(uri)`."""

    def __init__(
        self, uri, *, origin=None, extensions=None, subprotocols=None, compression="deflate", additional_headers=None,
        user_agent_header="Python/3.11 websockets/17.4", proxy=True, process_exception=None, open_timeout=10,
        create_connection=None, logger=None, **options,
    ):  # fmt: skip
        self.uri = uri
        self._given = (additional_headers, subprotocols, user_agent_header, origin)
        self._open_timeout = open_timeout
        known = ("ping_interval", "ping_timeout", "close_timeout", "max_size", "max_queue", "write_limit")
        self._options = {name: value for name, value in options.items() if name in known}
        self._address = {name: value for name, value in options.items() if name in ("host", "port", "sock")}
        self._factory = create_connection or ClientConnection

    async def _connect(self):
        parts = urlsplit(self.uri)
        if parts.scheme == "wss":
            raise NotImplementedError("websockets: TLS is not part of the simulated network; use ws://")
        if parts.scheme != "ws":
            raise InvalidURI(self.uri, "scheme isn't ws or wss")
        if not parts.hostname:
            raise InvalidURI(self.uri, "hostname isn't provided")
        loop = asyncio.get_running_loop()
        address = dict(self._address)
        if "sock" not in address:
            address.setdefault("host", parts.hostname)
            address.setdefault("port", parts.port or 80)
        try:
            async with asyncio.timeout(self._open_timeout):
                _, connection = await loop.create_connection(lambda: self._factory(**self._options), **address)
                await connection._handshake(parts, *self._given)
        except TimeoutError as error:
            raise TimeoutError("timed out during opening handshake") from error
        if connection._early:
            early, connection._early = connection._early, b""
            connection._take(early)
        return connection

    def __await__(self):
        return self._connect().__await__()

    async def __aenter__(self):
        self.connection = await self._connect()
        return await self.connection.__aenter__()

    async def __aexit__(self, *error):
        await self.connection.__aexit__(*error)

    async def __aiter__(self):
        delay = 3.0
        while True:
            try:
                async with self as connection:
                    yield connection
                delay = 3.0
            except (OSError, TimeoutError, InvalidMessage):
                await asyncio.sleep(delay)
                delay = min(delay * 1.618, 90.0)
