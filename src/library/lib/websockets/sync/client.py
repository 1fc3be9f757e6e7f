"""A client that blocks: one thread, no loop."""

import socket
import time
from urllib.parse import urlsplit

import _websocket
from _websocket import BINARY, CLOSE, PING, PONG, TEXT

from .._messages import Close, CloseCode, Headers, Request, Response
from ..exceptions import ConnectionClosedError, ConnectionClosedOK, InvalidStatus, InvalidURI


class ClientConnection:
    """Messages in both directions, and the closing handshake."""

    def __init__(self, sock, max_size):
        self.socket = sock
        self.request = self.response = self.subprotocol = None
        self._frames = _websocket.Frames(max_size)
        self._messages = []
        self.rcvd = self.sent = None
        self._rcvd_then_sent = None
        self._is_over = False

    def _handshake(self, parts, additional_headers, subprotocols):
        host = parts.hostname if (parts.port or 80) == 80 else f"{parts.hostname}:{parts.port}"
        lines = [("Host", host), ("Upgrade", "websocket"), ("Connection", "Upgrade")]
        lines += [("Sec-WebSocket-Key", _websocket.new_key()), ("Sec-WebSocket-Version", "13")]
        if subprotocols:
            lines.append(("Sec-WebSocket-Protocol", ", ".join(subprotocols)))
        headers = Headers(lines)
        headers.update(additional_headers or {})
        headers["User-Agent"] = "Python/3.11 websockets/17.4"
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self.request = Request(path, headers)
        self.socket.sendall(f"GET {path} HTTP/1.1\r\n{headers}".encode())
        data = b""
        while (found := _websocket.read_head(data)) is None:
            more = self.socket.recv(65536)
            if not more:
                raise EOFError("connection closed while reading HTTP status line")
            data += more
        first, headers, rest = found
        code, _, phrase = first.partition(" ")[2].partition(" ")
        self.response = Response(int(code), phrase, Headers(headers))
        if self.response.status_code != 101:
            self.socket.close()
            raise InvalidStatus(self.response)
        self.subprotocol = self.response.headers.get("Sec-WebSocket-Protocol")
        self._take(rest)

    def _take(self, data):
        for opcode, payload in self._frames.feed(data):
            if opcode in (TEXT, BINARY):
                self._messages.append(payload.decode() if opcode == TEXT else payload)
            elif opcode == PING:
                self.socket.sendall(_websocket.frame(PONG, payload, True))
            elif opcode == CLOSE and self.rcvd is None:
                code, reason = _websocket.read_close(payload)
                self.rcvd = Close(1005 if code is None else code, reason)
                if self.sent is None:
                    self._rcvd_then_sent = True
                    self._send_close(code, reason)

    def _send_close(self, code, reason):
        if self._rcvd_then_sent is None:
            self._rcvd_then_sent = False
        self.sent = Close(1005 if code is None else code, reason)
        self.socket.sendall(_websocket.frame(CLOSE, _websocket.close_payload(code, reason), True))

    def _more(self, timeout):
        """Whether something came; at the end of the connection nothing does."""
        self.socket.settimeout(timeout)
        data = self.socket.recv(65536)
        if data:
            self._take(data)
        else:
            self._is_over = True
        return bool(data)

    def _error(self):
        while not self._is_over and self._more(10):
            pass
        self.socket.close()
        order = None if self.rcvd is None or self.sent is None else self._rcvd_then_sent
        is_fine = order is not None and all(one.code in (1000, 1001, 1005) for one in (self.rcvd, self.sent))
        return (ConnectionClosedOK if is_fine else ConnectionClosedError)(self.rcvd, self.sent, order)

    def recv(self, timeout=None, decode=None):
        """The next message."""
        deadline = None if timeout is None else time.monotonic() + timeout
        while not self._messages:
            if self._is_over or self.rcvd is not None:
                raise self._error()
            try:
                self._more(None if deadline is None else max(deadline - time.monotonic(), 0))
            except (TimeoutError, BlockingIOError):
                raise TimeoutError(f"timed out in {timeout:.1f}s") from None
        return self._messages.pop(0)

    def send(self, message):
        if self.rcvd is not None or self.sent is not None:
            raise self._error()
        is_text = isinstance(message, str)
        payload = message.encode() if is_text else bytes(message)
        self.socket.sendall(_websocket.frame(TEXT if is_text else BINARY, payload, True))

    def close(self, code=CloseCode.NORMAL_CLOSURE, reason=""):
        if self.sent is None:
            self._send_close(code, reason)
        while not self._is_over and self._more(10):
            pass
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc, tb):
        self.close(*(() if exc_type is None else (CloseCode.INTERNAL_ERROR,)))

    def __iter__(self):
        try:
            while True:
                yield self.recv()
        except ConnectionClosedOK:
            return


def connect(uri, *, additional_headers=None, subprotocols=None, open_timeout=10, max_size=2**20, **unused):
    """A connection to a server."""
    parts = urlsplit(uri)
    if parts.scheme not in ("ws", "wss"):
        raise InvalidURI(uri, "scheme isn't ws or wss")
    if parts.scheme == "wss":
        raise NotImplementedError("websockets: TLS is not part of the simulated network; use ws://")
    sock = socket.create_connection((parts.hostname, parts.port or 80), open_timeout)
    connection = ClientConnection(sock, max_size)
    connection._handshake(parts, additional_headers, subprotocols)
    return connection
