"""The application: Starlette with FastAPI's router and answers to errors."""

import warnings

from starlette.applications import Starlette
from starlette.datastructures import State
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from .exception_handlers import http_exception_handler, request_validation_exception_handler
from .exceptions import _ERA as ERA
from .exceptions import FastAPIDeprecationWarning, RequestValidationError
from .routing import APIRouter, _methods, warn_of_on_event


@_methods
class FastAPI(Starlette):
    def __init__(
        self,
        *,
        debug=False,
        routes=None,
        title="FastAPI",
        summary=None,
        description="",
        version="0.1.0",
        openapi_url="/openapi.json",
        openapi_tags=None,
        servers=None,
        docs_url="/docs",
        redoc_url="/redoc",
        swagger_ui_oauth2_redirect_url="/docs/oauth2-redirect",
        swagger_ui_init_oauth=None,
        swagger_ui_parameters=None,
        terms_of_service=None,
        contact=None,
        license_info=None,
        openapi_external_docs=None,
        separate_input_output_schemas=True,
        root_path_in_servers=True,
        webhooks=None,
        tags=None,
        responses=None,
        callbacks=None,
        deprecated=None,
        include_in_schema=True,
        generate_unique_id_function=None,
        strict_content_type=True,
        dependencies=None,
        default_response_class=JSONResponse,
        middleware=None,
        exception_handlers=None,
        on_startup=None,
        on_shutdown=None,
        lifespan=None,
        root_path="",
        redirect_slashes=True,
        **extra,
    ):
        if root_path and not ERA:
            warnings.warn(
                "The `root_path` parameter is deprecated. Configure the server's root path instead, for example with "
                f"`fastapi run --root-path {root_path}`.",
                FastAPIDeprecationWarning,
                stacklevel=2,
            )
        self.debug = debug
        self.title = title
        self.summary = summary
        self.description = description
        self.version = version
        self.terms_of_service = terms_of_service
        self.contact = contact
        self.license_info = license_info
        self.openapi_version = "3.1.0"
        self.openapi_schema = None
        self.openapi_url = openapi_url
        self.openapi_tags = openapi_tags
        self.openapi_external_docs = openapi_external_docs
        self.servers = servers or []
        self.docs_url = docs_url
        self.redoc_url = redoc_url
        self.swagger_ui_oauth2_redirect_url = swagger_ui_oauth2_redirect_url
        self.swagger_ui_init_oauth = swagger_ui_init_oauth
        self.swagger_ui_parameters = swagger_ui_parameters
        self.separate_input_output_schemas = separate_input_output_schemas
        self.root_path_in_servers = root_path_in_servers
        self.extra = extra
        self.webhooks = webhooks or APIRouter()
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
            tags=tags,
            responses=responses,
            callbacks=callbacks,
            deprecated=deprecated,
            include_in_schema=include_in_schema,
            generate_unique_id_function=generate_unique_id_function,
            strict_content_type=strict_content_type,
        )
        self.exception_handlers = dict(exception_handlers or {})
        self.exception_handlers.setdefault(HTTPException, http_exception_handler)
        self.exception_handlers.setdefault(RequestValidationError, request_validation_exception_handler)
        self.user_middleware = list(middleware or ())
        self.middleware_stack = None
        self.setup()

    def openapi(self):
        """The OpenAPI document, made once."""
        if self.openapi_schema is None:
            from .openapi.utils import get_openapi

            self.openapi_schema = get_openapi(
                title=self.title,
                version=self.version,
                openapi_version=self.openapi_version,
                summary=self.summary,
                description=self.description,
                terms_of_service=self.terms_of_service,
                contact=self.contact,
                license_info=self.license_info,
                routes=self.routes,
                webhooks=self.webhooks.routes,
                tags=self.openapi_tags,
                servers=self.servers,
                separate_input_output_schemas=self.separate_input_output_schemas,
                external_docs=self.openapi_external_docs,
            )
        return self.openapi_schema

    def setup(self):
        """The routes of the document and of the pages that show it."""
        if not self.openapi_url:
            return

        async def openapi(request):
            root = request.scope.get("root_path", "").rstrip("/")
            if root and self.root_path_in_servers and root not in {server.get("url") for server in self.servers}:
                return JSONResponse({**self.openapi(), "servers": [{"url": root}, *self.servers]})
            return JSONResponse(self.openapi())

        async def swagger_ui_html(request):
            from .openapi.docs import get_swagger_ui_html

            root = request.scope.get("root_path", "").rstrip("/")
            redirect = self.swagger_ui_oauth2_redirect_url
            return get_swagger_ui_html(
                openapi_url=root + self.openapi_url,
                title=f"{self.title} - Swagger UI",
                oauth2_redirect_url=root + redirect if redirect else redirect,
                init_oauth=self.swagger_ui_init_oauth,
                swagger_ui_parameters=self.swagger_ui_parameters,
            )

        async def swagger_ui_redirect(request):
            from .openapi.docs import get_swagger_ui_oauth2_redirect_html

            return get_swagger_ui_oauth2_redirect_html()

        async def redoc_html(request):
            from .openapi.docs import get_redoc_html

            root = request.scope.get("root_path", "").rstrip("/")
            return get_redoc_html(openapi_url=root + self.openapi_url, title=f"{self.title} - ReDoc")

        self.add_route(self.openapi_url, openapi, include_in_schema=False)
        if self.docs_url:
            self.add_route(self.docs_url, swagger_ui_html, include_in_schema=False)
            if self.swagger_ui_oauth2_redirect_url:
                self.add_route(self.swagger_ui_oauth2_redirect_url, swagger_ui_redirect, include_in_schema=False)
        if self.redoc_url:
            self.add_route(self.redoc_url, redoc_html, include_in_schema=False)

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
