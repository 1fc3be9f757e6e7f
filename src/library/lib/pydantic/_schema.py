"""JSON Schema of annotations and models, in pydantic's words.

Classes become definitions that others refer to. A schema is made for what comes in (`validation`) or for what goes out
(`serialization`); of a class whose two schemas differ both are kept, as `Name-Input` and `Name-Output`.
"""

import dataclasses
import datetime
import decimal
import enum
import inspect
import pathlib
import typing
import uuid

from . import _dump
from ._decorators import PlainValidator
from ._fields import FieldInfo
from ._types import AnyUrl, EmailStr, HttpUrl, SecretStr
from ._validate import UNIONS, tags_of, unannotate

_SCALARS = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    bytes: {"type": "string", "format": "binary"},
    type(None): {"type": "null"},
    datetime.datetime: {"type": "string", "format": "date-time"},
    datetime.date: {"type": "string", "format": "date"},
    datetime.time: {"type": "string", "format": "time"},
    datetime.timedelta: {"type": "string", "format": "duration"},
    uuid.UUID: {"type": "string", "format": "uuid"},
    pathlib.Path: {"type": "string", "format": "path"},
    EmailStr: {"type": "string", "format": "email"},
    HttpUrl: {"type": "string", "format": "uri", "minLength": 1, "maxLength": 2083},
    AnyUrl: {"type": "string", "format": "uri", "minLength": 1},
    SecretStr: {"type": "string", "writeOnly": True, "format": "password"},
    dict: {"type": "object", "additionalProperties": True},
    list: {"type": "array", "items": {}},
    tuple: {"type": "array", "items": {}},
    set: {"type": "array", "uniqueItems": True, "items": {}},
    frozenset: {"type": "array", "uniqueItems": True, "items": {}},
}
_NUMBERS = {
    "multiple_of": "multipleOf",
    "le": "maximum",
    "lt": "exclusiveMaximum",
    "ge": "minimum",
    "gt": "exclusiveMinimum",
}


def title_of(name):
    return name.title().replace("_", " ").strip()


def plain(value):
    """A default as it stands in a schema."""
    return _dump.dump(value, _dump.Options("json", True, False, False, False))


def json_type(values):
    """`type` of an enumeration whose values are all of one kind."""
    kinds = {type(value) for value in values}
    names = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}
    return {"type": names[kinds.pop()]} if len(kinds) == 1 and kinds <= names.keys() else {}


class Schemas:
    """Makes schemas, and collects the definitions that they refer to."""

    def __init__(self, prefix="#/$defs/", extra_type=None, separate=True):
        self._prefix = prefix
        self._separate = separate
        # Another way to describe a class: `extra_type(cls)` gives its schema, or None.
        self._extra_type = extra_type
        self._found = {}  # (class, mode): schema, None while it is being made

    def of(self, annotation, mode="validation", info=None):
        """The schema of an annotation and of what its field says; references are to be `settle`d."""
        inner, metadata = unannotate(annotation)
        infos = [item for item in metadata if isinstance(item, FieldInfo)]
        said = [*infos, *([info] if info is not None else [])]
        tag = next((item.discriminator for item in said if item.discriminator), None)
        if any(isinstance(item, PlainValidator) for item in metadata) and mode == "validation":
            schema = {}
        elif tag is not None and typing.get_origin(inner) in UNIONS:
            schema = self._tagged(typing.get_args(inner), tag, mode)
        else:
            schema = self._of_type(inner, mode)
        constraints = {}
        for item in [*infos, *([info] if info is not None else [])]:
            constraints.update(item.constraints)
        schema = _constrained(schema, constraints)
        for item in [*infos, *([info] if info is not None else [])]:
            _describe(schema, item)
        return schema

    def _of_type(self, cls, mode):
        if cls is typing.Any or cls is inspect.Parameter.empty or cls is object:
            return {}
        if cls is None:
            return {"type": "null"}
        if self._extra_type is not None and isinstance(cls, type):
            schema = self._extra_type(cls)
            if schema is not None:
                return schema
        if isinstance(cls, typing.Hashable) and cls in _SCALARS:
            return dict(_SCALARS[cls])
        if cls is decimal.Decimal:
            return {"type": "string"} if mode == "serialization" else {"anyOf": [{"type": "number"}, {"type": "string"}]}
        origin, arguments = typing.get_origin(cls), typing.get_args(cls)
        if origin in UNIONS:
            return self._union(arguments, mode)
        if origin is typing.Literal:
            values = [plain(value) for value in arguments]
            return {"const": values[0], **json_type(values)} if len(values) == 1 else {"enum": values, **json_type(values)}
        if origin is tuple:
            return self._tuple(arguments, mode)
        if isinstance(origin, type) and issubclass(origin, (set, frozenset)):
            return {"type": "array", "uniqueItems": True, "items": self.of(arguments[0], mode)}
        if isinstance(origin, type) and origin.__name__ in ("dict", "Mapping", "defaultdict", "MutableMapping", "OrderedDict"):
            schema = {"type": "object", "additionalProperties": self.of(arguments[1], mode) or True}
            keys = self.of(arguments[0], mode)
            if keys not in ({}, {"type": "string"}) and keys.get("type") != "integer":
                schema["propertyNames"] = keys
            return schema
        if isinstance(origin, type) and arguments and origin.__name__ in (
            "list", "Sequence", "Iterable", "deque", "MutableSequence", "Collection", "Iterator",
        ):  # fmt: skip
            return {"type": "array", "items": self.of(arguments[0], mode)}
        if isinstance(cls, type):
            if issubclass(cls, enum.Enum) or hasattr(cls, "model_fields") or dataclasses.is_dataclass(cls):
                return self._reference(cls, mode)
            if issubclass(cls, dict) and hasattr(cls, "__total__"):
                return self._reference(cls, mode)
            if issubclass(cls, AnyUrl):
                return dict(_SCALARS[AnyUrl])
            for base in (str, int, float):
                if issubclass(cls, base):
                    return dict(_SCALARS[base])
        return {}

    def _union(self, arguments, mode):
        choices = []
        for argument in arguments:
            schema = self.of(argument, mode)
            for choice in schema["anyOf"] if schema.keys() == {"anyOf"} else [schema]:
                if choice not in choices:
                    choices.append(choice)
        return choices[0] if len(choices) == 1 else {"anyOf": choices}

    def _tagged(self, choices, tag, mode):
        """A union whose members say which one they are."""
        mapping = {}
        parts = []
        for choice in choices:
            schema = self.of(choice, mode)
            parts.append(schema)
            if choice is not type(None):
                mapping.update((str(one), schema["$ref"]) for one in tags_of(choice, tag))
        return {"oneOf": parts, "discriminator": {"propertyName": tag, "mapping": dict(sorted(mapping.items()))}}

    def _tuple(self, arguments, mode):
        if len(arguments) == 2 and arguments[1] is ...:
            return {"type": "array", "items": self.of(arguments[0], mode)}
        if not arguments or arguments == ((),):
            return {"maxItems": 0, "minItems": 0, "type": "array"}
        items = [self.of(argument, mode) for argument in arguments]
        return {"type": "array", "prefixItems": items, "minItems": len(items), "maxItems": len(items)}

    # Classes

    def _reference(self, cls, mode):
        if issubclass(cls, enum.Enum):
            mode = "both"
        if (cls, mode) not in self._found:
            self._found[cls, mode] = None
            self._found[cls, mode] = self._of_class(cls, mode)
        return {"$ref": (cls, mode)}

    def _of_class(self, cls, mode):
        if issubclass(cls, enum.Enum):
            values = [plain(member.value) for member in cls]
            schema = {"const": values[0]} if len(values) == 1 else {"enum": values}
            schema.update(title=cls.__name__, **json_type(values))
            if cls.__doc__ and cls.__doc__ not in ("An enumeration.", "Create a collection of name/value pairs."):
                if "__doc__" in cls.__dict__:
                    schema["description"] = inspect.cleandoc(cls.__doc__)
            return schema
        if hasattr(cls, "model_fields"):
            return self._of_model(cls, mode)
        hints = typing.get_type_hints(cls, include_extras=True)
        properties, required = {}, []
        for name, hint in hints.items():
            schema = self.of(hint, mode)
            if dataclasses.is_dataclass(cls):
                field = cls.__dataclass_fields__[name]
                if field.default is not dataclasses.MISSING:
                    schema["default"] = plain(field.default)
                elif field.default_factory is dataclasses.MISSING:
                    required.append(name)
            elif name in getattr(cls, "__required_keys__", hints):
                required.append(name)
            if _needs_title(hint):
                schema.setdefault("title", title_of(name))
            properties[name] = schema
        return _object(properties, required, cls.__name__)

    def _of_model(self, cls, mode):
        if not cls._resolved:
            cls._resolve()
        if cls._is_root:
            schema = self.of(cls.model_fields["root"].annotation, mode, cls.model_fields["root"])
            schema["title"] = cls.__name__
            if cls.__dict__.get("__doc__"):
                schema["description"] = inspect.cleandoc(cls.__doc__)
            return schema
        properties, required = {}, []
        for name, info in cls.model_fields.items():
            if info.exclude is True and mode == "serialization":
                continue
            alias = info.alias if mode == "validation" else info.serialization_alias
            key = alias or name
            serialize = cls._serializer_of(name)
            annotation = info.annotation
            if mode == "serialization" and serialize is not None and serialize[1] != "json-unless-none":
                returned = serialize[0].__annotations__.get("return")
                annotation = returned if returned is not None else annotation
            schema = self.of(annotation, mode, info)
            if info.is_required():
                required.append(key)
            elif info.default_factory is None and "default" not in schema:
                schema["default"] = plain(info.get_default())
            if _needs_title(annotation):
                schema.setdefault("title", title_of(key))
            properties[key] = schema
        if mode == "serialization":
            for name, field in cls._computed.items():
                hint = field.property.fget.__annotations__.get("return", typing.Any)
                if isinstance(hint, str):
                    hint = typing.get_type_hints(field.property.fget).get("return", typing.Any)
                schema = self.of(hint, mode)
                if field.property.fget.__doc__:
                    schema["description"] = inspect.cleandoc(field.property.fget.__doc__)
                schema["readOnly"] = True
                if _needs_title(hint):
                    schema.setdefault("title", title_of(field.alias or name))
                properties[field.alias or name] = schema
                required.append(field.alias or name)
        schema = _object(properties, required, cls._title())
        if cls.__dict__.get("__doc__"):
            schema["description"] = inspect.cleandoc(cls.__doc__)
        if "extra" in cls.model_config and cls.model_config["extra"] != "ignore":
            schema["additionalProperties"] = cls.model_config["extra"] == "allow"
        extra = cls.model_config.get("json_schema_extra") or cls.model_config.get("schema_extra")
        if callable(extra):
            extra(schema)
        elif extra:
            schema.update(extra)
        return schema

    # Names

    def names(self):
        """What every class found so far is called."""
        names = {}
        taken = {}
        for cls, mode in self._found:
            taken.setdefault(_name(cls), {}).setdefault(cls, []).append(mode)
        for name, classes in taken.items():
            for cls, modes in classes.items():
                label = name if len(classes) == 1 else f"{cls.__module__}__{cls.__qualname__}".replace(".", "__")
                if len(modes) == 2 and self._separate and self._differs(cls, ()):
                    names.update({(cls, "validation"): f"{label}-Input", (cls, "serialization"): f"{label}-Output"})
                else:
                    names.update({(cls, mode): label for mode in modes})
        return names

    def _differs(self, cls, outer):
        """Whether what comes in and what goes out are different, here or in a class referred to. Of a class that
        refers to itself they are: each refers to its own kind."""
        outer = (*outer, cls)
        one, other = self._found[cls, "validation"], self._found[cls, "serialization"]

        def generic(value):
            if isinstance(value, dict):
                return {k: v[0] if isinstance(v, tuple) else generic(v) for k, v in value.items()}
            return [generic(item) for item in value] if isinstance(value, list) else value

        if generic(one) != generic(other):
            return True
        return any(
            (inner, "serialization") in self._found and (inner in outer or self._differs(inner, outer))
            for inner in _referred(one)
            if (inner, "validation") in self._found
        )

    def settle(self, value, names):
        """The same with references by name."""
        if isinstance(value, dict):
            return {
                k: self._prefix + names[v] if isinstance(v, tuple) and v in names else self.settle(v, names)
                for k, v in value.items()
            }
        return [self.settle(item, names) for item in value] if isinstance(value, list) else value

    def definitions(self, names):
        found = {}
        for key, schema in self._found.items():
            found.setdefault(names[key], schema)
        return {name: self.settle(found[name], names) for name in sorted(found)}


def _name(cls):
    return "".join(c if c.isalnum() or c in "._-" else "_" for c in cls.__name__)


def _referred(value):
    if isinstance(value, dict):
        for key, item in value.items():
            if isinstance(item, tuple):
                yield item[0]
            else:
                yield from _referred(item)
    elif isinstance(value, list):
        for item in value:
            yield from _referred(item)


def _object(properties, required, title):
    schema = {"properties": properties, "title": title, "type": "object"}
    if required:
        schema["required"] = required
    return schema


def _needs_title(annotation):
    """Whether the field's name is its title: a class has one of its own."""
    inner, _ = unannotate(annotation)
    arguments = typing.get_args(inner)
    if typing.get_origin(inner) in UNIONS:
        others = [argument for argument in arguments if argument is not type(None)]
        return len(others) > 1 or _needs_title(others[0])
    if not isinstance(inner, type) or arguments:
        return True
    return not (
        issubclass(inner, enum.Enum)
        or hasattr(inner, "model_fields")
        or dataclasses.is_dataclass(inner)
        or issubclass(inner, dict)
        and hasattr(inner, "__total__")
    )


def _constrained(schema, constraints):
    """The limits of a field go to the part of its schema that they are about: the one that is not null."""
    if not constraints:
        return schema
    choices = schema.get("anyOf")
    if choices:
        return dict(schema, anyOf=[c if c == {"type": "null"} else _constrained(c, constraints) for c in choices])
    kind = schema.get("type")
    names = dict(_NUMBERS)
    if kind == "array":
        names.update(min_length="minItems", max_length="maxItems")
    elif kind == "object":
        names.update(min_length="minProperties", max_length="maxProperties")
    else:
        names.update(min_length="minLength", max_length="maxLength", pattern="pattern")
    if kind == "string":
        names = {name: key for name, key in names.items() if name not in _NUMBERS or schema.get("format")}
    limits = {key: constraints[name] for name, key in names.items() if name in constraints}
    return dict(schema, **limits)


def _describe(schema, info):
    """Title, description and the like that a field says of itself."""
    if info.title:
        schema["title"] = info.title
    if info.description:
        schema["description"] = inspect.cleandoc(info.description)
    if info.examples:
        schema["examples"] = plain(info.examples)
    if info.deprecated:
        schema["deprecated"] = True
    extra = info.json_schema_extra
    if callable(extra):
        extra(schema)
    elif extra:
        schema.update(extra)


def in_order(value, keep=False):
    """Keys in order, but for those of properties and of defaults."""
    if isinstance(value, dict):
        keys = value if keep else sorted(value)
        return {k: value[k] if k in ("default", "examples") and not keep else in_order(value[k], k == "properties" and not keep) for k in keys}
    return [in_order(item) for item in value] if isinstance(value, list) else value


def document(annotation, mode="validation", by_alias=True, ref_template="#/$defs/{model}"):
    """The schema of one annotation with the definitions it needs (`model_json_schema`)."""
    schemas = Schemas(ref_template.partition("{model}")[0])
    found = schemas.of(annotation, mode)
    names = schemas.names()
    definitions = schemas.definitions(names)
    top = found.get("$ref")
    if isinstance(top, tuple) and len(found) == 1:
        cls, _ = top
        name = names[top]
        own = definitions[name]
        # A class that refers to itself stays a definition.
        if cls not in set(_inner_references(schemas, cls, top[1])):
            del definitions[name]
            return in_order({**own, "$defs": definitions} if definitions else own)
    found = schemas.settle(found, names)
    return in_order({**found, "$defs": definitions} if definitions else found)


def _inner_references(schemas, cls, mode):
    seen, open_ones = set(), [(cls, mode)]
    while open_ones:
        for inner in _referred(schemas._found[open_ones.pop()]):
            if inner not in seen:
                seen.add(inner)
                key = (inner, mode) if (inner, mode) in schemas._found else (inner, "both")
                if key in schemas._found:
                    open_ones.append(key)
    return seen
