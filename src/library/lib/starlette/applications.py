"""The application: a stack of middleware around a router (S-WEB-12)."""

from .datastructures import State
from .exceptions import HTTPException, WebSocketException, http_exception
from .middleware import Middleware
from .middleware.base import BaseHTTPMiddleware
from .middleware.errors import PlainStack, ServerErrorMiddleware
from .middleware.exceptions import ExceptionMiddleware
from .routing import Router


class Starlette:
    def __init__(
        self,
        debug=False,
        routes=None,
        middleware=None,
        exception_handlers=None,
        on_startup=None,
        on_shutdown=None,
        lifespan=None,
    ):
        self.debug = debug
        self.state = State()
        self.router = Router(routes, on_startup=on_startup, on_shutdown=on_shutdown, lifespan=lifespan)
        self.exception_handlers = dict(exception_handlers or {})
        self.user_middleware = list(middleware or ())
        self.middleware_stack = None

    @property
    def routes(self):
        return self.router.routes

    def build_middleware_stack(self):
        handlers = {HTTPException: http_exception}
        error_handler = None
        for key, value in self.exception_handlers.items():
            if key in (500, Exception):
                error_handler = value
            else:
                handlers[key] = value
        if not self.user_middleware:
            return PlainStack(self._innermost(), handlers, error_handler, self.debug)
        app = ExceptionMiddleware(self._innermost(), handlers=handlers, debug=self.debug)
        for cls, args, kwargs in reversed(self.user_middleware):
            app = cls(app, *args, **kwargs)
        return ServerErrorMiddleware(app, handler=error_handler, debug=self.debug)

    def _innermost(self):
        return self.router

    def __call__(self, scope, receive, send):
        scope["app"] = self
        if self.middleware_stack is None:
            self.middleware_stack = self.build_middleware_stack()
        return self.middleware_stack(scope, receive, send)

    def url_path_for(self, name, /, **path_params):
        return self.router.url_path_for(name, **path_params)

    def on_event(self, event_type):
        return self.router.on_event(event_type)

    def add_event_handler(self, event_type, func):
        self.router.add_event_handler(event_type, func)

    def mount(self, path, app, name=None):
        self.router.mount(path, app, name)

    def add_middleware(self, middleware_class, *args, **kwargs):
        if self.middleware_stack is not None:
            raise RuntimeError("Cannot add middleware after an application has started")
        self.user_middleware.insert(0, Middleware(middleware_class, *args, **kwargs))

    def middleware(self, middleware_type):
        assert middleware_type == "http", 'Currently only middleware("http") is supported.'

        def decorator(func):
            self.add_middleware(BaseHTTPMiddleware, dispatch=func)
            return func

        return decorator

    def add_exception_handler(self, key, handler):
        self.exception_handlers[key] = handler

    def exception_handler(self, key):
        def decorator(func):
            self.add_exception_handler(key, func)
            return func

        return decorator

    def add_route(self, path, route, methods=None, name=None, include_in_schema=True):
        self.router.add_route(path, route, methods, name, include_in_schema)

    def add_websocket_route(self, path, route, name=None):
        self.router.add_websocket_route(path, route, name)

    def websocket_route(self, path, name=None):
        return self.router.websocket_route(path, name)

    def route(self, path, methods=None, name=None, include_in_schema=True):
        return self.router.route(path, methods, name, include_in_schema)
