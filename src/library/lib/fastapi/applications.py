"""The application: Starlette with FastAPI's router and answers to errors."""

from starlette.applications import Starlette
from starlette.datastructures import State
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, PlainTextResponse

from .exception_handlers import http_exception_handler, request_validation_exception_handler
from .exceptions import RequestValidationError
from .routing import APIRouter, _methods, warn_of_on_event


async def _not_documented(request):
    return PlainTextResponse("The interactive documentation of FastAPI is not simulated.", status_code=501)


@_methods
class FastAPI(Starlette):
    def __init__(
        self,
        *,
        debug=False,
        routes=None,
        title="FastAPI",
        version="0.1.0",
        openapi_url="/openapi.json",
        docs_url="/docs",
        redoc_url="/redoc",
        dependencies=None,
        default_response_class=JSONResponse,
        middleware=None,
        exception_handlers=None,
        on_startup=None,
        on_shutdown=None,
        lifespan=None,
        root_path="",
        redirect_slashes=True,
        **documentation,
    ):
        self.debug = debug
        self.title = title
        self.version = version
        self.root_path = root_path
        self.state = State()
        self._overrides = {}
        self.router = APIRouter(
            routes=routes,
            redirect_slashes=redirect_slashes,
            dependencies=dependencies,
            default_response_class=default_response_class,
            on_startup=on_startup,
            on_shutdown=on_shutdown,
            lifespan=lifespan,
            overrides=self._overrides,
        )
        self.exception_handlers = dict(exception_handlers or {})
        self.exception_handlers.setdefault(HTTPException, http_exception_handler)
        self.exception_handlers.setdefault(RequestValidationError, request_validation_exception_handler)
        self.user_middleware = list(middleware or ())
        self.middleware_stack = None
        if openapi_url:
            for path in (openapi_url, docs_url, docs_url and docs_url + "/oauth2-redirect", redoc_url):
                if path:
                    self.add_route(path, _not_documented, include_in_schema=False)

    @property
    def dependency_overrides(self):
        return self._overrides

    @dependency_overrides.setter
    def dependency_overrides(self, overrides):
        # The routes know the one dict.
        self._overrides.clear()
        self._overrides.update(overrides)

    def __call__(self, scope, receive, send):
        if self.root_path:
            scope["root_path"] = self.root_path
        return super().__call__(scope, receive, send)

    def api_route(self, path, **options):
        return self.router.api_route(path, **options)

    def add_api_route(self, path, endpoint, **options):
        self.router.add_api_route(path, endpoint, **options)

    def include_router(self, router, **options):
        self.router.include_router(router, **options)

    def on_event(self, event_type):
        warn_of_on_event()
        return self.router.on_event(event_type)

    def websocket(self, path, name=None, **options):
        return self.router.websocket(path, name, **options)

    def add_api_websocket_route(self, path, endpoint, name=None, **options):
        self.router.add_api_websocket_route(path, endpoint, name, **options)
