"""HTTP/1.1 on one connection: requests in, one ASGI task each, responses out (S-WEB-03 to S-WEB-07).

Requests of one connection are answered strictly one after the other. The header lines of a request
are parsed once per distinct block of bytes: clients repeat themselves.
"""

import sys
from asyncio import current_task
from urllib.parse import unquote

import _cost
import _journal

STATUS_PHRASES = {
    100: "Continue",
    101: "Switching Protocols",
    200: "OK",
    201: "Created",
    202: "Accepted",
    203: "Non-Authoritative Information",
    204: "No Content",
    205: "Reset Content",
    206: "Partial Content",
    300: "Multiple Choices",
    301: "Moved Permanently",
    302: "Found",
    303: "See Other",
    304: "Not Modified",
    307: "Temporary Redirect",
    308: "Permanent Redirect",
    400: "Bad Request",
    401: "Unauthorized",
    402: "Payment Required",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    406: "Not Acceptable",
    408: "Request Timeout",
    409: "Conflict",
    410: "Gone",
    411: "Length Required",
    412: "Precondition Failed",
    413: "Request Entity Too Large",
    415: "Unsupported Media Type",
    418: "I'm a Teapot",
    422: "Unprocessable Entity",
    423: "Locked",
    425: "Too Early",
    426: "Upgrade Required",
    428: "Precondition Required",
    429: "Too Many Requests",
    500: "Internal Server Error",
    501: "Not Implemented",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}
_STATUS_LINES = {n: f"HTTP/1.1 {n} {phrase}\r\n".encode() for n, phrase in STATUS_PHRASES.items()}
_BODILESS = (204, 304)
_parsed_heads = {}


def _keep(things, subject):
    """Objects come to be; a full collection that they bring about shows where it falls."""
    n = _cost.keep(things)
    if n:
        _journal.mark(subject, "garbage collection", f"{n} objects")


class _Head:
    """The header lines of a request, and what they say about its body and connection."""

    def __init__(self, block):
        self.headers = headers = []
        self.length = 0
        self.chunked = self.close = self.keep = self.upgrade = self.expects_continue = False
        for line in block.split(b"\r\n") if block else ():
            name, colon, value = line.partition(b":")
            if not colon:
                raise ValueError("no colon in a header line")
            name = name.lower()
            value = value.strip()
            headers.append((name, value))
            if name == b"content-length":
                self.length = int(value)
            elif name == b"transfer-encoding":
                self.chunked = value.lower() == b"chunked"
            elif name == b"connection":
                tokens = [token.strip() for token in value.lower().split(b",")]
                self.close = b"close" in tokens
                self.keep = b"keep-alive" in tokens
                self.upgrade = b"upgrade" in tokens
            elif name == b"expect":
                self.expects_continue = value.lower() == b"100-continue"


def takes_websockets(config, head):
    """Whether a request to upgrade is one that this server follows."""
    return config.ws != "none" and (b"upgrade", b"websocket") in [(n, v.lower()) for n, v in head.headers]


async def _service_unavailable(scope, receive, send):
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": b"Service Unavailable", "more_body": False})


class HttpProtocol:
    def __init__(self, config, app, server_state, app_state, loop):
        self.config = config
        self.app = app
        self.server_state = server_state
        self.app_state = app_state
        self.loop = loop
        self.cycle = None
        self.transport = None
        self.write_paused = False
        self._drained = None
        self._buffer = b""
        self._body_left = 0  # bytes of the current request's body still to come; -1 while it is chunked
        self._idle_timer = None
        self._idle_since = None
        # Lines that the parser's own writer adds; h11 writes them in capitals.
        fast = config.fast_parser
        self.chunked_line = b"transfer-encoding: chunked\r\n" if fast else b"Transfer-Encoding: chunked\r\n"
        self.close_line = b"connection: close\r\n" if fast else b"Connection: close\r\n"

    # What the transport calls

    def connection_made(self, transport):
        _cost.charge("uvicorn.connection")
        _cost.keep("uvicorn.connection")
        self.transport = transport
        self.server_state.connections.add(self)
        self.client = transport.get_extra_info("peername")
        self.server = transport.get_extra_info("sockname")
        self.peer = f"{self.client[0]}:{self.client[1]}" if self.client else ""

    def connection_lost(self, exc):
        self.server_state.connections.discard(self)
        _cost.free("uvicorn.connection")
        cycle = self.cycle
        if cycle is not None:
            if not cycle.complete:
                _cost.free("uvicorn.request")
                cycle.disconnected = True
                _journal.state(cycle.subject, "done", "disconnected")
            cycle.wake()
        self.resume_writing()
        self._stop_idle_timer()

    def eof_received(self):
        pass

    def pause_writing(self):
        self.write_paused = True

    def resume_writing(self):
        self.write_paused = False
        if self._drained is not None:
            if not self._drained.done():
                self._drained.set_result(None)
            self._drained = None

    def data_received(self, data):
        self._idle_since = None
        if self._buffer:
            data = self._buffer + data
            self._buffer = b""
        while data:
            if self._body_left:
                data = self._take_body(data)
                continue
            if self.cycle is not None and not self.cycle.complete:
                # The next request of a pipelining client waits for this one's response.
                self._buffer = data
                return
            head, end, rest = data.partition(b"\r\n\r\n")
            if not end:
                self._buffer = data
                return
            line, _, block = head.partition(b"\r\n")
            try:
                method, target, version = line.split(b" ")
                if not version.startswith(b"HTTP/1."):
                    raise ValueError("not HTTP/1")
                parsed = _parsed_heads.get(block)
                if parsed is None:
                    parsed = _Head(block)
                    if len(_parsed_heads) < 1000:
                        _parsed_heads[block] = parsed
            except ValueError:
                self.config.log.warning("Invalid HTTP request received.")
                self._refuse()
                return
            if parsed.upgrade and takes_websockets(self.config, parsed):
                from ._websockets import WebSocketProtocol

                self._stop_idle_timer()
                self.server_state.connections.discard(self)
                websocket = WebSocketProtocol(self, target, parsed)
                if rest:
                    websocket.data_received(rest)
                return
            self._begin(method, target, version, parsed)
            data = rest

    # One request

    def _begin(self, method, target, version, head):
        config, state = self.config, self.server_state
        _cost.charge("uvicorn.request.httptools" if config.fast_parser else "uvicorn.request")
        raw_path, _, query = target.partition(b"?")
        path = raw_path.decode("ascii")
        method = method.decode("ascii")
        subject = _journal.born("request", method + " " + path)
        _journal.state(subject, "ready")
        _keep("uvicorn.request", subject)
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": version[5:].decode("ascii"),
            "server": self.server,
            "client": self.client,
            "scheme": "http",
            "method": method,
            "root_path": config.root_path,
            "path": config.root_path + (unquote(path) if "%" in path else path),
            "raw_path": raw_path,
            "query_string": query,
            "headers": head.headers[:],
            "state": self.app_state.copy(),
        }
        app = self.app
        limit = config.limit_concurrency
        if limit is not None and (len(state.connections) >= limit or len(state.tasks) >= limit):
            app = _service_unavailable
            config.log.warning("Exceeded concurrency limit.")
        if head.upgrade:
            config.log.warning("Unsupported upgrade request.")
        self.cycle = cycle = Cycle(self, scope, head, subject)
        if head.chunked:
            self._body_left = -1
        elif head.length:
            self._body_left = head.length
        else:
            cycle.more_body = False
        task = self.loop.create_task(cycle.run_asgi(app))
        task._request = subject
        task.add_done_callback(state.tasks.discard)
        state.tasks.add(task)

    def _take_body(self, data):
        """Feed the current request from `data`; what is left over."""
        cycle = self.cycle
        if self._body_left > 0:
            part = data[: self._body_left]
            self._body_left -= len(part)
            cycle.body += part
            cycle.more_body = self._body_left > 0
            cycle.wake()
            return data[len(part) :]
        while True:
            size_line, end, rest = data.partition(b"\r\n")
            size = int(size_line.split(b";")[0], 16) if end else 0
            if not end or len(rest) < size + 2:
                self._buffer = data
                return b""
            data = rest[size + 2 :]
            if size == 0:
                self._body_left = 0
                cycle.more_body = False
                cycle.wake()
                return data
            cycle.body += rest[:size]
            cycle.wake()

    def _refuse(self):
        self.transport.write(
            _STATUS_LINES[400] + b"content-type: text/plain; charset=utf-8\r\nconnection: close\r\n\r\n"
            b"Invalid HTTP request received."
        )
        self.transport.close()

    def response_complete(self, keep_alive):
        self.server_state.total_requests += 1
        transport = self.transport
        if not keep_alive:
            transport.close()
        if transport.is_closing():
            return
        self._idle_since = self.loop.time()
        if self._idle_timer is None:
            self._idle_timer = self.loop.call_later(self.config.timeout_keep_alive, self._idle_too_long)
        if self._buffer:
            data, self._buffer = self._buffer, b""
            self.data_received(data)

    # Keep-alive: one timer per connection, moved on when it fires early

    def _idle_too_long(self):
        self._idle_timer = None
        if self._idle_since is None or self.transport.is_closing():
            return
        end = self._idle_since + self.config.timeout_keep_alive
        if end <= self.loop.time():
            self.transport.close()
        else:
            self._idle_timer = self.loop.call_at(end, self._idle_too_long)

    def _stop_idle_timer(self):
        if self._idle_timer is not None:
            self._idle_timer.cancel()
            self._idle_timer = None

    def shutdown(self):
        if self.cycle is None or self.cycle.complete:
            self.transport.close()
        else:
            self.cycle.keep_alive = False

    def drained(self):
        if self._drained is None:
            self._drained = self.loop.create_future()
            self._drained._waits_for = "send buffer"
        return self._drained


class Cycle:
    """One request and its response: what `receive` and `send` of the ASGI application reach."""

    def __init__(self, protocol, scope, head, subject):
        self.protocol = protocol
        self.scope = scope
        self.head = head
        self.subject = subject
        self.body = b""
        self.more_body = True
        self.started = False
        self.complete = False
        self.chunked = False
        self.disconnected = False
        self.expects_continue = head.expects_continue
        self.keep_alive = not head.close and (scope["http_version"] == "1.1" or head.keep)
        self._news = True  # whether `receive` has something to return
        self._receiver = None

    async def run_asgi(self, app):
        _journal.state(self.subject, "running", "endpoint", current_task()._subject)
        log = self.protocol.config.log
        _keep("uvicorn.application", self.subject)
        try:
            result = await app(self.scope, self.receive, self.send)
        except BaseException as exc:
            log.error("Exception in ASGI application", exc)
            if not self.started:
                await self._send_500()
            else:
                self.protocol.transport.close()
            return
        finally:
            _cost.free("uvicorn.application")
        if result is not None:
            log.error(f"ASGI callable should return None, but returned '{result}'.")
            self.protocol.transport.close()
        elif not self.started and not self.disconnected:
            log.error("ASGI callable returned without starting response.")
            await self._send_500()
        elif not self.complete and not self.disconnected:
            log.error("ASGI callable returned without completing response.")
            self.protocol.transport.close()

    async def _send_500(self):
        headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
        if self.protocol.config.sized_errors:
            headers.insert(1, (b"content-length", b"21"))
        await self.send({"type": "http.response.start", "status": 500, "headers": headers})
        await self.send({"type": "http.response.body", "body": b"Internal Server Error", "more_body": False})

    async def send(self, message):
        protocol = self.protocol
        if protocol.write_paused and not self.disconnected:
            await protocol.drained()
        if self.disconnected:
            return
        kind = message["type"]
        if not self.started:
            if kind != "http.response.start":
                raise RuntimeError(f"Expected ASGI message 'http.response.start', but got '{kind}'.")
            self._start(message["status"], message.get("headers", ()), message.get("reason"))
        elif not self.complete:
            if kind != "http.response.body":
                raise RuntimeError(f"Expected ASGI message 'http.response.body', but got '{kind}'.")
            body = message.get("body", b"")
            more = message.get("more_body", False)
            if self.scope["method"] == "HEAD":
                body = b""
            elif self.chunked:
                body = f"{len(body):x}\r\n".encode() + body + b"\r\n" if body else b""
                if not more:
                    body += b"0\r\n\r\n"
            if body:
                protocol.transport.write(body)
            if not more:
                self.complete = True
                _cost.free("uvicorn.request")
                _journal.state(self.subject, "done")
                # What its task does from here on, such as background tasks, is not the request's.
                current_task()._request = None
                if self._receiver is not None:
                    self.wake()
                protocol.response_complete(self.keep_alive)
        else:
            raise RuntimeError(f"Unexpected ASGI message '{kind}' sent, after response already completed.")

    def _start(self, status, headers, reason):
        protocol, scope = self.protocol, self.scope
        self.started = True
        _journal.state(self.subject, "running", "response", current_task()._subject)
        if protocol.config.access_log:
            _cost.charge("uvicorn.access_log")
            target = scope["raw_path"].decode("ascii")
            if scope["query_string"]:
                target += "?" + scope["query_string"].decode("ascii")
            sys.stdout.write(
                f'INFO:     {protocol.peer} - "{scope["method"]} {target} HTTP/{scope["http_version"]}" '
                f"{status} {STATUS_PHRASES.get(status, '')}\n"
            )
            sys.stdout.flush()
        _cost.charge("uvicorn.response.httptools" if protocol.config.fast_parser else "uvicorn.response")
        line = _STATUS_LINES.get(status) or f"HTTP/1.1 {status} \r\n".encode()
        if reason is not None:
            line = f"HTTP/1.1 {status} {reason}\r\n".encode()
        out = [line, protocol.server_state.default_head]
        sized = False
        close = self.head.close
        for name, value in headers:
            if name == b"connection" and value.lower() == b"close":
                self.keep_alive = False
                close = True
                continue
            out.append(name + b": " + value + b"\r\n")
            if name == b"content-length":
                sized = True
        if not sized and scope["method"] != "HEAD" and status not in _BODILESS and status >= 200:
            self.chunked = True
            out.append(protocol.chunked_line)
        if close:
            out.append(protocol.close_line)
        out.append(b"\r\n")
        protocol.transport.write(b"".join(out))

    def wake(self):
        self._news = True
        if self._receiver is not None:
            if not self._receiver.done():
                self._receiver.set_result(None)
            self._receiver = None

    async def receive(self):
        if self.expects_continue and not self.started:
            self.expects_continue = False
            self.protocol.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        if not self._news and not self.disconnected and not self.complete:
            self._receiver = future = self.protocol.loop.create_future()
            future._waits_for = "request body"
            await future
        self._news = False
        if self.disconnected or self.complete:
            return {"type": "http.disconnect"}
        body, self.body = self.body, b""
        return {"type": "http.request", "body": body, "more_body": self.more_body}
