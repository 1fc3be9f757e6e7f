"""Routes and the router: the first route that fits the path and the method answers."""

import functools
from contextlib import asynccontextmanager

import _cost
from ._paths import PathTemplate
from ._utils import is_async_callable
from .concurrency import run_in_threadpool
from .exceptions import HTTPException
from .requests import Request
from .responses import PlainTextResponse, RedirectResponse
from .websockets import WebSocket, WebSocketClose


class NoMatchFound(Exception):
    def __init__(self, name, path_params):
        params = ", ".join(path_params)
        super().__init__(f'No route exists for name "{name}" and params "{params}".')


def get_name(endpoint):
    return getattr(endpoint, "__name__", type(endpoint).__name__)


def request_response(func):
    """An endpoint as an ASGI application. Its exceptions are ExceptionMiddleware's business."""
    is_async = is_async_callable(func)

    async def app(scope, receive, send):
        request = Request(scope, receive, send)
        if is_async:
            response = await func(request)
        else:
            response = await run_in_threadpool(func, request)
        await response(scope, receive, send)

    return app


def _clean(path):
    assert path.startswith("/"), "Routed paths must start with '/'"
    return path


class Route:
    def __init__(self, path, endpoint, *, methods=None, name=None, include_in_schema=True, middleware=None):
        self.path = _clean(path)
        self.endpoint = endpoint
        self.name = get_name(endpoint) if name is None else name
        self.include_in_schema = include_in_schema
        target = endpoint
        while isinstance(target, functools.partial):
            target = target.func
        if hasattr(target, "__code__") or hasattr(target, "__func__"):
            self.app = request_response(endpoint)
            if methods is None:
                methods = ["GET"]
        else:
            self.app = endpoint
        self._set_methods(methods)
        for cls, args, kwargs in reversed(middleware or ()):
            self.app = cls(self.app, *args, **kwargs)
        self.template = PathTemplate(path)

    def _set_methods(self, methods):
        self.methods = None
        if methods is not None:
            self.methods = {method.upper() for method in methods}
            if "GET" in self.methods:
                self.methods.add("HEAD")

    def match(self, path):
        return self.template.match(path)

    def url_path_for(self, name, /, **path_params):
        if name != self.name or set(path_params) != set(self.template.names):
            raise NoMatchFound(name, path_params)
        return self.template.format(path_params)

    async def handle(self, scope, receive, send):
        if self.methods and scope["method"] not in self.methods:
            headers = {"Allow": ", ".join(sorted(self.methods))}
            if "app" in scope:
                raise HTTPException(status_code=405, headers=headers)
            await PlainTextResponse("Method Not Allowed", 405, headers)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def __repr__(self):
        return f"Route(path={self.path!r}, name={self.name!r}, methods={sorted(self.methods or [])!r})"


def websocket_session(func):
    """An endpoint for WebSockets as an ASGI application."""

    async def app(scope, receive, send):
        await func(WebSocket(scope, receive, send))

    return app


class WebSocketRoute:
    methods = None

    def __init__(self, path, endpoint, *, name=None, middleware=None):
        self.path = _clean(path)
        self.endpoint = endpoint
        self.name = get_name(endpoint) if name is None else name
        is_function = hasattr(endpoint, "__code__") or hasattr(endpoint, "__func__")
        self.app = websocket_session(endpoint) if is_function else endpoint
        for cls, args, kwargs in reversed(middleware or ()):
            self.app = cls(self.app, *args, **kwargs)
        self.template = PathTemplate(path)

    def match(self, path):
        return self.template.match(path)

    url_path_for = Route.url_path_for

    def __repr__(self):
        return f"WebSocketRoute(path={self.path!r}, name={self.name!r})"


class Mount:
    """An application under a prefix: it sees the rest of the path."""

    methods = None

    def __init__(self, path, app=None, routes=None, name=None, *, middleware=None):
        self.path = path.rstrip("/")
        self.name = name
        self.app = app if app is not None else Router(routes=routes)
        for cls, args, kwargs in reversed(middleware or ()):
            self.app = cls(self.app, *args, **kwargs)
        self.template = PathTemplate(self.path + "/{path:path}")

    @property
    def routes(self):
        return getattr(self.app, "routes", [])

    def match(self, path):
        return self.template.match(path)

    def url_path_for(self, name, /, **path_params):
        if self.name is not None and name == self.name and list(path_params) == ["path"]:
            return f"{self.path}/{path_params['path'].lstrip('/')}"
        for route in self.routes:
            prefix, _, rest = name.partition(":")
            wanted = rest if prefix == self.name else name
            try:
                return self.path + route.url_path_for(wanted, **path_params)
            except NoMatchFound:
                pass
        raise NoMatchFound(name, path_params)

    async def handle(self, scope, receive, send):
        params = dict(scope["path_params"])
        rest = "/" + params.pop("path")
        scope["path_params"] = params
        root = scope.get("root_path", "")
        scope["app_root_path"] = scope.get("app_root_path", root)
        scope["root_path"] = root + scope["path"][len(root) : len(scope["path"]) - len(rest)]
        scope["_route_path"] = rest
        await self.app(scope, receive, send)


class Router:
    def __init__(
        self,
        routes=None,
        redirect_slashes=True,
        default=None,
        on_startup=None,
        on_shutdown=None,
        lifespan=None,
        *,
        middleware=None,
    ):
        self.routes = list(routes or ())
        self.redirect_slashes = redirect_slashes
        self.default = default or self.not_found
        self.on_startup = list(on_startup or ())
        self.on_shutdown = list(on_shutdown or ())
        self.lifespan_context = self._default_lifespan if lifespan is None else _as_context(lifespan)

    async def not_found(self, scope, receive, send):
        if "app" in scope:
            raise HTTPException(status_code=404)
        await PlainTextResponse("Not Found", status_code=404)(scope, receive, send)

    def __call__(self, scope, receive, send):
        """A coroutine that answers: the chain of awaits is not made longer than it must be."""
        if scope["type"] == "lifespan":
            return self.lifespan(scope, receive, send)
        is_socket = scope["type"] == "websocket"
        _cost.charge("starlette.request")
        path = scope.pop("_route_path", None)
        if path is None:
            path = scope["path"]
            root = scope.get("root_path")
            if root and path.startswith(root):
                path = path[len(root) :]
        if "router" not in scope:
            scope["router"] = self
        method = scope.get("method")
        partial = None
        for route in self.routes:
            if not path.startswith(route.template.prefix) or isinstance(route, WebSocketRoute) is not is_socket:
                if not is_socket or not isinstance(route, Mount):
                    continue
            params = route.match(path)
            if params is None:
                continue
            if route.methods is None or method in route.methods:
                break
            if partial is None:
                partial = (route, params)
        else:
            if partial is None:
                return self._unmatched(path, scope, receive, send)
            route, params = partial
        scope["path_params"] = dict(scope["path_params"], **params) if scope.get("path_params") else params
        scope["endpoint"] = getattr(route, "endpoint", None) or route.app
        scope["route"] = route
        return (route.handle if partial or isinstance(route, Mount) else route.app)(scope, receive, send)

    async def _unmatched(self, path, scope, receive, send):
        if scope["type"] == "websocket":
            await WebSocketClose()(scope, receive, send)
            return
        if self.redirect_slashes and path != "/":
            other = path.rstrip("/") if path.endswith("/") else path + "/"
            for route in self.routes:
                if route.match(other) is not None:
                    from .datastructures import URL

                    url = URL(scope=dict(scope, path=other))
                    await RedirectResponse(str(url))(scope, receive, send)
                    return
        await self.default(scope, receive, send)

    # Lifespan

    @asynccontextmanager
    async def _default_lifespan(self, app):
        await self.startup()
        yield
        await self.shutdown()

    async def startup(self):
        # A plain `def` handler runs here, on the loop's thread (S-WEB-02).
        for handler in self.on_startup:
            if is_async_callable(handler):
                await handler()
            else:
                handler()

    async def shutdown(self):
        for handler in self.on_shutdown:
            if is_async_callable(handler):
                await handler()
            else:
                handler()

    async def lifespan(self, scope, receive, send):
        started = False
        try:
            await receive()
            async with self.lifespan_context(scope.get("app")) as state:
                if state is not None:
                    scope["state"].update(state)
                await send({"type": "lifespan.startup.complete"})
                started = True
                await receive()
        except BaseException as exc:
            import traceback

            text = "".join(traceback.format_exception(type(exc), exc, exc.__traceback__))
            kind = "lifespan.shutdown.failed" if started else "lifespan.startup.failed"
            await send({"type": kind, "message": text})
            raise
        await send({"type": "lifespan.shutdown.complete"})

    # Adding routes

    def url_path_for(self, name, /, **path_params):
        for route in self.routes:
            try:
                return route.url_path_for(name, **path_params)
            except NoMatchFound:
                pass
        raise NoMatchFound(name, path_params)

    def mount(self, path, app, name=None):
        self.routes.append(Mount(path, app=app, name=name))

    def add_route(self, path, endpoint, methods=None, name=None, include_in_schema=True):
        self.routes.append(
            Route(path, endpoint, methods=methods, name=name, include_in_schema=include_in_schema)
        )

    def route(self, path, methods=None, name=None, include_in_schema=True):
        def decorator(func):
            self.add_route(path, func, methods, name, include_in_schema)
            return func

        return decorator

    def add_websocket_route(self, path, endpoint, name=None):
        self.routes.append(WebSocketRoute(path, endpoint, name=name))

    def websocket_route(self, path, name=None):
        def decorator(func):
            self.add_websocket_route(path, func, name)
            return func

        return decorator

    def add_event_handler(self, event_type, func):
        assert event_type in ("startup", "shutdown")
        (self.on_startup if event_type == "startup" else self.on_shutdown).append(func)

    def on_event(self, event_type):
        def decorator(func):
            self.add_event_handler(event_type, func)
            return func

        return decorator


def _as_context(lifespan):
    """A lifespan given as a generator function works as one given as a context manager."""
    code = getattr(lifespan, "__code__", None)
    if code is not None and code.co_flags & 0x200:
        return asynccontextmanager(lifespan)
    return lifespan
