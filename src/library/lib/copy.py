"""Shallow and deep copies."""
import sys
import _cost
import types

_ATOMIC = (
    type(None),
    int,
    float,
    bool,
    complex,
    str,
    bytes,
    type,
    range,
    type(...),
    type(NotImplemented),
    types.FunctionType,
    types.BuiltinFunctionType,
    types.ModuleType,
    property,
)


class Error(Exception):
    pass


error = Error


def _is_atomic(cls):
    return cls in _ATOMIC or issubclass(cls, type)


def copy(x):
    _cost.charge("copy.copy")
    cls = type(x)
    if _is_atomic(cls) or cls in (tuple, frozenset):
        return x
    if cls in (list, dict, set, bytearray):
        return x.copy()
    copier = getattr(cls, "__copy__", None)
    if copier is not None:
        return copier(x)
    return _rebuilt(x, lambda v: v, None)


def deepcopy(x, memo=None, _nil=[]):
    if memo is None:
        memo = {}
    key = id(x)
    found = memo.get(key, _nil)
    if found is not _nil:
        return found
    _cost.charge("copy.deepcopy.object")
    cls = type(x)
    if _is_atomic(cls):
        return x
    if cls is list:
        y = memo[key] = []
        for item in x:
            y.append(deepcopy(item, memo))
    elif cls is dict:
        y = memo[key] = {}
        for k, v in x.items():
            y[deepcopy(k, memo)] = deepcopy(v, memo)
    elif cls is tuple:
        items = [deepcopy(item, memo) for item in x]
        if key in memo:
            return memo[key]
        y = x if all(a is b for a, b in zip(x, items)) else tuple(items)
    elif cls is set or cls is frozenset:
        y = cls([deepcopy(item, memo) for item in x])
    elif cls is bytearray:
        y = bytearray(x)
    elif cls is types.MethodType:
        y = cls(x.__func__, deepcopy(x.__self__, memo))
    else:
        copier = getattr(cls, "__deepcopy__", None)
        y = copier(x, memo) if copier is not None else _rebuilt(x, lambda v: deepcopy(v, memo), memo)
    if y is not x:
        memo[key] = y
        # The original must live as long as its id is used.
        memo.setdefault(id(memo), []).append(x)
    return y


def _slots(cls):
    for base in cls.__mro__:
        slots = base.__dict__.get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            if name not in ("__dict__", "__weakref__"):
                if name.startswith("__") and not name.endswith("__"):
                    name = f"_{base.__name__.lstrip('_')}{name}"
                yield name


def _rebuilt(x, each, memo):
    """A new object of the class of `x`, with what `each` makes of its parts."""
    cls = type(x)
    name = cls.__name__
    if name in ("lock", "RLock", "generator", "coroutine", "async_generator", "frame", "traceback", "module"):
        raise TypeError(f"cannot pickle '{cls.__module__ + '.' if cls.__module__ != 'builtins' else ''}{name}' object")
    reduce = cls.__dict__.get("__reduce_ex__") or cls.__dict__.get("__reduce__")
    if reduce is not None:
        made = reduce(x, 4) if "__reduce_ex__" in cls.__dict__ else reduce(x)
        if isinstance(made, str):
            return x
        func, args, *rest = made
        y = func(*[each(a) for a in args])
        if memo is not None:
            memo[id(x)] = y
        state, items, pairs, *_ = [*rest, None, None, None]
        if state is not None:
            _set_state(y, each(state))
        for item in items or ():
            y.append(each(item))
        for key, value in pairs or ():
            y[each(key)] = each(value)
        return y
    if isinstance(x, BaseException):
        y = cls.__new__(cls, *x.args)
        y.args = tuple([each(a) for a in x.args])
    elif hasattr(cls, "__getnewargs__"):
        y = cls.__new__(cls, *[each(a) for a in x.__getnewargs__()])
    elif isinstance(x, (int, float, str, bytes, tuple, frozenset)):
        base = next(b for b in (int, float, str, bytes, tuple, frozenset) if isinstance(x, b))
        y = cls.__new__(cls, base([each(v) for v in x]) if base in (tuple, frozenset) else base(x))
    elif name == "deque" or (name == "defaultdict"):
        y = cls(x.default_factory) if name == "defaultdict" else cls([], x.maxlen)
    elif isinstance(x, set):
        y = cls.__new__(cls)
        y.update([each(v) for v in x])
    else:
        y = cls.__new__(cls)
    if memo is not None:
        memo[id(x)] = y
    state = getattr(cls, "__getstate__", None)
    if state is not None and state is not getattr(object, "__getstate__", None):
        _set_state(y, each(x.__getstate__()))
    else:
        for key, value in getattr(x, "__dict__", {}).items():
            y.__dict__[key] = each(value)
        for slot in _slots(cls):
            if hasattr(x, slot):
                object.__setattr__(y, slot, each(getattr(x, slot)))
    if isinstance(x, dict):
        for key, value in x.items():
            y[each(key)] = each(value)
    elif isinstance(x, list) or name == "deque":
        y.extend([each(v) for v in x])
    return y


def _set_state(y, state):
    setter = getattr(type(y), "__setstate__", None)
    if setter is not None:
        setter(y, state)
        return
    if isinstance(state, tuple) and len(state) == 2:
        state, slots = state
        for name, value in (slots or {}).items():
            setattr(y, name, value)
    if state:
        y.__dict__.update(state)


def replace(obj, /, **changes):
    method = getattr(type(obj), "__replace__", None)
    if method is None:
        raise TypeError(f"replace() does not support {type(obj).__name__} objects")
    return method(obj, **changes)


if sys.version_info < (3, 13):
    del replace
