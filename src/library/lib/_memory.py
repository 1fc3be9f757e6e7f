"""`memoryview`, over the bytes of one object."""


class memoryview:
    """A window on bytes that slicing does not copy into a new object of the program."""

    format = "B"
    itemsize = 1
    ndim = 1
    contiguous = c_contiguous = f_contiguous = True

    def __init__(self, object):
        if isinstance(object, memoryview):
            self.obj, self._window = object.obj, object._window
        elif isinstance(object, (bytes, bytearray)):
            self.obj, self._window = object, range(len(object))
        else:
            raise TypeError(f"memoryview: a bytes-like object is required, not '{type(object).__name__}'")
        self._released = False

    def _bytes(self):
        if self._released:
            raise ValueError("operation forbidden on released memoryview object")
        window = self._window
        if window.step == 1:
            return bytes(self.obj[window.start : window.stop])
        return bytes([self.obj[i] for i in window])

    readonly = property(lambda self: isinstance(self.obj, bytes))
    nbytes = property(lambda self: len(self._window))
    shape = property(lambda self: (len(self._window),))
    strides = property(lambda self: (self._window.step,))

    def __len__(self):
        return len(self._window)

    def __getitem__(self, key):
        if isinstance(key, slice):
            part = memoryview(self)
            part._window = self._window[key]
            return part
        return self.obj[self._window[key]]

    def __setitem__(self, key, value):
        if self.readonly:
            raise TypeError("cannot modify read-only memory")
        if isinstance(key, slice):
            places, values = self._window[key], bytes(value)
            if len(places) != len(values):
                raise ValueError("memoryview assignment: lvalue and rvalue have different structures")
            for place, byte in zip(places, values):
                self.obj[place] = byte
        else:
            self.obj[self._window[key]] = value

    def __iter__(self):
        return iter(self._bytes())

    def __bytes__(self):
        return self._bytes()

    tobytes = __bytes__

    def tolist(self):
        return list(self._bytes())

    def hex(self, *rest):
        return self._bytes().hex(*rest)

    def __eq__(self, other):
        if isinstance(other, (bytes, bytearray, memoryview)):
            return self._bytes() == bytes(other)
        return NotImplemented

    def __hash__(self):
        if not self.readonly:
            raise ValueError("cannot hash writable memoryview object")
        return hash(self._bytes())

    def release(self):
        self._released = True

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.release()

    def __repr__(self):
        return f"<memory at {id(self):#x}>"


memoryview.__module__ = "builtins"
