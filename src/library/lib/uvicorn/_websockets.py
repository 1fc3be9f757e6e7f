"""WebSockets on one connection: a request to upgrade, then messages between the client and one ASGI task."""

import http
from asyncio import Queue, current_task
from asyncio.streams import FlowControlMixin
from urllib.parse import unquote

import _cost
import _journal
import _sys
import _websocket

# Through 2024 the end of a connection is logged as well.
_TELLS_END = _sys.library_set() == "L2024"


class WebSocketProtocol(FlowControlMixin):
    """Takes a connection over from the HTTP protocol that read the request."""

    def __init__(self, http_protocol, target, head):
        self.config = http_protocol.config
        self.app = http_protocol.app
        self.loop = http_protocol.loop
        super().__init__(self.loop)
        self.server_state = http_protocol.server_state
        self.transport = http_protocol.transport
        self.client = http_protocol.client
        self.peer = http_protocol.peer
        self.target = target.decode("ascii")
        self.incoming = Queue()
        self.frames = _websocket.Frames(self.config.ws_max_size)
        self.is_accepted = self.is_closed = self.is_lost = False
        self.response = None
        raw_path, _, query = target.partition(b"?")
        headers = dict(head.headers)
        self.key = headers.get(b"sec-websocket-key", b"").decode()
        offered = headers.get(b"sec-websocket-protocol", b"").decode()
        path = raw_path.decode("ascii")
        self.subject = _journal.born("request", "WebSocket " + path)
        _journal.state(self.subject, "ready")
        self.scope = {
            "type": "websocket",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "scheme": "ws",
            "server": http_protocol.server,
            "client": self.client,
            "root_path": self.config.root_path,
            "path": self.config.root_path + (unquote(path) if "%" in path else path),
            "raw_path": raw_path,
            "query_string": query,
            "headers": head.headers[:],
            "subprotocols": [one.strip() for one in offered.split(",") if one.strip()],
            "state": http_protocol.app_state.copy(),
            "extensions": {"websocket.http.response": {}},
        }
        self.server_state.connections.add(self)
        self.transport.set_protocol(self)
        self.incoming.put_nowait({"type": "websocket.connect"})
        task = self.loop.create_task(self.run_asgi())
        task._request = self.subject
        task.add_done_callback(self.server_state.tasks.discard)
        self.server_state.tasks.add(task)

    async def run_asgi(self):
        _journal.state(self.subject, "running", "endpoint", current_task()._subject)
        log = self.config.log
        try:
            result = await self.app(self.scope, self.receive, self.send)
        except BaseException as exc:
            log.error("Exception in ASGI application", exc)
            if not self.is_accepted and not self.is_closed:
                self._refuse(500, [], b"Internal Server Error")
            self.transport.close()
        else:
            if not self.is_accepted and not self.is_closed:
                log.error("ASGI callable returned without completing handshake.")
                self._refuse(500, [], b"Internal Server Error")
                self.transport.close()
            elif result is not None:
                log.error(f"ASGI callable should return None, but returned '{result}'.")
                self.transport.close()
        finally:
            _journal.state(self.subject, "done")

    # What the transport calls

    def connection_made(self, transport):
        pass

    def data_received(self, data):
        try:
            for opcode, payload in self.frames.feed(data):
                self._one(opcode, payload)
        except _websocket.FrameError as error:
            self._write(_websocket.CLOSE, _websocket.close_payload(error.code, error.reason))
            self._disconnect(error.code, error.reason)
            self.transport.close()

    def _one(self, opcode, payload):
        if opcode == _websocket.TEXT:
            _cost.charge("uvicorn.request")
            self.incoming.put_nowait({"type": "websocket.receive", "text": payload.decode()})
        elif opcode == _websocket.BINARY:
            _cost.charge("uvicorn.request")
            self.incoming.put_nowait({"type": "websocket.receive", "bytes": payload})
        elif opcode == _websocket.PING:
            self._write(_websocket.PONG, payload)
        elif opcode == _websocket.CLOSE:
            code, reason = _websocket.read_close(payload)
            if not self.is_closed:
                self._write(_websocket.CLOSE, _websocket.close_payload(code, reason))
            self._disconnect(1005 if code is None else code, reason)
            self.transport.close()

    def _disconnect(self, code, reason=""):
        if not self.is_lost:
            self.is_closed = self.is_lost = True
            self.incoming.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})

    def eof_received(self):
        pass

    def connection_lost(self, exc):
        self.server_state.connections.discard(self)
        self._disconnect(1006)
        self.resume_writing()
        if _TELLS_END and self.is_accepted:
            self.config.log.info("connection closed")

    def shutdown(self):
        if self.is_accepted and not self.is_closed:
            self._write(_websocket.CLOSE, _websocket.close_payload(1012))
            self._disconnect(1012)
        elif not self.is_accepted:
            self._refuse(500, [], b"")
        self.transport.close()

    # What the application calls

    async def receive(self):
        message = await self.incoming.get()
        if message["type"] == "websocket.disconnect":
            # It stays so.
            self.incoming.put_nowait(message)
        return message

    async def send(self, message):
        kind = message["type"]
        await self._drain_helper()
        if not self.is_accepted and not self.is_closed:
            self._answer(kind, message)
        elif self.is_closed:
            if self.response is not None and kind == "websocket.http.response.body":
                self._finish_response(message)
                return
            text = f"Unexpected ASGI message '{kind}', after sending 'websocket.close' or response already completed."
            raise RuntimeError(text)
        elif kind == "websocket.send":
            data, text = message.get("bytes"), message.get("text")
            if data is None:
                self._write(_websocket.TEXT, text.encode())
            else:
                self._write(_websocket.BINARY, data)
        elif kind == "websocket.close":
            code, reason = message.get("code", 1000) or 1000, message.get("reason", "") or ""
            self.is_closed = True
            self._write(_websocket.CLOSE, _websocket.close_payload(code, reason))
            self._disconnect(code, reason)
        else:
            text = f"Expected ASGI message 'websocket.send' or 'websocket.close', but got '{kind}'."
            raise RuntimeError(text)

    def _answer(self, kind, message):
        log = self.config.log
        if kind == "websocket.accept":
            log.info(f'{self.peer} - "WebSocket {self.target}" [accepted]')
            lines = ["Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Accept: " + _websocket.accept_key(self.key)]
            if message.get("subprotocol"):
                lines.append("Sec-WebSocket-Protocol: " + message["subprotocol"])
            lines += [f"{name.decode('latin-1')}: {value.decode('latin-1')}" for name, value in message.get("headers") or ()]
            self.is_accepted = True
            head = "\r\n".join(["HTTP/1.1 101 Switching Protocols", *lines, "", ""])
            self.transport.write(head.encode("latin-1"))
            log.info("connection open")
        elif kind == "websocket.close":
            self._disconnect(1006)
            log.info(f'{self.peer} - "WebSocket {self.target}" 403')
            self._refuse(403, [], b"")
            self.transport.close()
        elif kind == "websocket.http.response.start":
            log.info(f'{self.peer} - "WebSocket {self.target}" {message["status"]}')
            self.response = (message["status"], list(message.get("headers") or ()), [])
            self.is_closed = True
        else:
            raise RuntimeError(
                "Expected ASGI message 'websocket.accept', 'websocket.close' or 'websocket.http.response.start' but "
                f"got '{kind}'."
            )

    def _finish_response(self, message):
        status, headers, parts = self.response
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            self._disconnect(1006)
            self._refuse(status, headers, b"".join(parts))
            self.transport.close()

    def _refuse(self, status, headers, body):
        """An answer that is no WebSocket."""
        self.is_closed = True
        phrase = http.HTTPStatus(status).phrase
        lines = [b"HTTP/1.1 %d %s" % (status, phrase.encode())]
        known = {name.lower() for name, _ in headers}
        for name, value in ((b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"%d" % len(body))):
            if name not in known:
                headers = [*headers, (name, value)]
        lines += [name + b": " + value for name, value in headers]
        self.transport.write(b"\r\n".join([*lines, b"connection: close", b"", body]))
        self.config.log.info(f"connection rejected ({status} {phrase})")

    def _write(self, opcode, payload):
        if not self.transport.is_closing():
            self.transport.write(_websocket.frame(opcode, payload))
