"""Files: in memory here, on the simulated machine's disk in `_files`."""
from _files import BufferedRandom, BufferedReader, BufferedRWPair, BufferedWriter, FileIO, TextIOWrapper, open
from _iobase import (
    DEFAULT_BUFFER_SIZE,
    SEEK_CUR,
    SEEK_END,
    SEEK_SET,
    BufferedIOBase,
    IOBase,
    RawIOBase,
    TextIOBase,
    UnsupportedOperation,
)

__frameless__ = ("*",)

BlockingIOError = BlockingIOError
open_code = lambda path: open(path, "rb")


def text_encoding(encoding, stacklevel=2, /):
    return "locale" if encoding is None else encoding


class _Memory:
    """Reading, writing and seeking in one value; `_empty` is of the value's type."""

    def readable(self):
        self._check()
        return True

    writable = seekable = readable

    def getvalue(self):
        self._check()
        return self._joined()

    def read(self, size=-1, /):
        self._check()
        value = self._joined()
        end = len(value) if size is None or size < 0 else self._pos + size
        data = value[self._pos : end]
        self._pos += len(data)
        return data

    def readline(self, size=-1, /):
        self._check()
        value = self._joined()
        end = value.find(self._newline, self._pos) + 1
        if end == 0:
            end = len(value)
        if size is not None and size >= 0:
            end = min(end, self._pos + size)
        data = value[self._pos : end]
        self._pos += len(data)
        return data

    def tell(self):
        self._check()
        return self._pos

    def truncate(self, size=None, /):
        self._check()
        size = self._pos if size is None else size
        self._parts = [self._joined()[:size]]
        self._length = len(self._parts[0])
        return size

    def _put(self, data):
        if self._pos == self._length:
            # At the end, as almost always: pieces are joined when somebody looks.
            self._parts.append(data)
        else:
            value = self._joined()
            value += self._pad * (self._pos - len(value))
            self._parts = [value[: self._pos] + data + value[self._pos + len(data) :]]
        self._pos += len(data)
        self._length = max(self._length, self._pos)
        return len(data)

    def _joined(self):
        if len(self._parts) != 1:
            self._parts = [self._empty.join(self._parts)]
        return self._parts[0]


class StringIO(_Memory, TextIOBase):
    """A text file in memory."""

    __module__ = "_io"
    _is_static = True

    _empty, _newline, _pad = "", "\n", "\0"

    def __init__(self, initial_value="", newline="\n"):
        if initial_value is not None and not isinstance(initial_value, str):
            raise TypeError(f"initial_value must be str or None, not {type(initial_value).__name__}")
        self._parts = [initial_value or ""]
        self._length = len(self._parts[0])
        self._pos = 0

    def write(self, s, /):
        self._check()
        if not isinstance(s, str):
            raise TypeError(f"string argument expected, got {type(s).__name__!r}")
        return self._put(s)

    def seek(self, pos, whence=0, /):
        self._check()
        if whence == 0 and pos < 0:
            raise ValueError(f"Negative seek position {pos}")
        if whence != 0 and pos != 0:
            raise OSError("Can't do nonzero cur-relative seeks")
        self._pos = pos if whence == 0 else self._pos if whence == 1 else self._length
        return self._pos


class BytesIO(_Memory, BufferedIOBase):
    """A binary file in memory."""

    __module__ = "_io"
    _is_static = True

    _empty, _newline, _pad = b"", b"\n", b"\0"

    def __init__(self, initial_bytes=b""):
        if isinstance(initial_bytes, (str, int)):
            raise TypeError(f"a bytes-like object is required, not {type(initial_bytes).__name__!r}")
        self._parts = [bytes(initial_bytes or b"")]
        self._length = len(self._parts[0])
        self._pos = 0

    def write(self, b, /):
        self._check()
        if isinstance(b, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        return self._put(bytes(b))

    def seek(self, pos, whence=0, /):
        self._check()
        if whence == 0 and pos < 0:
            raise ValueError(f"negative seek value {pos}")
        self._pos = max(0, pos + (0 if whence == 0 else self._pos if whence == 1 else self._length))
        return self._pos

    def getbuffer(self):
        return memoryview(self._joined())

    read1 = _Memory.read

    def readinto(self, b, /):
        data = self.read(len(b))
        b[: len(data)] = data
        return len(data)
