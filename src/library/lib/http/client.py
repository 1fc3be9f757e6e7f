"""One HTTP connection after the other, blocking."""
import socket

import _cost
from http import HTTPStatus
from http._message import HTTPMessage, read_headers

HTTP_PORT, HTTPS_PORT = 80, 443
responses = {status.value: status.phrase for status in HTTPStatus}


class HTTPException(Exception):
    pass


class NotConnected(HTTPException):
    pass


class InvalidURL(HTTPException):
    pass


class UnknownProtocol(HTTPException):
    pass


class IncompleteRead(HTTPException):
    def __init__(self, partial, expected=None):
        self.args = (partial,)
        self.partial = partial
        self.expected = expected

    def __repr__(self):
        more = f", {self.expected} more expected" if self.expected is not None else ""
        return f"{type(self).__name__}({len(self.partial)} bytes read{more})"

    __str__ = __repr__


class ImproperConnectionState(HTTPException):
    pass


class CannotSendRequest(ImproperConnectionState):
    pass


class CannotSendHeader(ImproperConnectionState):
    pass


class ResponseNotReady(ImproperConnectionState):
    pass


class BadStatusLine(HTTPException):
    def __init__(self, line):
        self.args = (line or repr(line),)
        self.line = line or repr(line)


class RemoteDisconnected(ConnectionResetError, BadStatusLine):
    def __init__(self, *pos, **kw):
        BadStatusLine.__init__(self, "")
        ConnectionResetError.__init__(self, *pos, **kw)


class HTTPResponse:
    """A response whose body is read from the connection as it is asked for."""

    def __init__(self, sock, debuglevel=0, method=None, url=None):
        self.fp = sock.makefile("rb")
        self._method = method
        self.headers = self.msg = None
        self.version = self.status = self.reason = None
        self.chunked = False
        self.length = None
        self.will_close = True
        self.url = url
        self._chunk_left = None
        # The socket of a connection that ends with this response.
        self._socket = None

    def begin(self):
        line = self.fp.readline().decode("iso-8859-1")
        if not line:
            raise RemoteDisconnected("Remote end closed connection without response")
        parts = line.split(None, 2)
        if len(parts) < 2 or not parts[0].startswith("HTTP/"):
            self.close()
            raise BadStatusLine(line)
        self.version = 10 if parts[0] == "HTTP/1.0" else 11
        try:
            self.status = self.code = int(parts[1])
        except ValueError:
            raise BadStatusLine(line) from None
        self.reason = parts[2].strip() if len(parts) > 2 else ""
        self.headers = self.msg = read_headers(self.fp)
        if self.status == 100:
            return self.begin()
        self.chunked = (self.headers.get("transfer-encoding") or "").lower() == "chunked"
        connection = (self.headers.get("connection") or "").lower()
        self.will_close = "close" in connection if self.version == 11 else "keep-alive" not in connection
        length = self.headers.get("content-length")
        self.length = int(length) if length is not None and length.isdigit() and not self.chunked else None
        if self.status in (204, 304) or self._method == "HEAD":
            self.length = 0
            self.chunked = False
        if not self.will_close and not self.chunked and self.length is None:
            self.will_close = True
        if self.length == 0 and not self.chunked:
            self._end()

    def _end(self):
        fp, self.fp = self.fp, None
        if fp is not None:
            fp.close()
        if self._socket is not None:
            self._socket.close()

    close = _end

    @property
    def closed(self):
        return self.fp is None

    def isclosed(self):
        return self.fp is None

    def read(self, amt=None):
        if self.fp is None:
            return b""
        if self.chunked:
            return self._read_chunked(amt)
        if amt is not None and amt >= 0:
            wanted = amt if self.length is None else min(amt, self.length)
            data = self.fp.read(wanted)
            if self.length is not None:
                self.length -= len(data)
            if not data and amt or self.length == 0:
                self._end()
            return data
        if self.length is None:
            data = self.fp.read()
        else:
            data = self.fp.read(self.length)
            if len(data) < self.length:
                expected = self.length - len(data)
                self._end()
                raise IncompleteRead(data, expected)
            self.length = 0
        self._end()
        return data

    def _read_chunked(self, amt):
        parts, left = [], amt
        while left is None or left > 0:
            if not self._chunk_left:
                if self._chunk_left == 0:
                    self.fp.readline()
                line = self.fp.readline()
                if not line:
                    self._end()
                    raise IncompleteRead(b"".join(parts))
                self._chunk_left = int(line.split(b";")[0], 16)
                if self._chunk_left == 0:
                    while self.fp.readline() not in (b"\r\n", b"\n", b""):
                        pass
                    self._end()
                    break
            n = self._chunk_left if left is None else min(left, self._chunk_left)
            data = self.fp.read(n)
            self._chunk_left -= len(data)
            parts.append(data)
            if left is not None:
                left -= len(data)
            if len(data) < n:
                self._end()
                raise IncompleteRead(b"".join(parts))
        return b"".join(parts)

    def read1(self, n=-1):
        return self.read(None if n < 0 else n)

    def readline(self, limit=-1):
        line = b""
        while not line.endswith(b"\n"):
            byte = self.read(1)
            if not byte:
                break
            line += byte
        return line

    def readlines(self):
        return self.read().splitlines(True)

    def __iter__(self):
        while line := self.readline():
            yield line

    def readable(self):
        return True

    def fileno(self):
        return self.fp.fileno()

    def getheader(self, name, default=None):
        if self.headers is None:
            raise ResponseNotReady()
        found = self.headers.get_all(name)
        return ", ".join(found) if found else default

    def getheaders(self):
        return self.headers.items()

    def info(self):
        return self.headers

    def geturl(self):
        return self.url

    def getcode(self):
        return self.status

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()


class HTTPConnection:
    default_port = HTTP_PORT
    auto_open = 1

    def __init__(self, host, port=None, timeout=..., source_address=None, blocksize=8192):
        if port is None:
            host, colon, number = host.rpartition(":") if ":" in host and "]" not in host[-1:] else (host, "", "")
            if colon and number:
                try:
                    port = int(number)
                except ValueError:
                    raise InvalidURL(f"nonnumeric port: '{number}'") from None
        self.host = host
        self.port = self.default_port if port is None else port
        self.timeout = timeout
        self.sock = None
        self._response = None
        self._lines = None
        self._sent = False

    def connect(self):
        _cost.charge("http.client.request")
        self.sock = socket.create_connection((self.host, self.port), self.timeout)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def close(self):
        sock, self.sock = self.sock, None
        if sock is not None:
            sock.close()
        response, self._response = self._response, None
        if response is not None:
            response.close()
        self._lines, self._sent = None, False

    def set_debuglevel(self, level):
        pass

    def request(self, method, url, body=None, headers={}, *, encode_chunked=False):
        names = {name.lower() for name in headers}
        self.putrequest(method, url, skip_host="host" in names, skip_accept_encoding="accept-encoding" in names)
        if isinstance(body, str):
            body = body.encode("iso-8859-1")
        elif body is not None and not isinstance(body, (bytes, bytearray)):
            body = body.read() if hasattr(body, "read") else b"".join(body)
        if "content-length" not in names and (body is not None or method in ("POST", "PUT", "PATCH")):
            self.putheader("Content-Length", str(len(body or b"")))
        for name, value in headers.items():
            self.putheader(name, value)
        self.endheaders(body)

    def putrequest(self, method, url, skip_host=False, skip_accept_encoding=False):
        if self._response is not None and self._response.isclosed():
            self._response = None
        if self._response is not None or self._lines is not None or self._sent:
            raise CannotSendRequest("Request-sent" if self._lines is None else "Request-started")
        self._method = method
        self._lines = [f"{method} {url or '/'} HTTP/1.1"]
        if not skip_host:
            host = self.host if self.port == self.default_port else f"{self.host}:{self.port}"
            self.putheader("Host", host)
        if not skip_accept_encoding:
            self.putheader("Accept-Encoding", "identity")

    def putheader(self, header, *values):
        if self._lines is None:
            raise CannotSendHeader()
        texts = [value.decode("latin-1") if isinstance(value, bytes) else str(value) for value in values]
        self._lines.append(f"{header}: " + "\r\n\t".join(texts))

    def endheaders(self, message_body=None, *, encode_chunked=False):
        if self._lines is None:
            raise CannotSendHeader()
        data = "\r\n".join(self._lines).encode("latin-1") + b"\r\n\r\n" + bytes(message_body or b"")
        self._lines = None
        self.send(data)
        self._sent = True

    def send(self, data):
        if self.sock is None:
            if not self.auto_open:
                raise NotConnected()
            self.connect()
        self.sock.sendall(data)

    def getresponse(self):
        if self._response is not None and self._response.isclosed():
            self._response = None
        if not self._sent or self._response is not None:
            raise ResponseNotReady("Idle" if not self._sent else "Request-sent")
        response = HTTPResponse(self.sock, method=self._method)
        self._sent = False
        try:
            response.begin()
        except ConnectionError:
            self.close()
            response.close()
            raise
        if response.will_close:
            sock, self.sock = self.sock, None
            response._socket = sock
            if response.isclosed():
                sock.close()
        else:
            self._response = response
        return response


class HTTPSConnection(HTTPConnection):
    default_port = HTTPS_PORT

    def __init__(self, *args, context=None, **kwargs):
        super().__init__(*args, **kwargs)

    def connect(self):
        raise NotImplementedError("https is not simulated: the simulated network has no TLS; use http")
