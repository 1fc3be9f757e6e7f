"""Values made to fit annotations, with pydantic's lax conversions and error texts."""

import datetime
import enum
import pathlib
import types
import typing

from ._decorators import AfterValidator, BeforeValidator, Check, PlainValidator, Strict, ValidationInfo, WrapValidator, call
from ._errors import ValidationError, error
from ._fields import FieldInfo, check_constraints

FAILED = object()


class _State:
    """How validation goes on at this moment."""

    # Objects with attributes pass for dictionaries (as in FastAPI).
    from_attributes = False


STATE = _State()
_TRUE = (True, 1, "1", "true", "t", "yes", "y", "on")
_FALSE = (False, 0, "0", "false", "f", "no", "n", "off")
UNIONS = (typing.Union, getattr(types, "UnionType", typing.Union))


def invalid_json(exc, text):
    """The error of a text that is no JSON, in the words of pydantic's own parser."""
    what = {
        "Expecting property name enclosed in double quotes": "key must be a string",
        "Expecting value": "expected value",
        "Expecting ':' delimiter": "expected `:`",
        "Expecting ',' delimiter": "expected `,` or `}`",
        "Extra data": "trailing characters",
    }.get(exc.msg, exc.msg)
    if exc.pos >= len(text):
        last = text.rstrip()[-1:]
        what = {"{": "an object", "[": "a list", ",": "a value", ":": "a value", "": "a value"}.get(last)
        if what is None:
            what = "an object" if text.rfind("{") > text.rfind("[") else "a list"
        what = f"EOF while parsing {what}"
        msg = f"{what} at line {exc.lineno} column {max(exc.colno - 1, 0)}"
    else:
        msg = f"{what} at line {exc.lineno} column {exc.colno}"
    return error("json_invalid", (), f"Invalid JSON: {msg}", text, {"error": msg})


def resolve(annotation, names):
    """An annotation that is text, as an object."""
    while isinstance(annotation, str):
        annotation = eval(annotation, dict(names))
    return annotation


def is_optional(annotation):
    origin = typing.get_origin(annotation)
    return origin in UNIONS and type(None) in typing.get_args(annotation)


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


_PROBLEMS = {
    "month must be in 1..12": "month value is outside expected range of 1-12",
    "day is out of range for month": "day value is outside expected range",
    "hour must be in 0..23": "hour value is outside expected range of 0-23",
    "minute must be in 0..59": "minute value is outside expected range of 0-59",
    "second must be in 0..59": "second value is outside expected range of 0-59",
}


def _problem(text, exc):
    for known, words in _PROBLEMS.items():
        if known in str(exc):
            return words
    if len(text) < 10:
        return "input is too short"
    return "invalid character in year" if not text[:4].isdigit() else "invalid datetime separator, expected `T`, `t`, `_` or space"


class TzInfo(datetime.tzinfo):
    """The offset from UTC that a moment was given with [s]."""

    def __init__(self, seconds=0):
        self._seconds = seconds

    def utcoffset(self, moment):
        return datetime.timedelta(seconds=self._seconds)

    def dst(self, moment):
        return None

    def tzname(self, moment):
        return str(self)

    def fromutc(self, moment):
        return moment + self.utcoffset(moment)

    def __eq__(self, other):
        if isinstance(other, TzInfo):
            return self._seconds == other._seconds
        return isinstance(other, datetime.timezone) and other.utcoffset(None) == self.utcoffset(None)

    def __hash__(self):
        return hash(self._seconds)

    def __reduce__(self):
        return TzInfo, (self._seconds,)

    def __str__(self):
        if not self._seconds:
            return "UTC"
        minutes = abs(self._seconds) // 60
        return f"{'-' if self._seconds < 0 else '+'}{minutes // 60:02}:{minutes % 60:02}"

    def __repr__(self):
        return f"TzInfo({self._seconds})"


def _datetime(value, loc, errors):
    if isinstance(value, datetime.datetime):
        return value
    if isinstance(value, datetime.date):
        return datetime.datetime(value.year, value.month, value.day)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return datetime.datetime.fromtimestamp(value, datetime.timezone.utc)
    if isinstance(value, str):
        try:
            found = datetime.datetime.fromisoformat(value.strip().replace("Z", "+00:00"))
            offset = found.utcoffset()
            return found if offset is None else found.replace(tzinfo=TzInfo(int(offset.total_seconds())))
        except ValueError as exc:
            why = _problem(value, exc)
            kind = "datetime_from_date_parsing" if len(value) <= 10 else "datetime_parsing"
            what = "datetime or date" if len(value) <= 10 else "datetime"
            errors.append(error(kind, loc, f"Input should be a valid {what}, {why}", value, {"error": why}))
            return FAILED
    errors.append(error("datetime_type", loc, "Input should be a valid datetime", value))
    return FAILED


def _date(value, loc, errors):
    if isinstance(value, datetime.datetime):
        if (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0):
            return value.date()
        msg = "Datetimes provided to dates should have zero time - e.g. be exact dates"
        errors.append(error("date_from_datetime_inexact", loc, msg, value))
        return FAILED
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, str):
        try:
            return datetime.date.fromisoformat(value.strip())
        except ValueError as exc:
            why = _problem(value, exc)
            msg = f"Input should be a valid date or datetime, {why}"
            errors.append(error("date_from_datetime_parsing", loc, msg, value, {"error": why}))
            return FAILED
    errors.append(error("date_type", loc, "Input should be a valid date", value))
    return FAILED


def _time(value, loc, errors):
    if isinstance(value, datetime.time):
        return value
    if isinstance(value, str):
        try:
            return datetime.time.fromisoformat(value)
        except ValueError as exc:
            why = next((words for known, words in _PROBLEMS.items() if known in str(exc)), "input is too short")
            msg = f"Input should be in a valid time format, {why}"
            errors.append(error("time_parsing", loc, msg, value, {"error": why}))
            return FAILED
    errors.append(error("time_type", loc, "Input should be a valid time", value))
    return FAILED


def _timedelta(value, loc, errors):
    if isinstance(value, datetime.timedelta):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return datetime.timedelta(seconds=value)
    if isinstance(value, str):
        found = _duration(value)
        if found is not None:
            return found
        why = "invalid digit in duration"
        if value.lstrip("-+").replace(".", "", 1).isdigit():
            why = '"day" identifier in duration not correctly formatted'
        msg = f"Input should be a valid timedelta, {why}"
        errors.append(error("time_delta_parsing", loc, msg, value, {"error": why}))
        return FAILED
    errors.append(error("time_delta_type", loc, "Input should be a valid timedelta", value))
    return FAILED


def _duration(text):
    """`PT1H30M`, `1:30:00`, seconds."""
    sign, rest = (-1, text[1:]) if text.startswith("-") else (1, text)
    try:
        if rest.startswith("P"):
            days, _, clock = rest[1:].partition("T")
            seconds = float(days[:-1] or 0) * 86400 if days.endswith("D") or not days else float("x")
            number = ""
            for char in clock:
                if char in "HMS":
                    seconds += float(number) * {"H": 3600, "M": 60, "S": 1}[char]
                    number = ""
                else:
                    number += char
            return sign * datetime.timedelta(seconds=seconds)
        if ":" in rest:
            parts = [float(part) for part in rest.split(":")]
            hours, minutes, seconds = (*parts, 0.0)[:3]
            return sign * datetime.timedelta(hours=hours, minutes=minutes, seconds=seconds)
        return None
    except ValueError:
        return None


_SCALARS = {
    int: _int,
    float: _float,
    bool: _bool,
    str: _str,
    bytes: _bytes,
    datetime.datetime: _datetime,
    datetime.date: _date,
    datetime.time: _time,
    datetime.timedelta: _timedelta,
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


def validate(annotation, value, loc, errors, strict=False):
    """`value` converted to `annotation`, or FAILED with the reasons appended to `errors`."""
    scalar = _SCALARS.get(annotation) if annotation.__hash__ is not None else None
    if scalar is not None:
        if strict and type(value) is not annotation and not (annotation is float and type(value) is int):
            word = {int: "int", str: "string", float: "float", bool: "bool", bytes: "bytes"}.get(annotation)
            if word is not None:
                what = {"int": "integer", "float": "number", "bool": "boolean"}.get(word, word)
                errors.append(error(f"{word}_type", loc, f"Input should be a valid {what}", value))
                return FAILED
        return scalar(value, loc, errors)
    annotation, metadata = unannotate(annotation)
    if metadata:
        return _annotated(annotation, metadata, value, loc, errors, strict)
    if annotation is None or annotation is type(None):
        if value is None:
            return None
        errors.append(error("none_required", loc, "Input should be None", value))
        return FAILED
    origin = typing.get_origin(annotation)
    arguments = typing.get_args(annotation)
    if origin is not None:
        return _generic(origin, arguments, value, loc, errors)
    if annotation is typing.Any:
        return value
    if isinstance(annotation, type):
        if annotation in (list, set, tuple, frozenset):
            word = annotation.__name__
            return _items(typing.Any, value, loc, errors, annotation, word + "_type", word)
        if annotation is dict:
            return _mapping((typing.Any, typing.Any), value, loc, errors)
        if hasattr(annotation, "model_fields"):
            return annotation._validate(value, loc, errors)
        if hasattr(annotation, "_check"):
            return annotation._check(value, loc, errors)
        if hasattr(annotation, "__dataclass_fields__"):
            return _dataclass(annotation, value, loc, errors)
        if issubclass(annotation, enum.Enum):
            return _enum(annotation, value, loc, errors)
        if annotation is object or isinstance(value, annotation):
            return value
        if issubclass(annotation, pathlib.PurePath):
            if isinstance(value, str):
                return annotation(value)
            msg = "Input is not a valid path"
            errors.append(error("path_type", loc, f"{msg} for {annotation}", value))
            return FAILED
        if annotation.__name__ == "UUID":
            return _uuid(annotation, value, loc, errors)
        if annotation.__name__ == "Decimal":
            try:
                return annotation(str(value))
            except ArithmeticError:
                errors.append(error("decimal_parsing", loc, "Input should be a valid decimal", value))
                return FAILED
        msg = f"Input should be an instance of {annotation.__name__}"
        errors.append(error("is_instance_of", loc, msg, value, {"class": annotation.__name__}))
        return FAILED
    return value  # TypeVar and the like


def _annotated(annotation, metadata, value, loc, errors, strict):
    """Validators before the type, the type, then constraints and validators after it, in order."""
    given = value
    for i in reversed(range(len(metadata))):
        if isinstance(metadata[i], WrapValidator):
            value = _wrapped(annotation, metadata[:i], metadata[i], value, loc, errors, strict)
            annotation, metadata = typing.Any, metadata[i + 1 :]
            if value is FAILED:
                return FAILED
            break
    for item in reversed(metadata):
        if hasattr(item, "_before"):
            value = item._before(value, loc, errors)
            if value is FAILED:
                return FAILED
        if isinstance(item, BeforeValidator):
            value = _guarded(item.func, value, loc, errors, given)
            if value is FAILED:
                return FAILED
    for item in metadata:
        if isinstance(item, Strict):
            strict = item.strict
        elif isinstance(item, FieldInfo) and item.strict is not None:
            strict = item.strict
        elif isinstance(item, PlainValidator):
            return _guarded(item.func, value, loc, errors, given)
    tag = next((item.discriminator for item in metadata if isinstance(item, FieldInfo) and item.discriminator), None)
    if tag is not None:
        value = validate_tagged(annotation, tag, value, loc, errors)
    else:
        value = validate(annotation, value, loc, errors, strict)
    for item in metadata:
        if value is FAILED:
            return FAILED
        if hasattr(item, "_change"):
            value = item._change(value)
        if isinstance(item, Check):
            if not item.test(value):
                errors.append(error(item.kind, loc, item.message, given))
                return FAILED
        elif isinstance(item, FieldInfo):
            if value is not None and not check_constraints(item.constraints, value, loc, errors, given):
                return FAILED
        elif isinstance(item, AfterValidator):
            value = _guarded(item.func, value, loc, errors, given)
    return value


def _wrapped(annotation, metadata, wrapper, value, loc, errors, strict):
    """The wrapper decides when, and whether, the rest is done."""

    def handler(value):
        problems = []
        found = _annotated(annotation, metadata, value, loc, problems, strict)
        if problems:
            raise ValidationError("ValidatorCallable", problems)
        return found

    try:
        n = getattr(getattr(wrapper.func, "__code__", None), "co_argcount", 2)
        return wrapper.func(value, handler) if n < 3 else wrapper.func(value, handler, ValidationInfo())
    except ValidationError as exc:
        errors.extend(exc.errors_as_given())
    except ValueError as exc:
        errors.append(error("value_error", loc, f"Value error, {exc}", value, {"error": exc}))
    except AssertionError as exc:
        errors.append(error("assertion_error", loc, f"Assertion failed, {exc}", value, {"error": exc}))
    return FAILED


def tags_of(choice, name):
    """The values by which a model is told from the others of its union."""
    if not choice._resolved:
        choice._resolve()
    inner = unannotate(choice.model_fields[name].annotation)[0]
    return [getattr(tag, "value", tag) for tag in typing.get_args(inner)]


def validate_tagged(annotation, name, value, loc, errors):
    """A value of a union whose members say in a field which one they are."""
    annotation = unannotate(annotation)[0]
    choices = typing.get_args(annotation) if typing.get_origin(annotation) in UNIONS else (annotation,)
    if value is None and type(None) in choices:
        return None
    choices = [choice for choice in choices if choice is not type(None)]
    for choice in choices:
        if type(value) is choice:
            return value
    if not isinstance(value, dict) and not STATE.from_attributes:
        msg = "Input should be a valid dictionary or object to extract fields from"
        errors.append(error("model_attributes_type", loc, msg, value))
        return FAILED
    alias = choices[0].model_fields[name].alias or name
    given = value.get(alias, FAILED) if isinstance(value, dict) else getattr(value, name, FAILED)
    if given is FAILED:
        msg = f"Unable to extract tag using discriminator {name!r}"
        errors.append(error("union_tag_not_found", loc, msg, value, {"discriminator": repr(name)}))
        return FAILED
    given = getattr(given, "value", given)
    expected = []
    for choice in choices:
        tags = tags_of(choice, name)
        if given in tags:
            return validate(choice, value, (*loc, given), errors)
        expected += tags
    shown = ", ".join(repr(str(tag)) for tag in expected)
    msg = f"Input tag '{given}' found using {name!r} does not match any of the expected tags: {shown}"
    ctx = {"discriminator": repr(name), "tag": str(given), "expected_tags": shown}
    errors.append(error("union_tag_invalid", loc, msg, value, ctx))
    return FAILED


def _guarded(func, value, loc, errors, given):
    try:
        return call(func, None, value)
    except ValueError as exc:
        errors.append(error("value_error", loc, f"Value error, {exc}", given, {"error": exc}))
    except AssertionError as exc:
        errors.append(error("assertion_error", loc, f"Assertion failed, {exc}", given, {"error": exc}))
    return FAILED


def _dataclass(cls, value, loc, errors):
    if isinstance(value, cls):
        return value
    if not isinstance(value, dict):
        msg = f"Input should be a dictionary or an instance of {cls.__name__}"
        errors.append(error("dataclass_type", loc, msg, value, {"class_name": cls.__name__}))
        return FAILED
    before, found = len(errors), {}
    import dataclasses

    for field in dataclasses.fields(cls):
        if field.name in value:
            found[field.name] = validate(field.type, value[field.name], (*loc, field.name), errors)
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            errors.append(error("missing", (*loc, field.name), "Field required", value))
    return FAILED if len(errors) > before else cls(**found)


def _uuid(cls, value, loc, errors):
    try:
        return cls(value)
    except (ValueError, AttributeError, TypeError):
        why = "invalid character"
        if isinstance(value, str):
            bad = next((i for i, c in enumerate(value) if c not in "0123456789abcdefABCDEF-"), None)
            if bad is not None:
                why = f"invalid character: found `{value[bad]}` at {bad}"
            else:
                n = len(value.replace("-", ""))
                why = f"invalid length: found {n}"
        errors.append(error("uuid_parsing", loc, f"Input should be a valid UUID, {why}", value, {"error": why}))
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
    if origin in UNIONS:
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
        if not isinstance(value, (list, tuple)):
            errors.append(error("tuple_type", loc, "Input should be a valid tuple", value))
            return FAILED
        for i in range(len(value), len(arguments)):
            errors.append(error("missing", (*loc, i), "Field required", value))
        if len(value) > len(arguments):
            n, m = len(arguments), len(value)
            msg = f"Tuple should have at most {n} item{'' if n == 1 else 's'} after validation, not {m}"
            ctx = {"field_type": "Tuple", "max_length": n, "actual_length": m}
            errors.append(error("too_long", loc, msg, value, ctx))
        if len(value) != len(arguments):
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
