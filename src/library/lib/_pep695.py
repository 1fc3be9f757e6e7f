"""What the compiler calls for type parameters and aliases (PEP 695): bounds and values are evaluated when asked for."""
import typing

_UNKNOWN = object()


class TypeVar(typing.TypeVar):
    """A type parameter, which knows its bound as a function."""

    def __init__(self, name, evaluate, is_constrained, default=typing.NoDefault):
        self.__name__ = name
        self._evaluate = evaluate
        self._is_constrained = is_constrained
        self._value = None if evaluate is None else _UNKNOWN
        self.__covariant__ = self.__contravariant__ = False
        self.__infer_variance__ = True
        self.__default__ = default

    def _known(self):
        if self._value is _UNKNOWN:
            self._value = self._evaluate()
        return self._value

    @property
    def __bound__(self):
        return None if self._is_constrained else self._known()

    @property
    def __constraints__(self):
        return self._known() if self._is_constrained else ()


class _Plain:
    def __repr__(self):
        return self.__name__


class ParamSpec(_Plain, typing.ParamSpec):
    """`**P`"""


class TypeVarTuple(_Plain, typing.TypeVarTuple):
    """`*Ts`"""


for _class in (TypeVar, ParamSpec, TypeVarTuple):
    _class.__module__ = "typing"


def type_var(name, evaluate, is_constrained, default=typing.NoDefault):
    return TypeVar(name, evaluate, is_constrained, default)


def param_spec(name, default=typing.NoDefault):
    return ParamSpec(name, default=default)


def type_var_tuple(name, default=typing.NoDefault):
    return TypeVarTuple(name, default=default)


def generic(params):
    """The last base of a generic class."""
    return typing.Generic[tuple(typing.Unpack[p] if isinstance(p, typing.TypeVarTuple) else p for p in params)]


class TypeAliasType:
    """`type X = …`"""

    def __init__(self, name, params, evaluate, module):
        self.__name__ = name
        self.__type_params__ = self.__parameters__ = params
        self._evaluate = evaluate
        self._value = _UNKNOWN
        self.__module__ = module

    @property
    def __value__(self):
        if self._value is _UNKNOWN:
            self._value = self._evaluate()
        return self._value

    def __repr__(self):
        return self.__name__

    def __getitem__(self, args):
        if not self.__type_params__:
            raise TypeError("Only generic type aliases are subscriptable")
        return typing._Alias(self, args if isinstance(args, tuple) else (args,), None)

    def __or__(self, other):
        return typing.Union[self, other]

    def __ror__(self, other):
        return typing.Union[other, self]


TypeAliasType.__module__ = "typing"


def alias(name, params, evaluate, module):
    return TypeAliasType(name, params, evaluate, module)
