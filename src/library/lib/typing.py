"""Type hints: written, kept, shown, and not enforced."""
import sys
from abc import ABCMeta

_VERSION = sys.version_info[:2]
TYPE_CHECKING = False


def _shown(arg):
    if arg is ...:
        return "..."
    if isinstance(arg, list):
        return f"[{', '.join(map(_shown, arg))}]"
    if isinstance(arg, type) and not hasattr(arg, "__origin__"):
        return arg.__qualname__ if arg.__module__ == "builtins" else f"{arg.__module__}.{arg.__qualname__}"
    return repr(arg)


def _converted(arg):
    if arg is None:
        return type(None)
    return ForwardRef(arg) if isinstance(arg, str) else arg


class _Hint:
    """What all hints can do: `X | Y`, and nothing else."""

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __instancecheck__(self, obj):
        if _is_union(self):
            return isinstance(obj, self.__args__)
        raise TypeError("Subscripted generics cannot be used with class and instance checks")

    def __subclasscheck__(self, cls):
        if _is_union(self):
            return issubclass(cls, self.__args__)
        raise TypeError("Subscripted generics cannot be used with class and instance checks")


class _Alias(_Hint):
    """`origin[args]`; behaves as its origin when called or derived from."""

    def __init__(self, origin, args, name):
        self.__origin__ = origin
        self.__args__ = args
        self._name = name

    @property
    def __parameters__(self):
        found = []
        for arg in self.__args__:
            for p in (arg,) if isinstance(arg, TypeVar) else getattr(arg, "__parameters__", ()):
                if p not in found:
                    found.append(p)
        return tuple(found)

    def __getitem__(self, params):
        if not isinstance(params, tuple):
            params = (params,)
        own = self.__parameters__
        if not own:
            raise TypeError(f"{self!r} is not a generic class")
        if not any(type(p) is not TypeVar for p in own):
            _check_count(self, len(params), len(own))
        given = dict(zip(own, map(_converted, params)))

        def put(arg):
            if isinstance(arg, TypeVar):
                return given.get(arg, arg)
            mine = getattr(arg, "__parameters__", ())
            return arg[tuple(given.get(p, p) for p in mine)] if mine and not isinstance(arg, type) else arg

        return _Alias(self.__origin__, tuple(put(a) for a in self.__args__), self._name)

    def __call__(self, *args, **kwargs):
        made = self.__origin__(*args, **kwargs)
        try:
            made.__orig_class__ = self
        except AttributeError:
            pass
        return made

    def __mro_entries__(self, bases):
        origin = self.__origin__
        if origin is Generic:
            # Another base that is generic brings `Generic` with it.
            for other in bases[bases.index(self) + 1 :]:
                if isinstance(other, _Alias) and other is not self or isinstance(other, type) and issubclass(other, Generic):
                    return ()
        return (origin,)

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return getattr(self.__origin__, name)

    def __eq__(self, other):
        if not isinstance(other, _Alias) and not _is_union(other):
            return NotImplemented
        if self.__origin__ is Union:
            return _is_union(other) and set(self.__args__) == set(other.__args__)
        return self.__origin__ is getattr(other, "__origin__", None) and self.__args__ == other.__args__

    def __hash__(self):
        if self.__origin__ is Union:
            return hash(frozenset(self.__args__))
        return hash((id(self.__origin__), len(self.__args__)))

    def __repr__(self):
        args = self.__args__
        if self.__origin__ is Union:
            if len(args) == 2 and type(None) in args and _VERSION < (3, 14):
                return f"typing.Optional[{_shown(args[0] if args[1] is type(None) else args[1])}]"
            if _VERSION >= (3, 14):
                return " | ".join("None" if a is type(None) else _shown(a) for a in args)
        if self.__origin__ is Literal:
            return f"typing.Literal[{', '.join(map(repr, args))}]"
        if self._name == "Unpack":
            return f"*{_shown(args[0])}" if _VERSION < (3, 12) else f"typing.Unpack[{_shown(args[0])}]"
        if self._name == "Callable" and args:
            is_whole = len(args) == 2 and (args[0] is ... or _stands_for_parameters(args[0]))
            first = _shown(args[0]) if is_whole else f"[{', '.join(map(_shown, args[:-1]))}]"
            return f"typing.Callable[{first}, {_shown(args[-1])}]"
        if self._name == "Annotated":
            rest = ", ".join(map(repr, self.__metadata__))
            return f"typing.Annotated[{_shown(args[0])}, {rest}]"
        if self._name is None:
            return f"{_shown(self.__origin__)}[{', '.join(map(_shown, args))}]"
        if not args:
            return f"typing.{self._name}[()]"
        return f"typing.{self._name}[{', '.join('NoneType' if a is type(None) else _shown(a) for a in args)}]"


def _stands_for_parameters(arg):
    return isinstance(arg, ParamSpec) or isinstance(arg, _Alias) and arg._name == "Concatenate"


_N_PARAMETERS = {
    "List": 1, "Dict": 2, "Set": 1, "FrozenSet": 1, "Type": 1, "Deque": 1, "DefaultDict": 2, "OrderedDict": 2,
    "Counter": 1, "ChainMap": 2, "Awaitable": 1, "AsyncIterable": 1, "AsyncIterator": 1, "Iterable": 1, "Iterator": 1,
    "Reversible": 1, "Container": 1, "Collection": 1, "Mapping": 2, "MutableMapping": 2, "Sequence": 1,
    "MutableSequence": 1, "MutableSet": 1, "AbstractSet": 1, "KeysView": 1, "ValuesView": 1, "ItemsView": 2,
    "Coroutine": 3,
}  # fmt: skip


def _checked(arg, message):
    """What is no type, and stands for none, is refused up to 3.10."""
    if _VERSION < (3, 11) and isinstance(arg, (int, float, bytes, list, dict, set)) and not isinstance(arg, type):
        raise TypeError(f"{message} Got {arg!r:.100}.")


def _check_count(hint, n, expected):
    if expected is not None and n != expected:
        many = "many" if n > expected else "few"
        raise TypeError(f"Too {many} arguments for {hint!r}; actual {n}, expected {expected}")


class _Special(_Hint):
    """A name that is written bare or with brackets: `Any`, `Final`, `List`, `Optional` …"""

    def __init__(self, name, origin=None):
        self._name = name
        self.__origin__ = origin

    def __repr__(self):
        return f"typing.{self._name}"

    def __getitem__(self, params):
        if not isinstance(params, tuple):
            params = (params,)
        _check_count(self, len(params), _N_PARAMETERS.get(self._name))
        return _Alias(self.__origin__ or self, tuple(map(_converted, params)), self._name)

    def __call__(self, *args, **kwargs):
        if self.__origin__ is None:
            raise TypeError(f"Cannot instantiate {self!r}")
        if self._name in ("List", "Dict", "Set", "FrozenSet", "Tuple", "Type"):
            raise TypeError(f"Type {self._name} cannot be instantiated; use {self.__origin__.__name__}() instead")
        return self.__origin__(*args, **kwargs)

    def __mro_entries__(self, bases):
        return (self.__origin__ or object,)

    def __instancecheck__(self, obj):
        if self.__origin__ is None:
            raise TypeError(f"{self!r} cannot be used with isinstance()")
        return isinstance(obj, self.__origin__)

    def __subclasscheck__(self, cls):
        if self.__origin__ is None:
            raise TypeError(f"{self!r} cannot be used with issubclass()")
        return issubclass(cls, self.__origin__)


class _UnionForm(_Special):
    def __getitem__(self, params):
        if params == ():
            raise TypeError("Cannot take a Union of no types.")
        if not isinstance(params, tuple):
            params = (params,)
        for param in params:
            _checked(param, "Union[arg, ...]: each arg must be a type.")
        members = []
        for param in map(_converted, params):
            for one in getattr(param, "__args__", ()) if _is_union(param) else (param,):
                if one not in members:
                    members.append(one)
        return members[0] if len(members) == 1 else _Alias(self, tuple(members), "Union")


def _is_union(hint):
    return getattr(hint, "__origin__", None) is Union or type(hint).__name__ == "UnionType"


def _union(a, b):
    """`a | b`, called by the machine. Of plain types it is a union of its own kind, as in CPython."""
    for hint in (a, b):
        if isinstance(hint, (_Hint, str)) or isinstance(hint, _AnyMeta):
            return Union[a, b]
        if hint is not None and not isinstance(hint, type) and not hasattr(hint, "__args__"):
            what = " and ".join(f"'{type(h).__name__}'" for h in (a, b))
            raise TypeError(f"unsupported operand type(s) for |: {what}")
    from types import UnionType

    members = Union[a, b]
    return UnionType(members.__args__) if _is_union(members) else members


class _OptionalForm(_Special):
    def __getitem__(self, param):
        if isinstance(param, tuple):
            raise TypeError(f"typing.Optional requires a single type. Got {param!r}.")
        _checked(param, "typing.Optional requires a single type.")
        return Union[param, None]


class _LiteralForm(_Special):
    def __getitem__(self, params):
        values = []
        for value in params if isinstance(params, tuple) else (params,):
            # Literals of literals are flat.
            values += value.__args__ if isinstance(value, _Alias) and value.__origin__ is self else (value,)
        kept = []
        for value in values:
            if not any([type(value) is type(other) and value == other for other in kept]):
                kept.append(value)
        return _Alias(self, tuple(kept), "Literal")


class _SingleForm(_Special):
    """Brackets take one type."""

    def __getitem__(self, param):
        if isinstance(param, tuple):
            raise TypeError(f"{self!r} accepts only single type. Got {param!r}.")
        return super().__getitem__(param)


class _CallableForm(_Special):
    def __getitem__(self, params):
        if not isinstance(params, tuple) or len(params) != 2:
            raise TypeError("Callable must be used as Callable[[arg, ...], result].")
        args, result = params
        args = tuple(map(_converted, args)) if isinstance(args, list) else (args,)
        return _Alias(self.__origin__, args + (_converted(result),), "Callable")


class _AnnotatedForm(_Special):
    def __repr__(self):
        return "<class 'typing.Annotated'>" if _VERSION < (3, 13) else "typing.Annotated"

    def __getitem__(self, params):
        if not isinstance(params, tuple) or len(params) < 2:
            n = " (a type and an annotation)"
            raise TypeError("Annotated[...] should be used with at least two arguments" + n + ".")
        first = params[0]
        if isinstance(first, _Alias) and first._name == "Annotated":
            params = (first.__args__[0], *first.__metadata__, *params[1:])
        alias = _Alias(params[0], (params[0],), "Annotated")
        alias.__metadata__ = params[1:]
        return alias


Union = _UnionForm("Union")
Optional = _OptionalForm("Optional")
Literal = _LiteralForm("Literal")
Annotated = _AnnotatedForm("Annotated")
Final = _SingleForm("Final")
ClassVar = _SingleForm("ClassVar")
Concatenate = _Special("Concatenate")
TypeGuard = _SingleForm("TypeGuard")
TypeIs = _Special("TypeIs")
Required = _SingleForm("Required")
NotRequired = _SingleForm("NotRequired")
ReadOnly = _SingleForm("ReadOnly")
Unpack = _Special("Unpack")
Self = _Special("Self")
Never = _Special("Never")
NoReturn = _Special("NoReturn")
LiteralString = _Special("LiteralString")
TypeAlias = _Special("TypeAlias")

List = _Special("List", list)
Dict = _Special("Dict", dict)
Set = _Special("Set", set)
FrozenSet = _Special("FrozenSet", frozenset)
Tuple = _Special("Tuple", tuple)
Type = _Special("Type", type)
Text = str
AnyStr = None

_IN_COLLECTIONS = {"Deque": "deque", "DefaultDict": "defaultdict", "OrderedDict": "OrderedDict", "Counter": "Counter"}
_IN_COLLECTIONS["ChainMap"] = "ChainMap"
_IN_ABC = (
    "Hashable Awaitable Coroutine AsyncIterable AsyncIterator AsyncGenerator Iterable Iterator Reversible Generator "
    "Sized Container Collection Callable Mapping MutableMapping Sequence MutableSequence MutableSet "
    "MappingView KeysView ItemsView ValuesView ByteString"
).split()


_made = {}


def __getattr__(name):
    # The generic versions of containers and protocols: made when asked for, for most programs name few of them.
    # They are not put into the module: `import *` asks for all of them in a step that may run again.
    if name in _made:
        return _made[name]
    if name in _IN_COLLECTIONS:
        import collections

        made = _Special(name, getattr(collections, _IN_COLLECTIONS[name]))
    elif name in _IN_ABC or name == "AbstractSet":
        import collections.abc

        origin = getattr(collections.abc, "Set" if name == "AbstractSet" else name)
        made = (_CallableForm if name == "Callable" else _Special)(name, origin)
    elif name in ("ContextManager", "AsyncContextManager"):
        import contextlib

        made = _Special(name, getattr(contextlib, "Abstract" + name))
    elif name in ("Pattern", "Match"):
        import re

        made = _Special(name, getattr(re, name))
    elif name in ("IO", "TextIO", "BinaryIO"):
        made = _Special(name)
    else:
        raise AttributeError(f"module 'typing' has no attribute {name!r}")
    _made[name] = made
    return made


class _AnyMeta(type):
    def __instancecheck__(self, obj):
        if self is Any:
            raise TypeError("typing.Any cannot be used with isinstance()")
        return type.__instancecheck__(self, obj)

    def __repr__(self):
        return "typing.Any" if self is Any else type.__repr__(self)

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


class Any(metaclass=_AnyMeta):
    """Anything."""

    def __new__(cls, *args, **kwargs):
        if cls is Any:
            raise TypeError("Any cannot be instantiated")
        return super().__new__(cls)


class ForwardRef(_Hint):
    """A hint written as a string."""

    def __init__(self, arg, is_argument=True, module=None, *, is_class=False, **kwargs):
        self.__forward_arg__ = arg
        self.__forward_module__ = module

    def __eq__(self, other):
        return isinstance(other, ForwardRef) and self.__forward_arg__ == other.__forward_arg__

    def __hash__(self):
        return hash(self.__forward_arg__)

    def __repr__(self):
        module = f", module={self.__forward_module__!r}" if self.__forward_module__ is not None else ""
        return f"ForwardRef({self.__forward_arg__!r}{module})"


class _NoDefaultType:
    def __repr__(self):
        return "typing.NoDefault"


NoDefault = _NoDefaultType()


class TypeVar(_Hint):
    """A type to be chosen later."""

    __default__ = NoDefault

    def has_default(self):
        return self.__default__ is not NoDefault

    def __init__(
        self,
        name,
        *constraints,
        bound=None,
        covariant=False,
        contravariant=False,
        infer_variance=False,
        default=NoDefault,
    ):
        if len(constraints) == 1:
            raise TypeError("A single constraint is not allowed")
        if constraints and bound is not None:
            raise TypeError("Constraints cannot be combined with bound=...")
        if covariant and contravariant:
            raise ValueError("Bivariant types are not supported.")
        self.__name__ = name
        self.__constraints__ = tuple(map(_converted, constraints))
        self.__bound__ = _converted(bound) if bound is not None else None
        self.__covariant__ = covariant
        self.__contravariant__ = contravariant
        self.__infer_variance__ = infer_variance
        self.__default__ = default

    def __repr__(self):
        if self.__infer_variance__:
            return self.__name__
        return ("+" if self.__covariant__ else "-" if self.__contravariant__ else "~") + self.__name__


class _PartOfSpec:
    """`P.args` or `P.kwargs`."""

    def __init__(self, origin, part):
        self.__origin__ = origin
        self._part = part

    def __eq__(self, other):
        return isinstance(other, _PartOfSpec) and self.__origin__ is other.__origin__ and self._part == other._part

    def __hash__(self):
        return hash((id(self.__origin__), self._part))

    def __repr__(self):
        return f"{self.__origin__.__name__}.{self._part}"


ParamSpecArgs = ParamSpecKwargs = _PartOfSpec


class ParamSpec(TypeVar):
    """Parameters to be chosen later."""

    @property
    def args(self):
        return _PartOfSpec(self, "args")

    @property
    def kwargs(self):
        return _PartOfSpec(self, "kwargs")


class TypeVarTuple(TypeVar):
    """Several types to be chosen later."""

    def __repr__(self):
        return self.__name__

    def __iter__(self):
        yield Unpack[self]


AnyStr = TypeVar("AnyStr", bytes, str)


class Generic:
    """A class with parameters in brackets, which change nothing."""

    __slots__ = ()
    _is_protocol = False
    __parameters__ = ()

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        found = []
        for base in cls.__dict__.get("__orig_bases__", ()):
            for p in getattr(base, "__parameters__", ()) if isinstance(base, _Alias) else ():
                if p not in found:
                    found.append(p)
        with_default = [p for p in found if p.has_default()]
        for p in found[found.index(with_default[0]) :] if with_default else ():
            if not p.has_default():
                raise TypeError(f"Type parameter {p!r} without a default follows type parameter with a default")
        cls.__parameters__ = tuple(found)

    def __class_getitem__(cls, params):
        if not isinstance(params, tuple):
            params = (params,)
        if cls is Generic or cls is Protocol:
            if not params:
                raise TypeError(f"Parameter list to {cls.__qualname__}[...] cannot be empty")
            if not all([isinstance(p, TypeVar) or getattr(p, "_name", None) == "Unpack" for p in params]):
                raise TypeError(
                    f"Parameters to {cls.__name__}[...] must all be type variables or parameter specification variables."
                )
            if len(set(params)) != len(params):
                raise TypeError(f"Parameters to {cls.__name__}[...] must all be unique")
        else:
            expected = cls.__parameters__
            if not expected and cls.__dict__.get("__orig_bases__") is None and "__type_params__" not in cls.__dict__:
                raise TypeError(f"{cls!r} is not a generic class")
            if not any([isinstance(p, (ParamSpec, TypeVarTuple)) for p in expected]):
                given = len(params)
                params += tuple([p.__default__ for p in expected[given:] if p.has_default()])
                if len(params) < len(expected) and any([p.has_default() for p in expected]):
                    least = len([p for p in expected if not p.has_default()])
                    raise TypeError(f"Too few arguments for {cls!r}; actual {given}, expected at least {least}")
                _check_count(cls, len(params), len(expected) or None)
        return _Alias(cls, tuple(map(_converted, params)), cls.__name__ if cls is Generic or cls is Protocol else None)


Protocol = None
_NOT_ATTRIBUTES = (
    "__abstractmethods__ __annotations__ __dict__ __doc__ __init__ __module__ __new__ __slots__ __subclasshook__ "
    "__weakref__ __class_getitem__ __parameters__ __orig_bases__ __qualname__ __match_args__ __static_attributes__ "
    "__firstlineno__ __annotate__ __annotate_func__ __annotations_cache__ __protocol_attrs__ __init_subclass__ "
    "_is_protocol _is_runtime_protocol _abc_registry _abc_impl"
).split()


def _protocol_attributes(cls):
    names = []
    for base in cls.__mro__[:-1]:
        if base.__name__ in ("Protocol", "Generic") or not getattr(base, "_is_protocol", False):
            continue
        for name in [*base.__dict__, *base.__dict__.get("__annotations__", {})]:
            if name not in _NOT_ATTRIBUTES and name not in names:
                names.append(name)
    return names


class _ProtocolMeta(ABCMeta):
    def __instancecheck__(cls, instance):
        if ABCMeta.__instancecheck__(cls, instance):
            return True
        if not cls.__dict__.get("_is_protocol", False) or cls is Protocol:
            return False
        if not cls.__dict__.get("_is_runtime_protocol", False):
            raise TypeError("Instance and class checks can only be used with @runtime_checkable protocols")
        return all(hasattr(instance, name) for name in _protocol_attributes(cls))

    def __subclasscheck__(cls, other):
        if cls in getattr(other, "__mro__", ()):
            return True
        if not cls.__dict__.get("_is_protocol", False) or cls is Protocol:
            return ABCMeta.__subclasscheck__(cls, other)
        if not cls.__dict__.get("_is_runtime_protocol", False):
            raise TypeError("Instance and class checks can only be used with @runtime_checkable protocols")
        return all(any(name in base.__dict__ for base in other.__mro__) for name in _protocol_attributes(cls))


def _no_init(self, *args, **kwargs):
    if type(self)._is_protocol:
        raise TypeError("Protocols cannot be instantiated")


class Protocol(Generic, metaclass=_ProtocolMeta):
    """A class that others fit by having its attributes."""

    __slots__ = ()
    _is_protocol = True

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        if "_is_protocol" not in cls.__dict__:
            cls._is_protocol = any(base is Protocol for base in cls.__bases__)
        if cls._is_protocol and cls.__init__ is object.__init__:
            cls.__init__ = _no_init


def runtime_checkable(cls):
    if not getattr(cls, "_is_protocol", False):
        raise TypeError(f"@runtime_checkable can be only applied to protocol classes, got {cls!r}")
    cls._is_runtime_protocol = True
    return cls


def _supports(name, method):
    def empty(self, *args):
        pass

    empty.__name__ = method
    namespace = {"__module__": "typing", "__slots__": (), method: empty, "_is_protocol": True}
    return runtime_checkable(_ProtocolMeta(name, (Protocol,), namespace))


SupportsInt = _supports("SupportsInt", "__int__")
SupportsFloat = _supports("SupportsFloat", "__float__")
SupportsComplex = _supports("SupportsComplex", "__complex__")
SupportsIndex = _supports("SupportsIndex", "__index__")
SupportsAbs = _supports("SupportsAbs", "__abs__")
SupportsRound = _supports("SupportsRound", "__round__")
SupportsBytes = _supports("SupportsBytes", "__bytes__")


# --- classes made from annotations ---------------------------------------------------------------


def _own_annotations(namespace):
    if "__annotations__" in namespace:
        return dict(namespace["__annotations__"])
    annotate = namespace.get("__annotate__") or namespace.get("__annotate_func__")
    return annotate(1) if annotate is not None else {}


class _Base:
    """Something to derive from that is not itself a class."""

    def __init__(self, name, make):
        self._make = make
        self.__name__ = name
        self._root = None

    def __mro_entries__(self, bases):
        return (self._root,)

    def __call__(self, *args, **kwargs):
        return self._make(*args, **kwargs)

    def __repr__(self):
        return f"<function {self.__name__} at {id(self):#x}>"


def _as_hints(annotations, module=None):
    """Annotations with text as references to what it names, and `None` as its type."""

    def hint(value):
        if isinstance(value, str):
            return ForwardRef(value, module=module)
        return type(None) if value is None else value

    return {name: hint(value) for name, value in annotations.items()}


def _named_tuple(typename, hints, defaults, module):
    from collections import namedtuple

    hints = _as_hints(hints)

    made = namedtuple(typename, list(hints), defaults=defaults, module=module)
    made.__annotations__ = hints
    made.__new__.__annotations__ = dict(hints)
    return made


class _NamedTupleMeta(type):
    def __new__(metacls, typename, bases, namespace):
        hints = _own_annotations(namespace)
        defaults = []
        for name in hints:
            if name in namespace:
                defaults.append(namespace[name])
            elif defaults:
                raise TypeError(
                    f"Non-default namedtuple field {name} cannot follow default field "
                    f"{next(n for n in hints if n in namespace)}"
                )
        made = _named_tuple(typename, hints, defaults, namespace.get("__module__"))
        others = tuple(b for b in bases if b is not _NamedTupleRoot)
        kept = {"__module__": namespace.get("__module__"), "__doc__": namespace.get("__doc__", made.__doc__)}
        for name, value in namespace.items():
            if name in ("__new__", "__init__", "__slots__", "__getnewargs__", "_fields", "_make", "_replace", "_asdict"):
                raise AttributeError("Cannot overwrite NamedTuple attribute " + name)
            if name not in made._fields and name not in ("__annotations__", "__annotate__", "__annotate_func__"):
                kept[name] = value
        if others:
            result = type(typename, (made, *others), {"__slots__": (), **kept})
            result.__annotations__ = hints
            return result
        for name, value in kept.items():
            if name not in ("__qualname__", "__classcell__", "__static_attributes__", "__firstlineno__"):
                setattr(made, name, value)
                set_name = getattr(type(value), "__set_name__", None)
                if set_name is not None:
                    set_name(value, made, name)
        return made


_NamedTupleRoot = type.__new__(_NamedTupleMeta, "NamedTuple", (), {})


def _make_named_tuple(typename, fields=(), /, **kwargs):
    hints = dict(fields) or kwargs
    return _named_tuple(typename, hints, None, sys._getframe(2).f_globals.get("__name__"))


NamedTuple = _Base("NamedTuple", _make_named_tuple)
NamedTuple._root = _NamedTupleRoot


def _is_read_only(hint):
    origin = getattr(hint, "__origin__", None)
    if origin in (Required, NotRequired):
        return _is_read_only(hint.__args__[0])
    return origin is ReadOnly


class _TypedDictMeta(type):
    def __new__(metacls, name, bases, namespace, total=True, closed=None, extra_items=None):
        hints = {}
        required = set()
        optional = set()
        read_only = set()
        for base in bases:
            hints.update(base.__dict__.get("_hints", {}))
            required |= base.__dict__.get("__required_keys__", set())
            optional |= base.__dict__.get("__optional_keys__", set())
            read_only |= base.__dict__.get("__readonly_keys__", set())
        module = namespace.get("__module__") if _VERSION >= (3, 10) else None
        own = _as_hints(_own_annotations(namespace), module)
        for key, hint in own.items():
            mark = getattr(hint, "_name", None) if isinstance(hint, _Alias) else None
            if _is_read_only(hint):
                read_only.add(key)
            (required if mark == "Required" or (total and mark != "NotRequired") else optional).add(key)
        hints.update(own)
        namespace = {k: v for k, v in namespace.items() if k not in ("__annotations__", "__annotate_func__")}
        made = type.__new__(metacls, name, (dict,), namespace)
        made._hints = hints
        made.__annotations__ = hints
        made.__required_keys__ = frozenset(required)
        made.__optional_keys__ = frozenset(optional)
        made.__total__ = total
        if _VERSION >= (3, 13):
            made.__readonly_keys__ = frozenset(read_only)
            made.__mutable_keys__ = frozenset(set(hints) - read_only)
        return made

    def __call__(cls, /, *args, **kwargs):
        return dict(*args, **kwargs)

    def __instancecheck__(cls, other):
        raise TypeError("TypedDict does not support instance and class checks")

    __subclasscheck__ = __instancecheck__


_TypedDictRoot = type.__new__(_TypedDictMeta, "TypedDict", (), {})


def _make_typed_dict(typename, fields=(), /, *, total=True):
    module = sys._getframe(2).f_globals.get("__name__")
    return _TypedDictMeta(typename, (), {"__annotations__": dict(fields), "__module__": module}, total=total)


TypedDict = _Base("TypedDict", _make_typed_dict)
TypedDict._root = _TypedDictRoot


def is_typeddict(tp):
    return isinstance(tp, _TypedDictMeta)


class NewType(_Hint):
    """Another name for a type, whose call returns its argument."""

    def __init__(self, name, tp):
        self.__name__ = self.__qualname__ = name
        self.__supertype__ = tp
        self.__module__ = sys._getframe(1).f_globals.get("__name__")

    def __call__(self, x, /):
        return x

    def __repr__(self):
        return f"{self.__module__}.{self.__qualname__}"


# --- functions -----------------------------------------------------------------------------------


def cast(typ, val):
    return val


def assert_type(val, typ, /):
    return val


def assert_never(arg, /):
    raise AssertionError(f"Expected code to be unreachable, but got: {arg!r}")


def reveal_type(obj, /):
    print(f"Runtime type is {type(obj).__name__!r}", file=sys.stderr)
    return obj


def _marks(name):
    def mark(arg):
        try:
            setattr(arg, name, True)
        except (AttributeError, TypeError):
            pass
        return arg

    return mark


final = _marks("__final__")
override = _marks("__override__")


def no_type_check(arg):
    """Marks a function, or a class with all its functions: their annotations are no types."""
    if isinstance(arg, type):
        for name, value in list(arg.__dict__.items()):
            inner = getattr(value, "__func__", value)
            if isinstance(value, type) and value.__qualname__ != f"{arg.__qualname__}.{name}":
                continue
            if callable(inner) and hasattr(inner, "__code__") or isinstance(value, type):
                no_type_check(inner)
    try:
        arg.__no_type_check__ = True
    except TypeError:
        # What is built in takes no marks.
        pass
    return arg


def no_type_check_decorator(decorator):
    """What the decorator makes is not looked at by checkers."""

    def wrapped(*args, **kwargs):
        return no_type_check(decorator(*args, **kwargs))

    return wrapped


def _overload_dummy(*args, **kwds):
    raise NotImplementedError(
        "You should not call an overloaded function. A series of @overload-decorated functions outside a stub module "
        "should always be followed by an implementation that is not @overload-ed."
    )


_overloads = {}


def overload(func):
    f = getattr(func, "__func__", func)
    try:
        _overloads.setdefault(f.__module__, {}).setdefault(f.__qualname__, {})[f.__code__.co_firstlineno] = func
    except AttributeError:
        # What is no function is not kept.
        pass
    return _overload_dummy


def get_overloads(func):
    f = getattr(func, "__func__", func)
    return list(_overloads.get(f.__module__, {}).get(f.__qualname__, {}).values())


def clear_overloads():
    _overloads.clear()


def dataclass_transform(**kwargs):
    return lambda cls_or_fn: cls_or_fn


def get_origin(tp):
    if isinstance(tp, _Alias):
        return Annotated if tp._name == "Annotated" else tp.__origin__
    if tp is Generic:
        return Generic
    if _is_union(tp):
        return type(tp)
    return getattr(tp, "__origin__", None)


def get_args(tp):
    if isinstance(tp, _Alias) and tp._name == "Annotated":
        return (tp.__args__[0], *tp.__metadata__)
    args = getattr(tp, "__args__", ())
    if isinstance(tp, _Alias) and tp._name == "Callable" and args and args[0] is not ...:
        return (list(args[:-1]), args[-1])
    return args


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    if getattr(obj, "__no_type_check__", None):
        return {}
    hints = {}
    if isinstance(obj, type):
        for base in reversed(obj.__mro__):
            module = sys.modules.get(base.__module__)
            scope = globalns or getattr(module, "__dict__", {})
            own = base.__dict__.get("_hints") or base.__dict__.get("__annotations__")
            if own is None and _VERSION >= (3, 14):
                own = getattr(base, "__annotations__", {})
            for name, value in (own or {}).items():
                hints[name] = _evaluated(value, scope, localns or dict(base.__dict__))
    else:
        wrapped = obj
        while hasattr(wrapped, "__wrapped__"):
            wrapped = wrapped.__wrapped__
        scope = globalns or getattr(wrapped, "__globals__", None) or getattr(obj, "__dict__", {})
        for name, value in (getattr(obj, "__annotations__", None) or {}).items():
            hints[name] = _evaluated(value, scope, localns or {})
    if include_extras:
        return hints
    return {name: _without_extras(value) for name, value in hints.items()}


def _without_extras(hint):
    """The hint without `Annotated`, `Required` and `NotRequired`, wherever in it they are."""
    if getattr(hint, "_name", "") == "Annotated":
        return _without_extras(hint.__origin__)
    if getattr(hint, "__origin__", None) in (Required, NotRequired, ReadOnly):
        return _without_extras(hint.__args__[0])
    if isinstance(hint, _Alias) and hint.__origin__ is not Literal:
        args = tuple(map(_without_extras, hint.__args__))
        return hint if args == hint.__args__ else _Alias(hint.__origin__, args, hint._name)
    if type(hint).__name__ == "GenericAlias":
        args = tuple(map(_without_extras, hint.__args__))
        return hint if args == hint.__args__ else type(hint)(hint.__origin__, args)
    return hint


def _evaluated(value, scope, local):
    if value is None:
        return type(None)
    if isinstance(value, ForwardRef):
        value = value.__forward_arg__
    if isinstance(value, str):
        return _Reader(value, scope, local).read()
    if isinstance(value, _Alias) and value.__origin__ is not Literal:
        args = tuple([_evaluated(arg, scope, local) if _has_reference(arg) else arg for arg in value.__args__])
        if args != value.__args__:
            made = _Alias(value.__origin__, args, value._name)
            if value._name == "Annotated":
                made.__metadata__ = value.__metadata__
            return made
    if type(value).__name__ in ("GenericAlias", "UnionType") and _has_reference(value):
        is_part = [isinstance(arg, str) or _has_reference(arg) for arg in value.__args__]
        args = tuple([_evaluated(a, scope, local) if part else a for a, part in zip(value.__args__, is_part)])
        return type(value)(value.__origin__, args) if type(value).__name__ == "GenericAlias" else Union[args]
    return value


def _has_reference(hint):
    if isinstance(hint, ForwardRef):
        return True
    if isinstance(hint, _Alias):
        return hint.__origin__ is not Literal and any(map(_has_reference, hint.__args__))
    kind = type(hint).__name__
    if kind in ("GenericAlias", "UnionType"):
        return any([isinstance(arg, str) or _has_reference(arg) for arg in hint.__args__])
    return False


class _Reader:
    """Reads a hint written as text: names, dots, brackets, bars, and constants."""

    def __init__(self, text, scope, local):
        self._text = text
        self._at = 0
        self._scope = scope
        self._local = local

    def read(self):
        value = self._union()
        self._spaces()
        if self._at < len(self._text):
            raise SyntaxError(f"Forward reference must be an expression -- got {self._text!r}")
        return type(None) if value is None else value

    def _spaces(self):
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1

    def _peek(self):
        self._spaces()
        return self._text[self._at : self._at + 1]

    def _take(self, c):
        if self._peek() == c:
            self._at += 1
            return True
        return False

    def _union(self):
        value = self._atom()
        while self._take("|"):
            other = self._atom()
            value = Union[value, other] if isinstance(other, str) or isinstance(value, str) else value | other
        return value

    def _list(self, end):
        values = []
        while not self._take(end):
            values.append(self._union())
            if not self._take(",") and self._peek() != end:
                raise SyntaxError(f"Forward reference must be an expression -- got {self._text!r}")
        return values

    def _atom(self):
        c = self._peek()
        text = self._text
        if c == "[":
            self._at += 1
            return self._list("]")
        if c in ("'", '"'):
            end = text.index(c, self._at + 1)
            value = text[self._at + 1 : end]
            self._at = end + 1
            return value
        if text.startswith("...", self._at):
            self._at += 3
            return ...
        start = self._at
        while self._at < len(text) and (text[self._at].isalnum() or text[self._at] in "_.-"):
            self._at += 1
        word = text[start : self._at]
        if not word:
            raise SyntaxError(f"Forward reference must be an expression -- got {text!r}")
        if word[0].isdigit() or word[0] == "-":
            value = int(word)
        else:
            value = self._name(word)
        while self._take("["):
            items = self._list("]")
            if value is not Literal:
                items = [_evaluated(i, self._scope, self._local) if isinstance(i, str) else i for i in items]
            value = value[items[0] if len(items) == 1 else tuple(items)]
        if self._peek() == "(":
            raise TypeError(f"a call in the annotation {text!r} cannot be evaluated here: write the annotation unquoted")
        return value

    def _name(self, word):
        first, *rest = word.split(".")
        constants = {"None": None, "True": True, "False": False}
        if first in constants:
            return constants[first]
        if first in self._local:
            value = self._local[first]
        elif first in self._scope:
            value = self._scope[first]
        else:
            import builtins

            try:
                value = getattr(builtins, first)
            except AttributeError:
                raise NameError(f"name {first!r} is not defined") from None
        for name in rest:
            value = getattr(value, name)
        return value


# `from typing import *` takes the names made on demand too.
__all__ = [name for name in globals() if not name.startswith("_") and name not in ("sys", "ABCMeta")]
__all__ += [*_IN_COLLECTIONS, *_IN_ABC, "AbstractSet", "ContextManager", "AsyncContextManager"]
__all__ += ["Pattern", "Match", "IO", "TextIO", "BinaryIO"]
