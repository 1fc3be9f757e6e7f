"""Values as C lays them out: what all data types share, and numbers, characters and pointers to texts."""
import struct
import sys

from ._memory import Block, Shared, find, text_at

__frameless__ = ("*",)


class _Type(type):
    """The class of the types of data. Every type of its own has `_size_` and `_align_`."""

    def __mul__(cls, n):
        from ._aggregates import array_type

        if not isinstance(n, int):
            raise TypeError(f"can't multiply sequence by non-int of type '{type(n).__name__}'")
        if n < 0:
            raise ValueError(f"Array length must be >= 0, not {n}")
        return array_type(cls, n, sys._getframe(0).f_globals.get("__name__", "ctypes"))

    __rmul__ = __mul__

    def from_buffer(cls, source, offset=0):
        """An object over the memory of another, which both change."""
        if isinstance(source, _CData):
            return cls._at(source._block, source._place + offset)
        view = memoryview(source)
        if view.readonly:
            raise TypeError("underlying buffer is not writable")
        _check_size(cls, len(view), offset)
        return cls._at(Block(source if isinstance(source, bytearray) else view), offset)

    def from_buffer_copy(cls, source, offset=0):
        raw = bytes(source)
        _check_size(cls, len(raw), offset)
        return cls._at(Block(bytearray(raw[offset : offset + cls._size_])), 0)

    def from_address(cls, address):
        return cls._at(*find(address))

    def in_dll(cls, library, name):
        raise NotImplementedError("ctypes: variables of libraries are not simulated; call functions")

    def from_param(cls, value):
        if isinstance(value, cls):
            return value
        if isinstance(parameter := getattr(value, "_as_parameter_", None), cls):
            return parameter
        raise TypeError(f"expected {cls.__name__} instance instead of {type(value).__name__}")


def _check_size(cls, n, offset):
    if offset < 0:
        raise ValueError("offset cannot be negative")
    if n - offset < cls._size_:
        raise ValueError(f"Buffer size too small ({n} instead of at least {cls._size_ + offset} bytes)")


class _CData(metaclass=_Type):
    """An object in a block of memory, from a place on."""

    _size_ = None

    def __new__(cls, *args, **kwargs):
        if cls._size_ is None:
            raise TypeError("abstract class")
        return cls._at(Block(bytearray(cls._size_)), 0)

    @classmethod
    def _at(cls, block, place):
        self = object.__new__(cls)
        self.__dict__.update(_block=block, _place=place)
        return self

    def _read(self):
        return self._block.data[self._place : self._place + self._size_]

    def _write(self, raw):
        self._block.data[self._place : self._place + len(raw)] = raw

    # A value inside an array or a structure: what reading it gives, and what assigning to it does.

    @classmethod
    def _load(cls, block, place):
        return cls._at(block, place)

    @classmethod
    def _store(cls, block, place, value):
        if isinstance(value, tuple):
            value = cls(*value)
        if not isinstance(value, cls):
            raise TypeError(f"incompatible types, {type(value).__name__} instance instead of {cls.__name__} instance")
        copy_bytes(value, block, place)

    def __bytes__(self):
        return bytes(self._read())

    def __buffer__(self, flags):
        return memoryview(bytearray(self._read()))

    def __hash__(self):
        raise TypeError("unhashable type")

    def __eq__(self, other):
        return self is other

    def __reduce__(self):
        if isinstance(self._block.data, Shared):
            return _rebuilt, (*_recipe(type(self)), self._block.data, self._place)
        if self._block.kept or self._has_pointers():
            raise ValueError("ctypes objects containing pointers cannot be pickled")
        own = {k: v for k, v in self.__dict__.items() if k not in ("_block", "_place")}
        return _restored, (type(self), own, bytes(self._read()))

    def __copy__(self):
        return _restored(type(self), {}, bytes(self._read()), dict(self._block.kept))

    def __deepcopy__(self, memo):
        return self.__copy__()

    def _has_pointers(self):
        return False


_CData.__module__ = "_ctypes"


def copy_bytes(value, block, place):
    """Copies an object to a place, with what its pointers keep alive."""
    block.data[place : place + value._size_] = bytes(value._read())
    for at, kept in value._block.kept.items():
        if value._place <= at < value._place + value._size_:
            block.kept[place + at - value._place] = kept


def _recipe(cls):
    """How another process names a type: arrays have no name of their own there."""
    return (cls._type_, cls._length_) if hasattr(cls, "_length_") else (cls, None)


def _rebuilt(cls, length, data, place):
    return (cls if length is None else cls * length)._at(Block(data), place)


def _restored(cls, own, raw, kept=None):
    found = cls._at(Block(bytearray(raw)), 0)
    found.__dict__.update(own)
    found._block.kept.update(kept or {})
    return found


class _SimpleType(_Type):
    """The class of the types of single values."""

    def from_param(cls, value):
        if isinstance(value, cls):
            return value
        code = cls._type_
        is_pointer = code in "zZP" and (value is None or hasattr(value, "_block") or isinstance(value, int))
        if is_pointer:
            return value
        if code == "P" and isinstance(value, (bytes, str)):
            return c_char_p(value) if isinstance(value, bytes) else c_wchar_p(value)
        try:
            return cls(value)
        except TypeError:
            raise TypeError("wrong type") from None


_SimpleType.__name__ = _SimpleType.__qualname__ = "PyCSimpleType"
_Type.__module__ = _SimpleType.__module__ = "_ctypes"

_INTEGERS = {"b": 1, "B": 1, "h": 2, "H": 2, "i": 4, "I": 4, "l": 8, "L": 8}
_SIZES = {**_INTEGERS, "f": 4, "d": 8, "?": 1, "c": 1, "u": 4, "z": 8, "Z": 8, "P": 8, "O": 8}
_POINTERS = "zZPO"


class _SimpleCData(_CData, metaclass=_SimpleType):
    """One value: `_type_` is the letter of its kind."""

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        cls._size_ = cls._align_ = _SIZES[cls._type_]
        # Values of the types themselves come out of arrays and structures as Python's; those of their subclasses do not.
        cls._is_plain = _SimpleCData in cls.__bases__

    def __init__(self, *args):
        if len(args) > 1:
            raise TypeError(f"__init__ expected at most 1 argument, got {len(args)}")
        if args:
            self.value = args[0]

    @property
    def value(self):
        return _decoded(self._type_, self._block, self._place)

    @value.setter
    def value(self, value):
        _encode(self._type_, self._block, self._place, value)

    @classmethod
    def _load(cls, block, place):
        return _decoded(cls._type_, block, place) if cls._is_plain else cls._at(block, place)

    @classmethod
    def _store(cls, block, place, value):
        if isinstance(value, cls):
            copy_bytes(value, block, place)
        else:
            _encode(cls._type_, block, place, value)

    def _has_pointers(self):
        return self._type_ in _POINTERS

    def __bool__(self):
        return any(self._read())

    def __repr__(self):
        if not type(self)._is_plain:
            return f"<{type(self).__name__} object at {id(self):#x}>"
        if self._type_ == "O" and self._place not in self._block.kept:
            return "py_object(<NULL>)"
        value = self.value
        if self._type_ in "zZ" and value is not None:
            value = int.from_bytes(self._read(), "little")
        return f"{type(self).__name__}({value!r})"


_SimpleCData.__module__ = "_ctypes"


def _decoded(code, block, place):
    """The value of a kind at a place."""
    raw = block.data[place : place + _SIZES[code]]
    if code in _INTEGERS:
        return int.from_bytes(raw, "little", signed=code.islower())
    if code in "fd":
        return struct.unpack("<" + code, bytes(raw))[0]
    if code == "?":
        return raw[0] != 0
    if code == "c":
        return bytes(raw)
    if code == "u":
        return chr(int.from_bytes(raw, "little"))
    if code == "O":
        if place not in block.kept:
            raise ValueError("PyObject is NULL")
        return block.kept[place]
    address = int.from_bytes(raw, "little")
    if not address:
        return None
    if code == "z":
        return text_at(address)
    if code == "Z":
        source, start = find(address)
        return bytes(source.data[start : len(source)]).decode("utf-32-le").partition("\0")[0]
    return address


def _encode(code, block, place, value):
    """Writes a value as one of this kind."""
    size = _SIZES[code]
    if code in _INTEGERS:
        if not hasattr(type(value), "__index__"):
            raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
        raw = (value.__index__() & (1 << size * 8) - 1).to_bytes(size, "little")
    elif code in "fd":
        if not hasattr(type(value), "__float__") and not hasattr(type(value), "__index__"):
            raise TypeError(f"must be real number, not {type(value).__name__}")
        raw = struct.pack("<" + code, float(value))
    elif code == "?":
        raw = b"\1" if value else b"\0"
    elif code == "c":
        if isinstance(value, int) and 0 <= value < 256:
            value = bytes([value])
        if not isinstance(value, (bytes, bytearray)) or len(value) != 1:
            raise TypeError("one character bytes, bytearray or integer expected")
        raw = bytes(value)
    elif code == "u":
        if not isinstance(value, str):
            raise TypeError(f"unicode string expected instead of {type(value).__name__} instance")
        if len(value) != 1:
            raise TypeError("one character unicode string expected")
        raw = ord(value).to_bytes(4, "little")
    else:
        raw = _address(code, block, place, value).to_bytes(8, "little")
    block.data[place : place + size] = raw


def _address(code, block, place, value):
    """The address that stands for a value, which the block keeps alive."""
    block.kept.pop(place, None)
    if code == "O":
        block.kept[place] = value
        return id(value)
    if value is None:
        return 0
    if isinstance(value, int):
        return value & (1 << 64) - 1
    if code == "z" and isinstance(value, bytes):
        target = Block(bytearray(value + b"\0"))
    elif code == "Z" and isinstance(value, str):
        target = Block(bytearray((value + "\0").encode("utf-32-le")))
    elif code == "P":
        raise TypeError("cannot be converted to pointer")
    else:
        what = "bytes" if code == "z" else "unicode string"
        raise TypeError(f"{what} or integer address expected instead of {type(value).__name__} instance")
    block.kept[place] = target
    return target.address


_NAMES = {
    "c_byte": "b", "c_ubyte": "B", "c_short": "h", "c_ushort": "H", "c_int": "i", "c_uint": "I", "c_long": "l",
    "c_ulong": "L", "c_float": "f", "c_double": "d", "c_bool": "?", "c_char": "c", "c_wchar": "u", "c_char_p": "z",
    "c_wchar_p": "Z", "c_void_p": "P", "py_object": "O",
}  # fmt: skip
for _name, _code in _NAMES.items():
    globals()[_name] = _SimpleType(_name, (_SimpleCData,), {"_type_": _code, "__module__": "ctypes"})
