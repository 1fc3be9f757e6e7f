"""Containers beyond the builtin ones."""
import sys
from _collections import OrderedDict, _count_elements, defaultdict, deque

_VERSION = sys.version_info[:2]
__all__ = [
    "ChainMap", "Counter", "OrderedDict", "UserDict", "UserList", "UserString", "defaultdict", "deque", "namedtuple",
]  # fmt: skip


# --- namedtuple ----------------------------------------------------------------------------------

def _fixed(self, value):
    raise AttributeError("can't set attribute")


def _kept(self):
    raise AttributeError("can't delete attribute")


def _tuplegetter(index, doc):
    return property(lambda self: self[index], _fixed, _kept, doc)


def _field_names(typename, field_names, rename):
    from keyword import iskeyword

    if isinstance(field_names, str):
        field_names = field_names.replace(",", " ").split()
    field_names = [str(name) for name in field_names]
    if rename:
        seen = set()
        for index, name in enumerate(field_names):
            if not name.isidentifier() or iskeyword(name) or name.startswith("_") or name in seen:
                field_names[index] = f"_{index}"
            seen.add(name)
    for name in [typename] + field_names:
        if not name.isidentifier():
            raise ValueError(f"Type names and field names must be valid identifiers: {name!r}")
        if iskeyword(name):
            raise ValueError(f"Type names and field names cannot be a keyword: {name!r}")
    seen = set()
    for name in field_names:
        if name.startswith("_") and not rename:
            raise ValueError(f"Field names cannot start with an underscore: {name!r}")
        if name in seen:
            raise ValueError(f"Encountered duplicate field name: {name!r}")
        seen.add(name)
    return tuple(field_names)


def _names_in_words(names):
    quoted = [repr(name) for name in names]
    if len(quoted) == 1:
        return quoted[0]
    if len(quoted) == 2:
        return f"{quoted[0]} and {quoted[1]}"
    return ", ".join(quoted[:-1]) + f", and {quoted[-1]}"


def _bind(what, fields, defaults, args, kwargs):
    """The values of `fields` as a call with these arguments gives them, or the error of such a call."""
    n = len(fields)
    if len(args) > n:
        least = n - len(defaults) + 1
        takes = f"from {least} to {n + 1}" if defaults else f"{n + 1}"
        plural = "" if n == 0 and not defaults else "s"
        raise TypeError(f"{what}() takes {takes} positional argument{plural} but {len(args) + 1} were given")
    values = list(args)
    for name in kwargs:
        if name not in fields:
            raise TypeError(f"{what}() got an unexpected keyword argument {name!r}")
        if fields.index(name) < len(args):
            raise TypeError(f"{what}() got multiple values for argument {name!r}")
    missing = []
    for name in fields[len(args) :]:
        if name in kwargs:
            values.append(kwargs[name])
        elif name in defaults:
            values.append(defaults[name])
        else:
            missing.append(name)
    if missing:
        plural = "" if len(missing) == 1 else "s"
        raise TypeError(
            f"{what}() missing {len(missing)} required positional argument{plural}: {_names_in_words(missing)}"
        )
    return values


def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    typename = str(typename)
    fields = _field_names(typename, field_names, rename)
    n = len(fields)
    field_defaults = {}
    if defaults is not None:
        defaults = tuple(defaults)
        if len(defaults) > n:
            raise TypeError("Got more default values than field names")
        field_defaults = dict(zip(fields[n - len(defaults) :], defaults))
    tuple_new = tuple.__new__
    what = f"{typename}.__new__"

    def __new__(_cls, *args, **kwargs):
        if kwargs or len(args) != n:
            args = _bind(what, fields, field_defaults, args, kwargs)
        return tuple_new(_cls, args)

    @classmethod
    def _make(cls, iterable):
        result = tuple_new(cls, iterable)
        if len(result) != n:
            raise TypeError(f"Expected {n} arguments, got {len(result)}")
        return result

    def _replace(self, /, **kwds):
        values = [kwds.pop(name, value) for name, value in zip(fields, self)]
        if kwds:
            kind = TypeError if _VERSION >= (3, 13) else ValueError
            raise kind(f"Got unexpected field names: {list(kwds)!r}")
        return self._make(values)

    def __repr__(self):
        shown = ", ".join([f"{name}={value!r}" for name, value in zip(fields, self)])
        return f"{self.__class__.__name__}({shown})"

    def _asdict(self):
        return dict(zip(self._fields, self))

    def __getnewargs__(self):
        return tuple(self)

    for method in (__new__, _replace, __repr__, _asdict, __getnewargs__):
        method.__qualname__ = f"{typename}.{method.__name__}"
    namespace = {
        "__doc__": f"{typename}({', '.join(fields)})",
        "__slots__": (),
        "_fields": fields,
        "_field_defaults": field_defaults,
        "__new__": __new__,
        "_make": _make,
        "__replace__": _replace,
        "_replace": _replace,
        "__repr__": __repr__,
        "_asdict": _asdict,
        "__getnewargs__": __getnewargs__,
        "__match_args__": fields,
    }
    for index, name in enumerate(fields):
        namespace[name] = _tuplegetter(index, f"Alias for field number {index}")
    result = type(typename, (tuple,), namespace)
    if module is None:
        try:
            module = sys._getframe(1).f_globals.get("__name__", "__main__")
        except (AttributeError, ValueError):
            pass
    if module is not None:
        result.__module__ = module
    return result


# --- Counter -------------------------------------------------------------------------------------


class Counter(dict):
    """How often each element occurs."""

    def __init__(self, iterable=None, /, **kwds):
        super().__init__()
        self.update(iterable, **kwds)

    def __missing__(self, key):
        return 0

    def total(self):
        return sum(self.values())

    def most_common(self, n=None):
        ranked = sorted(self.items(), key=lambda item: item[1], reverse=True)
        return ranked if n is None else ranked[: max(n, 0)]

    def elements(self):
        for element, count in self.items():
            for _ in range(count):
                yield element

    @classmethod
    def fromkeys(cls, iterable, v=None):
        raise NotImplementedError("Counter.fromkeys() is undefined.  Use Counter(iterable) instead.")

    def update(self, iterable=None, /, **kwds):
        if iterable is not None:
            if isinstance(iterable, dict) or hasattr(iterable, "items"):
                for element, count in iterable.items():
                    self[element] = count + self.get(element, 0)
            else:
                _count_elements(self, iterable)
        if kwds:
            self.update(kwds)

    def subtract(self, iterable=None, /, **kwds):
        if iterable is not None:
            if isinstance(iterable, dict) or hasattr(iterable, "items"):
                for element, count in iterable.items():
                    self[element] = self.get(element, 0) - count
            else:
                for element in iterable:
                    self[element] = self.get(element, 0) - 1
        if kwds:
            self.subtract(kwds)

    def copy(self):
        return self.__class__(self)

    def __delitem__(self, elem):
        if elem in self:
            super().__delitem__(elem)

    def __repr__(self):
        if not self:
            return f"{self.__class__.__name__}()"
        try:
            d = dict(self.most_common())
        except TypeError:
            d = dict(self)
        return f"{self.__class__.__name__}({d!r})"

    def __eq__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return all(self[e] == other[e] for c in (self, other) for e in c)

    def __ne__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return not self == other

    __hash__ = None

    def __le__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return all(self[e] <= other[e] for c in (self, other) for e in c)

    def __lt__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self <= other and self != other

    def __ge__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return all(self[e] >= other[e] for c in (self, other) for e in c)

    def __gt__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self >= other and self != other

    def _combined(self, other, count_of):
        result = Counter()
        for element in [*self, *(e for e in other if e not in self)]:
            count = count_of(self[element], other[element])
            if count > 0:
                result[element] = count
        return result

    def __add__(self, other):
        return self._combined(other, lambda a, b: a + b) if isinstance(other, Counter) else NotImplemented

    def __sub__(self, other):
        return self._combined(other, lambda a, b: a - b) if isinstance(other, Counter) else NotImplemented

    def __or__(self, other):
        return self._combined(other, max) if isinstance(other, Counter) else NotImplemented

    def __and__(self, other):
        return self._combined(other, min) if isinstance(other, Counter) else NotImplemented

    def __pos__(self):
        return self + Counter()

    def __neg__(self):
        return Counter() - self

    def _keep_positive(self):
        for element in [e for e, count in self.items() if not count > 0]:
            del self[element]
        return self

    def __iadd__(self, other):
        for element, count in other.items():
            self[element] += count
        return self._keep_positive()

    def __isub__(self, other):
        for element, count in other.items():
            self[element] -= count
        return self._keep_positive()

    def __ior__(self, other):
        for element, count in other.items():
            self[element] = max(self[element], count)
        return self._keep_positive()

    def __iand__(self, other):
        for element, count in self.items():
            self[element] = min(count, other[element])
        return self._keep_positive()


# --- several mappings as one ---------------------------------------------------------------------


def __getattr__(name):
    # These need the abstract classes, which few programs do: they are loaded when asked for.
    if name in ("ChainMap", "UserDict", "UserList", "UserString"):
        from collections import _user

        return getattr(_user, name)
    if name == "abc":
        import collections.abc

        return sys.modules["collections.abc"]
    raise AttributeError(f"module 'collections' has no attribute {name!r}")
