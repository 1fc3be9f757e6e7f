"""`memoryview`, over the bytes of one object."""

__frameless__ = ("*",)

# Bytes of an element of each native format.
_SIZES = dict(zip("bB?chHiIlLqQnNfdP", (1, 1, 1, 1, 2, 2, 4, 4, 8, 8, 8, 8, 8, 8, 4, 8, 8)))


class memoryview:
    """A window on bytes that slicing does not copy into a new object of the program.

    The window is the places of the elements' first bytes: `range` of bytes from the start of the object.
    """

    def __init__(self, object):
        self.format = "B"
        self.itemsize = 1
        self.shape = None
        if isinstance(object, memoryview):
            object._check()
            self.obj, self._window, self._data = object.obj, object._window, object._data
            self.format, self.itemsize, self.shape = object.format, object.itemsize, object.shape
        elif isinstance(object, (bytes, bytearray)):
            self.obj, self._window, self._data = object, range(len(object)), object
        elif type(object).__module__ == "array" and hasattr(object, "typecode"):
            self.obj, self.format, self.itemsize = object, object.typecode, object.itemsize
            self._data = _ArrayBytes(object)
            self._window = range(0, len(object) * object.itemsize, object.itemsize)
        else:
            raise TypeError(f"memoryview: a bytes-like object is required, not '{type(object).__name__}'")
        if self.shape is None:
            self.shape = (len(self._window),)
        self._released = False

    def _check(self):
        if self._released:
            raise ValueError("operation forbidden on released memoryview object")

    def _bytes(self):
        self._check()
        window = self._window
        if window.step == self.itemsize or len(window) < 2:
            start = window.start
            return bytes(self._data[start : start + len(window) * self.itemsize])
        return b"".join(bytes(self._data[i : i + self.itemsize]) for i in window)

    def _kind(self):
        return self.format.lstrip("@")

    def _get(self, place):
        raw = bytes(self._data[place : place + self.itemsize])
        if self._kind() == "B":
            return raw[0]
        if self._kind() == "c":
            return raw
        import struct

        return struct.unpack("=" + _plain(self._kind()), raw)[0]

    def _put(self, place, value):
        kind = self._kind()
        if kind == "B":
            if not hasattr(type(value), "__index__"):
                raise TypeError("memoryview: invalid type for format 'B'")
            if not 0 <= value.__index__() <= 255:
                raise ValueError("memoryview: invalid value for format 'B'")
            raw = bytes([value])
        else:
            import struct

            try:
                raw = struct.pack("=" + _plain(kind), value)
            except struct.error:
                is_number = isinstance(value, (int, float))
                what = "value" if is_number else "type"
                error = ValueError if is_number else TypeError
                raise error(f"memoryview: invalid {what} for format {self.format!r}") from None
        self._data[place : place + self.itemsize] = raw

    readonly = property(lambda self: isinstance(self.obj, bytes))
    nbytes = property(lambda self: len(self._window) * self.itemsize)
    ndim = property(lambda self: len(self.shape))
    suboffsets = property(lambda self: ())
    c_contiguous = contiguous = property(lambda self: self._window.step == self.itemsize or len(self._window) < 2)
    f_contiguous = property(lambda self: self.contiguous and self.ndim <= 1)

    @property
    def strides(self):
        if self.ndim <= 1:
            return (self._window.step,) * self.ndim
        strides = [self.itemsize]
        for n in self.shape[:0:-1]:
            strides.insert(0, strides[0] * n)
        return tuple(strides)

    def __len__(self):
        self._check()
        return self.shape[0] if self.shape else 1

    def _index(self, key, n, dimension):
        key = key.__index__()
        if key < 0:
            key += n
        if not 0 <= key < n:
            raise IndexError(f"index out of bounds on dimension {dimension}")
        return key

    def __getitem__(self, key):
        self._check()
        if key is ... and self.ndim != 0:
            return memoryview(self)
        if isinstance(key, slice):
            if self.ndim > 1:
                raise NotImplementedError("multi-dimensional slicing is not implemented")
            part = memoryview(self)
            part._window = self._window[key]
            part.shape = (len(part._window),)
            return part
        return self._get(self._window[self._place(key)])

    def _place(self, key):
        if isinstance(key, tuple):
            if len(key) < self.ndim:
                raise NotImplementedError("sub-views are not implemented")
            if len(key) > self.ndim:
                raise TypeError(f"cannot index {self.ndim}-dimension view with {len(key)}-element tuple")
            place = 0
            for dimension, (one, n) in enumerate(zip(key, self.shape), 1):
                place = place * n + self._index(one, n, dimension)
            return place
        if not hasattr(type(key), "__index__"):
            raise TypeError("memoryview: invalid slice key")
        if self.ndim == 0:
            raise TypeError("invalid indexing of 0-dim memory")
        if self.ndim > 1:
            raise NotImplementedError("multi-dimensional sub-views are not implemented")
        return self._index(key, self.shape[0], 1)

    def __setitem__(self, key, value):
        self._check()
        if self.readonly:
            raise TypeError("cannot modify read-only memory")
        if isinstance(key, slice):
            places = self._window[key]
            if isinstance(value, memoryview):
                fits, values = value._kind() == self._kind(), value.tobytes()
            elif isinstance(value, (bytes, bytearray)):
                fits, values = self._kind() == "B", bytes(value)
            else:
                raise TypeError(f"a bytes-like object is required, not '{type(value).__name__}'")
            if not fits or len(places) * self.itemsize != len(values):
                raise ValueError("memoryview assignment: lvalue and rvalue have different structures")
            for i, place in enumerate(places):
                self._data[place : place + self.itemsize] = values[i * self.itemsize : (i + 1) * self.itemsize]
        else:
            self._put(self._window[self._place(key)], value)

    def __delitem__(self, key):
        raise TypeError("cannot delete memory")

    def __iter__(self):
        for i in range(len(self)):
            yield self[i]

    def __contains__(self, value):
        return any(one == value for one in self)

    def __bytes__(self):
        return self._bytes()

    def tobytes(self, order="C"):
        return self._bytes()

    def tolist(self):
        self._check()
        flat = list(map(self._get, self._window))
        if self.ndim == 0:
            return flat[0]
        for n in self.shape[:0:-1]:
            flat = [flat[i : i + n] for i in range(0, len(flat), n)]
        return flat

    def hex(self, *rest):
        return self._bytes().hex(*rest)

    def cast(self, format, shape=None):
        """The same bytes as elements of another kind, or in more dimensions."""
        self._check()
        if not isinstance(format, str):
            raise TypeError(f"format argument must be a string, not {type(format).__name__}")
        kind = format.lstrip("@")
        if kind not in _SIZES:
            raise ValueError("memoryview: destination format must be a native single character format prefixed with an optional '@'")
        if not self.contiguous:
            raise TypeError("memoryview: casts are restricted to C-contiguous views")
        if shape is not None and not isinstance(shape, (list, tuple)):
            raise TypeError("shape must be a list or a tuple")
        if shape is not None and self.ndim != 1 and len(shape) != 1:
            raise TypeError("memoryview: cast must be 1D -> ND or ND -> 1D")
        if self._kind() not in "Bbc" and kind not in "Bbc" and kind != self._kind():
            raise TypeError("memoryview: cannot cast between two non-byte formats")
        size = _SIZES[kind]
        if self.nbytes % size:
            raise TypeError("memoryview: length is not a multiple of itemsize")
        other = memoryview(self)
        start = self._window.start
        other.format, other.itemsize = format, size
        other._window = range(start, start + self.nbytes, size)
        other.shape = (self.nbytes // size,) if shape is None else tuple(shape)
        n = 1
        for one in other.shape:
            n *= one
        if n * size != self.nbytes:
            raise TypeError("memoryview: product(shape) * itemsize != buffer size")
        return other

    def toreadonly(self):
        self._check()
        other = memoryview(bytes(self._bytes()))
        return other if self._kind() == "B" else other.cast(self.format)

    def __eq__(self, other):
        if isinstance(other, memoryview):
            return self.shape == other.shape and self.tolist() == other.tolist()
        if isinstance(other, (bytes, bytearray)):
            return self.ndim == 1 and self.tolist() == list(other)
        return NotImplemented

    def __hash__(self):
        self._check()
        if not self.readonly:
            raise ValueError("cannot hash writable memoryview object")
        if self._kind() not in "Bbc":
            raise ValueError("memoryview: hashing is restricted to formats 'B', 'b' or 'c'")
        return hash(self._bytes())

    def release(self):
        self._released = True

    def __enter__(self):
        self._check()
        return self

    def __exit__(self, *exc):
        self.release()

    def __reduce__(self):
        raise TypeError("cannot pickle 'memoryview' object")

    def __repr__(self):
        return f"<{'released memory' if self._released else 'memory'} at {id(self):#x}>"


class _ArrayBytes:
    """The bytes of an array, which are read and written by the element."""

    def __init__(self, array):
        self.array = array

    def __getitem__(self, part):
        return self.array.tobytes()[part]

    def __setitem__(self, part, raw):
        size = self.array.itemsize
        self.array[part.start // size] = type(self.array)(self.array.typecode, raw)[0]


def _plain(kind):
    """The format of the same size that needs no native sizes."""
    return {"l": "q", "L": "Q", "n": "q", "N": "Q", "P": "Q"}.get(kind, kind)


memoryview.__module__ = "builtins"
