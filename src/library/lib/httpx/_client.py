"""The clients: blocking and asynchronous."""

import base64
import time
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta

import _cost

from ._config import DEFAULT_LIMITS, DEFAULT_TIMEOUT, Timeout
from ._exceptions import TooManyRedirects
from ._models import Cookies, Headers, Request
from ._transports import ASGITransport, AsyncHTTPTransport, HTTPTransport
from ._urls import URL, QueryParams

_DEFAULT = object()


def _arguments(transport, request, limits):
    """What a transport is given: one of the program's own gets the request alone."""
    return (request, limits) if getattr(transport, "_takes_timeout", False) else (request,)


def _function_auth(function):
    """A function of a request as a flow of one request."""
    from ._auth import Auth

    auth = Auth()
    auth.auth_flow = lambda request: (each for each in [function(request)])
    return auth


class _Base:
    def __init__(
        self,
        *,
        auth=None,
        params=None,
        headers=None,
        cookies=None,
        verify=True,
        timeout=DEFAULT_TIMEOUT,
        follow_redirects=False,
        limits=DEFAULT_LIMITS,
        max_redirects=20,
        event_hooks=None,
        base_url="",
        transport=None,
        app=None,
        http2=False,
        **unused,
    ):
        if http2:
            raise NotImplementedError("httpx: HTTP/2 is not simulated")
        self.headers = Headers(
            {"accept": "*/*", "accept-encoding": "gzip, deflate", "connection": "keep-alive"}
        )
        self.headers["user-agent"] = "python-httpx/0.28.1"
        self.headers.update(headers or {})
        self.params = QueryParams(params)
        self.cookies = Cookies(cookies)
        self.auth = auth
        self.timeout = None if timeout is None else Timeout(timeout)
        self.follow_redirects = follow_redirects
        self.max_redirects = max_redirects
        base = URL(base_url)
        ends = base.raw_path.endswith(b"/")
        self.base_url = base if ends else base.copy_with(raw_path=base.raw_path + b"/")
        self.event_hooks = {"request": [], "response": []}
        self.event_hooks.update((name, list(hooks)) for name, hooks in (event_hooks or {}).items())
        self.is_closed = False
        if app is not None:
            transport = ASGITransport(app)
        self._transport = self._network(limits) if transport is None else transport

    def build_request(
        self,
        method,
        url,
        *,
        content=None,
        data=None,
        files=None,
        json=None,
        params=None,
        headers=None,
        cookies=None,
        timeout=None,
        auth=_DEFAULT,
    ):
        url = URL(url)
        if url.is_relative_url:
            base = self.base_url
            url = base.copy_with(raw_path=base.raw_path + url.raw_path.lstrip(b"/")) if base.is_absolute_url else url
        if params or self.params:
            params = self.params.merge(params)
        merged = self.headers.copy()
        if isinstance(headers, (list, tuple)):
            for name in {name.lower() for name, _ in headers}:
                merged.pop(name, None)
            for name, value in headers:
                merged.add(name.lower(), value)
        else:
            merged.update(headers or {})
        cookies = dict(self.cookies.items(), **dict(cookies or {}))
        if cookies:
            merged.setdefault("cookie", "; ".join(f"{name}={value}" for name, value in cookies.items()))
        auth = self.auth if auth is _DEFAULT else auth
        flow = auth if hasattr(auth, "auth_flow") else None
        if callable(auth) and flow is None:
            flow = _function_auth(auth)
        if auth is not None and flow is None:
            text = "{}:{}".format(*auth) if isinstance(auth, tuple) else f"{auth.username}:{auth.password}"
            merged["authorization"] = "Basic " + base64.b64encode(text.encode()).decode()
        request = Request(
            method, url, headers=merged, params=params, content=content, data=data, files=files, json=json
        )
        request._auth = flow
        return request

    def _limits_of(self, timeout):
        if timeout is _DEFAULT:
            return self.timeout
        return None if timeout is None else Timeout(timeout)

    def _redirect(self, request, response):
        method, content = request.method, request.content
        status = response.status_code
        if (status == 303 and method != "HEAD") or (status in (301, 302) and method == "POST"):
            method, content = "GET", b""
        url = request.url.join(response.headers["location"])
        headers = {k: v for k, v in request.headers.items() if k not in ("host", "content-length", "content-type")}
        return Request(method, url, headers=headers, content=content)


class AsyncClient(_Base):
    def _network(self, limits):
        return AsyncHTTPTransport(limits=limits)

    async def send(self, request, *, stream=False, auth=None, follow_redirects=_DEFAULT, timeout=_DEFAULT):
        if self.is_closed:
            raise RuntimeError("Cannot send a request, as the client has been closed.")
        auth = auth if hasattr(auth, "auth_flow") else getattr(request, "_auth", None)
        if auth is None:
            return await self._send(request, stream, follow_redirects, timeout)
        flow = auth.async_auth_flow(request)
        request = await flow.__anext__()
        while True:
            response = await self._send(request, stream, follow_redirects, timeout)
            try:
                request = await flow.asend(response)
            except StopAsyncIteration:
                return response

    async def _send(self, request, stream, follow_redirects, timeout):
        _cost.charge("httpx.request")
        follow = self.follow_redirects if follow_redirects is _DEFAULT else follow_redirects
        limits = self._limits_of(timeout)
        history = []
        while True:
            for hook in self.event_hooks["request"]:
                await hook(request)
            began = time.perf_counter()
            response = await self._transport.handle_async_request(*_arguments(self._transport, request, limits))
            response.request = request
            response.elapsed = timedelta(seconds=time.perf_counter() - began)
            response.history = list(history)
            self.cookies.extract_cookies(response)
            for hook in self.event_hooks["response"]:
                await hook(response)
            if not follow or not response.has_redirect_location:
                if response.has_redirect_location:
                    response.next_request = self._redirect(request, response)
                break
            await response.aread()
            history.append(response)
            if len(history) > self.max_redirects:
                raise TooManyRedirects("Exceeded maximum allowed redirects.", request=request)
            request = self._redirect(request, response)
        if not stream:
            await response.aread()
        return response

    async def request(self, method, url, *, timeout=_DEFAULT, follow_redirects=_DEFAULT, auth=_DEFAULT, **kwargs):
        request = self.build_request(method, url, auth=auth, **kwargs)
        return await self.send(request, follow_redirects=follow_redirects, timeout=timeout)

    async def get(self, url, **kwargs):
        return await self.request("GET", url, **kwargs)

    async def options(self, url, **kwargs):
        return await self.request("OPTIONS", url, **kwargs)

    async def head(self, url, **kwargs):
        return await self.request("HEAD", url, **kwargs)

    async def post(self, url, **kwargs):
        return await self.request("POST", url, **kwargs)

    async def put(self, url, **kwargs):
        return await self.request("PUT", url, **kwargs)

    async def patch(self, url, **kwargs):
        return await self.request("PATCH", url, **kwargs)

    async def delete(self, url, **kwargs):
        return await self.request("DELETE", url, **kwargs)

    @asynccontextmanager
    async def stream(self, method, url, *, timeout=_DEFAULT, follow_redirects=_DEFAULT, **kwargs):
        request = self.build_request(method, url, **kwargs)
        response = await self.send(request, stream=True, follow_redirects=follow_redirects, timeout=timeout)
        try:
            yield response
        finally:
            await response.aclose()

    async def aclose(self):
        self.is_closed = True
        await self._transport.aclose()

    async def __aenter__(self):
        return self

    async def __aexit__(self, exc_type=None, exc_value=None, traceback=None):
        await self.aclose()


class Client(_Base):
    def _network(self, limits):
        return HTTPTransport()

    def send(self, request, *, stream=False, auth=None, follow_redirects=_DEFAULT, timeout=_DEFAULT):
        if self.is_closed:
            raise RuntimeError("Cannot send a request, as the client has been closed.")
        auth = auth if hasattr(auth, "auth_flow") else getattr(request, "_auth", None)
        if auth is None:
            return self._send(request, follow_redirects, timeout)
        flow = auth.sync_auth_flow(request)
        request = next(flow)
        while True:
            response = self._send(request, follow_redirects, timeout)
            try:
                request = flow.send(response)
            except StopIteration:
                return response

    def _send(self, request, follow_redirects, timeout):
        _cost.charge("httpx.request")
        follow = self.follow_redirects if follow_redirects is _DEFAULT else follow_redirects
        limits = self._limits_of(timeout)
        history = []
        while True:
            for hook in self.event_hooks["request"]:
                hook(request)
            began = time.perf_counter()
            response = self._transport.handle_request(*_arguments(self._transport, request, limits))
            response.request = request
            response.elapsed = timedelta(seconds=time.perf_counter() - began)
            response.history = list(history)
            self.cookies.extract_cookies(response)
            for hook in self.event_hooks["response"]:
                hook(response)
            if not follow or not response.has_redirect_location:
                if response.has_redirect_location:
                    response.next_request = self._redirect(request, response)
                return response
            history.append(response)
            if len(history) > self.max_redirects:
                raise TooManyRedirects("Exceeded maximum allowed redirects.", request=request)
            request = self._redirect(request, response)

    def request(self, method, url, *, timeout=_DEFAULT, follow_redirects=_DEFAULT, auth=_DEFAULT, **kwargs):
        request = self.build_request(method, url, auth=auth, **kwargs)
        return self.send(request, follow_redirects=follow_redirects, timeout=timeout)

    def get(self, url, **kwargs):
        return self.request("GET", url, **kwargs)

    def options(self, url, **kwargs):
        return self.request("OPTIONS", url, **kwargs)

    def head(self, url, **kwargs):
        return self.request("HEAD", url, **kwargs)

    def post(self, url, **kwargs):
        return self.request("POST", url, **kwargs)

    def put(self, url, **kwargs):
        return self.request("PUT", url, **kwargs)

    def patch(self, url, **kwargs):
        return self.request("PATCH", url, **kwargs)

    def delete(self, url, **kwargs):
        return self.request("DELETE", url, **kwargs)

    @contextmanager
    def stream(self, method, url, **kwargs):
        response = self.request(method, url, **kwargs)
        # The body is here already; it is shown when it is read.
        response._unread, response._content = response._content, None
        try:
            yield response
        finally:
            response.close()

    def close(self):
        self.is_closed = True
        self._transport.close()

    def __enter__(self):
        return self

    def __exit__(self, exc_type=None, exc_value=None, traceback=None):
        self.close()


def request(method, url, **kwargs):
    with Client() as client:
        return client.request(method, url, **kwargs)


def stream(method, url, **kwargs):
    return Client().stream(method, url, **kwargs)


def get(url, **kwargs):
    return request("GET", url, **kwargs)


def options(url, **kwargs):
    return request("OPTIONS", url, **kwargs)


def head(url, **kwargs):
    return request("HEAD", url, **kwargs)


def post(url, **kwargs):
    return request("POST", url, **kwargs)


def put(url, **kwargs):
    return request("PUT", url, **kwargs)


def patch(url, **kwargs):
    return request("PATCH", url, **kwargs)


def delete(url, **kwargs):
    return request("DELETE", url, **kwargs)
