"""aiohttp's server: handlers by route, middlewares, runners. Its HTTP is uvicorn's protocol over the same loop."""

import asyncio
import json as _json
import re
import sys
from collections import namedtuple
from io import BytesIO
from urllib.parse import parse_qsl
from weakref import WeakSet

from _multipart import decode_multipart, parse_options
from multidict import CIMultiDict, MultiDict
from starlette._paths import PathTemplate
from uvicorn._http import HttpProtocol
from uvicorn._server import ServerState
from yarl import URL

from .http_websocket import WSCloseCode, WSMessage, WSMsgType
from .version import __version__
from .web_response import *
from .web_response import HTTPMethodNotAllowed, HTTPNotFound, HTTPRequestEntityTooLarge, Response, StreamResponse
from .web_ws import WebSocketReady, WebSocketResponse


FileField = namedtuple("FileField", "name filename file content_type headers")


def middleware(func):
    return func


class AppKey:
    def __init__(self, name, t=object):
        self._name = name

    def __repr__(self):
        return f"<AppKey({self._name})>"


class Request:
    def __init__(self, scope, receive, send, app, match_info):
        self.scope = scope
        self._receive, self._send = receive, send
        self._app = app
        self.match_info = match_info
        self.method = scope["method"]
        self.path = scope["path"]
        self.query_string = scope["query_string"].decode("latin-1")
        self.headers = CIMultiDict([(k.decode("latin-1").title(), v.decode("latin-1")) for k, v in scope["headers"]])
        self._store = {}
        self._body = None

    @property
    def app(self):
        return self._app

    @property
    def query(self):
        return MultiDict(parse_qsl(self.query_string, keep_blank_values=True))

    rel_url = property(lambda self: URL(self.path_qs))
    url = property(lambda self: URL(f"http://{self.host}{self.path_qs}"))

    @property
    def path_qs(self):
        return self.path + ("?" + self.query_string if self.query_string else "")

    @property
    def host(self):
        return self.headers.get("Host", "localhost")

    @property
    def remote(self):
        return self.scope["client"][0]

    @property
    def cookies(self):
        pairs = (part.strip().partition("=") for part in self.headers.get("Cookie", "").split(";") if "=" in part)
        return {name: value for name, _, value in pairs}

    @property
    def content_type(self):
        return self.headers.get("Content-Type", "application/octet-stream").partition(";")[0].strip()

    @property
    def can_read_body(self):
        return int(self.headers.get("Content-Length", 0)) > 0

    body_exists = can_read_body

    async def read(self):
        if self._body is None:
            parts = []
            while True:
                message = await self._receive()
                parts.append(message.get("body", b""))
                most = self._app.client_max_size
                if most and sum(map(len, parts)) > most:
                    raise HTTPRequestEntityTooLarge(text=f"Maximum request body size {most} exceeded.")
                if not message.get("more_body"):
                    break
            self._body = b"".join(parts)
        return self._body

    async def text(self):
        return (await self.read()).decode()

    async def json(self, *, loads=_json.loads):
        return loads(await self.text())

    async def post(self):
        """The fields of a form; files among them as `FileField`."""
        kind, options = parse_options(self.headers.get("Content-Type", ""))
        if kind != "multipart/form-data":
            return MultiDict(parse_qsl(await self.text(), keep_blank_values=True))
        items = []
        for raw, content in decode_multipart(await self.read(), options.get("boundary", "")):
            headers = CIMultiDict([(key.decode().title(), value.decode()) for key, value in raw])
            _, about = parse_options(headers.get("Content-Disposition", ""))
            what = headers.get("Content-Type", "application/octet-stream")
            if "filename" in about:
                value = FileField(about["name"], about["filename"], BytesIO(content), what, headers)
            elif "Content-Type" not in headers or what.startswith("text/"):
                value = content.decode()
            else:
                value = bytearray(content)
            items.append((about["name"], value))
        return MultiDict(items)

    def __getitem__(self, key):
        return self._store[key]

    def __setitem__(self, key, value):
        self._store[key] = value

    def __contains__(self, key):
        return key in self._store

    def get(self, key, default=None):
        return self._store.get(key, default)

    def __repr__(self):
        return f"<Request {self.method} {self.path} >"


BaseRequest = Request


class RouteDef:
    def __init__(self, method, path, handler, kwargs):
        self.method, self.path, self.handler, self.kwargs = method, path, handler, kwargs


def route(method, path, handler, **kwargs):
    return RouteDef(method, path, handler, kwargs)


def get(path, handler, *, name=None, allow_head=True, **kwargs):
    return RouteDef("GET", path, handler, {"name": name, **kwargs})


def post(path, handler, **kwargs):
    return RouteDef("POST", path, handler, kwargs)


def put(path, handler, **kwargs):
    return RouteDef("PUT", path, handler, kwargs)


def patch(path, handler, **kwargs):
    return RouteDef("PATCH", path, handler, kwargs)


def delete(path, handler, **kwargs):
    return RouteDef("DELETE", path, handler, kwargs)


def head(path, handler, **kwargs):
    return RouteDef("HEAD", path, handler, kwargs)


def view(path, handler, **kwargs):
    return RouteDef("*", path, handler, kwargs)


class RouteTableDef(list):
    """Routes that decorators collect."""

    def route(self, method, path, **kwargs):
        def decorator(handler):
            self.append(RouteDef(method, path, handler, kwargs))
            return handler

        return decorator

    def get(self, path, **kwargs):
        return self.route("GET", path, **kwargs)

    def post(self, path, **kwargs):
        return self.route("POST", path, **kwargs)

    def put(self, path, **kwargs):
        return self.route("PUT", path, **kwargs)

    def patch(self, path, **kwargs):
        return self.route("PATCH", path, **kwargs)

    def delete(self, path, **kwargs):
        return self.route("DELETE", path, **kwargs)

    def view(self, path, **kwargs):
        return self.route("*", path, **kwargs)


class View:
    """A handler with a method per HTTP method."""

    def __init__(self, request):
        self.request = request

    def __await__(self):
        return self._answer().__await__()

    async def _answer(self):
        method = getattr(self, self.request.method.lower(), None)
        if method is None:
            allowed = [m for m in ("GET", "POST", "PUT", "PATCH", "DELETE") if hasattr(self, m.lower())]
            raise HTTPMethodNotAllowed(self.request.method, allowed)
        return await method()


class _Pattern:
    """A path whose parts are matched by regular expressions: `/items/{id:\\d+}`."""

    def __init__(self, path):
        pieces = re.split(r"\{(\w+)(?::((?:[^{}]|\{[^{}]*\})+))?\}", path)
        pattern = re.escape(pieces[0])
        for name, inner, literal in zip(pieces[1::3], pieces[2::3], pieces[3::3]):
            pattern += f"(?P<{name}>{inner or '[^{}/]+'})" + re.escape(literal)
        self._pattern = re.compile(pattern)

    def match(self, path):
        found = self._pattern.fullmatch(path)
        return None if found is None else found.groupdict()


def _template(path):
    return _Pattern(path) if re.search(r"\{\w+:", path) else PathTemplate(path)


class _Resource:
    """A path with a name, from which addresses are made."""

    def __init__(self, name, path):
        self.name = name
        self.canonical = re.sub(r"\{(\w+):[^{}]*\}", r"{\1}", path)

    def url_for(self, **parts):
        from urllib.parse import quote

        missing = [part for part in re.findall(r"\{(\w+)\}", self.canonical) if part not in parts]
        if missing:
            raise KeyError(missing[0])
        return URL(re.sub(r"\{(\w+)\}", lambda found: quote(str(parts[found[1]]), safe=""), self.canonical))


class _Router:
    def __init__(self):
        self._routes = []
        self._named = {}

    def __getitem__(self, name):
        return self._named[name]

    def __iter__(self):
        return iter(self._named)

    def named_resources(self):
        return dict(self._named)

    def add_route(self, method, path, handler, *, name=None, **unused):
        self._routes.append((method.upper(), _template(path), handler))
        if name is not None:
            self._named.setdefault(name, _Resource(name, path))

    def add_get(self, path, handler, **kwargs):
        self.add_route("GET", path, handler, **kwargs)

    def add_post(self, path, handler, **kwargs):
        self.add_route("POST", path, handler, **kwargs)

    def add_put(self, path, handler, **kwargs):
        self.add_route("PUT", path, handler, **kwargs)

    def add_patch(self, path, handler, **kwargs):
        self.add_route("PATCH", path, handler, **kwargs)

    def add_delete(self, path, handler, **kwargs):
        self.add_route("DELETE", path, handler, **kwargs)

    def add_view(self, path, handler, **kwargs):
        self.add_route("*", path, handler, **kwargs)

    def add_routes(self, routes):
        for one in routes:
            self.add_route(one.method, one.path, one.handler, **one.kwargs)

    def add_static(self, *args, **kwargs):
        raise NotImplementedError("aiohttp.web: static files are not simulated")

    def resolve(self, method, path):
        allowed = set()
        for wanted, template, handler in self._routes:
            found = template.match(path)
            if found is not None:
                if wanted in (method, "*") or wanted == "GET" and method == "HEAD":
                    return handler, found
                allowed.update(("GET", "HEAD") if wanted == "GET" else (wanted,))
        if allowed:
            raise HTTPMethodNotAllowed(method, allowed)
        raise HTTPNotFound()

    def routes(self):
        return list(self._routes)


class Application:
    def __init__(self, *, middlewares=(), client_max_size=1024**2, logger=None, loop=None, debug=None):
        self.client_max_size = client_max_size
        self.router = _Router()
        self.middlewares = list(middlewares)
        self.on_startup, self.on_shutdown, self.on_cleanup = [], [], []
        self.on_response_prepare = []
        self.cleanup_ctx = []
        self._state = {}
        self._contexts = []
        self._subapps = []
        # The WebSockets that are open, for the end of the server.
        self._websockets = WeakSet()

    def add_routes(self, routes):
        self.router.add_routes(routes)

    def add_subapp(self, prefix, subapp):
        self._subapps.append((prefix.rstrip("/"), subapp))

    def __getitem__(self, key):
        return self._state[key]

    def __setitem__(self, key, value):
        self._state[key] = value

    def __delitem__(self, key):
        del self._state[key]

    def __contains__(self, key):
        return key in self._state

    def get(self, key, default=None):
        return self._state.get(key, default)

    async def startup(self):
        for make in self.cleanup_ctx:
            context = make(self)
            await context.__anext__()
            self._contexts.append(context)
        for callback in self.on_startup:
            await callback(self)
        for _, subapp in self._subapps:
            await subapp.startup()

    async def shutdown(self):
        for callback in self.on_shutdown:
            await callback(self)

    async def cleanup(self):
        for _, subapp in self._subapps:
            await subapp.cleanup()
        for context in reversed(self._contexts):
            try:
                await context.__anext__()
            except StopAsyncIteration:
                pass
        self._contexts.clear()
        for callback in self.on_cleanup:
            await callback(self)

    async def _respond(self, request):
        for prefix, subapp in self._subapps:
            if request.path.startswith(prefix + "/"):
                request.path = request.path[len(prefix) :]
                request._app = subapp
                return await subapp._respond(request)

        async def innermost(request):
            handler, request.match_info = self.router.resolve(request.method, request.path)
            return await handler(request)

        handler = innermost
        for one in reversed(self.middlewares):
            handler = _wrapped(one, handler)
        return await handler(request)

    async def __call__(self, scope, receive, send):
        """One request, as uvicorn's protocol hands it over."""
        request = Request(scope, receive, send, self, {})
        try:
            response = await self._respond(request)
            if not isinstance(response, StreamResponse):
                raise RuntimeError(f"Web-handler should return a response instance, got {response!r}")
        except HTTPException as exc:
            response = exc
        except asyncio.CancelledError:
            # The server goes away: nobody waits for an answer, and nobody is told.
            cycle = send.__self__
            cycle.started = cycle.complete = True
            cycle.protocol.transport.close()
            return
        except Exception as exc:
            import logging

            logging.getLogger("aiohttp.server").exception(f"Error handling request from {request.remote}")
            text = "500 Internal Server Error\n\nServer got itself in trouble"
            response = Response(status=500, text=text)
        for callback in self.on_response_prepare:
            await callback(request, response)
        await response.prepare(request)
        await response.write_eof()


def _wrapped(one, handler):
    async def call(request):
        return await one(request, handler)

    return call


class _Config:
    """What the protocol asks of its server's configuration."""

    root_path = ""
    ws = "none"
    limit_concurrency = None
    access_log = False
    fast_parser = True
    sized_errors = True
    timeout_keep_alive = 75

    def __init__(self):
        from uvicorn._log import Log

        self.log = Log("error")


class AppRunner:
    def __init__(self, app, *, handle_signals=False, access_log=None, **unused):
        self.app = app
        self._sites = []
        self.server = None

    async def setup(self):
        await self.app.startup()
        self._config, self._state = _Config(), ServerState()
        from uvicorn._server import http_date
        import time

        version = ".".join(map(str, sys.version_info[:2]))
        self._state.default_head = (
            f"Date: {http_date(time.time())}\r\nServer: Python/{version} aiohttp/{__version__}\r\n".encode()
        )

    async def cleanup(self):
        for site in list(self._sites):
            await site.stop()
        for connection in list(self._state.connections):
            connection.shutdown()
        await asyncio.sleep(0)
        await self.app.shutdown()
        await self.app.cleanup()

    @property
    def addresses(self):
        return [sock.getsockname() for site in self._sites for sock in site._server.sockets]

    @property
    def sites(self):
        return set(self._sites)


class TCPSite:
    def __init__(self, runner, host=None, port=None, *, backlog=128, reuse_address=None, reuse_port=None, **unused):
        self._runner, self._host, self._backlog = runner, host, backlog
        self._port = 8080 if port is None else port

    @property
    def name(self):
        return f"http://{self._host or '0.0.0.0'}:{self._port}"

    async def start(self):
        loop, runner = asyncio.get_running_loop(), self._runner
        make = lambda: HttpProtocol(runner._config, runner.app, runner._state, {}, loop)
        self._server = await loop.create_server(make, self._host or "0.0.0.0", self._port, backlog=self._backlog)
        runner._sites.append(self)

    async def stop(self):
        self._server.close()
        self._runner._sites.remove(self)


async def _run_app(app, host, port, show, **unused):
    runner = AppRunner(app)
    await runner.setup()
    site = TCPSite(runner, host, port)
    try:
        await site.start()
        if show:
            show(f"======== Running on {site.name} ========\n(Press CTRL+C to quit)")
        while True:
            await asyncio.sleep(3600)
    finally:
        await runner.cleanup()


def run_app(app, *, host=None, port=None, print=print, **options):
    async def main():
        found = await app if asyncio.iscoroutine(app) else app
        await _run_app(found, host, port, print)

    try:
        asyncio.run(main())
    except KeyboardInterrupt:
        pass
