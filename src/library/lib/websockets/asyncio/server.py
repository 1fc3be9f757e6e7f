"""The server's side."""

import asyncio
import email.utils
import http
import logging
import time

import _websocket

from .._messages import CloseCode, Headers, Request, Response
from .connection import Connection, State, broadcast

__all__ = ["Server", "ServerConnection", "broadcast", "serve"]


class ServerConnection(Connection):
    def __init__(self, server, **options):
        super().__init__(**options)
        self.server = server
        self.logger = server.logger
        self._asked = self.loop.create_future()
        self._asked._waits_for = "websocket handshake"
        self._early = b""

    def connection_made(self, transport):
        super().connection_made(transport)
        self.server._start(self)

    def _shaken(self, first, headers):
        parts = first.split(" ")
        self.request = Request(parts[1] if len(parts) > 1 else "/", Headers(headers))
        if not self._asked.done():
            self._asked.set_result(None)

    def connection_lost(self, exc):
        if not self._asked.done():
            self._asked.set_exception(EOFError("connection closed while reading HTTP request line"))
            self._asked.exception()
        super().connection_lost(exc)

    def respond(self, status, text):
        """An answer that is no WebSocket."""
        status = http.HTTPStatus(status)
        body = text.encode()
        lines = [("Date", _now()), ("Connection", "close"), ("Content-Length", str(len(body)))]
        return Response(status.value, status.phrase, Headers([*lines, ("Content-Type", "text/plain; charset=utf-8")]), body)

    async def _handshake(self):
        """Whether it came to a connection."""
        await self._asked
        server, headers = self.server, self.request.headers
        response = None
        if server.process_request is not None:
            response = server.process_request(self, self.request)
            if hasattr(response, "__await__"):
                response = await response
        if response is None and headers.get("Upgrade", "").lower() != "websocket":
            response = self.respond(
                426, "Failed to open a WebSocket connection: missing Connection header.\n\nYou cannot access a WebSocket "
                "server directly with a browser. You need a WebSocket client.\n",
            )  # fmt: skip
            response.headers["Upgrade"] = "websocket"
        if response is None and self.server._is_closing:
            response = self.respond(503, "Server is shutting down.\n")
        if response is not None:
            self.response = response
            self.transport.write(response.serialize())
            self.transport.close()
            return False
        lines = [("Date", _now()), ("Upgrade", "websocket"), ("Connection", "Upgrade")]
        lines.append(("Sec-WebSocket-Accept", _websocket.accept_key(headers.get("Sec-WebSocket-Key", ""))))
        offered = [one.strip() for line in headers.get_all("Sec-WebSocket-Protocol") for one in line.split(",")]
        if server.select_subprotocol is not None:
            self.subprotocol = server.select_subprotocol(self, offered)
        else:
            self.subprotocol = next((one for one in server.subprotocols or () if one in offered), None)
        if self.subprotocol is not None:
            lines.append(("Sec-WebSocket-Protocol", self.subprotocol))
        lines.append(("Server", "Python/3.11 websockets/17.4"))
        self.response = Response(101, "Switching Protocols", Headers(lines))
        self.transport.write(self.response.serialize())
        self.state = State.OPEN
        if self._early:
            self._take(self._early)
        return True


def _now():
    return email.utils.formatdate(time.time(), usegmt=True)


class Server:
    """Listening sockets and the connections that came through them."""

    def __init__(self, handler, logger, options):
        self.handler = handler
        self.logger = logger or logging.getLogger("websockets.server")
        self.process_request = options.pop("process_request")
        self.subprotocols = options.pop("subprotocols")
        self.select_subprotocol = options.pop("select_subprotocol")
        self.open_timeout = options.pop("open_timeout")
        self.options = options
        self.all_connections = {}
        self.handler_tasks = {}
        self.close_task = None
        self._is_closing = False
        self._closed = asyncio.get_running_loop().create_future()

    @property
    def connections(self):
        return {connection for connection in self.all_connections if connection.state is State.OPEN}

    @property
    def sockets(self):
        return self.server.sockets

    def get_loop(self):
        return self.server.get_loop()

    def is_serving(self):
        return self.server.is_serving()

    def _start(self, connection):
        self.all_connections[connection] = True
        task = self.get_loop().create_task(self.conn_handler(connection))
        self.handler_tasks[task] = True
        task.add_done_callback(lambda task: self.handler_tasks.pop(task, None))

    async def conn_handler(self, connection):
        """The life of one connection."""
        try:
            try:
                async with asyncio.timeout(self.open_timeout):
                    is_open = await connection._handshake()
            except asyncio.CancelledError:
                connection.transport.abort()
                raise
            except Exception:
                connection.logger.error("opening handshake failed", exc_info=True)
                connection.transport.abort()
                return
            if not is_open:
                return
            try:
                await self.handler(connection)
            except Exception:
                connection.logger.error("connection handler failed", exc_info=True)
                await connection.close(CloseCode.INTERNAL_ERROR)
            else:
                await connection.close()
        except TimeoutError:
            pass
        finally:
            self.all_connections.pop(connection, None)

    def close(self, close_connections=True, code=CloseCode.GOING_AWAY, reason=""):
        if self.close_task is None:
            self.close_task = self.get_loop().create_task(self._close(close_connections, code, reason))

    async def _close(self, close_connections, code, reason):
        self._is_closing = True
        self.server.close()
        if close_connections:
            closing = [
                asyncio.create_task(connection.close(code, reason))
                for connection in self.all_connections
                if connection.state is not State.CONNECTING
            ]
            if closing:
                await asyncio.wait(closing)
        await self.server.wait_closed()
        if self.handler_tasks:
            await asyncio.wait(list(self.handler_tasks))
        if not self._closed.done():
            self._closed.set_result(None)

    async def wait_closed(self):
        await asyncio.shield(self._closed)

    async def start_serving(self):
        await self.server.start_serving()

    async def serve_forever(self):
        await self.server.serve_forever()

    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        self.close()
        await self.wait_closed()


class serve:
    """`await serve(handler, host, port)` or `async with serve(…) as server`."""

    def __init__(
        self, handler, host=None, port=None, *, origins=None, extensions=None, subprotocols=None,
        select_subprotocol=None, compression="deflate", process_request=None, process_response=None,
        server_header=None, open_timeout=10, ping_interval=20, ping_timeout=20, close_timeout=10, max_size=2**20,
        max_queue=16, write_limit=2**15, logger=None, create_connection=None, **address,
    ):  # fmt: skip
        if address.get("ssl") is not None:
            raise NotImplementedError("websockets: TLS is not part of the simulated network")
        self._handler = handler
        self._address = dict(address, host=host, port=port)
        if "sock" in address:
            del self._address["host"], self._address["port"]
        self._logger = logger
        self._factory = create_connection or ServerConnection
        self._options = dict(
            process_request=process_request, subprotocols=subprotocols, select_subprotocol=select_subprotocol,
            open_timeout=open_timeout, close_timeout=close_timeout, max_size=max_size, max_queue=max_queue,
        )  # fmt: skip

    async def _serve(self):
        server = Server(self._handler, self._logger, dict(self._options))
        loop = asyncio.get_running_loop()
        server.server = await loop.create_server(lambda: self._factory(server, **server.options), **self._address)
        return server

    def __await__(self):
        return self._serve().__await__()

    async def __aenter__(self):
        self.server = await self._serve()
        return self.server

    async def __aexit__(self, *error):
        await self.server.__aexit__(*error)


async def _unix(*args, **kwargs):
    raise NotImplementedError("websockets: Unix sockets are not part of the simulated network")


unix_serve = _unix
