"""Functions of functions."""
import _thread
import sys

__frameless__ = ("reduce", "partial", "_lru_cache", "cmp_to_key")

_VERSION = sys.version_info[:2]

WRAPPER_ASSIGNMENTS = ("__module__", "__name__", "__qualname__", "__doc__", "__annotations__")
if _VERSION >= (3, 12):
    WRAPPER_ASSIGNMENTS += ("__type_params__",)
WRAPPER_UPDATES = ("__dict__",)
_MISSING = object()


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    for name in assigned:
        try:
            value = getattr(wrapped, name)
        except AttributeError:
            pass
        else:
            setattr(wrapper, name, value)
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    def decorator(wrapper):
        return update_wrapper(wrapper, wrapped, assigned, updated)

    return decorator


def reduce(function, iterable, initial=_MISSING, /):
    it = iter(iterable)
    if initial is _MISSING:
        value = next(it, _MISSING)
        if value is _MISSING:
            raise TypeError("reduce() of empty iterable with no initial value")
    else:
        value = initial
    for element in it:
        value = function(value, element)
    return value


class partial:
    """A call with some arguments given already."""
    __slots__ = ("func", "args", "keywords", "__dict__", "__weakref__")
    _is_static = True

    def __new__(cls, func, /, *args, **keywords):
        if not callable(func):
            raise TypeError("the first argument must be callable")
        if isinstance(func, partial):
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self = object.__new__(cls)
        self.func = func
        self.args = args
        self.keywords = keywords
        return self

    def __call__(self, /, *args, **keywords):
        return self.func(*self.args, *args, **{**self.keywords, **keywords})

    def __repr__(self):
        cls = type(self)
        name = "functools.partial" if cls is partial else cls.__qualname__
        parts = [repr(self.func)]
        parts.extend(repr(a) for a in self.args)
        parts.extend(f"{k}={v!r}" for k, v in self.keywords.items())
        return f"{name}({', '.join(parts)})"

    def __reduce__(self):
        return type(self), (self.func,), (self.func, self.args, self.keywords, self.__dict__ or None)

    def __setstate__(self, state):
        if not isinstance(state, tuple) or len(state) != 4:
            raise TypeError("invalid partial state")
        func, args, keywords, namespace = state
        if not callable(func) or not isinstance(args, tuple) or not (keywords is None or isinstance(keywords, dict)):
            raise TypeError("invalid partial state")
        self.func, self.args, self.keywords = func, tuple(args), dict(keywords or {})
        self.__dict__.update(namespace or {})

    if _VERSION >= (3, 14):

        def __get__(self, obj, objtype=None):
            if obj is None:
                return self
            from types import MethodType

            return MethodType(self, obj)

    def __class_getitem__(cls, item):
        return cls


class partialmethod:
    """`partial` for use in a class body."""

    def __init__(self, func, /, *args, **keywords):
        if not callable(func) and not hasattr(func, "__get__"):
            raise TypeError(f"{func!r} is not callable or a descriptor")
        if isinstance(func, partialmethod):
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self.func = func
        self.args = args
        self.keywords = keywords

    def __repr__(self):
        given = [repr(self.func), *map(repr, self.args), *(f"{k}={v!r}" for k, v in self.keywords.items())]
        return f"{type(self).__module__}.{type(self).__qualname__}({', '.join(given)})"

    def _function(self):
        def method(obj, /, *args, **keywords):
            return self.func(obj, *self.args, *args, **{**self.keywords, **keywords})

        method._partialmethod = self
        return method

    def __get__(self, obj, cls=None):
        get = getattr(self.func, "__get__", None)
        if get is not None:
            bound = get(obj, cls)
            if bound is not self.func:
                result = partial(bound, *self.args, **self.keywords)
                try:
                    result.__self__ = bound.__self__
                except AttributeError:
                    pass
                return result
        return self._function().__get__(obj, cls)

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, "__isabstractmethod__", False)


# --- caches --------------------------------------------------------------------------------------


class _CacheInfo(tuple):
    __slots__ = ()

    hits = property(lambda self: self[0])
    misses = property(lambda self: self[1])
    maxsize = property(lambda self: self[2])
    currsize = property(lambda self: self[3])

    _fields = ("hits", "misses", "maxsize", "currsize")

    def _asdict(self):
        return dict(zip(self._fields, self))

    def __repr__(self):
        return f"CacheInfo(hits={self[0]}, misses={self[1]}, maxsize={self[2]}, currsize={self[3]})"


_KWD_MARK = (object(),)


def _make_key(args, kwds, typed):
    key = args
    if kwds:
        key += _KWD_MARK
        for item in kwds.items():
            key += item
    if typed:
        key += tuple(type(v) for v in args)
        if kwds:
            key += tuple(type(v) for v in kwds.values())
    elif len(key) == 1 and type(key[0]) in (int, str):
        return key[0]
    return key


def lru_cache(maxsize=128, typed=False):
    if isinstance(maxsize, int):
        maxsize = max(maxsize, 0)
    elif callable(maxsize) and isinstance(typed, bool):
        return _lru_cache(maxsize, 128, False)
    elif maxsize is not None:
        raise TypeError("Expected first argument to be an integer, a callable, or None")
    return lambda function: _lru_cache(function, maxsize, typed)


def cache(user_function, /):
    return _lru_cache(user_function, None, False)


def _lru_cache(function, maxsize, typed):
    # Oldest first: a dict keeps the order of insertion, and a hit puts its entry last again.
    found = {}
    hits = misses = 0

    def wrapper(*args, **kwds):
        nonlocal hits, misses
        if maxsize == 0:
            misses += 1
            return function(*args, **kwds)
        key = _make_key(args, kwds, typed)
        value = found.get(key, _MISSING)
        if value is not _MISSING:
            hits += 1
            if maxsize is not None:
                del found[key]
                found[key] = value
            return value
        misses += 1
        value = function(*args, **kwds)
        if maxsize is not None and key not in found and len(found) >= maxsize:
            del found[next(iter(found))]
        found[key] = value
        return value

    def cache_info():
        return _CacheInfo((hits, misses, maxsize, len(found)))

    def cache_clear():
        nonlocal hits, misses
        found.clear()
        hits = misses = 0

    update_wrapper(wrapper, function)
    wrapper.cache_info = cache_info
    wrapper.cache_clear = cache_clear
    wrapper.cache_parameters = lambda: {"maxsize": maxsize, "typed": typed}
    return wrapper


class cached_property:
    """Computed at the first access, then an ordinary attribute."""

    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__
        self.__module__ = func.__module__
        if _VERSION < (3, 12):
            self.lock = _thread.RLock()

    def __set_name__(self, owner, name):
        if self.attrname is None:
            self.attrname = name
        elif name != self.attrname:
            raise TypeError(
                "Cannot assign the same cached_property to two different names "
                f"({self.attrname!r} and {name!r})."
            )

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self.attrname is None:
            raise TypeError("Cannot use cached_property instance without calling __set_name__ on it.")
        try:
            values = instance.__dict__
        except AttributeError:
            raise TypeError(
                f"No '__dict__' attribute on {type(instance).__name__!r} "
                f"instance to cache {self.attrname!r} property."
            ) from None
        value = values.get(self.attrname, _MISSING)
        if value is not _MISSING:
            return value
        if _VERSION >= (3, 12):
            value = values[self.attrname] = self.func(instance)
            return value
        # Up to 3.11 one lock serves all instances.
        with self.lock:
            value = values.get(self.attrname, _MISSING)
            if value is _MISSING:
                value = values[self.attrname] = self.func(instance)
        return value

    def __class_getitem__(cls, item):
        return cls


# --- comparison ----------------------------------------------------------------------------------


def _negated(op):
    def compare(self, other):
        result = op(self, other)
        return result if result is NotImplemented else not result

    return compare


def _or_equal(op):
    def compare(self, other):
        result = op(self, other)
        if result is NotImplemented:
            return result
        return result or self == other

    return compare


def _and_unequal(op):
    def compare(self, other):
        result = op(self, other)
        if result is NotImplemented:
            return result
        return result and self != other

    return compare


def _nor_equal(op):
    def compare(self, other):
        result = op(self, other)
        if result is NotImplemented:
            return result
        return not result and self != other

    return compare


def _nand_or_equal(op):
    def compare(self, other):
        result = op(self, other)
        if result is NotImplemented:
            return result
        return not result or self == other

    return compare


_ORDERINGS = {
    "__lt__": (("__gt__", _nor_equal), ("__le__", _or_equal), ("__ge__", _negated)),
    "__le__": (("__ge__", _nand_or_equal), ("__lt__", _and_unequal), ("__gt__", _negated)),
    "__gt__": (("__lt__", _nor_equal), ("__ge__", _or_equal), ("__le__", _negated)),
    "__ge__": (("__le__", _nand_or_equal), ("__gt__", _and_unequal), ("__lt__", _negated)),
}


def total_ordering(cls):
    roots = [op for op in _ORDERINGS if getattr(cls, op, None) is not getattr(object, op, None)]
    if not roots:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    for preferred in ("__lt__", "__le__", "__gt__", "__ge__"):
        if preferred in roots:
            break
    op = getattr(cls, preferred)
    for name, make in _ORDERINGS[preferred]:
        if name not in roots:
            method = make(op)
            method.__name__ = name
            setattr(cls, name, method)
    return cls


def cmp_to_key(mycmp):
    class K:
        __slots__ = ("obj",)

        def __init__(self, obj):
            self.obj = obj

        def __lt__(self, other):
            return mycmp(self.obj, other.obj) < 0

        def __gt__(self, other):
            return mycmp(self.obj, other.obj) > 0

        def __eq__(self, other):
            return mycmp(self.obj, other.obj) == 0

        def __le__(self, other):
            return mycmp(self.obj, other.obj) <= 0

        def __ge__(self, other):
            return mycmp(self.obj, other.obj) >= 0

        __hash__ = None

    return K


# --- dispatch on a type --------------------------------------------------------------------------


def _first_annotation(func):
    given = getattr(func, "__annotations__", {})
    if not given:
        raise TypeError(
            f"Invalid first argument to `register()`: {func!r}. "
            "Use either `@register(some_class)` or plain `@register` on an annotated function."
        )
    from typing import get_type_hints

    name, cls = next(iter(get_type_hints(func).items()))
    if not _is_dispatchable(cls):
        if _union_members(cls):
            raise TypeError(f"Invalid annotation for {name!r}. {cls!r} not all arguments are classes.")
        raise TypeError(f"Invalid annotation for {name!r}. {cls!r} is not a class.")
    return cls


def _union_members(hint):
    """The classes of a union; nothing of other hints."""
    is_union = type(hint).__name__ == "UnionType" or repr(getattr(hint, "__origin__", None)) == "typing.Union"
    return hint.__args__ if is_union else None


def _is_dispatchable(cls):
    return all(isinstance(c, type) and not hasattr(c, "__origin__") for c in _union_members(cls) or (cls,))


def singledispatch(func):
    registry = {object: func}

    def dispatch(cls):
        # Abstract classes are not in the list of bases of what they accept; the most special ones count.
        fitting = [base for base in registry if base is not object and issubclass(cls, base)]
        if len(fitting) > 1:
            fitting = [base for base in fitting if not any(o is not base and issubclass(o, base) for o in fitting)]
            inherited = [base for base in cls.__mro__ if base in fitting]
            if len(fitting) > 1 and not inherited:
                raise RuntimeError(f"Ambiguous dispatch: {fitting[0]} or {fitting[1]}")
            fitting = inherited or fitting
        if fitting:
            return registry[fitting[0]]
        return registry[object]

    def register(cls, func=None):
        if _is_dispatchable(cls):
            if func is None:
                return lambda f: register(cls, f)
        else:
            if func is not None:
                raise TypeError(f"Invalid first argument to `register()`. {cls!r} is not a class or union type.")
            func = cls
            cls = _first_annotation(func)
        for member in _union_members(cls) or (cls,):
            registry[member] = func
        return func

    def wrapper(*args, **kw):
        if not args:
            raise TypeError(f"{name} requires at least 1 positional argument")
        return dispatch(type(args[0]))(*args, **kw)

    name = getattr(func, "__name__", "singledispatch function")
    update_wrapper(wrapper, func)
    from types import MappingProxyType

    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = MappingProxyType(registry)
    wrapper._clear_cache = lambda: None
    return wrapper


class singledispatchmethod:
    """`singledispatch` on the first argument after `self`."""

    def __init__(self, func):
        if not callable(func) and not hasattr(func, "__get__"):
            raise TypeError(f"{func!r} is not callable or a descriptor")
        self.dispatcher = singledispatch(func)
        self.func = func

    def register(self, cls, method=None):
        return self.dispatcher.register(cls, func=method)

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, "__isabstractmethod__", False)

    def __get__(self, obj, cls=None):
        def method(*args, **kwargs):
            if not args:
                name = getattr(self.func, "__name__", "singledispatchmethod method")
                raise TypeError(f"{name} requires at least 1 positional argument")
            implementation = self.dispatcher.dispatch(type(args[0]))
            return implementation.__get__(obj, cls)(*args, **kwargs)

        method.register = self.register
        return update_wrapper(method, self.func)
