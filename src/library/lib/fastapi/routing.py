"""Routes of FastAPI: parameters in, endpoint, result out as JSON (S-WEB-10 to S-WEB-14)."""

import inspect
import json
import re
from contextlib import AsyncExitStack

import _cost
import _sys
from pydantic._validate import FAILED, STATE, validate
from starlette._paths import PathTemplate
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.datastructures import UploadFile as StarletteUploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route, Router, WebSocketRoute, get_name

from . import _streams
from ._dependant import Dependant, Depends_, Solving
from ._signature import EMPTY, kind, return_annotation
from .encoders import jsonable_encoder
from .exceptions import (
    FastAPIError,
    HTTPException,
    RequestValidationError,
    ResponseValidationError,
    WebSocketException,
    WebSocketRequestValidationError,
)

_ERA = _sys.library_set() == "L2024"
# 0.106 to 0.117 leave `yield` dependencies before the response is sent, later ones after it (S-WEB-13).
_EXIT_BEFORE_RESPONSE = _ERA
_ENDPOINT_COST, _RESPONSE_COST = (
    ("fastapi.endpoint.2024", "fastapi.response.2024") if _ERA else ("fastapi.endpoint", "fastapi.response")
)
_NO_RESPONSE = (
    ("No response object was returned" if _ERA else "Response not awaited")
    + ". There's a high chance that the application code is raising an exception and "
    "a dependency with yield has a block with a bare except, or a block with except Exception, and is not raising "
    "the exception again. Read more about it in the docs: "
    "https://fastapi.tiangolo.com/tutorial/dependencies/dependencies-with-yield/#dependencies-with-yield-and-except"
)


_NO_EVENTS = """
        on_event is deprecated, use lifespan event handlers instead.

        Read more about it in the
        [FastAPI docs for Lifespan Events](https://fastapi.tiangolo.com/advanced/events/).
        """


def warn_of_on_event():
    """Tells the caller's caller."""
    import warnings

    warnings.warn(_NO_EVENTS, DeprecationWarning, stacklevel=3)


def _shown(errors):
    """The errors with what 0.110 adds: where pydantic 2.6 explains each."""
    if _ERA:
        for error in errors:
            error["url"] = f"https://errors.pydantic.dev/2.6/v/{error['type']}"
    return errors


def generate_unique_id(route):
    """What an operation is called in the document."""
    return re.sub(r"\W", "_", f"{route.name}{route.template.bare}") + "_" + sorted(route.methods)[0].lower()


class APIRoute(Route):
    def __init__(
        self,
        path,
        endpoint,
        *,
        response_model=EMPTY,
        status_code=None,
        dependencies=None,
        methods=None,
        name=None,
        response_class=JSONResponse,
        response_model_exclude_unset=False,
        response_model_exclude_none=False,
        response_model_exclude_defaults=False,
        response_model_include=None,
        response_model_exclude=None,
        response_model_by_alias=True,
        include_in_schema=True,
        generate_unique_id_function=None,
        strict_content_type=True,
        overrides=None,
        **documentation,
    ):
        self.path = path
        self.include_in_schema = include_in_schema
        self.strict_content_type = strict_content_type
        self.endpoint = endpoint
        self.name = get_name(endpoint) if name is None else name
        self.template = PathTemplate(path)
        self.methods = {method.upper() for method in methods or ("GET",)}
        self.status_code = int(status_code) if status_code is not None else None
        self.response_class = response_class
        self.dependencies = list(dependencies or ())
        self.documentation = documentation
        text = documentation.get("description") or inspect.cleandoc(getattr(endpoint, "__doc__", None) or "")
        # What comes behind a form feed is not for readers of the document.
        self.description = text.split("\f")[0].strip()
        self.unique_id = documentation.get("operation_id") or (generate_unique_id_function or generate_unique_id)(self)
        self.overrides = {} if overrides is None else overrides
        self.stream_kind = _streams.stream_kind(kind(endpoint), response_class)
        self.stream_item = _streams.item_type(return_annotation(endpoint)) if self.stream_kind else EMPTY
        if self.stream_kind:
            response_model = EMPTY
        elif response_model is EMPTY:
            response_model = return_annotation(endpoint)
            if isinstance(response_model, type) and issubclass(response_model, Response):
                response_model = EMPTY
        elif response_model is None:
            response_model = EMPTY
        self.response_model = response_model
        self.dump_options = dict(
            include=response_model_include,
            exclude=response_model_exclude,
            by_alias=response_model_by_alias,
            exclude_unset=response_model_exclude_unset,
            exclude_defaults=response_model_exclude_defaults,
            exclude_none=response_model_exclude_none,
        )
        names = self.template.names
        self.dependant = Dependant(endpoint, names)
        for depends in reversed(self.dependencies):
            self.dependant.depend(None, Depends_(depends.dependency, depends), names, first=True)
        self.is_async = self.dependant.kind == "async"
        self.is_simple = self.dependant.is_simple() and self.stream_kind is None
        self.has_yield = self.dependant.has_yield() or self.stream_kind is not None
        self.body_needs = self.dependant.body_needs()
        self.reads_form = any(need.source == "form" for need in self.body_needs)
        needs = {need.name for need in self.body_needs}
        self.embeds = len(needs) > 1 or any(
            need.source == "form" or getattr(need.info, "embed", None) for need in self.body_needs
        )
        is_custom = type(self).get_route_handler is not APIRoute.get_route_handler
        self.app = self._custom_app(self.get_route_handler()) if is_custom else self.answer

    tags = property(lambda self: self.documentation.get("tags") or [])
    summary = property(lambda self: self.documentation.get("summary"))
    deprecated = property(lambda self: self.documentation.get("deprecated"))
    operation_id = property(lambda self: self.documentation.get("operation_id"))
    response_description = property(lambda self: self.documentation.get("response_description", "Successful Response"))
    path_format = property(lambda self: self.template.bare)

    def get_route_handler(self):
        """What makes a response of a request; routes of the program's own put something around it."""

        async def handle(request):
            state = Solving(request.scope, request.receive, request._send, self.overrides)
            state._request = request
            state.stack = request.scope["fastapi_inner_astack"]
            if self.reads_form:
                form = await request.form()
                state.stack.push_async_callback(form.close)
                state.body = (await self._with_bytes(form), True)
            elif self.body_needs:
                await self._read_body(state)
            async with AsyncExitStack() as state.function_stack:
                return await self._solve_and_call(state)

        return handle

    def _custom_app(self, handler):
        async def app(scope, receive, send):
            _cost.charge(_ENDPOINT_COST)
            request = Request(scope, receive, send)
            async with AsyncExitStack() as stack:
                scope["fastapi_inner_astack"] = stack
                response = await handler(request)
                await response(scope, receive, send)

        return app

    async def answer(self, scope, receive, send):
        _cost.charge(_ENDPOINT_COST)
        if self.is_simple:
            errors = []
            values = self.dependant.read_simple(scope, errors)
            if errors:
                raise RequestValidationError(_shown(errors), endpoint=self)
            if self.is_async:
                content = await self.endpoint(**values)
            else:
                content = await run_in_threadpool(self.endpoint, **values)
            if self.response_model is EMPTY or isinstance(content, Response):
                response = self._response(content, None)
            else:
                response = await self._checked_response(content, None)
            await response(scope, receive, send)
            return
        state = Solving(scope, receive, send, self.overrides)
        if not self.reads_form:
            await self._answer_solved(scope, receive, send, state)
            return
        async with state.request.form() as form:
            # The files are closed behind the response.
            state.body = (await self._with_bytes(form), True)
            await self._answer_solved(scope, receive, send, state)

    async def _answer_solved(self, scope, receive, send, state):
        if self.body_needs and not self.reads_form:
            await self._read_body(state)
        if not self.has_yield and not self.overrides:
            response = await self._solve_and_call(state)
            await response(scope, receive, send)
            return
        response = None
        async with AsyncExitStack() as state.stack:
            async with AsyncExitStack() as state.function_stack:
                response = await self._solve_and_call(state)
            if not _EXIT_BEFORE_RESPONSE:
                if response is None:
                    raise FastAPIError(_NO_RESPONSE)
                await response(scope, receive, send)
        if response is None:
            raise FastAPIError(_NO_RESPONSE)
        if _EXIT_BEFORE_RESPONSE:
            await response(scope, receive, send)

    async def _solve_and_call(self, state):
        values = await self.dependant.solve(state)
        if state.errors:
            body = state.body[0] if state.body else None
            raise RequestValidationError(_shown(state.errors), body=body, endpoint=self)
        return await self._call(values, state)

    async def _call(self, values, state):
        if self.stream_kind is not None:
            return await _streams.response(self, values, state)
        if self.is_async:
            content = await self.endpoint(**values)
        else:
            content = await run_in_threadpool(self.endpoint, **values)
        if self.response_model is EMPTY or isinstance(content, Response):
            return self._response(content, state)
        return await self._checked_response(content, state)

    async def _checked_response(self, content, state):
        if self.is_async:
            content = self._checked(content)
        else:
            # Checking the result of a `def` endpoint is a second visit to the pool (S-WEB-14).
            content = await run_in_threadpool(self._checked, content)
        return self._response(content, state)

    def _response(self, content, state):
        """The response to the endpoint's result."""
        _cost.charge(_RESPONSE_COST)
        background = state.background if state is not None else None
        if isinstance(content, Response):
            if content.background is None:
                content.background = background
            return content
        status = self.status_code
        extra = state.response if state is not None else None
        if extra is not None and extra.status_code is not None:
            status = extra.status_code
        # Without a status, that of the class of the response counts.
        given = {} if status is None else {"status_code": status}
        response = self.response_class(jsonable_encoder(content), background=background, **given)
        if status is not None and (status < 200 or status in (204, 205, 304)):
            response.body = b""
        if extra is not None:
            response.raw_headers.extend(extra.raw_headers)
        return response

    def _checked(self, content):
        errors = []
        plain = content
        if hasattr(content, "model_dump"):
            plain = content.model_dump(by_alias=True, exclude_unset=self.dump_options["exclude_unset"])
        elif isinstance(content, (list, tuple)):
            plain = [item.model_dump(by_alias=True) if hasattr(item, "model_dump") else item for item in content]
        before, STATE.from_attributes = STATE.from_attributes, True
        try:
            found = validate(self.response_model, plain, ("response",), errors)
        finally:
            STATE.from_attributes = before
        if found is FAILED:
            raise ResponseValidationError(errors, body=content, endpoint=self)
        return jsonable_encoder(found, **self.dump_options)

    async def _with_bytes(self, form):
        """The form, with the contents of files where endpoints want those."""
        wanted = {need.key for need in self.body_needs if need.wants_bytes}
        if not wanted:
            return form
        items = []
        for key, value in form.multi_items():
            if key in wanted and isinstance(value, StarletteUploadFile):
                value = await value.read()
            items.append((key, value))
        return FormData(items)

    async def _read_body(self, state):
        request = state.request
        data = await request.body()
        body = None
        if data:
            media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
            subtype = media.partition("/")[2]
            # Up to 0.110 at least, a body without a content type was taken for JSON.
            is_json = media.startswith("application/") and (subtype == "json" or subtype.endswith("+json"))
            if is_json or not media and (_ERA or not self.strict_content_type):
                try:
                    body = json.loads(data)
                except json.JSONDecodeError as exc:
                    problem = {"type": "json_invalid", "loc": ("body", exc.pos), "msg": "JSON decode error"}
                    problem.update(input={}, ctx={"error": exc.msg})
                    raise RequestValidationError([problem], body=exc.doc, endpoint=self) from exc
                except Exception as exc:
                    raise HTTPException(status_code=400, detail="There was an error parsing the body") from exc
            else:
                body = data
        state.body = (body, self.embeds)


class APIWebSocketRoute(WebSocketRoute):
    """An endpoint for WebSockets with parameters and dependencies."""

    def __init__(self, path, endpoint, name=None, dependencies=(), overrides=None):
        self.path = path
        self.endpoint = endpoint
        self.name = get_name(endpoint) if name is None else name
        self.template = PathTemplate(path)
        self.dependencies = list(dependencies)
        self.overrides = {} if overrides is None else overrides
        self.dependant = Dependant(endpoint, self.template.names)
        for depends in reversed(self.dependencies):
            self.dependant.depend(None, Depends_(depends.dependency, depends), self.template.names, first=True)
        self.app = self.answer

    async def answer(self, scope, receive, send):
        state = Solving(scope, receive, send, self.overrides)
        try:
            async with AsyncExitStack() as state.stack:
                state.function_stack = state.stack
                values = await self.dependant.solve(state)
                if state.errors:
                    raise WebSocketRequestValidationError(_shown(state.errors))
                await self.endpoint(**values)
        except WebSocketException as exc:
            await state.request.close(code=exc.code, reason=exc.reason)
        except WebSocketRequestValidationError as exc:
            await state.request.close(code=1008, reason=jsonable_encoder(exc.errors()))


def _methods(cls):
    for method in ("get", "put", "post", "delete", "options", "head", "patch", "trace"):
        _add_method(cls, method)
    return cls


def _add_method(cls, method):
    def register(self, path, **options):
        return self.api_route(path, methods=[method.upper()], **options)

    register.__name__ = method
    setattr(cls, method, register)


@_methods
class APIRouter(Router):
    def __init__(
        self,
        *,
        prefix="",
        tags=None,
        dependencies=None,
        default_response_class=JSONResponse,
        routes=None,
        redirect_slashes=True,
        default=None,
        on_startup=None,
        on_shutdown=None,
        lifespan=None,
        overrides=None,
        route_class=APIRoute,
        responses=None,
        callbacks=None,
        deprecated=None,
        include_in_schema=True,
        generate_unique_id_function=None,
        strict_content_type=True,
        **unused,
    ):
        super().__init__(routes, redirect_slashes, default, on_startup, on_shutdown, lifespan)
        if prefix:
            assert prefix.startswith("/"), "A path prefix must start with '/'"
            assert not prefix.endswith("/"), "A path prefix must not end with '/', as the routes will start with '/'"
        self.prefix = prefix
        self.dependencies = list(dependencies or ())
        self.default_response_class = default_response_class
        self.route_class = route_class
        self.overrides = {} if overrides is None else overrides
        self.tags = list(tags or ())
        self.responses = dict(responses or {})
        self.callbacks = list(callbacks or ())
        self.deprecated = deprecated
        self.include_in_schema = include_in_schema
        self.generate_unique_id_function = generate_unique_id_function
        self.strict_content_type = strict_content_type

    def add_api_route(
        self, path, endpoint, *, dependencies=None, response_class=None, route_class=None, tags=None, responses=None,
        callbacks=None, deprecated=None, include_in_schema=True, generate_unique_id_function=None,
        strict_content_type=None, **options,
    ):  # fmt: skip
        options.update(
            tags=[*self.tags, *(tags or ())],
            responses={**self.responses, **(responses or {})},
            callbacks=[*self.callbacks, *(callbacks or ())],
            deprecated=deprecated or self.deprecated,
            include_in_schema=include_in_schema and self.include_in_schema,
            generate_unique_id_function=generate_unique_id_function or self.generate_unique_id_function,
            strict_content_type=self.strict_content_type if strict_content_type is None else strict_content_type,
        )
        route = (route_class or self.route_class)(
            self.prefix + path,
            endpoint,
            dependencies=[*self.dependencies, *(dependencies or ())],
            response_class=response_class or self.default_response_class,
            overrides=self.overrides,
            **options,
        )
        route.options = dict(options, response_class=response_class)
        self.routes.append(route)

    def api_route(self, path, **options):
        def decorator(func):
            self.add_api_route(path, func, **options)
            return func

        return decorator

    def add_api_websocket_route(self, path, endpoint, name=None, *, dependencies=None):
        given = [*self.dependencies, *(dependencies or ())]
        self.routes.append(APIWebSocketRoute(self.prefix + path, endpoint, name, given, self.overrides))

    def websocket(self, path, name=None, *, dependencies=None):
        def decorator(func):
            self.add_api_websocket_route(path, func, name, dependencies=dependencies)
            return func

        return decorator

    def on_event(self, event_type):
        warn_of_on_event()
        return Router.on_event(self, event_type)

    def include_router(
        self, router, *, prefix="", tags=None, dependencies=None, default_response_class=None, responses=None,
        callbacks=None, deprecated=None, include_in_schema=True, generate_unique_id_function=None,
    ):  # fmt: skip
        if prefix:
            assert prefix.startswith("/"), "A path prefix must start with '/'"
            assert not prefix.endswith("/"), "A path prefix must not end with '/', as the routes will start with '/'"
        for route in router.routes:
            if isinstance(route, APIRoute):
                options = dict(route.options)
                options.update(
                    tags=[*(tags or ()), *options["tags"]],
                    responses={**(responses or {}), **options["responses"]},
                    callbacks=[*(callbacks or ()), *options["callbacks"]],
                    deprecated=options["deprecated"] or deprecated,
                    include_in_schema=options["include_in_schema"] and include_in_schema,
                    generate_unique_id_function=options["generate_unique_id_function"] or generate_unique_id_function,
                    response_class=options["response_class"] or default_response_class,
                )
                self.add_api_route(
                    prefix + route.path,
                    route.endpoint,
                    dependencies=[*(dependencies or ()), *route.dependencies],
                    route_class=type(route),
                    **options,
                )
            elif isinstance(route, APIWebSocketRoute):
                given = [*(dependencies or ()), *route.dependencies]
                self.add_api_websocket_route(prefix + route.path, route.endpoint, route.name, dependencies=given)
            elif isinstance(route, WebSocketRoute):
                self.add_websocket_route(prefix + route.path, route.endpoint, route.name)
            elif isinstance(route, Mount):
                self.mount(prefix + route.path, route.app, route.name)
            else:
                self.add_route(prefix + route.path, route.endpoint, methods=route.methods, name=route.name)
        for handler in router.on_startup:
            self.add_event_handler("startup", handler)
        for handler in router.on_shutdown:
            self.add_event_handler("shutdown", handler)
