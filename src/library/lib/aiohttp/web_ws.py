"""The server's end of a WebSocket."""

import asyncio

import _websocket

from .http_websocket import Channel, WebSocketEnd, WSCloseCode
from .web_response import HTTPBadRequest, StreamResponse


class WebSocketReady:
    """Whether a request asks for a WebSocket, and with which subprotocol."""

    def __init__(self, ok, protocol):
        self.ok = ok
        self.protocol = protocol

    def __bool__(self):
        return self.ok


class WebSocketResponse(WebSocketEnd, StreamResponse):
    def __init__(
        self, *, timeout=10.0, receive_timeout=None, autoclose=True, autoping=True, heartbeat=None, protocols=(),
        compress=True, max_msg_size=4 * 1024 * 1024, writer_limit=64 * 1024,
    ):  # fmt: skip
        StreamResponse.__init__(self, status=101)
        self._protocols = protocols
        self._waits_close = timeout
        self._max_size = max_msg_size
        self.ws_protocol = None
        self._set_up(autoclose, autoping, receive_timeout)

    def can_prepare(self, request):
        is_upgrade = request.headers.get("Upgrade", "").lower().strip() == "websocket"
        return WebSocketReady(is_upgrade, self._chosen(request) if is_upgrade else None)

    def _chosen(self, request):
        offered = [one.strip() for one in request.headers.get("Sec-WebSocket-Protocol", "").split(",")]
        return next((one for one in offered if one in self._protocols), None)

    async def prepare(self, request):
        if self._channel is not None:
            return
        if request.headers.get("Upgrade", "").lower().strip() != "websocket":
            upgrade = request.headers.get("Upgrade")
            raise HTTPBadRequest(
                text=f"No WebSocket UPGRADE hdr: {upgrade}\n Can \"Upgrade\" only to \"WebSocket\"."
            )
        self.prepared = True
        self.ws_protocol = self._chosen(request)
        lines = [
            "HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: upgrade",
            "Sec-WebSocket-Accept: " + _websocket.accept_key(request.headers.get("Sec-WebSocket-Key", "")),
        ]  # fmt: skip
        if self.ws_protocol is not None:
            lines.append("Sec-WebSocket-Protocol: " + self.ws_protocol)
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        cycle = request._send.__self__
        # The answer is out of the hands of HTTP from here on.
        cycle.started = cycle.complete = True
        transport = cycle.protocol.transport
        self._channel = Channel(False, self._max_size)
        connections = cycle.protocol.server_state.connections
        connections.discard(cycle.protocol)
        connections.add(self._channel)
        transport.set_protocol(self._channel)
        self._channel.connection_made(transport)
        transport.write(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))
        request._app._websockets.add(self)
        await asyncio.sleep(0)

    async def write(self, data):
        raise RuntimeError("Cannot call .write() for websocket")

    async def write_eof(self, data=b""):
        if not self._closed:
            await self.close()


__all__ = ["WSCloseCode", "WebSocketReady", "WebSocketResponse"]
