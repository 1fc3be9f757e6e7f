"""Ready-made constrained types, and validation outside of models."""

import datetime
import functools
import json
import math
import typing
import uuid

from . import _dump
from ._decorators import Check, Strict
from ._errors import ValidationError, error
from ._fields import FieldInfo
from ._validate import FAILED, invalid_json, unannotate, validate

StrictStr = typing.Annotated[str, Strict()]
StrictInt = typing.Annotated[int, Strict()]
StrictFloat = typing.Annotated[float, Strict()]
StrictBool = typing.Annotated[bool, Strict()]
StrictBytes = typing.Annotated[bytes, Strict()]
PositiveInt = typing.Annotated[int, FieldInfo(gt=0)]
NegativeInt = typing.Annotated[int, FieldInfo(lt=0)]
NonNegativeInt = typing.Annotated[int, FieldInfo(ge=0)]
PositiveFloat = typing.Annotated[float, FieldInfo(gt=0)]
NegativeFloat = typing.Annotated[float, FieldInfo(lt=0)]
NonNegativeFloat = typing.Annotated[float, FieldInfo(ge=0)]


_today = lambda: datetime.date.today()
_now = lambda moment: datetime.datetime.now(moment.tzinfo)
FiniteFloat = typing.Annotated[float, Check("finite_number", "Input should be a finite number", math.isfinite)]
PastDate = typing.Annotated[
    datetime.date, Check("date_past", "Date should be in the past", lambda day: day < _today())
]
FutureDate = typing.Annotated[
    datetime.date, Check("date_future", "Date should be in the future", lambda day: day > _today())
]
PastDatetime = typing.Annotated[
    datetime.datetime, Check("datetime_past", "Input should be in the past", lambda moment: moment < _now(moment))
]
FutureDatetime = typing.Annotated[
    datetime.datetime, Check("datetime_future", "Input should be in the future", lambda moment: moment > _now(moment))
]
AwareDatetime = typing.Annotated[
    datetime.datetime, Check("timezone_aware", "Input should have timezone info", lambda moment: moment.tzinfo is not None)
]
NaiveDatetime = typing.Annotated[
    datetime.datetime, Check("timezone_naive", "Input should not have timezone info", lambda moment: moment.tzinfo is None)
]


def _uuid_of(version):
    message = f"UUID version {version} expected"
    return typing.Annotated[uuid.UUID, Check("uuid_version", message, lambda one: one.version == version)]


UUID1, UUID3, UUID4, UUID5 = map(_uuid_of, (1, 3, 4, 5))


class StringConstraints(FieldInfo):
    """What a text is made into, and what it has to be then."""

    def __init__(self, *, strip_whitespace=None, to_upper=None, to_lower=None, **more):
        super().__init__(**more)
        self._ways = [way for way, wanted in (
            (str.strip, strip_whitespace), (str.upper, to_upper), (str.lower, to_lower)
        ) if wanted]  # fmt: skip

    def _change(self, value):
        for way in self._ways:
            value = way(value)
        return value


class _JsonText:
    @staticmethod
    def _before(value, loc, errors):
        if not isinstance(value, (str, bytes, bytearray)):
            errors.append(error("json_type", loc, "JSON input should be string, bytes or bytearray", value))
            return FAILED
        try:
            return json.loads(value)
        except json.JSONDecodeError as exc:
            text = value if isinstance(value, str) else bytes(value).decode()
            errors.append(dict(invalid_json(exc, text), loc=loc))
            return FAILED


class Json:
    """A text of JSON, and what is in it: `Json[list[int]]`."""

    def __class_getitem__(cls, annotation):
        return typing.Annotated[annotation, _JsonText()]

    @staticmethod
    def _check(value, loc, errors):
        return _JsonText._before(value, loc, errors)


class InstanceOf:
    """An object of a class, as it is."""

    def __class_getitem__(cls, kind):
        message = f"Input should be an instance of {kind.__name__}"
        return typing.Annotated[typing.Any, Check("is_instance_of", message, lambda value: isinstance(value, kind))]


class SkipValidation:
    """Anything."""

    def __class_getitem__(cls, annotation):
        return typing.Annotated[typing.Any, annotation]


def Discriminator(discriminator, **unused):
    if not isinstance(discriminator, str):
        raise NotImplementedError("pydantic: a discriminator that is a function is not simulated; name a field")
    return FieldInfo(discriminator=discriminator)


class _Checked:
    """A type that checks its values itself: `_check(value, loc, errors)`."""


class EmailStr(_Checked):
    @classmethod
    def _check(cls, value, loc, errors):
        if not isinstance(value, str):
            errors.append(error("string_type", loc, "Input should be a valid string", value))
            return FAILED
        name, at, domain = value.strip().rpartition("@")
        problem = None
        if not at:
            problem = "An email address must have an @-sign."
        elif not name:
            problem = "There must be something before the @-sign."
        elif not domain:
            problem = "There must be something after the @-sign."
        elif "." not in domain.strip("."):
            problem = "The part after the @-sign is not valid. It should have a period."
        if problem:
            msg = f"value is not a valid email address: {problem}"
            errors.append(error("value_error", loc, msg, value, {"reason": problem}))
            return FAILED
        return f"{name}@{domain.lower()}"


class AnyUrl(_Checked):
    _schemes = None

    def __init__(self, url):
        self._text = str(url)

    @classmethod
    def _check(cls, value, loc, errors):
        from urllib.parse import urlsplit

        if isinstance(value, AnyUrl):
            return value
        if not isinstance(value, str):
            errors.append(error("url_type", loc, "URL input should be a string or URL", value))
            return FAILED
        parts = urlsplit(value)
        problem = None
        if not value:
            problem = "input is empty"
        elif not parts.scheme:
            problem = "relative URL without a base"
        elif not parts.netloc:
            problem = "empty host"
        if problem:
            msg = f"Input should be a valid URL, {problem}"
            errors.append(error("url_parsing", loc, msg, value, {"error": problem}))
            return FAILED
        if cls._schemes and parts.scheme not in cls._schemes:
            wanted = " or ".join(f"'{scheme}'" for scheme in cls._schemes)
            msg = f"URL scheme should be {wanted}"
            errors.append(error("url_scheme", loc, msg, value, {"expected_schemes": wanted}))
            return FAILED
        if not parts.path:
            value = parts._replace(path="/").geturl()
        return cls(value)

    def _part(self, name):
        from urllib.parse import urlsplit

        return getattr(urlsplit(self._text), name)

    scheme = property(lambda self: self._part("scheme"))
    host = property(lambda self: self._part("hostname"))
    port = property(lambda self: self._part("port") or {"http": 80, "https": 443}.get(self.scheme))
    path = property(lambda self: self._part("path"))
    query = property(lambda self: self._part("query") or None)

    def __str__(self):
        return self._text

    def __repr__(self):
        return f"{type(self).__name__}({self._text!r})"

    def __eq__(self, other):
        return isinstance(other, AnyUrl) and self._text == other._text

    def __hash__(self):
        return hash(self._text)


class AnyHttpUrl(AnyUrl):
    _schemes = ("http", "https")


class HttpUrl(AnyHttpUrl):
    pass


class SecretStr(_Checked):
    def __init__(self, value):
        self._value = value

    @classmethod
    def _check(cls, value, loc, errors):
        if isinstance(value, cls):
            return value
        if not isinstance(value, str):
            errors.append(error("string_type", loc, "Input should be a valid string", value))
            return FAILED
        return cls(value)

    def get_secret_value(self):
        return self._value

    def __len__(self):
        return len(self._value)

    def __eq__(self, other):
        return isinstance(other, SecretStr) and self._value == other._value

    def __hash__(self):
        return hash(self._value)

    def __str__(self):
        return "**********" if self._value else ""

    def __repr__(self):
        return f"SecretStr('{self}')"


class SecretBytes(SecretStr):
    @classmethod
    def _check(cls, value, loc, errors):
        if isinstance(value, cls):
            return value
        if not isinstance(value, (bytes, str)):
            errors.append(error("bytes_type", loc, "Input should be a valid bytes", value))
            return FAILED
        return cls(value.encode() if isinstance(value, str) else value)

    def __str__(self):
        return "b'**********'" if self._value else "b''"

    def __repr__(self):
        return f"SecretBytes({self})"


def conint(**constraints):
    return typing.Annotated[int, FieldInfo(**constraints)]


def confloat(**constraints):
    return typing.Annotated[float, FieldInfo(**constraints)]


def constr(**constraints):
    return typing.Annotated[str, StringConstraints(**constraints)]


def conlist(item_type, **constraints):
    return typing.Annotated[typing.List[item_type], FieldInfo(**constraints)]


class TypeAdapter:
    def __init__(self, annotation, **unused):
        self._annotation = annotation

    def _title(self):
        annotation, metadata = unannotate(self._annotation)
        for one in reversed(metadata):
            kind = type(one).__name__.removesuffix("Validator").lower()
            if kind in ("after", "before", "plain", "wrap"):
                name = getattr(one.func, "__name__", "function")
                inner = "" if kind in ("plain", "wrap") else f", {getattr(annotation, '__name__', annotation)}"
                return f"function-{kind}[{name}(){inner}]"
        if isinstance(annotation, type) and any(isinstance(one, FieldInfo) and one.constraints for one in metadata):
            return f"constrained-{annotation.__name__}"
        if annotation is uuid.UUID:
            return "uuid"
        if typing.get_origin(annotation) is tuple:
            return str(annotation)
        if typing.get_origin(annotation) is not None:
            return str(annotation).replace("typing.", "").replace(", ", ",")
        return getattr(annotation, "__name__", str(annotation))

    def validate_python(self, value, **unused):
        errors = []
        found = validate(self._annotation, value, (), errors)
        if found is FAILED or errors:
            raise ValidationError(self._title(), errors)
        return found

    def json_schema(self, *, by_alias=True, ref_template="#/$defs/{model}", mode="validation", **unused):
        from ._schema import document

        return document(self._annotation, mode, by_alias, ref_template)

    def validate_json(self, text, **unused):
        try:
            data = json.loads(text)
        except json.JSONDecodeError as exc:
            raise ValidationError(self._title(), [invalid_json(exc, text)]) from None
        return self.validate_python(data)

    def dump_python(self, value, *, mode="python", by_alias=False, exclude_none=False, **unused):
        return _dump.dump(value, _dump.Options(mode, by_alias, False, False, exclude_none))

    def dump_json(self, value, *, indent=None, **options):
        separators = (",", ":") if indent is None else (",", ": ")
        data = self.dump_python(value, mode="json", **options)
        return json.dumps(data, ensure_ascii=False, indent=indent, separators=separators).encode()


class ArgsKwargs:
    """The arguments of a call."""

    def __init__(self, args, kwargs=None):
        self.args = args
        self.kwargs = kwargs

    def __repr__(self):
        return f"ArgsKwargs({self.args!r}, {self.kwargs!r})" if self.kwargs else f"ArgsKwargs({self.args!r})"


_UNGIVEN = object()


def _bound(func, hints, args, kwargs):
    """The arguments of a call, made to fit; every one that does not is told."""
    import inspect

    errors, positional, named = [], [], {}
    left, n_taken = dict(kwargs), 0
    given = ArgsKwargs(args, kwargs)

    def fit(name, value, loc):
        return validate(hints[name], value, loc, errors) if name in hints else value

    def refuse(kind, loc, text, value):
        errors.append({"type": kind, "loc": loc, "msg": text, "input": value})

    for name, parameter in inspect.signature(func).parameters.items():
        kind = parameter.kind
        if kind == parameter.VAR_POSITIONAL:
            positional += [fit(name, value, (i,)) for i, value in enumerate(args[n_taken:], n_taken)]
            n_taken = max(n_taken, len(args))
            continue
        if kind == parameter.VAR_KEYWORD:
            named.update({key: fit(name, value, (key,)) for key, value in left.items()})
            left.clear()
            continue
        is_positional = kind != parameter.KEYWORD_ONLY and n_taken < len(args)
        by_name = left.pop(name, _UNGIVEN) if kind != parameter.POSITIONAL_ONLY else _UNGIVEN
        if is_positional:
            if by_name is not _UNGIVEN:
                refuse("multiple_argument_values", (name,), "Got multiple values for argument", by_name)
            positional.append(fit(name, args[n_taken], (n_taken,)))
            n_taken += 1
        elif by_name is not _UNGIVEN:
            named[name] = fit(name, by_name, (name,))
        elif parameter.default is parameter.empty:
            if kind == parameter.KEYWORD_ONLY:
                refuse("missing_keyword_only_argument", (name,), "Missing required keyword only argument", given)
            elif kind == parameter.POSITIONAL_ONLY:
                text = "Missing required positional only argument"
                refuse("missing_positional_only_argument", (len(positional),), text, given)
            else:
                refuse("missing_argument", (name,), "Missing required argument", given)
    for i, value in enumerate(args[n_taken:], n_taken):
        refuse("unexpected_positional_argument", (i,), "Unexpected positional argument", value)
    for name, value in left.items():
        refuse("unexpected_keyword_argument", (name,), "Unexpected keyword argument", value)
    if errors:
        raise ValidationError(func.__name__, errors)
    return positional, named


def validate_call(func=None, /, *, config=None, validate_return=False):
    """The arguments of every call are made to fit the annotations."""
    if func is None:
        return functools.partial(validate_call, config=config, validate_return=validate_return)
    import typing

    hints = typing.get_type_hints(func, include_extras=True)

    def returned(value):
        if not validate_return or "return" not in hints:
            return value
        errors = []
        value = validate(hints["return"], value, (), errors)
        if errors:
            raise ValidationError(func.__name__, errors)
        return value

    if func.__code__.co_flags & 0x80:

        @functools.wraps(func)
        async def wrapper(*args, **kwargs):
            positional, named = _bound(func, hints, args, kwargs)
            return returned(await func(*positional, **named))
    else:

        @functools.wraps(func)
        def wrapper(*args, **kwargs):
            positional, named = _bound(func, hints, args, kwargs)
            return returned(func(*positional, **named))

    return wrapper
