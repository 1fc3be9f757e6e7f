"""Shallow and deep copies."""
import copyreg
import sys
import types
import weakref

import _cost
from _pickle import reduced

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
    types.CodeType,
    property,
    weakref.ref,
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


def _rebuilt(x, each, memo):
    """A new object as pickling `x` would make it, of what `each` makes of the parts."""
    cls = type(x)
    reduce = copyreg.dispatch_table.get(cls)
    made = reduced(x, cls) if reduce is None else reduce(x)
    if isinstance(made, str):
        return x
    func, args, state, items, pairs, *_ = *made, None, None, None
    y = func(*[each(a) for a in args])
    if memo is not None:
        memo[id(x)] = y
    if state is not None:
        _set_state(y, each(state))
    for item in items or ():
        y.append(each(item))
    for key, value in pairs or ():
        y[each(key)] = each(value)
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
