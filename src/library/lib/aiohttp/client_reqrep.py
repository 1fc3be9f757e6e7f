"""The response to a request of the client."""

import asyncio
import json
from collections import namedtuple

from yarl import URL

from .client_exceptions import ClientConnectionError, ClientResponseError, ContentTypeError

from .helpers import Morsel

RequestInfo = namedtuple("RequestInfo", "url method headers real_url")
HttpVersion = namedtuple("HttpVersion", "major minor")


class StreamReader:
    """The body of a response, read piece by piece."""

    def __init__(self, response):
        self._response = response

    def at_eof(self):
        return self._response.complete and not self._response._chunks

    is_eof = at_eof

    async def readany(self):
        response = self._response
        while not response._chunks and not response.complete:
            await response._more()
        data = b"".join(response._chunks)
        response._chunks.clear()
        return data

    async def read(self, n=-1):
        response = self._response
        if n < 0:
            pieces = []
            while data := await self.readany():
                pieces.append(data)
            return b"".join(pieces)
        data = await self.readany()
        if len(data) > n:
            response._chunks.insert(0, data[n:])
            data = data[:n]
        return data

    async def readline(self):
        response = self._response
        line = b""
        while True:
            data = await self.readany()
            if not data:
                return line
            before, newline, after = data.partition(b"\n")
            line += before + newline
            if newline:
                if after:
                    response._chunks.insert(0, after)
                return line

    async def iter_chunked(self, n):
        while data := await self.read(n):
            yield data

    async def iter_any(self):
        while data := await self.readany():
            yield data

    async def iter_chunks(self):
        while data := await self.readany():
            yield data, True

    async def __aiter__(self):
        while line := await self.readline():
            yield line


class ClientResponse:
    def __init__(self, session, method, url, loop, deadline):
        self._session = session
        self._loop = loop
        self.method = method
        self._url = url
        self._deadline = deadline
        self.head = None
        self.left = None  # bytes of the body still to come, if their number is known
        self.complete = False
        self.history = ()
        self._chunks = []
        self._body = None
        self._connection = None  # (connector, key, protocol) while it is ours
        self._waiter = None
        self._exception = None
        self._closed = False
        self._request_headers = None

    # What the connection tells

    def _feed(self, data):
        self._chunks.append(data)
        if self._waiter is not None:
            self._wake()

    def _eof(self):
        self.complete = True
        self._closed = True
        if self._started:
            self._let_go()
        if self._waiter is not None:
            self._wake()

    def _fail(self, exc):
        self._exception = exc
        self._wake()

    _started = False

    def _wake(self):
        waiter, self._waiter = self._waiter, None
        if waiter is not None and not waiter.done():
            waiter.set_result(None)

    async def _more(self):
        """Wait until there is more of the body, or its end."""
        if self._exception is not None:
            raise self._exception
        if self._closed:
            raise ClientConnectionError("Connection closed")
        self._waiter = waiter = self._loop.create_future()
        waiter._waits_for = "response"
        deadline = self._deadline
        if deadline is not None:
            deadline.task = asyncio.current_task()
        try:
            await waiter
        except asyncio.CancelledError:
            if deadline is not None and deadline.expired:
                raise asyncio.TimeoutError from None
            raise
        if self._exception is not None:
            raise self._exception

    def _start(self):
        """From here on the end of the body gives the connection back."""
        self._started = True
        if self.complete:
            self._let_go()

    def _let_go(self):
        if self._deadline is not None:
            self._deadline.done = True
        if self._connection is not None:
            connector, key, protocol = self._connection
            self._connection = None
            connector.release(key, protocol)

    def release(self):
        if not self._closed:
            self._closed = True
        self._let_go()
        return _NOTHING

    def close(self):
        self._closed = True
        if self._connection is not None:
            self._connection[2].close()
        self._let_go()

    # What the caller asks

    @property
    def status(self):
        return self.head.status

    @property
    def reason(self):
        return self.head.reason

    @property
    def headers(self):
        return self.head.headers

    @property
    def raw_headers(self):
        return tuple(self.head.raw_headers)

    @property
    def ok(self):
        return self.head.status < 400

    @property
    def closed(self):
        return self._closed

    @property
    def url(self):
        return URL(self._url, encoded=True)

    real_url = url

    @property
    def host(self):
        return self.url.host

    @property
    def content(self):
        return StreamReader(self)

    @property
    def content_type(self):
        return self.headers.get("Content-Type", "application/octet-stream").partition(";")[0].strip().lower()

    @property
    def charset(self):
        _, _, rest = self.headers.get("Content-Type", "").lower().partition("charset=")
        return rest.strip(' "') or None

    @property
    def content_length(self):
        return self.head.length

    @property
    def request_info(self):
        return RequestInfo(self.url, self.method, self._request_headers, self.url)

    @property
    def version(self):
        major, _, minor = self.head.version.partition("/")[2].partition(".")
        return HttpVersion(int(major), int(minor or 0))

    @property
    def connection(self):
        return self._connection

    def get_encoding(self):
        return self.charset or "utf-8"

    async def read(self):
        if self._body is None:
            try:
                while not self.complete:
                    await self._more()
            except BaseException:
                self.close()
                raise
            self._body = b"".join(self._chunks)
            self._chunks.clear()
            if "Content-Encoding" in self.headers:
                from _content_coding import decoded

                self._body = decoded(self.headers["Content-Encoding"], self._body)
        return self._body

    async def text(self, encoding=None, errors="strict"):
        body = self._body
        if body is None:
            body = await self.read()
        return body.decode(encoding or self.charset or "utf-8", errors)

    async def json(self, *, encoding=None, loads=json.loads, content_type="application/json"):
        body = await self.read()
        if content_type:
            kind = self.content_type
            wanted = content_type.lower()
            if kind != wanted and not (wanted == "application/json" and kind.endswith("+json")):
                raise ContentTypeError(
                    self.request_info,
                    self.history,
                    status=self.status,
                    message=f"Attempt to decode JSON with unexpected mimetype: {self.headers.get('Content-Type', '')}",
                    headers=self.headers,
                )
        body = body.strip()
        return loads(body.decode(encoding or self.get_encoding())) if body else None

    @property
    def cookies(self):
        """What this response sets."""
        found = {}
        for line in self.headers.getall("Set-Cookie", []):
            name, _, value = line.partition(";")[0].partition("=")
            found[name.strip()] = Morsel(name.strip(), value.strip())
        return found

    def raise_for_status(self):
        if not self.ok:
            self.release()
            raise ClientResponseError(
                self.request_info, self.history, status=self.status, message=self.reason, headers=self.headers
            )

    async def __aenter__(self):
        return self

    async def __aexit__(self, exc_type, exc_val, exc_tb):
        self.release()

    def __repr__(self):
        status = self.head.status if self.head else None
        return f"<ClientResponse({self._url}) [{status} {self.head.reason if self.head else None}]>\n{self.headers!r}\n"


class _Nothing:
    def __await__(self):
        return iter(())


_NOTHING = _Nothing()
