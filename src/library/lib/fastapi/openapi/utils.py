"""The OpenAPI document of an application's routes."""

import copy
import http.client
import inspect

from pydantic._schema import Schemas, plain, title_of
from starlette.datastructures import UploadFile
from starlette.responses import JSONResponse

from .. import params
from .._signature import EMPTY
from ..encoders import jsonable_encoder
from .constants import METHODS_WITH_BODY, REF_PREFIX

_RANGES = {
    "1XX": "Information",
    "2XX": "Success",
    "3XX": "Redirection",
    "4XX": "Client Error",
    "5XX": "Server Error",
    "DEFAULT": "Default Response",
}
_VALIDATION_ERROR = {
    "properties": {
        "loc": {
            "items": {"anyOf": [{"type": "string"}, {"type": "integer"}]},
            "type": "array",
            "title": "Location",
        },
        "msg": {"type": "string", "title": "Message"},
        "type": {"type": "string", "title": "Error Type"},
        "input": {"title": "Input"},
        "ctx": {"type": "object", "title": "Context"},
    },
    "type": "object",
    "required": ["loc", "msg", "type"],
    "title": "ValidationError",
}
_HTTP_VALIDATION_ERROR = {
    "properties": {
        "detail": {"items": {"$ref": REF_PREFIX + "ValidationError"}, "type": "array", "title": "Detail"}
    },
    "type": "object",
    "title": "HTTPValidationError",
}
# The order of keys in the document: what is not named here comes behind.
_SCHEMA_KEYS = (
    "$ref allOf anyOf oneOf not prefixItems items contains properties patternProperties additionalProperties "
    "propertyNames type enum const multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength "
    "pattern maxItems minItems uniqueItems maxProperties minProperties required format contentEncoding "
    "contentMediaType contentSchema title description default deprecated readOnly writeOnly examples discriminator "
    "xml externalDocs example"
).split()
_LIMITS = ("multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum")
_OPERATION_KEYS = (
    "tags summary description externalDocs operationId parameters requestBody responses callbacks deprecated security "
    "servers"
).split()
_PARAMETER_KEYS = "name in description required deprecated style explode allowReserved schema example examples content".split()
_METHODS = "get put post delete options head patch trace".split()


def deep_dict_update(main_dict, update_dict):
    """What a dictionary says goes into another, level by level; lists become longer."""
    for key, value in update_dict.items():
        known = main_dict.get(key)
        if isinstance(known, dict) and isinstance(value, dict):
            deep_dict_update(known, value)
        elif isinstance(known, list) and isinstance(value, list):
            main_dict[key] = known + value
        else:
            main_dict[key] = value


def _ordered(found, keys):
    known = {key: found[key] for key in keys if key in found}
    return {**known, **{key: value for key, value in found.items() if key not in known}}


def _titled(schema, title):
    """A schema of a value with its title, which comes last where the schema had none; references have none."""
    if "$ref" not in schema:
        schema["title"] = title
    return schema


def _schema(value):
    """A schema with its keys, and those of the schemas in it, in the document's order; what is null is left out."""
    if not isinstance(value, dict):
        return value
    out = {}
    for key, item in _ordered(value, _SCHEMA_KEYS).items():
        if key in _LIMITS and isinstance(item, int):
            item = float(item)
        if key == "discriminator":
            item = _ordered(item, ["propertyName", "mapping"])
        elif key in ("properties", "patternProperties", "$defs"):
            item = {name: _schema(inner) for name, inner in item.items()}
        elif key in ("allOf", "anyOf", "oneOf", "prefixItems"):
            item = [_schema(inner) for inner in item]
        elif key in ("items", "not", "contains", "additionalProperties", "propertyNames", "contentSchema"):
            item = _schema(item)
        if item is not None:
            out[key] = item
    return out


def _content(value):
    """`content` of a body or an answer."""
    return {
        kind: {k: _schema(v) if k == "schema" else v for k, v in _ordered(media, ["schema", "example", "examples"]).items()}
        for kind, media in value.items()
    }


def _file_schema(cls):
    is_file = cls is bytes or issubclass(cls, UploadFile)
    return {"type": "string", "contentMediaType": "application/octet-stream"} if is_file else None


class _Document:
    """The document while it is made: its schemas and operations."""

    def __init__(self, separate):
        self.schemas = Schemas(REF_PREFIX, _file_schema, separate)
        self.separate = separate
        self.bodies = {}
        self.security_schemes = {}
        self.operation_ids = set()
        self.has_validation = False

    # Schemas of values

    def of_need(self, need, title=None):
        """The schema of a parameter."""
        schema = self.schemas.of(need.annotation, "validation", need.info)
        return self._finished(schema, need.info, title or need.key, need.default)

    def _finished(self, schema, info, title, default):
        if default is not EMPTY and "default" not in schema and default is not None:
            schema["default"] = plain(default)
        return _titled(schema, (info.title if info is not None else None) or title_of(title))

    def out(self, annotation, name):
        schema = self.schemas.of(annotation, "serialization" if self.separate else "validation")
        return _titled(schema, title_of(name))

    def body(self, route):
        """`requestBody` of an operation."""
        needs = list({need.name: need for need in route.body_needs}.values())
        if not needs:
            return None
        kinds = {type(need.info) for need in needs}
        media_type = "application/json"
        if any(issubclass(kind, params.File) for kind in kinds):
            media_type = "multipart/form-data"
        elif any(issubclass(kind, params.Form) for kind in kinds):
            media_type = "application/x-www-form-urlencoded"
        given = getattr(needs[0].info, "media_type", None)
        if given:
            media_type = given
        media = {}
        if len(needs) == 1 and (not route.embeds or needs[0].model is not None):
            need = needs[0]
            media["schema"] = self.of_need(need)
            required = need.required
        else:
            name = f"Body_{route.unique_id}"
            properties = {need.key: self.of_need(need) for need in needs}
            schema = {"properties": properties, "type": "object", "title": name}
            required_names = [need.key for need in needs if need.required]
            if required_names:
                schema["required"] = required_names
            self.bodies[name] = schema
            media["schema"] = {"$ref": REF_PREFIX + name}
            required = bool(required_names)
        if len(needs) == 1:
            _examples(media, needs[0].info)
        return {**({"required": True} if required else {}), "content": {media_type: media}}

    # Operations

    def parameters(self, dependant):
        """`parameters`: of the path, the query, the headers, the cookies."""
        groups = {"path": [], "query": [], "header": [], "cookie": []}
        for one in dependant.flat():
            for need in one.needs:
                if need.source in groups:
                    groups[need.source].append(need)
        found = {}
        for source, needs in groups.items():
            for need in needs:
                if not getattr(need.info, "include_in_schema", True):
                    continue
                for parameter in self._of_model(need) if need.model is not None else [self._parameter(need, source)]:
                    key = parameter["in"], parameter["name"]
                    if key not in found or parameter["required"]:
                        found[key] = parameter
        return list(found.values())

    def _parameter(self, need, source):
        parameter = {"name": need.key, "in": source, "required": need.required, "schema": self.of_need(need)}
        return _described(parameter, need.info)

    def _of_model(self, need):
        """A model of parameters stands for its fields."""
        need.model._resolved or need.model._resolve()
        for name, info in need.model.model_fields.items():
            key = info.alias or need.name_of(name)
            schema = self.schemas.of(info.annotation, "validation", info)
            default = EMPTY if info.is_required() or info.default_factory else info.get_default()
            schema = self._finished(schema, info, info.alias or name, default)
            required = info.is_required() and not (need.model_is_optional and not need.required)
            yield _described({"name": key, "in": need.source, "required": required, "schema": schema}, info)

    def security(self, dependant):
        """`security`, and the schemes that it names."""
        operation = {}
        for one in dependant.flat():
            scheme = one.call
            if getattr(scheme, "scheme_name", None) is None or not hasattr(scheme, "model"):
                continue
            self.security_schemes[scheme.scheme_name] = scheme.model
            scopes = operation.setdefault(scheme.scheme_name, [])
            scopes.extend(scope for scope in one.scopes if scope not in scopes)
        return [{name: scopes} for name, scopes in operation.items()]

    def path(self, route):
        """The operations of a route by method."""
        return {method.lower(): self._operation(route, method) for method in sorted(route.methods)}

    def _operation(self, route, method):
        doc = route.documentation
        operation = {}
        if doc.get("tags"):
            operation["tags"] = [getattr(tag, "value", tag) for tag in doc["tags"]]
        operation["summary"] = doc.get("summary") or route.name.replace("_", " ").title()
        if route.description:
            operation["description"] = route.description
        operation_id = doc.get("operation_id") or route.unique_id
        if operation_id in self.operation_ids:
            import warnings

            message = f"Duplicate Operation ID {operation_id} for function {getattr(route.endpoint, '__name__', '')}"
            file = getattr(route.endpoint, "__globals__", {}).get("__file__")
            warnings.warn(message + (f" at {file}" if file else ""), stacklevel=1)
        self.operation_ids.add(operation_id)
        operation["operationId"] = operation_id
        if doc.get("deprecated"):
            operation["deprecated"] = True
        security = self.security(route.dependant)
        if security:
            operation["security"] = security
        parameters = self.parameters(route.dependant)
        if parameters:
            operation["parameters"] = parameters
        body = self.body(route) if method in METHODS_WITH_BODY else None
        if body:
            operation["requestBody"] = body
        callbacks = [callback for callback in doc.get("callbacks") or () if hasattr(callback, "dependant")]
        if callbacks:
            operation["callbacks"] = {callback.name: {callback.path: self.path(callback)} for callback in callbacks}
        operation["responses"] = self._responses(route)
        takes_values = bool(parameters) or bool(route.body_needs) or any(
            need.source != "body" for one in route.dependant.flat() for need in one.needs
        )
        if takes_values and not any(status in operation["responses"] for status in ("422", "4XX", "default")):
            self.has_validation = True
            operation["responses"]["422"] = {
                "description": "Validation Error",
                "content": {"application/json": {"schema": {"$ref": REF_PREFIX + "HTTPValidationError"}}},
            }
        if doc.get("openapi_extra"):
            deep_dict_update(operation, copy.deepcopy(doc["openapi_extra"]))
        return operation

    def _responses(self, route):
        doc = route.documentation
        status = route.status_code
        if status is None:
            known = inspect.signature(route.response_class.__init__).parameters.get("status_code")
            status = known.default if known is not None and isinstance(known.default, int) else 200
        answer = {"description": doc.get("response_description") or "Successful Response"}
        media_type = route.response_class.media_type
        has_body = route.status_code is None or not (route.status_code < 200 or route.status_code in (204, 205, 304))
        if has_body and route.stream_kind in ("sse", "jsonl"):
            answer["content"] = _stream_content(self, route)
        elif has_body and media_type:
            schema = {"type": "string"}
            if issubclass(route.response_class, JSONResponse):
                has_model = route.response_model is not EMPTY and route.response_model is not None
                schema = self.out(route.response_model, f"Response_{route.unique_id}") if has_model else {}
            answer["content"] = {media_type: {"schema": schema}}
        responses = {str(status): answer}
        for code, extra in (doc.get("responses") or {}).items():
            extra = copy.deepcopy({k: v for k, v in extra.items() if k != "model"}) if "model" in extra else copy.deepcopy(extra)
            model = doc["responses"][code].get("model")
            key = str(code).upper()
            known = responses.setdefault("default" if key == "DEFAULT" else key, {})
            if model is not None:
                media = extra.setdefault("content", {}).setdefault(media_type or "application/json", {})
                deep_dict_update(media.setdefault("schema", {}), self.out(model, f"Response_{code}_{route.unique_id}"))
            text = _RANGES.get(key)
            if text is None:
                text = http.client.responses.get(int(code))
            description = extra.get("description") or known.get("description") or text or "Additional Response"
            deep_dict_update(known, extra)
            known["description"] = description
        return responses


def _stream_content(document, route):
    """What a route that yields sends, piece by piece."""
    item = None
    if route.stream_item is not EMPTY:
        item = document.out(route.stream_item, f"StreamItem_{route.unique_id}")
    if route.stream_kind == "jsonl":
        return {"application/jsonl": {"itemSchema": item or {}}}
    event = {
        "type": "object",
        "properties": {
            "data": {"type": "string"},
            "event": {"type": "string"},
            "id": {"type": "string"},
            "retry": {"type": "integer", "minimum": 0},
        },
    }
    if item is not None:
        event["required"] = ["data"]
        event["properties"]["data"] = {
            "type": "string", "contentMediaType": "application/json", "contentSchema": item,
        }  # fmt: skip
    return {"text/event-stream": {"itemSchema": event}}


def _examples(media, info):
    if getattr(info, "openapi_examples", None):
        media["examples"] = jsonable_encoder(info.openapi_examples)
    elif getattr(info, "example", EMPTY) is not EMPTY:
        media["example"] = jsonable_encoder(info.example)


def _described(parameter, info):
    if info.description:
        parameter["description"] = info.description
    _examples(parameter, info)
    if info.deprecated:
        parameter["deprecated"] = True
    return parameter


def _finished_operation(operation):
    """An operation with everything in the document's order."""
    out = _ordered(operation, _OPERATION_KEYS)
    if "parameters" in out:
        out["parameters"] = [
            {k: _schema(v) if k == "schema" else v for k, v in _ordered(one, _PARAMETER_KEYS).items()}
            for one in out["parameters"]
        ]
    if "requestBody" in out:
        body = _ordered(out["requestBody"], ["description", "content", "required"])
        out["requestBody"] = {k: _content(v) if k == "content" else v for k, v in body.items()}
    out["responses"] = {
        code: {
            k: _content(v) if k == "content" else v
            for k, v in _ordered(answer, ["description", "headers", "content", "links"]).items()
        }
        for code, answer in out.get("responses", {}).items()
    }
    if "callbacks" in out:
        out["callbacks"] = {
            name: {path: _finished_path(item, True) for path, item in paths.items()} for name, paths in out["callbacks"].items()
        }
    return out


def _finished_path(item, is_checked=False):
    """A path's operations. FastAPI takes them as they were made, in that order, where one has parameters: their `in`
    is text, which fits "any object" better than its own model of a path."""
    if not is_checked and any("parameters" in operation for operation in item.values()):
        return item
    return {method: _finished_operation(operation) for method, operation in _ordered(item, _METHODS).items()}


def get_openapi(
    *,
    title,
    version,
    openapi_version="3.1.0",
    summary=None,
    description=None,
    routes,
    webhooks=None,
    tags=None,
    servers=None,
    terms_of_service=None,
    contact=None,
    license_info=None,
    separate_input_output_schemas=True,
    external_docs=None,
):
    """The OpenAPI document of the routes."""
    info = {"title": title}
    for key, value in (
        ("summary", summary), ("description", description), ("termsOfService", terms_of_service),
        ("contact", contact), ("license", license_info), ("version", version),
    ):  # fmt: skip
        if value or key == "version":
            info[key] = value
    document = _Document(separate_input_output_schemas)
    found = {"paths": {}, "webhooks": {}}
    for where, those in (("paths", routes), ("webhooks", webhooks or ())):
        for route in those:
            if hasattr(route, "dependant") and hasattr(route, "documentation") and route.include_in_schema:
                place = route.template.bare if where == "paths" else route.path
                found[where].setdefault(place, {}).update(document.path(route))
    names = document.schemas.names()
    definitions = document.schemas.definitions(names)
    definitions.update({name: document.schemas.settle(schema, names) for name, schema in document.bodies.items()})
    if document.has_validation:
        definitions.update(ValidationError=_VALIDATION_ERROR, HTTPValidationError=_HTTP_VALIDATION_ERROR)
    out = {"openapi": openapi_version, "info": info}
    if servers:
        out["servers"] = servers
    for where, items in found.items():
        items = document.schemas.settle(items, names)
        if items or where == "paths":
            out[where] = {path: _finished_path(item, where == "webhooks") for path, item in items.items()}
    components = {}
    if definitions:
        components["schemas"] = {name: _schema(definitions[name]) for name in sorted(definitions)}
    if document.security_schemes:
        components["securitySchemes"] = document.security_schemes
    if components:
        out["components"] = components
    if tags:
        out["tags"] = tags
    if external_docs:
        out["externalDocs"] = external_docs
    return jsonable_encoder(out, by_alias=True, exclude_none=True)
