"""ClientSession: requests over a pool of connections (S-WEB-30 to S-WEB-34)."""

import asyncio
import json as json_module
import sys
from mimetypes import guess_type
from urllib.parse import quote, urljoin

import _cost
from multidict import CIMultiDictProxy
from yarl import URL, encode_query

from .client_exceptions import (
    ClientConnectionError,
    ClientOSError,
    ConnectionTimeoutError,
    InvalidURL,
    InvalidUrlClientError,
    ServerDisconnectedError,
    ServerTimeoutError,
    TooManyRedirects,
)
from .client_reqrep import ClientResponse
from .connector import TCPConnector, running_loop
from .helpers import CookieJar, ClientTimeout, Deadline, Deadlines, FormData, discourage_auth
from .version import ERA, __version__

_DEFAULT = object()
_DEFAULT_TIMEOUT = ClientTimeout(total=300) if ERA else ClientTimeout(total=300, sock_connect=30)
_IDEMPOTENT = ("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE")
_PORTS = {"http": 80, "https": 443}


class _RequestContextManager:
    """What `session.get(…)` returns: to be awaited, or entered."""

    def __init__(self, coro, session=None):
        self._coro = coro
        self._resp = None
        self._session = session

    def __await__(self):
        return self._coro.__await__()

    def __iter__(self):
        return self.__await__()

    def send(self, value):
        return self._coro.send(value)

    def throw(self, *args):
        return self._coro.throw(*args)

    def close(self):
        return self._coro.close()

    async def __aenter__(self):
        self._resp = await self._coro
        return self._resp

    async def __aexit__(self, exc_type, exc, tb):
        self._resp.release()
        if self._session is not None:
            await self._session.close()


class _WSRequestContextManager(_RequestContextManager):
    """What `session.ws_connect(…)` returns."""

    async def __aexit__(self, exc_type, exc, tb):
        await self._resp.close()


class ClientSession:
    def __init__(
        self,
        base_url=None,
        *,
        connector=None,
        loop=None,
        cookies=None,
        headers=None,
        auth=None,
        json_serialize=json_module.dumps,
        raise_for_status=False,
        timeout=_DEFAULT,
        read_timeout=_DEFAULT,
        conn_timeout=None,
        connector_owner=True,
        trust_env=False,
        cookie_jar=None,
        version=None,
        **unused,
    ):
        self._connector = None
        _cost.charge("aiohttp.session")
        self._loop = loop or (connector._loop if connector is not None else running_loop())
        self._base_url = None if base_url is None else self._checked_base(base_url)
        self._connector = connector if connector is not None else TCPConnector(loop=self._loop)
        self._connector_owner = connector_owner
        self._headers = dict(headers or {})
        self._cookies = dict(cookies or {})
        self._cookie_jar = CookieJar() if cookie_jar is None else cookie_jar
        discourage_auth(auth, 2)
        self._auth = auth
        self._json = json_serialize
        self._raise_for_status = raise_for_status
        self._timeout = _DEFAULT_TIMEOUT if timeout is _DEFAULT else _as_timeout(timeout)
        self._deadlines = Deadlines(self._loop, self._timeout) if self._timeout.total else None
        self._heads = {}  # authority -> the header lines every plain request has

    def _checked_base(self, base_url):
        url = URL(base_url)
        url.origin()
        if ERA:
            assert url.raw_path in ("", "/"), "Only absolute URLs without path part are supported"
        elif not url.raw_path.endswith("/"):
            raise ValueError("base_url must have a trailing '/'")
        return str(url)

    # Requests

    def get(self, url, *, allow_redirects=True, **kwargs):
        return _RequestContextManager(self._request("GET", url, allow_redirects=allow_redirects, **kwargs))

    def options(self, url, *, allow_redirects=True, **kwargs):
        return _RequestContextManager(self._request("OPTIONS", url, allow_redirects=allow_redirects, **kwargs))

    def head(self, url, *, allow_redirects=False, **kwargs):
        return _RequestContextManager(self._request("HEAD", url, allow_redirects=allow_redirects, **kwargs))

    def post(self, url, *, data=None, **kwargs):
        return _RequestContextManager(self._request("POST", url, data=data, **kwargs))

    def put(self, url, *, data=None, **kwargs):
        return _RequestContextManager(self._request("PUT", url, data=data, **kwargs))

    def patch(self, url, *, data=None, **kwargs):
        return _RequestContextManager(self._request("PATCH", url, data=data, **kwargs))

    def delete(self, url, **kwargs):
        return _RequestContextManager(self._request("DELETE", url, **kwargs))

    def request(self, method, url, **kwargs):
        return _RequestContextManager(self._request(method, url, **kwargs))

    def ws_connect(self, url, **options):
        return _WSRequestContextManager(self._ws_connect(url, **options))

    async def _ws_connect(
        self, url, *, method="GET", protocols=(), timeout=None, receive_timeout=None, autoclose=True, autoping=True,
        heartbeat=None, auth=None, origin=None, params=None, headers=None, proxy=None, ssl=None, compress=0,
        max_msg_size=4 * 1024 * 1024, **unused,
    ):  # fmt: skip
        from _websocket import accept_key, new_key

        from .client_exceptions import ClientConnectorError, WSServerHandshakeError
        from .client_reqrep import RequestInfo
        from .http_websocket import Channel, ClientWebSocketResponse, Upgrade

        if self.closed:
            raise RuntimeError("Session is closed")
        discourage_auth(auth, 3)
        _cost.charge("aiohttp.request")
        full = self._build_url(url).replace("ws://", "http://", 1).replace("wss://", "https://", 1)
        if params:
            full += ("&" if "?" in full else "?") + (params if isinstance(params, str) else encode_query(params))
        origin_name, key, target = _split(full, url)
        secret = new_key()
        more = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": secret}
        if protocols:
            more["Sec-WebSocket-Protocol"] = ",".join(protocols)
        if origin is not None:
            more["Origin"] = origin
        _, given = self._body_and_headers(None, None, headers, None, auth)
        more.update(given or {})
        upgrade = Upgrade(Channel(True, max_msg_size))
        try:
            transport, _ = await self._loop.create_connection(lambda: upgrade, key[0], key[1])
        except OSError as error:
            raise ClientConnectorError((key[0], key[1]), error) from error
        try:
            _cost.charge("aiohttp.send")
            transport.write(self._head(method, target, origin_name, more))
            status, reason, answer = await upgrade.answer
            _cost.charge("aiohttp.response")
            answer = CIMultiDictProxy(answer)
            problem = None
            if status != 101:
                problem = "Invalid response status"
            elif answer.get("Upgrade", "").lower() != "websocket":
                problem = "Invalid upgrade header"
            elif answer.get("Sec-WebSocket-Accept", "") != accept_key(secret):
                problem = "Invalid challenge response"
            if problem is not None:
                info = RequestInfo(URL(full), method, CIMultiDictProxy(list(more.items())), URL(full))
                raise WSServerHandshakeError(info, (), message=problem, status=status, headers=answer)
        except BaseException:
            transport.close()
            raise
        chosen = answer.get("Sec-WebSocket-Protocol")
        return ClientWebSocketResponse(upgrade.channel, chosen, autoclose, autoping, receive_timeout)

    async def _request(
        self,
        method,
        str_or_url,
        *,
        params=None,
        data=None,
        json=None,
        cookies=None,
        headers=None,
        auth=None,
        allow_redirects=True,
        max_redirects=10,
        raise_for_status=None,
        timeout=_DEFAULT,
        **unused,
    ):
        connector = self._connector
        if connector is None:
            raise RuntimeError("Session is closed")
        discourage_auth(auth, 3)
        if data is not None and json is not None:
            raise ValueError("data and json parameters can not be used at the same time")
        _cost.charge("aiohttp.request")
        method = method.upper()
        url = self._build_url(str_or_url)
        if params:
            query = params if isinstance(params, str) else encode_query(params)
            url = url.partition("#")[0]
            url += ("&" if "?" in url else "?") + query
        if timeout is _DEFAULT:
            timeout = self._timeout
            deadline = self._deadlines.new() if self._deadlines is not None else None
        else:
            timeout = _as_timeout(timeout)
            deadline = None
            if timeout.total:
                deadline = Deadline(self._loop, timeout.total, timeout.ceil_threshold)
                self._loop.call_at(deadline.at, deadline.expire)
        if deadline is not None:
            deadline.task = asyncio.current_task()
        body, more_headers = b"", None
        if data is not None or json is not None or headers or self._headers or cookies or self._cookies or auth or self._auth:
            body, more_headers = self._body_and_headers(data, json, headers, cookies, auth)
        elif method in ("POST", "PUT", "PATCH", "DELETE"):
            more_headers = {"Content-Length": "0"}
        if len(self._cookie_jar):
            kept = self._cookie_jar.filter_cookies(URL(url))
            if kept:
                more_headers = dict(more_headers or {})
                given = [more_headers["Cookie"]] if "Cookie" in more_headers else []
                more_headers["Cookie"] = "; ".join(given + [f"{m.key}={m.value}" for m in kept.values()])
        history = []
        retry = not ERA and method in _IDEMPOTENT
        _cost.keep("aiohttp.request")
        try:
            while True:
                origin, key, target = _split(url, str_or_url)
                protocol = connector.take(key)
                reused = protocol is not None
                if not reused:
                    protocol = await self._connect(connector, key, timeout)
                protocol.read_timeout = timeout.sock_read
                response = ClientResponse(self, method, url, self._loop, deadline)
                _cost.charge("aiohttp.send")
                response._connection = (connector, key, protocol)
                response._request_headers = more_headers
                try:
                    protocol.send(response, self._head(method, target, origin, more_headers) + body)
                    if response.head is None:
                        await protocol.read_head(response)
                except (ServerDisconnectedError, ClientOSError):
                    response.close()
                    if retry and reused:
                        retry = False
                        continue
                    raise
                except BaseException:
                    response.close()
                    raise
                _cost.charge("aiohttp.response")
                response._start()
                if response.headers.get("Set-Cookie") is not None:
                    self._cookie_jar.update_cookies(response.cookies, response.url)
                if allow_redirects and response.head.status in (301, 302, 303, 307, 308):
                    location = response.headers.get("Location") or response.headers.get("URI")
                    if location is not None:
                        history.append(response)
                        if len(history) >= max_redirects:
                            response.close()
                            raise TooManyRedirects(history[0].request_info, tuple(history))
                        status = response.head.status
                        if (status == 303 and method != "HEAD") or (status in (301, 302) and method == "POST"):
                            method, body = "GET", b""
                            if more_headers:
                                for name in ("Content-Length", "Content-Type"):
                                    more_headers.pop(name, None)
                        response.release()
                        url = urljoin(url, location)
                        continue
                break
        except asyncio.CancelledError:
            if deadline is not None:
                deadline.done = True
                if deadline.expired:
                    raise asyncio.TimeoutError from None
            raise
        except BaseException:
            if deadline is not None:
                deadline.done = True
            raise
        finally:
            _cost.free("aiohttp.request")
        if history:
            response.history = tuple(history)
        if raise_for_status if raise_for_status is not None else self._raise_for_status:
            response.raise_for_status()
        return response

    async def _connect(self, connector, key, timeout):
        limit = timeout.connect or timeout.sock_connect
        if limit is None or limit >= 30:
            return await connector.connect(key)
        try:
            return await asyncio.wait_for(connector.connect(key), limit)
        except asyncio.TimeoutError as exc:
            cls = ServerTimeoutError if ERA else ConnectionTimeoutError
            raise cls(f"Connection timeout to host {key[0]}:{key[1]}") from exc

    def _build_url(self, url):
        url = str(url)
        if self._base_url is not None:
            if ERA:
                assert "://" not in url and url.startswith("/")
            return urljoin(self._base_url, url)
        return url

    def _head(self, method, target, origin, more):
        if more is None:
            lines = self._heads.get(origin)
            if lines is None:
                lines = self._heads[origin] = self._lines(origin, {})
        else:
            lines = self._lines(origin, more)
        return f"{method} {target} HTTP/1.1\r\n".encode() + lines

    def _lines(self, origin, more):
        version = sys.version_info
        given = {name.lower() for name in more}
        headers = {} if "host" in given else {"Host": origin}
        late = {name: more[name] for name in more if name in ("Content-Length", "Content-Type")}
        headers.update((name, str(value)) for name, value in more.items() if name not in late)
        defaults = {
            "Accept": "*/*",
            "Accept-Encoding": "gzip, deflate",
            "User-Agent": f"Python/{version[0]}.{version[1]} aiohttp/{__version__}",
        }
        headers.update((name, value) for name, value in defaults.items() if name.lower() not in given)
        headers.update(late)
        return "".join([f"{name}: {value}\r\n" for name, value in headers.items()]).encode("latin-1") + b"\r\n"

    def _body_and_headers(self, data, json, headers, cookies, auth):
        found = dict(self._headers)
        found.update(headers or {})
        lower = {name.lower() for name in found}
        cookies = dict(self._cookies, **(cookies or {}))
        if cookies:
            found["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        auth = auth or self._auth
        if auth is not None:
            found["Authorization"] = auth.encode()
        body, kind = b"", None
        if json is not None:
            body, kind = self._json(json).encode(), "application/json"
        elif isinstance(data, bytes):
            body, kind = data, "application/octet-stream"
        elif isinstance(data, str):
            body, kind = data.encode(), "text/plain; charset=utf-8"
        elif hasattr(data, "read"):
            body = data.read()
            kind = guess_type(str(getattr(data, "name", "")))[0] or "application/octet-stream"
            body = body.encode() if isinstance(body, str) else body
        elif data is not None:
            body, kind = (data if isinstance(data, FormData) else FormData(data)).encode()
        if body or data is not None or json is not None:
            found["Content-Length"] = str(len(body))
            if "content-type" not in lower:
                found["Content-Type"] = kind
        return body, found

    # The session itself

    @property
    def cookie_jar(self):
        return self._cookie_jar

    @property
    def headers(self):
        return self._headers

    @property
    def connector(self):
        return self._connector

    @property
    def timeout(self):
        return self._timeout

    @property
    def closed(self):
        return self._connector is None or self._connector.closed

    @property
    def connector(self):
        return self._connector

    @property
    def headers(self):
        return self._headers

    @property
    def timeout(self):
        return self._timeout

    @property
    def loop(self):
        return self._loop

    async def close(self):
        if not self.closed:
            if self._deadlines is not None:
                self._deadlines.close()
            if self._connector_owner:
                self._connector.close()
            self._connector = None

    async def __aenter__(self):
        return self

    async def __aexit__(self, exc_type, exc_val, exc_tb):
        await self.close()

    def __enter__(self):
        raise TypeError("Use async with instead")

    def __exit__(self, exc_type, exc_val, exc_tb):
        pass

    def __del__(self):
        if not self.closed:
            text = "Unclosed client session"
            context = {"client_session": self, "message": text}
            self._loop.call_exception_handler(context)


def _as_timeout(timeout):
    if timeout is None:
        return ClientTimeout()
    return timeout if isinstance(timeout, ClientTimeout) else ClientTimeout(total=timeout)


_origins = {}


def _split(url, given):
    """(authority as written, (host, port), request target) of a URL."""
    scheme, separator, rest = url.partition("://")
    if not separator:
        raise (InvalidURL if ERA else InvalidUrlClientError)(given)
    origin, _, target = rest.partition("/")
    key = _origins.get((scheme, origin))
    if key is None:
        if "?" in origin:
            origin, _, query = origin.partition("?")
            target = "?" + query
        if scheme not in _PORTS:
            raise InvalidURL(given) if ERA else InvalidUrlClientError(given)
        if scheme == "https":
            raise ClientConnectionError("aiohttp: https is not simulated; use http")
        host, _, port = origin.rpartition("@")[2].partition(":")
        key = _origins[scheme, origin] = (host, int(port) if port else _PORTS[scheme])
    if "#" in target:
        target = target.partition("#")[0]
    if not target.isascii() or " " in target:
        target = quote(target, safe="/%:@!$&'()*+,;=~?[]")
    return origin, key, "/" + target


def request(method, url, **kwargs):
    session = ClientSession()
    return _RequestContextManager(session._request(method, url, **kwargs), session)
