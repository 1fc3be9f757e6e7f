"""How a request becomes a response: over the network, or by calling an application."""

import asyncio
import socket

import _journal
from aiohttp.client_exceptions import (
    ClientConnectorError,
    ClientOSError,
    ServerDisconnectedError,
    ServerTimeoutError,
)
from aiohttp.client_proto import ResponseHandler
from aiohttp.client_reqrep import ClientResponse
from aiohttp.connector import BaseConnector

from ._config import DEFAULT_LIMITS
from ._exceptions import ConnectError, ConnectTimeout, PoolTimeout, ReadError, ReadTimeout, RemoteProtocolError
from ._exceptions import UnsupportedProtocol
from ._models import Headers, Response


def _key(request):
    scheme = request.url.scheme
    if not request.url.host or not scheme:
        raise UnsupportedProtocol("Request URL is missing an 'http://' or 'https://' protocol.", request=request)
    if scheme == "https":
        raise UnsupportedProtocol("httpx: https is not simulated; use http", request=request)
    if scheme != "http":
        raise UnsupportedProtocol(f"Request URL has an unsupported protocol '{scheme}://'.", request=request)
    return request.url.host, request.url.port or 80


def _bytes(request):
    url = request.url
    lines = [f"{request.method} {url.raw_path.decode('ascii')} HTTP/1.1"]
    for name, value in request.headers.multi_items():
        lines.append(f"{name.title()}: {value}")
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + request.content


class BaseTransport:
    """To be derived from: `handle_request` makes a response of a request."""

    def handle_request(self, request):
        raise NotImplementedError("The 'handle_request' method must be implemented.")

    def close(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()


class AsyncBaseTransport:
    """The same for clients that await."""

    async def handle_async_request(self, request):
        raise NotImplementedError("The 'handle_async_request' method must be implemented.")

    async def aclose(self):
        pass

    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        await self.aclose()


class AsyncHTTPTransport(AsyncBaseTransport):
    _takes_timeout = True

    def __init__(self, *, limits=DEFAULT_LIMITS, retries=0, verify=True, **unused):
        self._limits = limits
        self._retries = retries
        self._pool = None

    async def handle_async_request(self, request, timeout=None):
        loop = asyncio.get_running_loop()
        if self._pool is None:
            limits = self._limits
            expiry = limits.keepalive_expiry
            self._pool = BaseConnector(
                loop=loop,
                limit=limits.max_connections or 0,
                keepalive_timeout=float("inf") if expiry is None else expiry,
            )
        pool, key = self._pool, _key(request)
        protocol = pool.take(key)
        if protocol is None:
            protocol = await self._connect(pool, key, timeout, request)
        protocol.read_timeout = timeout.read if timeout is not None else None
        response = ClientResponse(None, request.method, str(request.url), loop, None)
        response._connection = (pool, key, protocol)
        try:
            protocol.send(response, _bytes(request))
            if response.head is None:
                await protocol.read_head(response)
        except ServerTimeoutError:
            response.close()
            raise ReadTimeout("", request=request) from None
        except ServerDisconnectedError as exc:
            response.close()
            raise RemoteProtocolError("Server disconnected without sending a response.", request=request) from exc
        except ClientOSError as exc:
            response.close()
            raise ReadError("", request=request) from exc
        except BaseException:
            response.close()
            raise
        response._start()
        answer = Response(response.head.status, headers=Headers(response.head.headers), request=request)
        answer._stream, answer._content = response, None
        return answer

    async def _connect(self, pool, key, timeout, request):
        waits = pool._available(key) <= 0
        limit = None if timeout is None else timeout.pool if waits else timeout.connect
        try:
            if limit is None:
                return await pool.connect(key)
            return await _within(pool._loop, limit, pool.connect(key))
        except asyncio.TimeoutError:
            raise (PoolTimeout if waits else ConnectTimeout)("", request=request) from None
        except ClientConnectorError as exc:
            text = "All connection attempts failed" if exc.errno == 111 else str(exc.os_error)
            raise ConnectError(text, request=request) from exc

    async def aclose(self):
        if self._pool is not None:
            self._pool.close()


async def _within(loop, seconds, coro):
    """`coro` in this task, cancelled after so many seconds."""
    task = asyncio.current_task()
    expired = False

    def expire():
        nonlocal expired
        expired = True
        task.cancel()

    timer = loop.call_later(seconds, expire)
    try:
        return await coro
    except asyncio.CancelledError:
        if expired:
            if hasattr(task, "uncancel"):
                task.uncancel()
            raise asyncio.TimeoutError from None
        raise
    finally:
        timer.cancel()


class HTTPTransport(BaseTransport):
    """Blocking: one request at a time, connections kept for the next."""

    _takes_timeout = True

    def __init__(self, **unused):
        self._idle = {}

    def handle_request(self, request, timeout=None):
        key = _key(request)
        connection = self._idle.pop(key, None)
        data = _bytes(request)
        if connection is not None:
            response = self._exchange(connection, request, data, timeout, last=False)
            if response is not None:
                return response
        return self._exchange(self._connect(key, request, timeout), request, data, timeout, last=True)

    def _connect(self, key, request, timeout):
        try:
            connection = socket.create_connection(key, timeout.connect if timeout is not None else None)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except socket.timeout:
            raise ConnectTimeout("timed out", request=request) from None
        except OSError as exc:
            raise ConnectError(str(exc), request=request) from exc
        connection.settimeout(timeout.read if timeout is not None else None)
        return connection

    def _exchange(self, connection, request, data, timeout, last):
        """The response, or None if a kept connection turns out to be closed."""
        protocol = ResponseHandler(None)
        protocol.transport = connection
        response = ClientResponse(None, request.method, str(request.url), None, None)
        protocol.response = response
        try:
            connection.sendall(data)
            while not response.complete:
                chunk = connection.recv(65536)
                if chunk:
                    protocol.data_received(chunk)
                    continue
                connection.close()
                protocol.transport = None
                if response.head is not None and response.left is None and not response.head.chunked:
                    break
                if last:
                    raise RemoteProtocolError("Server disconnected without sending a response.", request=request)
                return None
        except socket.timeout:
            connection.close()
            raise ReadTimeout("timed out", request=request) from None
        except OSError as exc:
            connection.close()
            if last:
                raise ReadError(str(exc), request=request) from exc
            return None
        if not protocol.should_close and response.complete:
            self._idle[_key(request)] = connection
        elif protocol.transport is not None:
            connection.close()
        content = b"".join(response._chunks)
        answer = Response(response.head.status, headers=Headers(response.head.headers), request=request)
        return answer._received(content)

    def close(self):
        for connection in self._idle.values():
            connection.close()
        self._idle.clear()


class _Exchange:
    """What an application's `receive` and `send` reach when it is called directly."""

    def __init__(self, request):
        self.request = request
        self.started = False
        self.status = None
        self.headers = None
        self.body = []
        self.asked = False
        self.complete = asyncio.Event()

    async def receive(self):
        if self.asked:
            await self.complete.wait()
            return {"type": "http.disconnect"}
        self.asked = True
        return {"type": "http.request", "body": self.request.content, "more_body": False}

    async def send(self, message):
        if message["type"] == "http.response.start":
            assert not self.started
            self.started = True
            self.status = message["status"]
            self.headers = message.get("headers", [])
        elif message["type"] == "http.response.body":
            assert not self.complete.is_set()
            if message.get("body", b"") and self.request.method != "HEAD":
                self.body.append(message["body"])
            if not message.get("more_body", False):
                self.complete.set()


class ASGITransport(AsyncBaseTransport):
    _takes_timeout = True

    def __init__(self, app, raise_app_exceptions=True, root_path="", client=("127.0.0.1", 123), state=None):
        self.app = app
        self.raise_app_exceptions = raise_app_exceptions
        self.root_path = root_path
        self.client = client
        self.state = state

    async def handle_async_request(self, request, timeout=None):
        url = request.url
        exchange = _Exchange(request)
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": request.method,
            "headers": [(k.lower().encode("latin-1"), v.encode("latin-1")) for k, v in request.headers.multi_items()],
            "scheme": url.scheme,
            "path": url.path,
            "raw_path": url.raw_path.partition(b"?")[0],
            "query_string": url.query,
            "server": (url.host, url.port),
            "client": self.client,
            "root_path": self.root_path,
        }
        if self.state is not None:
            scope["state"] = dict(self.state)
        task = asyncio.current_task()
        outer = getattr(task, "_request", None)
        task._request = subject = _journal.born("request", f"{request.method} {url.path}")
        _journal.state(subject, "running", "endpoint", task._subject)
        try:
            await self.app(scope, exchange.receive, exchange.send)
        except Exception:
            if self.raise_app_exceptions:
                raise
            exchange.complete.set()
            if exchange.status is None:
                exchange.status, exchange.headers = 500, []
        finally:
            task._request = outer
            _journal.state(subject, "done")
        assert exchange.complete.is_set()
        headers = Headers([(k.decode("latin-1"), v.decode("latin-1")) for k, v in exchange.headers])
        return Response(exchange.status, headers=headers, request=request)._received(b"".join(exchange.body))

    async def aclose(self):
        pass


class MockTransport(AsyncBaseTransport, BaseTransport):
    _takes_timeout = True

    def __init__(self, handler):
        self.handler = handler

    def handle_request(self, request, timeout=None):
        response = self.handler(request)
        response.request = request
        return response

    async def handle_async_request(self, request, timeout=None):
        response = self.handler(request)
        if not isinstance(response, Response):
            response = await response
        response.request = request
        return response

    def close(self):
        pass

    async def aclose(self):
        pass
