"""Pointers, and memory that is asked for by its address."""
import sys

from ._data import _CData, _Type, c_char_p, c_void_p
from ._memory import Block, find

__frameless__ = ("*",)


class _PointerType(_Type):
    def __new__(metacls, name, bases, namespace):
        cls = super().__new__(metacls, name, bases, namespace)
        cls._size_ = cls._align_ = 8 if hasattr(cls, "_type_") else None
        return cls

    def from_param(cls, value):
        if value is None or isinstance(value, cls):
            return value
        # An array or a reference to what the pointer points to is one, too.
        target = value.target if isinstance(value, Reference) else value
        if isinstance(target, cls._type_) or getattr(type(target), "_type_", None) is cls._type_:
            return value
        return super().from_param(value)


class _Pointer(_CData, metaclass=_PointerType):
    """The address of an object of `_type_`."""

    def __init__(self, *args):
        if args:
            self.contents = args[0]

    def _target(self, i=0):
        address = int.from_bytes(self._read(), "little")
        if not address:
            raise ValueError("NULL pointer access")
        block, place = find(address)
        return block, place + i * self._type_._size_

    @property
    def contents(self):
        return self._type_._at(*self._target())

    @contents.setter
    def contents(self, target):
        if not isinstance(target, self._type_):
            raise TypeError(f"expected {self._type_.__name__} instead of {type(target).__name__}")
        self._point_to(target)

    def _point_to(self, target):
        self._block.kept[self._place] = target._block
        self._write(addressof(target).to_bytes(8, "little"))

    def __getitem__(self, i):
        if isinstance(i, slice):
            if i.stop is None:
                raise ValueError("slice stop is required")
            items = [self[n] for n in range(i.start or 0, i.stop, i.step or 1)]
            return b"".join(items) if getattr(self._type_, "_type_", None) == "c" else items
        return self._type_._load(*self._target(i))

    def __setitem__(self, i, value):
        self._type_._store(*self._target(i), value)

    def __bool__(self):
        return any(self._read())

    def _has_pointers(self):
        return True


_PointerType.__name__ = _PointerType.__qualname__ = "PyCPointerType"
_PointerType.__module__ = _Pointer.__module__ = "_ctypes"
_pointer_types = {}


def POINTER(kind):
    """The type of pointers to a kind; it is the same each time."""
    if kind is None:
        return c_void_p
    if kind not in _pointer_types:
        if not isinstance(kind, _Type):
            raise TypeError("_type_ must have storage info")
        namespace = {"_type_": kind, "__module__": sys._getframe(0).f_globals.get("__name__", "ctypes")}
        _pointer_types[kind] = _PointerType("LP_" + kind.__name__, (_Pointer,), namespace)
    return _pointer_types[kind]


def pointer(target):
    if not isinstance(target, _CData):
        raise TypeError("_type_ must have storage info")
    return POINTER(type(target))(target)


class Reference:
    """What `byref` gives: the address of an object as an argument of a foreign function."""

    def __init__(self, target, offset):
        self.target = target
        self.offset = offset
        self._obj = target

    def __repr__(self):
        return f"<cparam 'P' ({addressof(self.target) + self.offset:#x})>"


Reference.__name__, Reference.__module__ = "CArgObject", "builtins"


def byref(target, offset=0):
    if not isinstance(target, _CData):
        raise TypeError(f"byref() argument must be a ctypes instance, not '{type(target).__name__}'")
    return Reference(target, offset)


def addressof(target):
    if not isinstance(target, _CData):
        raise TypeError("invalid type")
    return target._block.address + target._place


def address_of_argument(value):
    """The address that a foreign function gets for a pointer, an array, a text or a number."""
    if value is None or isinstance(value, int):
        return value or 0
    if isinstance(value, (bytes, bytearray)):
        return addressof(c_char_p(bytes(value)))
    if isinstance(value, Reference):
        return addressof(value.target) + value.offset
    if isinstance(value, _Pointer) or getattr(type(value), "_type_", None) in ("z", "Z", "P"):
        return int.from_bytes(value._read(), "little")
    if hasattr(type(value), "_length_"):
        return addressof(value)
    raise TypeError("wrong type")


def cast(value, kind):
    """The same address as a pointer of another kind."""
    found = kind()
    if isinstance(value, bytes):
        value = c_char_p(value)
    address = address_of_argument(value)
    if address:
        found._block.kept[found._place] = find(address)[0]
    found._write(address.to_bytes(8, "little"))
    return found


def sizeof(value):
    size = getattr(value, "_size_", None)
    if size is None or not isinstance(value, (_CData, _Type)):
        raise TypeError("this type has no size")
    return size


def alignment(value):
    sizeof(value)
    return value._align_


def _bytes_of(value):
    """The block and the place that an argument points to."""
    if isinstance(value, bytes):
        return Block(bytearray(value + b"\0")), 0
    return find(address_of_argument(value))


def string_at(pointer, size=-1):
    block, place = _bytes_of(pointer)
    raw = bytes(block.data[place : len(block)])
    return raw[:size] if size >= 0 else raw.partition(b"\0")[0]


def wstring_at(pointer, size=-1):
    block, place = _bytes_of(pointer)
    text = bytes(block.data[place : place + (len(block) - place) // 4 * 4]).decode("utf-32-le")
    return text[:size] if size >= 0 else text.partition("\0")[0]


def memmove(target, source, n):
    raw = string_at(source, n)
    block, place = _bytes_of(target)
    block.data[place : place + n] = raw
    return address_of_argument(target)


def memset(target, byte, n):
    block, place = _bytes_of(target)
    block.data[place : place + n] = bytes([byte & 255]) * n
    return address_of_argument(target)
