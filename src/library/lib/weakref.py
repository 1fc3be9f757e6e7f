"""References that do not keep their object alive, and containers of them."""
import _weakref
from _weakref import getweakrefcount, getweakrefs, ref
from _weakrefset import WeakSet

__all__ = (
    "ref", "proxy", "getweakrefcount", "getweakrefs", "WeakKeyDictionary", "ReferenceType", "ProxyType",
    "CallableProxyType", "ProxyTypes", "WeakValueDictionary", "WeakSet", "WeakMethod", "finalize",
)  # fmt: skip
ReferenceType = ref
_MISSING = object()


def proxy(object, callback=None, /):
    """An object in the name of another that it does not keep alive; the callback gets it when the other has died."""
    from _weakproxy import made

    return made(object, callback)


def __getattr__(name):
    if name in ("ProxyType", "CallableProxyType", "ProxyTypes"):
        import _weakproxy

        return getattr(_weakproxy, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


class WeakMethod:
    """A weak reference to a bound method, which dies with its object rather than at once."""

    def __init__(self, meth, callback=None):
        try:
            obj, func = meth.__self__, meth.__func__
        except AttributeError:
            raise TypeError(f"argument should be a bound method, not {type(meth)}") from None
        self._obj = ref(obj, None if callback is None else lambda _: callback(self))
        self._func = ref(func)
        self._type = type(meth)

    def __call__(self):
        obj = self._obj()
        func = self._func()
        if obj is None or func is None:
            return None
        return self._type(func, obj)

    def __eq__(self, other):
        if not isinstance(other, WeakMethod):
            return NotImplemented
        if self() is None or other() is None:
            return self is other
        return self._obj == other._obj and self._func == other._func

    def __hash__(self):
        return hash(self._obj)


class _WeakMapping:
    """What both mappings do with their entries that are alive."""

    def __len__(self):
        return len(self.data)

    def __iter__(self):
        return self.keys()

    def __repr__(self):
        return f"<{self.__class__.__name__} at {id(self):#x}>"

    def keys(self):
        for key, _ in self.items():
            yield key

    def values(self):
        for _, value in self.items():
            yield value

    def clear(self):
        self.data.clear()

    def copy(self):
        return self.__class__(self)

    __copy__ = copy

    def __eq__(self, other):
        if not hasattr(other, "items"):
            return NotImplemented
        return dict(self.items()) == dict(other.items())

    __hash__ = None

    def __or__(self, other):
        if not hasattr(other, "keys"):
            return NotImplemented
        merged = self.copy()
        merged.update(other)
        return merged

    def __ror__(self, other):
        if not hasattr(other, "keys"):
            return NotImplemented
        merged = self.__class__()
        merged.update(other)
        merged.update(self)
        return merged

    def __ior__(self, other):
        self.update(other)
        return self


class WeakValueDictionary(_WeakMapping):
    """A mapping whose entries vanish with their values."""

    def __init__(self, other=(), /, **kwargs):
        self.data = {}
        self.update(other, **kwargs)

    def _wrap(self, key, value):
        data = self.data

        def forget(reference):
            if data.get(key) is reference:
                del data[key]

        return ref(value, forget)

    def __getitem__(self, key):
        value = self.data[key]()
        if value is None:
            raise KeyError(key)
        return value

    def __setitem__(self, key, value):
        self.data[key] = self._wrap(key, value)

    def __delitem__(self, key):
        del self.data[key]

    def __contains__(self, key):
        return self.get(key) is not None

    def get(self, key, default=None):
        reference = self.data.get(key)
        value = None if reference is None else reference()
        return default if value is None else value

    def items(self):
        for key, reference in list(self.data.items()):
            value = reference()
            if value is not None:
                yield key, value

    def valuerefs(self):
        return list(self.data.values())

    def pop(self, key, default=_MISSING):
        reference = self.data.pop(key, None)
        value = None if reference is None else reference()
        if value is None:
            if default is _MISSING:
                raise KeyError(key)
            return default
        return value

    def popitem(self):
        while True:
            key, reference = self.data.popitem()
            value = reference()
            if value is not None:
                return key, value

    def setdefault(self, key, default=None):
        value = self.get(key)
        if value is None:
            self[key] = value = default
        return value

    def __deepcopy__(self, memo):
        from copy import deepcopy

        made = self.__class__()
        for key, value in self.items():
            made[deepcopy(key, memo)] = value
        return made

    def update(self, other=(), /, **kwargs):
        items = other.items() if hasattr(other, "items") else other
        for key, value in items:
            self[key] = value
        for key, value in kwargs.items():
            self[key] = value


class WeakKeyDictionary(_WeakMapping):
    """A mapping whose entries vanish with their keys."""

    def __init__(self, dict=None):
        self.data = {}
        data = self.data

        def forget(reference):
            data.pop(reference, None)

        self._forget = forget
        if dict is not None:
            self.update(dict)

    def __getitem__(self, key):
        return self.data[ref(key)]

    def __setitem__(self, key, value):
        self.data[ref(key, self._forget)] = value

    def __delitem__(self, key):
        del self.data[ref(key)]

    def __contains__(self, key):
        try:
            return ref(key) in self.data
        except TypeError:
            return False

    def get(self, key, default=None):
        return self.data.get(ref(key), default)

    def items(self):
        for reference, value in list(self.data.items()):
            key = reference()
            if key is not None:
                yield key, value

    def keyrefs(self):
        return list(self.data)

    def pop(self, key, *args):
        return self.data.pop(ref(key), *args)

    def popitem(self):
        while True:
            reference, value = self.data.popitem()
            key = reference()
            if key is not None:
                return key, value

    def setdefault(self, key, default=None):
        return self.data.setdefault(ref(key, self._forget), default)

    def __deepcopy__(self, memo):
        from copy import deepcopy

        made = self.__class__()
        for key, value in self.items():
            made[key] = deepcopy(value, memo)
        return made

    def update(self, other=None, /):
        if other is not None:
            items = other.items() if hasattr(other, "items") else other
            for key, value in items:
                self[key] = value


class finalize:
    """Calls a function when an object dies, or at the end of the program."""

    _registry = {}
    _index = 0
    _hooked = False

    def __init__(self, obj, func, /, *args, **kwargs):
        if not finalize._hooked:
            import atexit

            atexit.register(self._exitfunc)
            finalize._hooked = True
        finalize._index += 1
        self._atexit = True
        self._order = finalize._index
        self._call = (ref(obj, lambda _: self()), func, args, kwargs)
        self._registry[self] = self._call

    def __call__(self, _=None):
        call = self._registry.pop(self, None)
        if call is not None:
            return call[1](*call[2], **call[3])

    def _taken_apart(self, call):
        obj = None if call is None else call[0]()
        return None if obj is None else (obj, *call[1:])

    def detach(self):
        found = self._taken_apart(self._registry.get(self))
        if found is not None:
            del self._registry[self]
        return found

    def peek(self):
        return self._taken_apart(self._registry.get(self))

    @property
    def alive(self):
        return self in self._registry

    @property
    def atexit(self):
        return self.alive and self._atexit

    @atexit.setter
    def atexit(self, value):
        self._atexit = bool(value)

    def __repr__(self):
        obj = None if not self.alive else self._call[0]()
        if obj is None:
            return f"<finalize object at {id(self):#x}; dead>"
        return f"<finalize object at {id(self):#x}; for {type(obj).__name__!r} at {id(obj):#x}>"

    @classmethod
    def _exitfunc(cls):
        while True:
            pending = [f for f in cls._registry if f._atexit]
            if not pending:
                return
            newest = max(pending, key=lambda f: f._order)
            newest()
