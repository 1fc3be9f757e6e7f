"""The plan of one callable: what it needs from a request, made once per route, solved per request (S-WEB-13).

Dependencies are solved depth first, left to right, each before the next, and once per request.
"""

import typing
from contextlib import asynccontextmanager, contextmanager

from pydantic._errors import error
from pydantic._fields import check_constraints
from pydantic._validate import FAILED, STATE, UNIONS, unannotate, validate
from starlette.background import BackgroundTasks
from starlette.datastructures import QueryParams
from starlette.datastructures import UploadFile as StarletteUploadFile
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.websockets import WebSocket

from . import params
from ._signature import EMPTY, kind, parameters
from .concurrency import contextmanager_in_threadpool, run_in_threadpool

_SEQUENCES = (list, set, tuple, frozenset)
# Parameters that are no values of the request but what is around it.
_SPECIALS = ((Request, "request"), (WebSocket, "request"), (HTTPConnection, "request"), (BackgroundTasks, "background"))


_ORDER = {"path": 0, "query": 1, "header": 2, "cookie": 3}


class Need:
    """One parameter that is read from the request."""

    def __init__(self, name, annotation, default, info):
        self.name = name
        self.source = info.source
        self.annotation = typing.Any if annotation is EMPTY else annotation
        self.default = default
        self.required = default is EMPTY
        self.constraints = info.constraints
        self.info = info
        self.key = info.alias or name
        if info.source == "header" and info.alias is None and info.convert_underscores:
            self.key = name.replace("_", "-")
        self.many = _is_many(unannotate(self.annotation)[0])
        # A model whose fields are the parameters.
        inner = unannotate(self.annotation)[0]
        self.model, self.model_is_optional = None, False
        if info.source not in ("body", "path"):
            members = typing.get_args(inner) if typing.get_origin(inner) in UNIONS else (inner,)
            models = [member for member in members if hasattr(member, "model_fields")]
            if len(models) == 1 and all(member is type(None) for member in members if member is not models[0]):
                self.model, self.model_is_optional = models[0], len(members) > 1
        self.wants_bytes = isinstance(info, params.File) and wants_bytes(inner)
        # What needs no check and no conversion.
        self.plain = (annotation is EMPTY or annotation is str) and not self.constraints

    def convert(self, value, loc, errors):
        if self.plain and type(value) is str:
            return value
        given = value
        before, STATE.from_attributes = STATE.from_attributes, True
        try:
            value = validate(self.annotation, value, loc, errors)
        finally:
            STATE.from_attributes = before
        if value is not FAILED and value is not None and self.constraints:
            if not check_constraints(self.constraints, value, loc, errors, given):
                return FAILED
        return value

    def collect(self, values):
        """The part of query, headers, cookies or form that the model takes."""
        found, taken = {}, set()
        if not self.model._resolved:
            self.model._resolve()
        for name, info in self.model.model_fields.items():
            key = info.alias or name
            asked = self.name_of(key) if info.alias is None else key
            taken.add(asked)
            many = _is_many(unannotate(info.annotation)[0])
            value = (values.getlist(asked) or None) if many and hasattr(values, "getlist") else values.get(asked)
            if value is not None:
                found[key] = value
        if self.model.model_config.get("extra", "ignore") != "ignore" or self.source == "header":
            for key in values.keys():
                if key not in taken:
                    several = values.getlist(key) if hasattr(values, "getlist") else ()
                    found.setdefault(key, several if len(several) > 1 else values.get(key))
        return found

    def name_of(self, key):
        """What a field of a model is called in the request."""
        is_header = self.source == "header" and getattr(self.info, "convert_underscores", True)
        return key.replace("_", "-") if is_header else key

    def convert_model(self, values, loc, errors):
        found = self.collect(values)
        names = {info.alias or name for name, info in self.model.model_fields.items()}
        if self.model_is_optional and names.isdisjoint(found):
            return self.missing(loc, errors)
        before = len(errors)
        value = self.convert(found, loc, errors)
        if self.source == "header":
            for problem in errors[before:]:
                place = problem["loc"]
                info = self.model.model_fields.get(place[1]) if len(place) > 1 else None
                if info is not None and info.alias is None:
                    problem["loc"] = (place[0], self.name_of(place[1]), *place[2:])
        return value

    def missing(self, loc, errors, where=None):
        if self.required:
            errors.append(error("missing", loc, "Field required", where))
            return FAILED
        default = self.default
        return default.copy() if isinstance(default, (list, dict, set)) else default


class Solving:
    """The state of solving one request."""

    def __init__(self, scope, receive, send, overrides):
        self.scope = scope
        self.receive = receive
        self.send = send
        self.overrides = overrides
        self.cache = {}
        self.errors = []
        self.background = None
        self.response = None
        self.stack = None  # where `yield` dependencies are left: the request's exit stack
        self.function_stack = None
        self.body = None
        self._request = None
        self._query = None

    @property
    def request(self):
        if self._request is None:
            make = WebSocket if self.scope["type"] == "websocket" else Request
            self._request = make(self.scope, self.receive, self.send)
        return self._request

    @property
    def query(self):
        if self._query is None:
            self._query = QueryParams(self.scope["query_string"])
        return self._query


class Dependant:
    def __init__(self, call, path_names, scopes=()):
        self.call = call
        # The OAuth scopes that are asked for from the endpoint down to here.
        self.scopes = list(scopes)
        self.kind = kind(call)
        self.needs = []
        self.specials = []
        self.dependencies = []  # (name or None, Dependant, use_cache, scope)
        for name, annotation, default in parameters(call):
            self._add(name, annotation, default, path_names)
        # What is wrong is told in this order, whatever that of the parameters.
        self.needs.sort(key=lambda need: _ORDER.get(need.source, len(_ORDER)))

    def _add(self, name, annotation, default, path_names):
        inner, metadata = (annotation, ()) if annotation is EMPTY else unannotate(annotation)
        depends = default if isinstance(default, params.Depends) else None
        info = default if isinstance(default, params.Param) else None
        for item in metadata:
            if isinstance(item, params.Depends):
                depends = item
            elif isinstance(item, params.Param):
                info = item
        if depends is not None:
            call = depends.dependency if depends.dependency is not None else inner
            self.depend(name, Depends_(call, depends), path_names)
            return
        if isinstance(inner, type):
            for cls, what in _SPECIALS:
                if issubclass(inner, cls):
                    self.specials.append((name, what))
                    return
            if issubclass(inner, Response):
                self.specials.append((name, "response"))
                return
            if inner.__name__ == "SecurityScopes" and inner.__module__ == "fastapi.security":
                self.specials.append((name, "scopes"))
                return
        if info is None:
            if name in path_names:
                info, default = params.Path(), EMPTY
            elif _has_files(inner):
                info = params.File()
            elif _is_scalar(inner):
                info = params.Query()
            else:
                info = params.Body()
        else:
            if isinstance(default, params.Param):
                default = EMPTY
            if default is EMPTY and not info.is_required():
                default = info.get_default()
            if info.source is None:
                info.source = "query"
        self.needs.append(Need(name, annotation if metadata else inner, default, info))

    def depend(self, name, dependency, path_names, first=False):
        scopes = [*self.scopes, *(scope for scope in dependency.scopes if scope not in self.scopes)]
        item = (name, Dependant(dependency.call, path_names, scopes), dependency.use_cache, dependency.scope)
        if first:
            self.dependencies.insert(0, item)
        else:
            self.dependencies.append(item)

    def flat(self):
        """This one and all that it depends on, each callable once."""
        found, open_ones = {}, [self]
        while open_ones:
            one = open_ones.pop()
            key = one.call, tuple(one.scopes) if one.asks_for_scopes() else ()
            if key not in found:
                found[key] = one
                open_ones.extend(dependant for _, dependant, _, _ in reversed(one.dependencies))
        return list(found.values())

    def asks_for_scopes(self):
        """Whether the result depends on the scopes asked for: then it is no other endpoint's."""
        return (
            any(what == "scopes" for _, what in self.specials)
            or hasattr(self.call, "scheme_name")
            or any(dependant.asks_for_scopes() for _, dependant, _, _ in self.dependencies)
        )

    def body_needs(self):
        found = [need for need in self.needs if need.source in ("body", "form")]
        for _, dependant, _, _ in self.dependencies:
            found += dependant.body_needs()
        return found

    def has_yield(self):
        return any("generator" in d.kind or d.has_yield() for _, d, _, _ in self.dependencies)

    def is_simple(self):
        """Whether every value is a path or query parameter: then solving is one call without awaits."""
        return (
            not self.dependencies
            and not self.specials
            and all(need.source in ("path", "query") for need in self.needs)
        )

    def read_simple(self, scope, errors):
        values = {}
        query = None
        for need in self.needs:
            if need.source == "path":
                found = scope["path_params"].get(need.key, EMPTY)
            else:
                if query is None:
                    query = QueryParams(scope["query_string"])
                if need.model is not None:
                    values[need.name] = need.convert_model(query, ("query",), errors)
                    continue
                found = query.getlist(need.key) or EMPTY if need.many else query.get(need.key, EMPTY)
            if need.plain and found is not EMPTY:
                values[need.name] = found
                continue
            loc = (need.source, need.key)
            value = need.missing(loc, errors) if found is EMPTY else need.convert(found, loc, errors)
            values[need.name] = value
        return values

    async def solve(self, state):
        values = {}
        for name, dependant, use_cache, scope in self.dependencies:
            call = dependant.call
            override = state.overrides.get(call)
            if override is not None:
                dependant = Dependant(override, state.scope.get("path_params", {}), dependant.scopes)
            key = (call, tuple(dependant.scopes)) if dependant.scopes and dependant.asks_for_scopes() else call
            if use_cache and key in state.cache:
                value = state.cache[key]
            else:
                before = len(state.errors)
                arguments = await dependant.solve(state)
                if len(state.errors) > before:
                    continue
                value = await dependant.run(arguments, state, scope)
                state.cache.setdefault(key, value)
            if name is not None:
                values[name] = value
        for name, what in self.specials:
            if what == "request":
                values[name] = state.request
            elif what == "background":
                if state.background is None:
                    state.background = BackgroundTasks()
                values[name] = state.background
            elif what == "scopes":
                from .security import SecurityScopes

                values[name] = SecurityScopes(self.scopes)
            else:
                if state.response is None:
                    state.response = Response()
                    state.response.raw_headers = []
                    state.response.status_code = None
                values[name] = state.response
        for need in self.needs:
            values[need.name] = self._read(need, state)
        return values

    def _read(self, need, state):
        source, key = need.source, need.key
        loc = (source, key)
        if need.model is not None:
            if source == "form":
                given, where = state.body[0], "body"
            elif source == "query":
                given, where = state.query, source
            else:
                given, where = getattr(state.request, "headers" if source == "header" else "cookies"), source
            return need.convert_model(given, (where,), state.errors)
        if source == "path":
            found = state.scope["path_params"].get(key, EMPTY)
        elif source == "query":
            found = state.query.getlist(key) or EMPTY if need.many else state.query.get(key, EMPTY)
        elif source == "header":
            headers = state.request.headers
            found = headers.getlist(key) or EMPTY if need.many else headers.get(key, EMPTY)
        elif source == "cookie":
            found = state.request.cookies.get(key, EMPTY)
        else:
            return self._read_body(need, state)
        return need.missing(loc, state.errors) if found is EMPTY else need.convert(found, loc, state.errors)

    def _read_body(self, need, state):
        body, embedded = state.body
        if not embedded:
            if body is None:
                return need.missing(("body",), state.errors)
            return need.convert(body, ("body",), state.errors)
        loc = ("body", need.key)
        if body is None:
            return need.missing(loc, state.errors)
        if not hasattr(body, "get"):
            state.errors.append(error("missing", loc, "Field required", None))
            return FAILED
        if need.source == "form":
            found = body.getlist(need.key) or EMPTY if need.many else body.get(need.key, EMPTY)
            if isinstance(found, str) and found == "":
                found = EMPTY
        else:
            found = body.get(need.key, EMPTY)
        return need.missing(loc, state.errors, None) if found is EMPTY else need.convert(found, loc, state.errors)

    async def run(self, values, state, scope=None):
        """The result of calling this dependency."""
        if self.kind == "async":
            return await self.call(**values)
        if self.kind == "def":
            return await run_in_threadpool(self.call, **values)
        if self.kind == "generator":
            manager = contextmanager_in_threadpool(contextmanager(self.call)(**values))
        else:
            call = self.call if hasattr(self.call, "__code__") else self.call.__call__
            manager = asynccontextmanager(call)(**values)
        stack = state.function_stack if scope == "function" and state.function_stack else state.stack
        return await stack.enter_async_context(manager)


class Depends_:
    """A `Depends` whose callable is known."""

    def __init__(self, call, depends):
        self.call = call
        self.use_cache = depends.use_cache
        self.scope = depends.scope
        self.scopes = getattr(depends, "scopes", None) or ()


def _has_files(annotation):
    """Whether an annotation is of files that come with a form."""
    if typing.get_origin(annotation) in (*UNIONS, *_SEQUENCES):
        return any(_has_files(unannotate(a)[0]) for a in typing.get_args(annotation))
    return isinstance(annotation, type) and issubclass(annotation, StarletteUploadFile)


def wants_bytes(annotation):
    """Whether the content of a file is wanted in place of the file."""
    if typing.get_origin(annotation) in (*UNIONS, *_SEQUENCES):
        return any(wants_bytes(unannotate(a)[0]) for a in typing.get_args(annotation))
    return annotation is bytes


def _is_many(annotation):
    """Whether all values of a repeated parameter are wanted."""
    if typing.get_origin(annotation) in UNIONS:
        return any(_is_many(unannotate(a)[0]) for a in typing.get_args(annotation))
    return (typing.get_origin(annotation) or annotation) in _SEQUENCES


def _is_scalar(annotation):
    if annotation is EMPTY or annotation is typing.Any:
        return True
    if typing.get_origin(annotation) in UNIONS:
        return all(_is_scalar(a) for a in typing.get_args(annotation) if a is not type(None))
    origin = typing.get_origin(annotation)
    if origin is not None:
        if origin not in _SEQUENCES and origin is not dict and not hasattr(origin, "__mro__"):
            # Union in its `X | Y` form, Literal
            return all(not isinstance(a, type) or _is_scalar(a) for a in typing.get_args(annotation))
        return False
    if isinstance(annotation, type):
        if issubclass(annotation, (dict, *_SEQUENCES)):
            return False
        return not hasattr(annotation, "model_fields") and not hasattr(annotation, "__dataclass_fields__")
    return True
