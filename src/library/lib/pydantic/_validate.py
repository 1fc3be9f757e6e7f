"""Values made to fit annotations, with pydantic's lax conversions and error texts."""

import datetime
import enum
import types
import typing

from ._errors import error
from ._fields import FieldInfo, check_constraints

FAILED = object()
_TRUE = (True, 1, "1", "true", "t", "yes", "y", "on")
_FALSE = (False, 0, "0", "false", "f", "no", "n", "off")
_UNIONS = (typing.Union, getattr(types, "UnionType", typing.Union))


def resolve(annotation, names):
    """An annotation that is text, as an object: names, attributes, subscripts and `|` are understood."""
    return _Reader(annotation, names).read() if isinstance(annotation, str) else annotation


class _Reader:
    def __init__(self, text, names):
        self.names = names
        self.tokens = []
        word = ""
        for char in text + " ":
            if char.isalnum() or char in "_.'\"":
                word += char
                continue
            if word:
                self.tokens.append(word)
                word = ""
            if not char.isspace():
                self.tokens.append(char)

    def read(self):
        left = self._one()
        while self.tokens and self.tokens[0] == "|":
            self.tokens.pop(0)
            left = typing.Union[left, self._one()]
        return left

    def _one(self):
        word = self.tokens.pop(0)
        if word == "None":
            return None
        if word[0] in "'\"":
            return _Reader(word[1:-1], self.names).read()
        name, *attributes = word.split(".")
        found = self.names.get(name, FAILED)
        if found is FAILED:
            import builtins

            found = getattr(builtins, name)
        for attribute in attributes:
            found = getattr(found, attribute)
        if self.tokens and self.tokens[0] == "[":
            self.tokens.pop(0)
            arguments = [self.read()]
            while self.tokens.pop(0) == ",":
                arguments.append(self.read())
            found = found[arguments[0] if len(arguments) == 1 else tuple(arguments)]
        return found


def is_optional(annotation):
    origin = typing.get_origin(annotation)
    return origin in _UNIONS and type(None) in typing.get_args(annotation)


def unannotate(annotation):
    """The type of `Annotated[T, …]` and its metadata."""
    metadata = getattr(annotation, "__metadata__", None)
    if metadata is None:
        return annotation, ()
    return typing.get_args(annotation)[0], metadata


def _int(value, loc, errors):
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        if value == int(value):
            return int(value)
        msg = "Input should be a valid integer, got a number with a fractional part"
        errors.append(error("int_from_float", loc, msg, value))
        return FAILED
    if isinstance(value, (str, bytes)):
        try:
            text = (value.decode() if isinstance(value, bytes) else value).strip()
            whole, dot, zeros = text.partition(".")
            return int(whole if dot and zeros and not zeros.strip("0") else text)
        except ValueError:
            msg = "Input should be a valid integer, unable to parse string as an integer"
            errors.append(error("int_parsing", loc, msg, value))
            return FAILED
    errors.append(error("int_type", loc, "Input should be a valid integer", value))
    return FAILED


def _float(value, loc, errors):
    if isinstance(value, (int, float)):
        return float(value)
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            msg = "Input should be a valid number, unable to parse string as a number"
            errors.append(error("float_parsing", loc, msg, value))
            return FAILED
    errors.append(error("float_type", loc, "Input should be a valid number", value))
    return FAILED


def _bool(value, loc, errors):
    plain = value.lower() if isinstance(value, str) else value
    if isinstance(plain, (bool, int, float, str)):
        if plain in _TRUE:
            return True
        if plain in _FALSE:
            return False
        msg = "Input should be a valid boolean, unable to interpret input"
        errors.append(error("bool_parsing", loc, msg, value))
        return FAILED
    errors.append(error("bool_type", loc, "Input should be a valid boolean", value))
    return FAILED


def _str(value, loc, errors):
    if isinstance(value, str):
        return value.value if isinstance(value, enum.Enum) else value
    errors.append(error("string_type", loc, "Input should be a valid string", value))
    return FAILED


def _bytes(value, loc, errors):
    if isinstance(value, bytes):
        return value
    if isinstance(value, str):
        return value.encode()
    errors.append(error("bytes_type", loc, "Input should be a valid bytes", value))
    return FAILED


def _moment(cls, kind):
    def read(value, loc, errors):
        if isinstance(value, cls):
            return value
        if isinstance(value, str):
            try:
                return cls.fromisoformat(value.replace("Z", "+00:00"))
            except ValueError as exc:
                msg = f"Input should be a valid {kind}, {exc}"
                errors.append(error(f"{kind}_parsing", loc, msg, value))
                return FAILED
        errors.append(error(f"{kind}_type", loc, f"Input should be a valid {kind}", value))
        return FAILED

    return read


_SCALARS = {
    int: _int,
    float: _float,
    bool: _bool,
    str: _str,
    bytes: _bytes,
    datetime.datetime: _moment(datetime.datetime, "datetime"),
    datetime.date: _moment(datetime.date, "date"),
}


def _choices(values):
    shown = [repr(value) for value in values]
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + " or " + shown[-1]


def _enum(cls, value, loc, errors):
    if isinstance(value, cls):
        return value
    for member in cls:
        if member.value == value or (isinstance(value, str) and str(member.value) == value):
            return member
    expected = _choices([member.value for member in cls])
    errors.append(error("enum", loc, f"Input should be {expected}", value, {"expected": expected}))
    return FAILED


def _items(annotation, value, loc, errors, container, kind, word):
    if not isinstance(value, (list, tuple, set, frozenset)):
        errors.append(error(kind, loc, f"Input should be a valid {word}", value))
        return FAILED
    found = [validate(annotation, item, (*loc, i), errors) for i, item in enumerate(value)]
    return FAILED if any(item is FAILED for item in found) else container(found)


def validate(annotation, value, loc, errors):
    """`value` converted to `annotation`, or FAILED with the reasons appended to `errors`."""
    scalar = _SCALARS.get(annotation) if annotation.__hash__ is not None else None
    if scalar is not None:
        return scalar(value, loc, errors)
    annotation, metadata = unannotate(annotation)
    if metadata:
        given = value
        value = validate(annotation, value, loc, errors)
        for item in metadata:
            if value is not FAILED and isinstance(item, FieldInfo):
                if not check_constraints(item.constraints, value, loc, errors, given):
                    value = FAILED
            elif value is not FAILED and callable(getattr(item, "func", None)):
                value = item.func(value)
        return value
    if annotation is None or annotation is type(None):
        if value is None:
            return None
        errors.append(error("none_required", loc, "Input should be None", value))
        return FAILED
    origin = typing.get_origin(annotation)
    arguments = typing.get_args(annotation)
    if origin is not None:
        return _generic(origin, arguments, value, loc, errors)
    if isinstance(annotation, type):
        if annotation in (list, set, tuple, frozenset):
            word = annotation.__name__
            return _items(typing.Any, value, loc, errors, annotation, word + "_type", word)
        if annotation is dict:
            return _mapping((typing.Any, typing.Any), value, loc, errors)
        if hasattr(annotation, "model_fields"):
            return annotation._validate(value, loc, errors)
        if issubclass(annotation, enum.Enum):
            return _enum(annotation, value, loc, errors)
        if annotation is object or isinstance(value, annotation):
            return value
        if annotation.__name__ == "UUID":
            return _uuid(annotation, value, loc, errors)
        if annotation.__name__ == "Decimal":
            return annotation(str(value))
        msg = f"Input should be an instance of {annotation.__name__}"
        errors.append(error("is_instance_of", loc, msg, value, {"class": annotation.__name__}))
        return FAILED
    return value  # Any, TypeVar and the like


def _uuid(cls, value, loc, errors):
    try:
        return cls(value)
    except (ValueError, AttributeError, TypeError):
        msg = "Input should be a valid UUID, invalid character"
        errors.append(error("uuid_parsing", loc, msg, value, {"error": "invalid character"}))
        return FAILED


def _mapping(arguments, value, loc, errors):
    if not isinstance(value, dict):
        errors.append(error("dict_type", loc, "Input should be a valid dictionary", value))
        return FAILED
    found = {}
    for key, item in value.items():
        new_key = validate(arguments[0], key, (*loc, key, "[key]"), errors)
        item = validate(arguments[1], item, (*loc, key), errors)
        found[new_key] = item
    return FAILED if FAILED in found or any(item is FAILED for item in found.values()) else found


def _generic(origin, arguments, value, loc, errors):
    if origin in _UNIONS:
        if value is None and type(None) in arguments:
            return None
        # The type that fits exactly goes first, then the first that can be converted to.
        for annotation in arguments:
            if isinstance(annotation, type) and type(value) is annotation:
                return value
        attempts = []
        choices = [annotation for annotation in arguments if annotation is not type(None)]
        for annotation in choices:
            where = loc if len(choices) == 1 else (*loc, getattr(annotation, "__name__", str(annotation)))
            found = validate(annotation, value, where, attempts)
            if found is not FAILED:
                return found
        errors.extend(attempts)
        return FAILED
    if origin is typing.Literal:
        if value in arguments:
            return value
        expected = _choices(arguments)
        errors.append(error("literal_error", loc, f"Input should be {expected}", value, {"expected": expected}))
        return FAILED
    if origin is tuple and len(arguments) > 0 and arguments[-1] is not Ellipsis:
        if not isinstance(value, (list, tuple)) or len(value) != len(arguments):
            errors.append(error("tuple_type", loc, "Input should be a valid tuple", value))
            return FAILED
        found = [validate(a, item, (*loc, i), errors) for i, (a, item) in enumerate(zip(arguments, value))]
        return FAILED if any(item is FAILED for item in found) else tuple(found)
    if origin in (set, frozenset, tuple):
        return _items(arguments[0], value, loc, errors, origin, f"{origin.__name__}_type", origin.__name__)
    if origin is dict or getattr(origin, "__name__", "") in ("Mapping", "MutableMapping"):
        return _mapping(arguments, value, loc, errors)
    if origin is list or getattr(origin, "__name__", "") in ("Sequence", "Iterable", "Collection"):
        return _items(arguments[0], value, loc, errors, list, "list_type", "list")
    return value
