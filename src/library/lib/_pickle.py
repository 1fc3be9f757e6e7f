"""Objects as bytes and back: all protocols of pickle, written and read (S-MP-06).

The bytes are valid pickles, and those of plain data are CPython's own; objects of library classes that are written
in C there and in Python here have other contents.
"""
import _cost
import sys

from _pickle_names import older
from _unpickle import PickleError, PicklingError, Unpickler, UnpicklingError, _own

__frameless__ = ("*",)

_VERSION = sys.version_info[:2]
HIGHEST_PROTOCOL = 5
DEFAULT_PROTOCOL = 5 if _VERSION >= (3, 14) else 4


_FUNCTION = type(lambda: None)
_BUILTIN = type(len)


def _packed_float(value):
    """The eight bytes of a float, most significant first."""
    import math

    sign = 1 if math.copysign(1.0, value) < 0 else 0
    if math.isnan(value):
        bits = 0x7FF8000000000000
    elif math.isinf(value):
        bits = 0x7FF0000000000000
    elif value == 0:
        bits = 0
    else:
        fraction, exponent = math.frexp(abs(value))
        exponent += 1022
        if exponent <= 0:
            bits = int(math.ldexp(abs(value), 1074))
        else:
            bits = exponent << 52 | int(fraction * (1 << 53)) & ((1 << 52) - 1)
    return (sign << 63 | bits).to_bytes(8, "big")


def _module_of(obj, name):
    module = getattr(obj, "__module__", None)
    # A function that is written in Rust says "builtins" wherever it is.
    if module is not None and not (module == "builtins" and type(obj) is _BUILTIN and "." not in name):
        return module
    if module is not None and getattr(sys.modules[module], name, None) is obj:
        return module
    # The public module before the one that makes it.
    for found, candidate in sorted(sys.modules.items(), key=lambda item: item[0].startswith("_")):
        if found not in ("__main__", "__mp_main__") and candidate is not None:
            if getattr(candidate, name, None) is obj:
                return found
    return module or "__main__"


class Pickler:
    """Writes one pickle after another to a file."""

    def __init__(self, file, protocol=None, *, fix_imports=True, buffer_callback=None):
        if protocol is None:
            protocol = DEFAULT_PROTOCOL
        elif protocol < 0:
            protocol = HIGHEST_PROTOCOL
        elif protocol > HIGHEST_PROTOCOL:
            raise ValueError(f"pickle protocol must be <= {HIGHEST_PROTOCOL}")
        self._file = file
        self.proto = protocol
        self.bin = protocol >= 1
        self.fast = False
        self._fixes_imports = fix_imports and protocol < 3
        self._has_persistent = type(self).persistent_id is not Pickler.persistent_id
        self.memo = {}
        self._out = []
        self._kept = []

    def clear_memo(self):
        self.memo.clear()

    def dump(self, obj):
        self._file.write(self._dumps(obj))

    def _dumps(self, obj):
        self._out = out = []
        self._n = 0
        self._save(obj)
        out.append(b".")
        body = b"".join(out)
        _cost.charge("pickle.call")
        _cost.charge("pickle.object", self._n)
        _cost.charge("pickle.byte", len(body))
        if self.proto < 2:
            return body
        frame = b"\x95" + len(body).to_bytes(8, "little") if len(body) >= 4 and self.proto >= 4 else b""
        return b"\x80" + bytes([self.proto]) + frame + body

    def persistent_id(self, obj):
        return None

    def _memoize(self, obj):
        number = len(self.memo)
        self.memo[id(obj)] = number, obj
        if self.proto >= 4:
            put = b"\x94"
        elif self.bin:
            put = b"q" + bytes([number]) if number < 256 else b"r" + number.to_bytes(4, "little")
        else:
            put = b"p%d\n" % number
        self._out.append(put)

    def _get(self, number):
        if not self.bin:
            return b"g%d\n" % number
        return b"h" + bytes([number]) if number < 256 else b"j" + number.to_bytes(4, "little")

    def _save(self, obj):
        out = self._out
        self._n += 1
        if self._has_persistent:
            persistent = self.persistent_id(obj)
            if persistent is not None:
                self._save_persistent(persistent)
                return
        if obj is None:
            out.append(b"N")
            return
        kind = type(obj)
        if kind is bool:
            out.append((b"\x88" if obj else b"\x89") if self.proto >= 2 else b"I01\n" if obj else b"I00\n")
            return
        if kind is int:
            self._save_int(obj)
            return
        if kind is float:
            out.append(b"G" + _packed_float(obj) if self.bin else b"F%s\n" % repr(obj).encode())
            return
        known = self.memo.get(id(obj))
        if known is not None:
            out.append(self._get(known[0]))
            return
        save = _SAVERS.get(kind)
        if save is not None:
            save(self, obj)
            return
        self._save_object(obj, kind)

    def _save_persistent(self, persistent):
        if self.bin:
            has, self._has_persistent = self._has_persistent, False
            self._save(persistent)
            self._has_persistent = has
            self._out.append(b"Q")
            return
        try:
            self._out.append(b"P%s\n" % str(persistent).encode("ascii"))
        except UnicodeEncodeError:
            raise PicklingError("persistent IDs in protocol 0 must be ASCII strings") from None

    def _save_int(self, value):
        out = self._out
        if not self.bin:
            is_short = -0x80000000 <= value <= 0x7FFFFFFF
            out.append(b"I%d\n" % value if is_short else b"L%dL\n" % value)
        elif 0 <= value <= 0xFF:
            out.append(b"K" + bytes([value]))
        elif 0 <= value <= 0xFFFF:
            out.append(b"M" + value.to_bytes(2, "little"))
        elif -0x80000000 <= value <= 0x7FFFFFFF:
            out.append(b"J" + value.to_bytes(4, "little", signed=True))
        elif self.proto < 2:
            out.append(b"L%dL\n" % value)
        else:
            n = (value.bit_length() >> 3) + 1
            data = value.to_bytes(n, "little", signed=True)
            if value < 0 and n > 1 and data[-1] == 0xFF and data[-2] & 0x80:
                data = data[:-1]
            n = len(data)
            out.append((b"\x8a" + bytes([n]) if n < 256 else b"\x8b" + n.to_bytes(4, "little")) + data)

    def _save_str(self, text):
        if self.bin:
            data = text.encode("utf-8", "surrogatepass")
            n = len(data)
            is_short = n < 256 and self.proto >= 4
            self._out.append((b"\x8c" + bytes([n]) if is_short else b"X" + n.to_bytes(4, "little")) + data)
        else:
            shown = text.replace("\\", "\\u005c")
            for c in "\0\n\r\x1a":
                shown = shown.replace(c, f"\\u{ord(c):04x}")
            self._out.append(b"V%s\n" % shown.encode("raw-unicode-escape"))
        self._memoize(text)

    def _save_bytes(self, data):
        if self.proto < 3:
            import codecs

            # What Python 2 reads as its `str`.
            made = (codecs.encode, (str(data, "latin1"), "latin1")) if data else (bytes, ())
            self._save_reduce(data, made)
            return
        n = len(data)
        self._out.append((b"C" + bytes([n]) if n < 256 else b"B" + n.to_bytes(4, "little")) + data)
        self._memoize(data)

    def _save_bytearray(self, data):
        if self.proto >= 5:
            self._out.append(b"\x96" + len(data).to_bytes(8, "little") + bytes(data))
            self._memoize(data)
        else:
            self._save_reduce(data, (bytearray, (bytes(data),) if data else ()))

    def _save_tuple(self, items):
        out, n = self._out, len(items)
        if n == 0:
            out.append(b")" if self.bin else b"(t")
            return
        is_short = n <= 3 and self.proto >= 2
        if not is_short:
            out.append(b"(")
        for item in items:
            self._save(item)
        known = self.memo.get(id(items))
        if known is not None:
            # It contains itself, by way of something else: that has made it already.
            undone = b"0" * n if is_short else b"1" if self.bin else b"0" * (n + 1)
            out.append(undone + self._get(known[0]))
            return
        out.append((b"\x85", b"\x86", b"\x87")[n - 1] if is_short else b"t")
        self._memoize(items)

    def _save_list(self, items):
        self._out.append(b"]" if self.bin else b"(l")
        self._memoize(items)
        self._append_all(items)

    def _append_all(self, items):
        out = self._out
        items = list(items)
        if not self.bin:
            for item in items:
                self._save(item)
                out.append(b"a")
            return
        for start in range(0, len(items), 1000):
            batch = items[start : start + 1000]
            if len(batch) > 1:
                out.append(b"(")
            for item in batch:
                self._save(item)
            out.append(b"e" if len(batch) > 1 else b"a")

    def _save_dict(self, mapping):
        self._out.append(b"}" if self.bin else b"(d")
        self._memoize(mapping)
        self._set_all(mapping.items())

    def _set_all(self, pairs):
        out = self._out
        pairs = list(pairs)
        if not self.bin:
            for key, value in pairs:
                self._save(key)
                self._save(value)
                out.append(b"s")
            return
        for start in range(0, len(pairs), 1000):
            batch = pairs[start : start + 1000]
            if len(batch) > 1:
                out.append(b"(")
            for key, value in batch:
                self._save(key)
                self._save(value)
            out.append(b"u" if len(batch) > 1 else b"s")

    def _save_set(self, items):
        if self.proto < 4:
            self._save_reduce(items, (set, (list(items),)))
            return
        self._out.append(b"\x8f")
        self._memoize(items)
        if items:
            self._out.append(b"(")
            for item in items:
                self._save(item)
            self._out.append(b"\x90")

    def _save_frozenset(self, items):
        if self.proto < 4:
            self._save_reduce(items, (frozenset, (list(items),)))
            return
        self._out.append(b"(")
        for item in items:
            self._save(item)
        self._out.append(b"\x91")
        self._memoize(items)

    def _save_global(self, obj, name=None):
        if name is None:
            name = getattr(obj, "__qualname__", None) or obj.__name__
        module = _module_of(obj, name)
        if "<locals>" in name:
            if _VERSION >= (3, 14):
                raise PicklingError(f"Can't pickle local object {obj!r}")
            what = "get" if _VERSION >= (3, 12) else "pickle"
            raise AttributeError(f"Can't {what} local object {name!r}")
        found = sys.modules.get(module)
        if found is None:
            try:
                found = __import__(module, None, None, ["*"])
            except ImportError:
                raise PicklingError(f"Can't pickle {obj!r}: import of module {module!r} failed") from None
        try:
            for part in name.split("."):
                found = getattr(found, part)
        except AttributeError:
            raise PicklingError(f"Can't pickle {obj!r}: attribute lookup {name} on {module} failed") from None
        if found is not obj:
            raise PicklingError(f"Can't pickle {obj!r}: it's not the same object as {module}.{name}")
        if self.proto >= 4:
            self._save(module)
            self._save(name)
            self._out.append(b"\x93")
        elif "." in name:
            owner, _, last = name.rpartition(".")
            parent = sys.modules[module]
            for part in owner.split("."):
                parent = getattr(parent, part)
            self._save_reduce(obj, (getattr, (parent, last)))
            return
        else:
            if self._fixes_imports:
                module, name = older(module, name)
            self._out.append(b"c%s\n%s\n" % (module.encode(), name.encode()))
        self._memoize(obj)

    def _save_type(self, cls):
        if cls is type(None):
            self._save_reduce(cls, (type, (None,)))
        elif cls is type(NotImplemented):
            self._save_reduce(cls, (type, (NotImplemented,)))
        elif cls is type(...):
            self._save_reduce(cls, (type, (...,)))
        else:
            self._save_global(cls)

    def _save_object(self, obj, kind):
        reducer = getattr(self, "reducer_override", None)
        if reducer is not None:
            made = reducer(obj)
            if made is not NotImplemented:
                self._save_reduced(obj, made)
                return
        import copyreg

        table = getattr(self, "dispatch_table", copyreg.dispatch_table)
        reduce = table.get(kind)
        if reduce is not None:
            self._save_reduced(obj, reduce(obj))
        elif issubclass(kind, type):
            self._save_type(obj)
        else:
            self._save_reduced(obj, reduced(obj, kind, self.proto))

    def _save_reduced(self, obj, made):
        if isinstance(made, str):
            self._save_global(obj, made)
            return
        if not isinstance(made, tuple):
            raise PicklingError("__reduce__ must return a string or tuple")
        if not 2 <= len(made) <= 6:
            raise PicklingError("tuple returned by __reduce__ must contain 2 through 6 elements")
        self._save_reduce(obj, made)

    def _save_reduce(self, obj, made):
        func, args, state, items, pairs = (*made, None, None, None)[:5]
        out = self._out
        self._kept.append(made)
        name = getattr(func, "__name__", "")
        if name == "__newobj__" and self.proto >= 2:
            self._save(args[0])
            self._save(args[1:])
            out.append(b"\x81")
        elif name == "__newobj_ex__" and self.proto >= 4:
            cls, args, kwargs = args
            self._save(cls)
            self._save(args)
            self._save(kwargs)
            out.append(b"\x92")
        else:
            self._save(func)
            self._save(args)
            out.append(b"R")
        self._memoize(obj)
        if items is not None:
            self._append_all(items)
        if pairs is not None:
            self._set_all(pairs)
        if state is not None:
            self._save(state)
            out.append(b"b")


_SAVERS = {
    str: Pickler._save_str,
    bytes: Pickler._save_bytes,
    bytearray: Pickler._save_bytearray,
    tuple: Pickler._save_tuple,
    list: Pickler._save_list,
    dict: Pickler._save_dict,
    set: Pickler._save_set,
    frozenset: Pickler._save_frozenset,
    type: Pickler._save_type,
    _FUNCTION: Pickler._save_global,
}


def _state_of(obj, kind):
    if _own(kind, "__getstate__") is not None:
        return obj.__getstate__()
    return plain_state(obj)


def plain_state(obj):
    """What `object.__getstate__` gives."""
    kind = type(obj)
    state = getattr(obj, "__dict__", None) or None
    slots = {}
    for cls in kind.__mro__:
        names = cls.__dict__.get("__slots__", ())
        for name in (names,) if isinstance(names, str) else names:
            if name in ("__dict__", "__weakref__"):
                continue
            if name.startswith("__") and not name.endswith("__"):
                name = f"_{cls.__name__.lstrip('_')}{name}"
            if hasattr(obj, name):
                slots[name] = getattr(obj, name)
    return (state, slots) if slots else state


def reduced(obj, kind, protocol=4):
    """What `obj.__reduce_ex__(protocol)` gives."""
    if kind.__name__ in ("method_descriptor", "wrapper_descriptor"):
        import builtins

        owner, _, name = obj.__qualname__.rpartition(".")
        return getattr, (getattr(builtins, owner), name)
    if kind is _BUILTIN:
        owner = getattr(obj, "__self__", None)
        if owner is None or type(owner) is type(sys):
            return getattr(obj, "__qualname__", obj.__name__)
        return getattr, (owner, obj.__name__)
    if hasattr(obj, "__func__") and hasattr(obj, "__self__"):
        return getattr, (obj.__self__, obj.__func__.__name__)
    if _own(kind, "__reduce_ex__") is not None:
        return obj.__reduce_ex__(protocol)
    return reduced_by_method(obj, protocol)


def reduced_by_method(obj, protocol=4):
    """What `object.__reduce_ex__` gives."""
    if _own(type(obj), "__reduce__") is not None:
        return obj.__reduce__()
    return plainly_reduced(obj, protocol)


def plainly_reduced(obj, protocol=0):
    """What `object.__reduce__` gives."""
    import copyreg

    kind = type(obj)
    if kind is range:
        return range, (obj.start, obj.stop, obj.step)
    if kind is slice:
        return slice, (obj.start, obj.stop, obj.step)
    if kind is complex:
        return complex, (obj.real, obj.imag)
    if obj is Ellipsis:
        return "Ellipsis"
    if obj is NotImplemented:
        return "NotImplemented"
    if isinstance(obj, BaseException):
        state = {k: v for k, v in obj.__dict__.items()} or None
        if isinstance(obj, BaseExceptionGroup):
            return kind, (obj.message, list(obj.exceptions)), state
        args = obj.args
        if isinstance(obj, OSError) and len(args) == 2 and obj.filename is not None:
            args = (*args, obj.filename)
        return (kind, args, state) if state else (kind, args)
    module = kind.__module__
    for base in kind.__mro__:
        if base.__module__ not in ("collections", "_collections"):
            continue
        if base.__name__ == "deque":
            args = () if obj.maxlen is None and base is not kind else ((), obj.maxlen)
            return kind, args, getattr(obj, "__dict__", None) or None, iter(obj)
        if base.__name__ == "defaultdict":
            args = () if obj.default_factory is None else (obj.default_factory,)
            return kind, args, None, None, iter(obj.items())
        if base.__name__ == "Counter":
            return kind, (dict(obj),)
        if base.__name__ == "OrderedDict":
            return kind, (), getattr(obj, "__dict__", None) or None, None, iter(obj.items())
    if module == "datetime":
        made = _moment(obj)
        if made is not None:
            return kind, made
    if module == "functools" and kind.__name__ == "partial":
        return _make_partial, (kind, obj.func, obj.args, obj.keywords)
    cannot = _refusal(obj, kind)
    if cannot:
        raise TypeError(f"cannot pickle {cannot} object")
    if protocol < 2:
        return _reduced_of_old(obj, kind)
    newargs_ex = _own(kind, "__getnewargs_ex__")
    if newargs_ex is not None:
        args, kwargs = obj.__getnewargs_ex__()
        return copyreg.__newobj_ex__, (kind, args, kwargs), _state_of(obj, kind)
    items = pairs = None
    if _own(kind, "__getnewargs__") is not None and not isinstance(obj, (int, float, str)):
        args = obj.__getnewargs__()
    elif isinstance(obj, (int, float, complex, str, bytes, tuple)):
        base = next(b for b in (int, float, complex, str, bytes, tuple) if isinstance(obj, b))
        plain = base(obj) if base is not str else str.__str__(obj)
        args = (plain,)
        if base is tuple and hasattr(obj, "_fields"):
            args = tuple(plain)
    elif isinstance(obj, (set, frozenset, bytearray)):
        base = next(b for b in (set, frozenset, bytearray) if isinstance(obj, b))
        plain = list(obj) if base is not bytearray else bytes(obj)
        return kind, (plain,), _state_of(obj, kind)
    else:
        args = ()
        if isinstance(obj, list):
            items = iter(obj)
        if isinstance(obj, dict):
            pairs = iter(obj.items())
    return copyreg.__newobj__, (kind, *args), _state_of(obj, kind), items, pairs


def _reduced_of_old(obj, kind):
    """How protocols 0 and 1 take an object apart: its class, the built-in class before it, and what that holds."""
    import copyreg

    bases = (int, float, complex, str, bytes, tuple, list, dict, set, frozenset, bytearray)
    base = next((b for b in bases if isinstance(obj, b)), object)
    held = None if base is object else base(obj)
    if base is str:
        held = str.__str__(obj)
    if _own(kind, "__getstate__") is not None:
        state = obj.__getstate__()
    else:
        if any(cls.__dict__.get("__slots__") for cls in kind.__mro__):
            raise TypeError("a class that defines __slots__ without defining __getstate__ cannot be pickled")
        state = getattr(obj, "__dict__", None)
    made = copyreg._reconstructor, (kind, base, held)
    return (*made, state) if state else made


def _moment(obj):
    """What makes a date, time or length of time again."""
    import datetime

    if isinstance(obj, datetime.datetime):
        return obj.year, obj.month, obj.day, obj.hour, obj.minute, obj.second, obj.microsecond, obj.tzinfo
    if isinstance(obj, datetime.date):
        return obj.year, obj.month, obj.day
    if isinstance(obj, datetime.time):
        return obj.hour, obj.minute, obj.second, obj.microsecond, obj.tzinfo
    if isinstance(obj, datetime.timedelta):
        return obj.days, obj.seconds, obj.microseconds
    if isinstance(obj, datetime.timezone):
        return (obj.utcoffset(None),) if obj.tzname(None).startswith("UTC") else (obj.utcoffset(None), obj.tzname(None))
    return None


def _make_partial(kind, func, args, keywords):
    return kind(func, *args, **keywords)


# Kinds of objects that no bytes can stand for, by module and name.
_UNPICKLABLE = {
    "generator", "coroutine", "async_generator", "module", "frame", "traceback", "code", "cell",
    "dict_keys", "dict_values", "dict_items", "memoryview", "mappingproxy", "TextIOWrapper",
    "property", "staticmethod", "classmethod",
}


def _refusal(obj, kind):
    name, module = kind.__name__, kind.__module__
    if module == "_thread" or (module == "threading" and name in ("local", "RLock")):
        return f"'_thread.{'_local' if name == 'local' else name}'"
    if name in ("_Text", "_Bytes", "_Nothing"):
        return "'_io.TextIOWrapper'"
    if module == "socket" and name == "socket":
        return "'socket'"
    if name in ("Context", "ContextVar", "Token") and module in ("contextvars", "_contextvars"):
        return f"'_contextvars.{name}'"
    if module == "builtins" and name in _UNPICKLABLE:
        return f"'{name}'"
    if module in ("weakref", "_weakref") and name in ("ref", "ReferenceType"):
        return "'weakref.ReferenceType'" if _VERSION >= (3, 11) else "'weakref'"
    if module == "queue" and name == "SimpleQueue":
        return "'_queue.SimpleQueue'"
    return None


def dumps(obj, protocol=None, *, fix_imports=True, buffer_callback=None):
    return Pickler(None, protocol)._dumps(obj)


def loads(data, /, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
    if not isinstance(data, (bytes, bytearray)):
        raise TypeError(f"a bytes-like object is required, not '{type(data).__name__}'")
    return Unpickler(None)._loads(data)[0]


def dump(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None):
    file.write(dumps(obj, protocol))


def load(file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
    return Unpickler(file).load()
