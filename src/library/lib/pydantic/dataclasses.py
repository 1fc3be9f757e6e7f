"""Dataclasses whose arguments are checked."""

import dataclasses as _dataclasses
import functools
import sys
import typing

from ._errors import ValidationError, error
from ._fields import FieldInfo
from ._validate import FAILED, validate


def _plain(info):
    """A field of a model as a field of a dataclass."""
    if info.default_factory is not None:
        return _dataclasses.field(default_factory=info.default_factory)
    return _dataclasses.field() if info.is_required() else _dataclasses.field(default=info.get_default())


def _resolved(cls):
    names = dict(vars(sys.modules.get(cls.__module__, typing)))
    names.setdefault(cls.__name__, cls)
    return {f.name: typing._evaluated(f.type, names, {}) for f in _dataclasses.fields(cls) if f.init}


def dataclass(_cls=None, *, config=None, validate_on_init=None, **options):
    def make(cls):
        constraints = {}
        for name in cls.__dict__.get("__annotations__", {}):
            value = cls.__dict__.get(name)
            if isinstance(value, FieldInfo):
                constraints[name] = value
                field = _plain(value)
                if field.default is _dataclasses.MISSING and field.default_factory is _dataclasses.MISSING:
                    delattr(cls, name)
                else:
                    setattr(cls, name, field)
        made = cls if _dataclasses.is_dataclass(cls) and not constraints else _dataclasses.dataclass(**options)(cls)
        plain_init = made.__init__
        order = [f.name for f in _dataclasses.fields(made) if f.init and not f.kw_only]

        @functools.wraps(plain_init)
        def __init__(self, *args, **kwargs):
            hints = _resolved(type(self) if type(self).__init__ is __init__ else made)
            given = dict(zip(order, args))
            places = {name: i for i, name in enumerate(given)}
            given.update(kwargs)
            errors, values = [], {}
            for name, hint in hints.items():
                if name not in given:
                    continue
                if name in constraints:
                    hint = typing.Annotated[hint, constraints[name]]
                loc = (places.get(name, name),)
                values[name] = validate(hint, given[name], loc, errors)
            for field in _dataclasses.fields(made):
                if field.init and field.name not in given and not _has_default(field):
                    errors.append(error("missing", (field.name,), "Field required", ArgsKwargs(args, kwargs)))
            for name in kwargs:
                if name not in hints:
                    errors.append(error("unexpected_keyword_argument", (name,), "Unexpected keyword argument", kwargs[name]))
            if len(args) > len(order):
                for i in range(len(order), len(args)):
                    text = "Unexpected positional argument"
                    errors.append(error("unexpected_positional_argument", (i,), text, args[i]))
            if errors or FAILED in values.values():
                raise ValidationError(made.__name__, errors)
            plain_init(self, **values)

        made.__init__ = __init__
        made.__is_pydantic_dataclass__ = True
        return made

    return make if _cls is None else make(_cls)


def _has_default(field):
    return field.default is not _dataclasses.MISSING or field.default_factory is not _dataclasses.MISSING


class ArgsKwargs:
    """The arguments of a call, as errors show them."""

    def __init__(self, args, kwargs):
        self.args = args
        self.kwargs = kwargs

    def __repr__(self):
        return f"ArgsKwargs({self.args!r}, {self.kwargs!r})" if self.kwargs else f"ArgsKwargs({self.args!r})"


def is_pydantic_dataclass(class_, /):
    return "__is_pydantic_dataclass__" in vars(class_)
