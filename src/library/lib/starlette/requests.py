"""A request as an endpoint sees it."""

import json

from .datastructures import URL, Address, FormData, Headers, QueryParams, State
from .exceptions import HTTPException


class ClientDisconnect(Exception):
    pass


class HTTPConnection:
    """What a request and a WebSocket have in common: a scope."""

    def __init__(self, scope, receive=None):
        self.scope = scope

    def __getitem__(self, key):
        return self.scope[key]

    def __iter__(self):
        return iter(self.scope)

    def __len__(self):
        return len(self.scope)

    def _cached(self, name, make):
        try:
            return self.__dict__[name]
        except KeyError:
            value = self.__dict__[name] = make()
            return value

    @property
    def app(self):
        return self.scope["app"]

    @property
    def url(self):
        return self._cached("_url", lambda: URL(scope=self.scope))

    @property
    def base_url(self):
        scope = dict(self.scope, path="/", query_string=b"")
        return URL(scope=scope)

    @property
    def headers(self):
        return self._cached("_headers", lambda: Headers(raw=self.scope["headers"]))

    @property
    def query_params(self):
        return self._cached("_query_params", lambda: QueryParams(self.scope.get("query_string", b"")))

    @property
    def path_params(self):
        return self.scope.get("path_params", {})

    @property
    def cookies(self):
        return self._cached("_cookies", self._parse_cookies)

    def _parse_cookies(self):
        cookies = {}
        for part in self.headers.get("cookie", "").split(";"):
            name, equals, value = part.partition("=")
            if equals:
                cookies[name.strip()] = value.strip().strip('"')
        return cookies

    @property
    def client(self):
        client = self.scope.get("client")
        return Address(*client[:2]) if client else None

    @property
    def state(self):
        return self._cached("_state", lambda: State(self.scope.setdefault("state", {})))

    def url_for(self, name, /, **path_params):
        path = self.scope["router"].url_path_for(name, **path_params)
        return URL(str(self.base_url).rstrip("/") + path)


async def _no_receive():
    raise RuntimeError("Receive channel has not been made available")


async def _no_send(message):
    raise RuntimeError("Send channel has not been made available")


class _Form:
    def __init__(self, request, limits):
        self._request, self._limits = request, limits

    def __await__(self):
        return self._request._read_form(self._limits).__await__()

    async def __aenter__(self):
        self._entered = await self
        return self._entered

    async def __aexit__(self, *exc):
        await self._entered.close()


class Request(HTTPConnection):
    def __init__(self, scope, receive=_no_receive, send=_no_send):
        self.scope = scope
        self._receive = receive
        self._send = send
        self._consumed = False
        self._disconnected = False

    @property
    def method(self):
        return self.scope["method"]

    @property
    def receive(self):
        return self._receive

    async def stream(self):
        if "_body" in self.__dict__:
            yield self._body
            yield b""
            return
        if self._consumed:
            raise RuntimeError("Stream consumed")
        while not self._consumed:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                self._disconnected = True
                raise ClientDisconnect()
            if not message.get("more_body", False):
                self._consumed = True
            if message.get("body"):
                yield message["body"]
        yield b""

    async def body(self):
        if "_body" not in self.__dict__:
            chunks = [chunk async for chunk in self.stream()]
            self._body = b"".join(chunks)
        return self._body

    async def json(self):
        if "_json" not in self.__dict__:
            self._json = json.loads(await self.body())
        return self._json

    async def _read_form(self, limits):
        if self._form is None:
            from .formparsers import MultiPartException, parse_multipart, parse_options, parse_urlencoded

            header = self.headers.get("content-type", "")
            kind, _ = parse_options(header)
            self._form = FormData()
            if kind == "multipart/form-data":
                try:
                    self._form = parse_multipart(header, await self.body(), **limits)
                except MultiPartException as exc:
                    if "app" in self.scope:
                        raise HTTPException(status_code=400, detail=exc.message) from exc
                    raise
            elif kind == "application/x-www-form-urlencoded":
                self._form = parse_urlencoded(await self.body())
        return self._form

    _form = None

    def form(self, **limits):
        """The form of the body: awaited, or entered, which closes its files at the end."""
        return _Form(self, limits)

    async def close(self):
        if self._form is not None:
            await self._form.close()

    async def is_disconnected(self):
        """Whether the client has gone: one look at the receive channel, without waiting."""
        if not self._disconnected:
            from anyio import CancelScope

            message = {}
            with CancelScope() as scope:
                scope.cancel()
                message = await self._receive()
            if message.get("type") == "http.disconnect":
                self._disconnected = True
        return self._disconnected
