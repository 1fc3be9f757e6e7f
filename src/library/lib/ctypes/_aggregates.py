"""Several values in a row: arrays, structures, unions."""
from ._data import _CData, _Type

__frameless__ = ("*",)


class _ArrayType(_Type):
    def __new__(metacls, name, bases, namespace):
        cls = super().__new__(metacls, name, bases, namespace)
        if hasattr(cls, "_type_"):
            cls._size_ = cls._type_._size_ * cls._length_
            cls._align_ = cls._type_._align_
        return cls

    def from_param(cls, value):
        if cls._is_of("c") and isinstance(value, bytes):
            return cls(*value)
        if isinstance(value, tuple):
            return cls(*value)
        return super().from_param(value)

    def _is_of(cls, code):
        return getattr(cls._type_, "_type_", None) == code


class Array(_CData, metaclass=_ArrayType):
    """`_length_` values of one `_type_`."""

    def __init__(self, *values):
        for i, value in enumerate(values):
            self[i] = value

    def __len__(self):
        return self._length_

    def _places(self, i):
        """The index of an item, or those of a slice."""
        if isinstance(i, slice):
            return range(*i.indices(self._length_))
        if not hasattr(type(i), "__index__"):
            raise TypeError("indices must be integers")
        i = i.__index__()
        if i < 0:
            i += self._length_
        if not 0 <= i < self._length_:
            raise IndexError("invalid index")
        return i

    def __getitem__(self, i):
        kind, places = self._type_, self._places(i)
        if isinstance(places, int):
            return kind._load(self._block, self._place + places * kind._size_)
        if type(self)._is_of("c"):
            return bytes(self._read())[i]
        found = [kind._load(self._block, self._place + place * kind._size_) for place in places]
        return "".join(found) if type(self)._is_of("u") else found

    def __setitem__(self, i, value):
        kind, places = self._type_, self._places(i)
        if isinstance(places, int):
            kind._store(self._block, self._place + places * kind._size_, value)
            return
        if len(value) != len(places):
            raise ValueError("Can only assign sequence of same size")
        for place, one in zip(places, value):
            kind._store(self._block, self._place + place * kind._size_, one)

    @classmethod
    def _load(cls, block, place):
        found = cls._at(block, place)
        return found.value if cls._is_of("c") or cls._is_of("u") else found

    @classmethod
    def _store(cls, block, place, value):
        if isinstance(value, (bytes, str)) and (cls._is_of("c") or cls._is_of("u")):
            cls._at(block, place).value = value
        else:
            super()._store(block, place, value)

    def _has_pointers(self):
        return self._type_._at(self._block, self._place)._has_pointers()

    def __getattr__(self, name):
        if name == "value" and type(self)._is_of("c"):
            return bytes(self._read()).partition(b"\0")[0]
        if name == "raw" and type(self)._is_of("c"):
            return bytes(self._read())
        if name == "value" and type(self)._is_of("u"):
            return self[:].partition("\0")[0]
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    def __setattr__(self, name, value):
        is_bytes, is_text = type(self)._is_of("c"), type(self)._is_of("u")
        if not (name == "value" and (is_bytes or is_text) or name == "raw" and is_bytes):
            object.__setattr__(self, name, value)
            return
        if not isinstance(value, bytes if is_bytes else str):
            what = "bytes" if is_bytes else "unicode string"
            raise TypeError(f"{what} expected instead of {type(value).__name__} instance")
        if len(value) > self._length_:
            if name == "raw":
                raise ValueError("byte string too long")
            what = "bytes" if is_bytes else "string"
            raise ValueError(f"{what} too long ({len(value)}, maximum length {self._length_})")
        if name == "value" and len(value) < self._length_:
            value += b"\0" if is_bytes else "\0"
        self._write(value if is_bytes else value.encode("utf-32-le"))


_array_types = {}


def array_type(kind, n, module):
    """The type of arrays of `n` values of a kind; it is the same each time."""
    if kind._size_ is None:
        raise TypeError("_type_ must have storage info")
    if (kind, n) not in _array_types:
        namespace = {"_type_": kind, "_length_": n, "__module__": module}
        _array_types[kind, n] = _ArrayType(f"{kind.__name__}_Array_{n}", (Array,), namespace)
    return _array_types[kind, n]


class CField:
    """A field of a structure, as a descriptor."""

    def __init__(self, kind, offset):
        self._kind = kind
        self.offset = offset
        self.size = kind._size_

    def __get__(self, instance, owner):
        if instance is None:
            return self
        return self._kind._load(instance._block, instance._place + self.offset)

    def __set__(self, instance, value):
        self._kind._store(instance._block, instance._place + self.offset, value)

    def __repr__(self):
        return f"<Field type={self._kind.__name__}, ofs={self.offset}, size={self.size}>"


class _FieldsType(_Type):
    """The class of structures and unions: lays the fields out when it is told them."""

    def __init__(cls, name, bases, namespace):
        super().__init__(name, bases, namespace)
        if "_fields_" in namespace:
            cls._lay_out(namespace["_fields_"])
        elif bases[0] is not _CData and cls._size_ is None:
            cls._size_, cls._align_ = 0, 1

    def __setattr__(cls, name, value):
        super().__setattr__(name, value)
        if name == "_fields_":
            cls._lay_out(value)

    def _lay_out(cls, fields):
        if "_anonymous_" in cls.__dict__:
            raise NotImplementedError("ctypes: `_anonymous_` is not simulated; name the field")
        pack = getattr(cls, "_pack_", 0)
        inherited = cls.__mro__[1]
        end, align = inherited._size_ or 0, inherited._align_
        known = list(inherited._all_fields)
        for i, (name, kind, *bits) in enumerate(fields):
            if bits:
                raise NotImplementedError(f"ctypes: bit fields are not simulated; give {name!r} a whole type")
            if not isinstance(kind, _Type) or kind._size_ is None:
                raise TypeError(f"second item in _fields_ tuple (index {i}) must be a C type")
            own = min(kind._align_, pack) if pack else kind._align_
            place = cls._next_place(end, own)
            type.__setattr__(cls, name, CField(kind, place))
            known.append((name, kind))
            end = max(end, place + kind._size_)
            align = max(align, own)
        for name, value in (("_all_fields", tuple(known)), ("_align_", align), ("_size_", _rounded(end, align))):
            type.__setattr__(cls, name, value)


def _rounded(place, align):
    return -(-place // align) * align


class _StructType(_FieldsType):
    def _next_place(cls, end, align):
        return _rounded(end, align)


class _UnionType(_FieldsType):
    def _next_place(cls, end, align):
        return 0


_ArrayType.__name__ = _ArrayType.__qualname__ = "PyCArrayType"
_StructType.__name__ = _StructType.__qualname__ = "PyCStructType"
_UnionType.__name__ = _UnionType.__qualname__ = "UnionType"


class Structure(_CData, metaclass=_StructType):
    """Fields one after the other."""

    _align_ = 1
    _all_fields = ()

    def __init__(self, *args, **kwargs):
        if len(args) > len(self._all_fields):
            raise TypeError("too many initializers")
        for (name, _), value in zip(self._all_fields, args):
            if name in kwargs:
                raise TypeError(f"duplicate values for field {name!r}")
            setattr(self, name, value)
        for name, value in kwargs.items():
            setattr(self, name, value)

    def _has_pointers(self):
        fields = ((kind, getattr(type(self), name)) for name, kind in self._all_fields)
        return any(kind._at(self._block, self._place + field.offset)._has_pointers() for kind, field in fields)


class Union(_CData, metaclass=_UnionType):
    """Fields over each other."""

    _align_ = 1
    _all_fields = ()
    __init__ = Structure.__init__
    _has_pointers = Structure._has_pointers


for _class in (_ArrayType, _StructType, _UnionType, Array, Structure, Union, CField):
    _class.__module__ = "_ctypes"
