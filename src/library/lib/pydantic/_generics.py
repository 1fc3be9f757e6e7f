"""Models with type parameters: `Page[Cat]` is a model of its own, made once."""

import typing

from ._validate import UNIONS

_made = {}


def _shown(parameter):
    origin, arguments = typing.get_origin(parameter), typing.get_args(parameter)
    if origin in (list, dict, set, frozenset, tuple):
        return f"{origin.__name__}[{', '.join(map(_shown, arguments))}]"
    if origin is not None:
        return str(parameter).replace("typing.", "")
    return "NoneType" if parameter is None else getattr(parameter, "__name__", str(parameter))


def substituted(annotation, values):
    """An annotation with type parameters replaced."""
    if isinstance(annotation, typing.TypeVar):
        return values.get(annotation, annotation)
    made_of = getattr(annotation, "_made_of", None)
    if made_of is not None and isinstance(annotation, type):
        base, arguments = made_of
        inner = tuple(substituted(argument, values) for argument in arguments)
        return annotation if inner == arguments else base[inner]
    arguments = typing.get_args(annotation)
    if not arguments:
        parameters = getattr(annotation, "__parameters__", ()) if isinstance(annotation, type) else ()
        if parameters and any(parameter in values for parameter in parameters):
            # A generic model with its own parameters.
            return annotation[tuple(values.get(parameter, parameter) for parameter in parameters)]
        return annotation
    if hasattr(annotation, "__metadata__"):
        inner = substituted(arguments[0], values)
        return typing.Annotated[(inner, *annotation.__metadata__)]
    inner = tuple(substituted(argument, values) for argument in arguments)
    if inner == arguments:
        return annotation
    origin = typing.get_origin(annotation)
    if origin in UNIONS:
        return typing.Union[inner]
    return origin[inner if len(inner) > 1 else inner[0]]


def parametrized(cls, arguments):
    """The model that a generic model is with these arguments."""
    arguments = arguments if isinstance(arguments, tuple) else (arguments,)
    parameters = getattr(cls, "__parameters__", ())
    if not parameters:
        raise TypeError(f"{cls} cannot be parametrized because it does not inherit from typing.Generic")
    if len(arguments) != len(parameters):
        few = "few" if len(arguments) < len(parameters) else "many"
        raise TypeError(f"Too {few} parameters for {cls}; actual {len(arguments)}, expected {len(parameters)}")
    if arguments == tuple(parameters):
        return cls
    key = (cls, arguments)
    if key not in _made:
        if not cls._resolved:
            cls._resolve()
        name = f"{cls.__name__}[{', '.join(map(_shown, arguments))}]"
        made = type(name, (cls,), {"__module__": cls.__module__, "__qualname__": name, "__doc__": cls.__doc__})
        values = dict(zip(parameters, arguments))
        for field, info in cls.model_fields.items():
            made.model_fields[field] = info.copied(annotation=substituted(info.annotation, values))
        made._made_of = (cls, arguments)
        made.__parameters__ = tuple(dict.fromkeys(a for a in arguments if isinstance(a, typing.TypeVar)))
        made._resolved = True
        _made[key] = made
    return _made[key]
