"""Pickles read: a stack machine over bytes (S-MP-06)."""
import _cost
from _pickle_names import newer
import sys

__frameless__ = ("*",)


class PickleError(Exception):
    """What pickling raises."""

    __module__ = "_pickle"


class PicklingError(PickleError):
    __module__ = "_pickle"


class UnpicklingError(PickleError):
    __module__ = "_pickle"


class _Stop(Exception):
    """The end of a pickle, with its value."""


def _own(kind, name):
    """What a class, or one that it inherits from, says itself; `object` and exceptions have defaults below."""
    for cls in kind.__mro__:
        if cls is object or cls is BaseException:
            return None
        found = cls.__dict__.get(name)
        if found is not None:
            return found
    return None


def _unpacked_float(data):
    import math

    bits = int.from_bytes(data, "big")
    exponent, fraction = bits >> 52 & 0x7FF, bits & ((1 << 52) - 1)
    if exponent == 0x7FF:
        value = math.nan if fraction else math.inf
    elif exponent == 0:
        value = math.ldexp(fraction, -1074)
    else:
        value = math.ldexp(fraction | 1 << 52, exponent - 1075)
    return -value if bits >> 63 else value


class Unpickler:
    """Reads one pickle after another from a file."""

    def __init__(self, file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
        self._file = file
        self._data = None
        self._fixes_imports = fix_imports
        self._encoding, self._errors = encoding, errors

    def load(self):
        data = self._file.read()
        value, used = self._loads(data)
        if used < len(data):
            self._file.seek(used - len(data), 1)
        return value

    def persistent_load(self, pid):
        raise UnpicklingError("unsupported persistent id encountered")

    def find_class(self, module, name):
        if self._proto < 3 and self._fixes_imports:
            module, name = newer(module, name)
        __import__(module)
        found = sys.modules[module]
        for part in name.split("."):
            try:
                found = getattr(found, part)
            except AttributeError:
                where = sys.modules[module]
                raise AttributeError(f"Can't get attribute {name!r} on {where!r}") from None
        return found

    def _loads(self, data):
        if not data:
            raise EOFError("Ran out of input")
        _cost.charge("pickle.call")
        _cost.charge("pickle.byte", len(data))
        self._data, self._at = data, 0
        self._stack, self._marks, self.memo = [], [], {}
        self._proto = 0
        n = 0
        try:
            while True:
                if self._at >= len(data):
                    raise EOFError("Ran out of input")
                op = data[self._at]
                self._at += 1
                n += 1
                action = _ACTIONS.get(op)
                if action is None:
                    raise UnpicklingError(f"invalid load key, {chr(op)!r}.")
                action(self)
        except _Stop as stop:
            _cost.charge("pickle.object", n // 2)
            return stop.args[0], self._at
        except IndexError:
            what = "pickle data was truncated" if self._at >= len(data) else "unpickling stack underflow"
            raise UnpicklingError(what) from None

    def _take(self, n):
        start = self._at
        self._at = start + n
        if self._at > len(self._data):
            raise UnpicklingError("pickle data was truncated")
        return self._data[start : self._at]

    def _line(self):
        end = self._data.find(b"\n", self._at)
        if end < 0:
            raise UnpicklingError("pickle data was truncated")
        line, self._at = self._data[self._at : end], end + 1
        return bytes(line)

    def _int(self):
        line = self._line()
        return line == b"01" if line in (b"00", b"01") else int(line, 0)

    def _text(self, data):
        """A `str` of Python 2."""
        return data if self._encoding == "bytes" else data.decode(self._encoding, self._errors)

    def _quoted(self):
        line = self._line()
        if len(line) < 2 or line[:1] != line[-1:] or line[:1] not in (b'"', b"'"):
            raise UnpicklingError("the STRING opcode argument must be quoted")
        import ast

        return self._text(ast.literal_eval("b" + line.decode("latin1")))

    def _set_proto(self):
        self._proto = self._number(1)
        if self._proto > 5:
            raise ValueError(f"unsupported pickle protocol: {self._proto}")

    def _named_global(self):
        module = self._line().decode("utf-8")
        self._push(self.find_class(module, self._line().decode("utf-8")))

    def _dict_of_marked(self):
        items = self._marked()
        self._push({items[i]: items[i + 1] for i in range(0, len(items), 2)})

    def _number(self, n):
        return int.from_bytes(self._take(n), "little")

    def _marked(self):
        items = self._stack
        self._stack = self._marks.pop()
        return items

    def _push(self, value):
        self._stack.append(value)

    def _mark(self):
        self._marks.append(self._stack)
        self._stack = []

    def _memoize(self):
        self.memo[len(self.memo)] = self._stack[-1]

    def _tuple(self, n):
        items = tuple(self._stack[-n:])
        del self._stack[-n:]
        self._stack.append(items)

    def _appends(self):
        items = self._marked()
        target = self._stack[-1]
        if type(target) is list:
            target.extend(items)
        else:
            for item in items:
                target.append(item)

    def _append(self):
        item = self._stack.pop()
        self._stack[-1].append(item)

    def _setitems(self):
        items = self._marked()
        target = self._stack[-1]
        for i in range(0, len(items), 2):
            target[items[i]] = items[i + 1]

    def _setitem(self):
        value = self._stack.pop()
        key = self._stack.pop()
        self._stack[-1][key] = value

    def _additems(self):
        items = self._marked()
        target = self._stack[-1]
        for item in items:
            target.add(item)

    def _global(self):
        name = self._stack.pop()
        module = self._stack.pop()
        self._stack.append(self.find_class(module, name))

    def _reduce(self):
        args = self._stack.pop()
        func = self._stack.pop()
        self._stack.append(func(*args))

    def _newobj(self):
        args = self._stack.pop()
        cls = self._stack.pop()
        self._stack.append(cls.__new__(cls, *args))

    def _newobj_ex(self):
        kwargs = self._stack.pop()
        args = self._stack.pop()
        cls = self._stack.pop()
        self._stack.append(cls.__new__(cls, *args, **kwargs))

    def _build(self):
        state = self._stack.pop()
        obj = self._stack[-1]
        setstate = getattr(obj, "__setstate__", None)
        if setstate is not None and _own(type(obj), "__setstate__") is not None:
            setstate(state)
            return
        slots = None
        if isinstance(state, tuple) and len(state) == 2:
            state, slots = state
        if state:
            obj.__dict__.update(state)
        if slots:
            for name, value in slots.items():
                object.__setattr__(obj, name, value)

    def _stop(self):
        raise _Stop(self._stack.pop())


def _long(self, n):
    return int.from_bytes(self._take(n), "little", signed=True)


_ACTIONS = {
    0x80: Unpickler._set_proto,
    0x95: lambda self: self._take(8),
    ord("N"): lambda self: self._push(None),
    ord("I"): lambda self: self._push(self._int()),
    ord("L"): lambda self: self._push(int(self._line().removesuffix(b"L"))),
    ord("F"): lambda self: self._push(float(self._line())),
    ord("S"): lambda self: self._push(self._quoted()),
    ord("T"): lambda self: self._push(self._text(self._take(_long(self, 4)))),
    ord("U"): lambda self: self._push(self._text(self._take(self._number(1)))),
    ord("V"): lambda self: self._push(self._line().decode("raw-unicode-escape")),
    0x8D: lambda self: self._push(self._take(self._number(8)).decode("utf-8", "surrogatepass")),
    0x8E: lambda self: self._push(bytes(self._take(self._number(8)))),
    0x96: lambda self: self._push(bytearray(self._take(self._number(8)))),
    ord("l"): lambda self: self._push(list(self._marked())),
    ord("d"): Unpickler._dict_of_marked,
    ord("c"): Unpickler._named_global,
    ord("g"): lambda self: self._push(self.memo[int(self._line())]),
    ord("p"): lambda self: self.memo.__setitem__(int(self._line()), self._stack[-1]),
    ord("q"): lambda self: self.memo.__setitem__(self._number(1), self._stack[-1]),
    ord("r"): lambda self: self.memo.__setitem__(self._number(4), self._stack[-1]),
    ord("P"): lambda self: self._push(self.persistent_load(self._line().decode("ascii"))),
    ord("2"): lambda self: self._push(self._stack[-1]),
    0x88: lambda self: self._push(True),
    0x89: lambda self: self._push(False),
    ord("K"): lambda self: self._push(self._number(1)),
    ord("M"): lambda self: self._push(self._number(2)),
    ord("J"): lambda self: self._push(_long(self, 4)),
    0x8A: lambda self: self._push(_long(self, self._number(1))),
    0x8B: lambda self: self._push(_long(self, self._number(4))),
    ord("G"): lambda self: self._push(_unpacked_float(self._take(8))),
    0x8C: lambda self: self._push(self._take(self._number(1)).decode("utf-8", "surrogatepass")),
    ord("X"): lambda self: self._push(self._take(self._number(4)).decode("utf-8", "surrogatepass")),
    ord("C"): lambda self: self._push(bytes(self._take(self._number(1)))),
    ord("B"): lambda self: self._push(bytes(self._take(self._number(4)))),
    ord(")"): lambda self: self._push(()),
    ord("("): Unpickler._mark,
    ord("t"): lambda self: self._push(tuple(self._marked())),
    0x85: lambda self: self._tuple(1),
    0x86: lambda self: self._tuple(2),
    0x87: lambda self: self._tuple(3),
    ord("]"): lambda self: self._push([]),
    ord("}"): lambda self: self._push({}),
    0x8F: lambda self: self._push(set()),
    ord("e"): Unpickler._appends,
    ord("a"): Unpickler._append,
    ord("u"): Unpickler._setitems,
    ord("s"): Unpickler._setitem,
    0x90: Unpickler._additems,
    0x91: lambda self: self._push(frozenset(self._marked())),
    0x93: Unpickler._global,
    ord("R"): Unpickler._reduce,
    0x81: Unpickler._newobj,
    0x92: Unpickler._newobj_ex,
    ord("b"): Unpickler._build,
    ord("h"): lambda self: self._push(self.memo[self._number(1)]),
    ord("j"): lambda self: self._push(self.memo[self._number(4)]),
    ord("0"): lambda self: self._stack.pop(),
    ord("1"): lambda self: self._marked(),
    0x94: Unpickler._memoize,
    ord("Q"): lambda self: self._push(self.persistent_load(self._stack.pop())),
    ord("."): Unpickler._stop,
}
