"""Data in memory that several processes share."""
import ctypes
from ctypes._memory import Block, Shared

from . import synchronize

__all__ = ["RawValue", "RawArray", "Value", "Array", "copy", "synchronized"]

typecode_to_type = {
    "c": ctypes.c_char, "u": ctypes.c_wchar, "b": ctypes.c_byte, "B": ctypes.c_ubyte, "h": ctypes.c_short,
    "H": ctypes.c_ushort, "i": ctypes.c_int, "I": ctypes.c_uint, "l": ctypes.c_long, "L": ctypes.c_ulong,
    "q": ctypes.c_longlong, "Q": ctypes.c_ulonglong, "f": ctypes.c_float, "d": ctypes.c_double,
}  # fmt: skip


def _new_value(kind):
    return kind._at(Block(Shared(ctypes.sizeof(kind))), 0)


def RawValue(typecode_or_type, *args):
    found = _new_value(typecode_to_type.get(typecode_or_type, typecode_or_type))
    if args:
        found.__init__(*args)
    return found


def RawArray(typecode_or_type, size_or_initializer):
    kind = typecode_to_type.get(typecode_or_type, typecode_or_type)
    if isinstance(size_or_initializer, int):
        return _new_value(kind * size_or_initializer)
    found = _new_value(kind * len(size_or_initializer))
    found.__init__(*size_or_initializer)
    return found


def _lock_for(lock, ctx):
    if lock in (True, None):
        return ctx.RLock() if ctx is not None else synchronize.RLock()
    if not hasattr(lock, "acquire"):
        raise AttributeError("%r has no method 'acquire'" % (lock,))
    return lock


def Value(typecode_or_type, *args, lock=True, ctx=None):
    found = RawValue(typecode_or_type, *args)
    return found if lock is False else synchronized(found, _lock_for(lock, ctx))


def Array(typecode_or_type, size_or_initializer, *, lock=True, ctx=None):
    found = RawArray(typecode_or_type, size_or_initializer)
    return found if lock is False else synchronized(found, _lock_for(lock, ctx))


def copy(obj):
    """The same data in other shared memory."""
    found = _new_value(type(obj))
    found._store(found._block, found._place, obj)
    return found


def synchronized(obj, lock=None, ctx=None):
    """Data behind a lock."""
    assert not isinstance(obj, SynchronizedBase), "object already synchronized"
    kind = type(obj)
    if isinstance(obj, ctypes._SimpleCData):
        return Synchronized(obj, lock, ctx)
    if isinstance(obj, ctypes.Array):
        return (SynchronizedString if kind._type_ is ctypes.c_char else SynchronizedArray)(obj, lock, ctx)
    if kind not in _classes:
        fields = {name: _guarded(name) for name, *_ in kind._fields_}
        _classes[kind] = type("Synchronized" + kind.__name__, (SynchronizedBase,), fields)
    return _classes[kind](obj, lock, ctx)


def _guarded(name):
    """A property for an attribute of the data, with the lock held."""

    def get(self):
        with self._lock:
            return getattr(self._obj, name)

    def set(self, value):
        with self._lock:
            setattr(self._obj, name, value)

    return property(get, set)


_classes = {}


class SynchronizedBase:
    """Shared memory with a lock to it."""

    def __init__(self, obj, lock=None, ctx=None):
        self._obj = obj
        self._lock = lock or _lock_for(None, ctx)
        self.acquire = self._lock.acquire
        self.release = self._lock.release

    def __reduce__(self):
        synchronize.context.assert_spawning(self)
        return synchronized, (self._obj, self._lock)

    def get_obj(self):
        return self._obj

    def get_lock(self):
        return self._lock

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *args):
        return self._lock.__exit__(*args)

    def __repr__(self):
        return f"<{type(self).__name__} wrapper for {self._obj}>"


class Synchronized(SynchronizedBase):
    value = _guarded("value")


class SynchronizedArray(SynchronizedBase):
    def __len__(self):
        return len(self._obj)

    def __getitem__(self, i):
        with self._lock:
            return self._obj[i]

    def __setitem__(self, i, value):
        with self._lock:
            self._obj[i] = value

    def __getslice__(self, start, stop):
        return self[start:stop]


class SynchronizedString(SynchronizedArray):
    value = _guarded("value")
    raw = _guarded("raw")
