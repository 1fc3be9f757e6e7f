"""Numbers in memory that several processes share."""
import _process

from . import synchronize

_FLOATS = "fd"
_BITS = {"b": 8, "B": 8, "h": 16, "H": 16, "i": 32, "I": 32, "l": 64, "L": 64, "q": 64, "Q": 64}
_CTYPES = {
    "c_bool": "?", "c_char": "c", "c_byte": "b", "c_ubyte": "B", "c_short": "h", "c_ushort": "H", "c_int": "i",
    "c_uint": "I", "c_long": "l", "c_ulong": "L", "c_longlong": "q", "c_ulonglong": "Q", "c_float": "f",
    "c_double": "d", "c_int32": "i", "c_int64": "l", "c_uint32": "I", "c_uint64": "L",
}
_NAMES = {
    "c": "c_char", "b": "c_byte", "B": "c_ubyte", "h": "c_short", "H": "c_ushort", "i": "c_int", "I": "c_uint",
    "l": "c_long", "L": "c_ulong", "q": "c_longlong", "Q": "c_ulonglong", "f": "c_float", "d": "c_double",
    "?": "c_bool",
}


def _code(typecode):
    if isinstance(typecode, str):
        if typecode in _NAMES:
            return typecode
        raise TypeError("this type has no size")
    name = getattr(typecode, "__name__", "")
    if name in _CTYPES:
        return _CTYPES[name]
    raise NotImplementedError(f"multiprocessing: shared memory of {typecode!r} is not simulated; use a type code")


def _fitted(code, value):
    """The value as memory of this type would keep it."""
    if code in _FLOATS:
        if not isinstance(value, (int, float)):
            raise TypeError(f"must be real number, not {type(value).__name__}")
        return float(value)
    if code == "?":
        return bool(value)
    if code == "c":
        if not isinstance(value, bytes) or len(value) != 1:
            raise TypeError("one character bytes, bytearray or integer expected")
        return value
    if not isinstance(value, int):
        raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
    bits = _BITS[code]
    value = int(value) & ((1 << bits) - 1)
    if code.islower() and value >> (bits - 1):
        value -= 1 << bits
    return value


class _Raw:
    """A number in shared memory."""

    def __init__(self, code, value):
        self._code = code
        self._memory = _process.new_memory([value])

    @property
    def value(self):
        return _process.load(self._memory, 0, 1)[0]

    @value.setter
    def value(self, value):
        _process.store(self._memory, 0, [_fitted(self._code, value)])

    def __repr__(self):
        return f"{_NAMES[self._code]}({self.value!r})"


class _RawArray:
    """Numbers in shared memory, one after the other."""

    def __init__(self, code, values):
        self._code = code
        self._length = len(values)
        self._memory = _process.new_memory(values)

    def __len__(self):
        return self._length

    def _place(self, i):
        if i < 0:
            i += self._length
        if not 0 <= i < self._length:
            raise IndexError("invalid index")
        return i

    def __getitem__(self, i):
        if isinstance(i, slice):
            found = _process.load(self._memory, 0, self._length)[i]
            return b"".join(found) if self._code == "c" else found
        return _process.load(self._memory, self._place(i), 1)[0]

    def __setitem__(self, i, value):
        if isinstance(i, slice):
            places = range(*i.indices(self._length))
            values = [_fitted(self._code, v) for v in value]
            if len(values) != len(places):
                raise ValueError("Can only assign sequence of same size")
            for place, new in zip(places, values):
                _process.store(self._memory, place, [new])
            return
        _process.store(self._memory, self._place(i), [_fitted(self._code, value)])

    def __iter__(self):
        for i in range(self._length):
            yield self[i]

    @property
    def value(self):
        if self._code != "c":
            raise AttributeError(f"'{_NAMES[self._code]}_Array_{self._length}' object has no attribute 'value'")
        return self[:].partition(b"\0")[0]

    @value.setter
    def value(self, data):
        data = data + bytes(1) if len(data) < self._length else data
        self[: len(data)] = [bytes([byte]) for byte in data]

    raw = property(lambda self: self[:])

    def __repr__(self):
        return f"<multiprocessing.sharedctypes.{_NAMES[self._code]}_Array_{self._length} object at {id(self):#x}>"


class _Synchronized:
    """Shared memory with a lock to it."""

    def __init__(self, obj, lock):
        self._obj = obj
        self._lock = lock
        self.acquire = lock.acquire
        self.release = lock.release

    def __reduce__(self):
        synchronize.context.assert_spawning(self)
        return type(self), (self._obj, self._lock)

    def get_obj(self):
        return self._obj

    def get_lock(self):
        return self._lock

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *args):
        return self._lock.__exit__(*args)


class Synchronized(_Synchronized):
    @property
    def value(self):
        with self._lock:
            return self._obj.value

    @value.setter
    def value(self, value):
        with self._lock:
            self._obj.value = value

    def __repr__(self):
        return f"<Synchronized wrapper for {self._obj!r}>"


class SynchronizedArray(_Synchronized):
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

    def __iter__(self):
        for i in range(len(self._obj)):
            yield self[i]

    value = Synchronized.value

    @property
    def raw(self):
        return self[:]

    def __repr__(self):
        return f"<SynchronizedArray wrapper for {self._obj!r}>"


def RawValue(typecode_or_type, *args):
    code = _code(typecode_or_type)
    empty = {"c": b"\0", "?": False}.get(code, 0.0 if code in _FLOATS else 0)
    return _Raw(code, _fitted(code, args[0]) if args else empty)


def RawArray(typecode_or_type, size_or_initializer):
    code = _code(typecode_or_type)
    if isinstance(size_or_initializer, int):
        empty = {"c": b"\0", "?": False}.get(code, 0.0 if code in _FLOATS else 0)
        return _RawArray(code, [empty] * size_or_initializer)
    if code == "c" and isinstance(size_or_initializer, bytes):
        return _RawArray(code, [bytes([byte]) for byte in size_or_initializer])
    return _RawArray(code, [_fitted(code, value) for value in size_or_initializer])


def _lock_for(lock, ctx):
    if lock in (True, None):
        return ctx.RLock() if ctx is not None else synchronize.RLock()
    if not hasattr(lock, "acquire"):
        raise AttributeError("%r has no method 'acquire'" % (lock,))
    return lock


def Value(typecode_or_type, *args, lock=True, ctx=None):
    obj = RawValue(typecode_or_type, *args)
    return obj if lock is False else Synchronized(obj, _lock_for(lock, ctx))


def Array(typecode_or_type, size_or_initializer, *, lock=True, ctx=None):
    obj = RawArray(typecode_or_type, size_or_initializer)
    return obj if lock is False else SynchronizedArray(obj, _lock_for(lock, ctx))
