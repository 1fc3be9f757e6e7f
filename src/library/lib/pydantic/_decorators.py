"""Marks on functions: validators, serializers, computed fields."""


def field_validator(*names, mode="after", check_fields=None):
    def decorator(func):
        func = getattr(func, "__func__", func)
        func._validates = (names, mode)
        return classmethod(func)

    return decorator


def validator(*names, pre=False, always=False, each_item=False, **unused):
    """The validator of pydantic 1."""
    return field_validator(*names, mode="before" if pre else "after")


def model_validator(*, mode):
    def decorator(func):
        func = getattr(func, "__func__", func)
        func._validates_model = mode
        return func if mode == "after" else classmethod(func)

    return decorator


def root_validator(*, pre=False, skip_on_failure=False):
    def decorator(func):
        func = getattr(func, "__func__", func)
        func._validates_model = "before" if pre else "values"
        return classmethod(func)

    return decorator


def field_serializer(*names, mode="plain", when_used="always", **unused):
    def decorator(func):
        func._serializes = (names, mode, when_used)
        return func

    return decorator


def model_serializer(func=None, *, mode="plain", **unused):
    def decorator(func):
        func._serializes_model = mode
        return func

    return decorator if func is None else decorator(func)


class computed_field:
    """A property that is dumped like a field."""

    def __new__(cls, func=None, *, return_type=None, alias=None, **unused):
        if func is None:
            return lambda func: cls(func, alias=alias)
        self = object.__new__(cls)
        self.property = func if isinstance(func, property) else property(func)
        self.alias = alias
        return self

    def __get__(self, instance, owner):
        return self if instance is None else self.property.__get__(instance, owner)

    def __set__(self, instance, value):
        self.property.__set__(instance, value)


class AfterValidator:
    def __init__(self, func):
        self.func = func


class BeforeValidator:
    def __init__(self, func):
        self.func = func


class PlainValidator:
    def __init__(self, func):
        self.func = func


class WrapValidator:
    """Calls a function with the value and with what else would be done with it."""

    def __init__(self, func):
        self.func = func


class Check:
    """What a value has to be beside its type: the kind and the words of the error otherwise."""

    def __init__(self, kind, message, test):
        self.kind = kind
        self.message = message
        self.test = test


class PlainSerializer:
    def __init__(self, func, return_type=None, when_used="always"):
        self.func = func
        self.when_used = when_used


class Strict:
    """No conversion."""

    def __init__(self, strict=True):
        self.strict = strict


def call(func, owner, value):
    """Calls a validator with the value, and with what else it asks for."""
    code = getattr(func, "__code__", None)
    n = code.co_argcount if code is not None else 1
    args = (value,) if owner is None else (owner, value)
    return func(*args, ValidationInfo()) if n > len(args) else func(*args)


class ValidationInfo:
    """What a validator may ask about where it is."""

    context = None
    config = None
    mode = "python"
    field_name = None

    def __init__(self, data=None, field_name=None):
        self.data = {} if data is None else data
        self.field_name = field_name
