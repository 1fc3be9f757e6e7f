"""Names of the types that have no builtin name, and a few helpers."""
import sys


def _function():
    pass


class _Class:
    def method(self):
        pass


async def _coroutine():
    pass


def _generator():
    yield 1


async def _async_generator():
    yield


def _cell():
    value = 1

    def inner():
        return value

    return inner.__closure__[0]


class _Slotted:
    __slots__ = ("place", "__weakref__")


FunctionType = type(_function)
LambdaType = type(lambda: None)
MethodType = type(_Class().method)
BuiltinFunctionType = type(len)
BuiltinMethodType = type([].append)
CodeType = type(_function.__code__)
GeneratorType = type(_generator())
_running = _coroutine()
CoroutineType = type(_running)
_running.close()
AsyncGeneratorType = type(_async_generator())
ModuleType = type(sys)
MappingProxyType = type(type.__dict__)
NoneType = type(None)
EllipsisType = type(...)
NotImplementedType = type(NotImplemented)
CellType = type(_cell())
WrapperDescriptorType = type(object.__init__)
MethodWrapperType = type(object().__str__)
MethodDescriptorType = type(str.join)
ClassMethodDescriptorType = type(dict.__dict__.get("fromkeys"))
GetSetDescriptorType = type(_Slotted.__weakref__)
MemberDescriptorType = type(_Slotted.place)

try:
    raise TypeError
except TypeError as _exc:
    TracebackType = type(_exc.__traceback__)
    FrameType = type(_exc.__traceback__.tb_frame)


def _shown_type(arg):
    if arg is ...:
        return "..."
    if isinstance(arg, list):
        return f"[{', '.join(map(_shown_type, arg))}]"
    if isinstance(arg, type):
        return arg.__qualname__ if arg.__module__ == "builtins" else f"{arg.__module__}.{arg.__qualname__}"
    return repr(arg)


class _WithBar:
    """A hint that can stand beside a bar."""

    def __or__(self, other):
        from typing import _union

        return _union(self, other)

    def __ror__(self, other):
        from typing import _union

        return _union(other, self)


class GenericAlias(_WithBar):
    """`list[int]`: made by the machine, or by a `__class_getitem__`."""

    def __init__(self, origin, args):
        self.__origin__ = origin
        self.__args__ = args if isinstance(args, tuple) else (args,)

    @property
    def __parameters__(self):
        found = []
        for arg in self.__args__:
            inner = (arg,) if hasattr(arg, "__bound__") else getattr(arg, "__parameters__", ())
            found.extend(p for p in inner if p not in found)
        return tuple(found)

    def __getitem__(self, params):
        given = dict(zip(self.__parameters__, params if isinstance(params, tuple) else (params,)))
        return GenericAlias(self.__origin__, tuple(given.get(a, a) if hasattr(a, "__bound__") else a for a in self.__args__))

    def __call__(self, *args, **kwargs):
        return self.__origin__(*args, **kwargs)

    def __mro_entries__(self, bases):
        return (self.__origin__,)

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return getattr(self.__origin__, name)

    def __instancecheck__(self, obj):
        raise TypeError("isinstance() argument 2 cannot be a parameterized generic")

    def __subclasscheck__(self, cls):
        raise TypeError("issubclass() argument 2 cannot be a parameterized generic")

    def __eq__(self, other):
        if not isinstance(other, GenericAlias):
            return NotImplemented
        return self.__origin__ is other.__origin__ and self.__args__ == other.__args__

    def __hash__(self):
        return hash((self.__origin__, len(self.__args__)))

    def __repr__(self):
        return f"{_shown_type(self.__origin__)}[{', '.join(map(_shown_type, self.__args__)) or '()'}]"


class UnionType(_WithBar):
    """`int | None`."""

    def __init__(self, args):
        self.__args__ = args

    def __instancecheck__(self, obj):
        return isinstance(obj, self.__args__)

    def __subclasscheck__(self, cls):
        return issubclass(cls, self.__args__)

    def __eq__(self, other):
        if isinstance(other, UnionType):
            return set(self.__args__) == set(other.__args__)
        # `typing.Union[…]` knows when it is the same.
        return NotImplemented

    def __hash__(self):
        return hash(frozenset(self.__args__))

    def __repr__(self):
        return " | ".join("None" if a is NoneType else _shown_type(a) for a in self.__args__)


class SimpleNamespace:
    """Attributes and nothing else."""

    def __init__(self, mapping_or_iterable=(), /, **kwargs):
        if mapping_or_iterable != ():
            if sys.version_info < (3, 13):
                raise TypeError("no positional arguments expected")
            self.__dict__.update(mapping_or_iterable)
        self.__dict__.update(kwargs)

    def __getattr__(self, name):
        shown = "types.SimpleNamespace" if type(self) is SimpleNamespace else type(self).__name__
        raise AttributeError(f"{shown!r} object has no attribute {name!r}", name=name, obj=self)

    def __repr__(self):
        if id(self) in _shown:
            return "namespace(...)"
        _shown.add(id(self))
        try:
            items = ", ".join(f"{k}={v!r}" for k, v in self.__dict__.items())
        finally:
            _shown.discard(id(self))
        name = "namespace" if type(self) is SimpleNamespace else type(self).__name__
        return f"{name}({items})"

    def __eq__(self, other):
        if isinstance(self, SimpleNamespace) and isinstance(other, SimpleNamespace):
            return self.__dict__ == other.__dict__
        return NotImplemented

    __hash__ = None


# The namespaces whose text is being made just now: one may contain itself.
_shown = set()


def new_class(name, bases=(), kwds=None, exec_body=None):
    resolved = resolve_bases(bases)
    kwds = dict(kwds or {})
    metaclass = kwds.pop("metaclass", None)
    if metaclass is None:
        metaclass = type(resolved[0]) if resolved else type
    namespace = {"__module__": "types"}
    if exec_body is not None:
        exec_body(namespace)
    if resolved is not bases:
        namespace["__orig_bases__"] = bases
    return metaclass(name, resolved, namespace, **kwds)


def resolve_bases(bases):
    result = []
    changed = False
    for base in bases:
        if not isinstance(base, type) and hasattr(base, "__mro_entries__"):
            result.extend(base.__mro_entries__(bases))
            changed = True
        else:
            result.append(base)
    return tuple(result) if changed else bases


def get_original_bases(cls, /):
    return cls.__dict__.get("__orig_bases__", cls.__bases__)


class DynamicClassAttribute:
    """A property of instances that the class looks up as a plain attribute."""

    def __init__(self, fget=None, fset=None, fdel=None, doc=None):
        self.fget = fget
        self.fset = fset
        self.fdel = fdel
        self.__doc__ = doc or getattr(fget, "__doc__", None)

    def __get__(self, instance, ownerclass=None):
        if instance is None:
            raise AttributeError()
        return self.fget(instance)


class _GeneratorWrapper:
    """Makes a generator-like object awaitable."""

    def __init__(self, gen):
        self.__wrapped = gen
        self.__name__ = getattr(gen, "__name__", None)
        self.__qualname__ = getattr(gen, "__qualname__", None)

    def send(self, value):
        return self.__wrapped.send(value)

    def throw(self, *args):
        return self.__wrapped.throw(*args)

    def close(self):
        return self.__wrapped.close()

    def __next__(self):
        return next(self.__wrapped)

    def __iter__(self):
        return self

    __await__ = __iter__


def coroutine(func):
    """Makes a generator function give objects that may be awaited."""
    if not callable(func):
        raise TypeError("types.coroutine() expects a callable")
    flags = getattr(getattr(func, "__code__", None), "co_flags", 0)
    if flags & 0x180:
        return func
    if flags & 0x20:
        import _types

        return _types.iterable_coroutine(func)
    from functools import wraps

    @wraps(func)
    def wrapped(*args, **kwargs):
        result = func(*args, **kwargs)
        if isinstance(result, CoroutineType) or not hasattr(result, "send"):
            return result
        return _GeneratorWrapper(result)

    return wrapped
