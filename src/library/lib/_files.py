"""Files of the simulated machine's disk, in the three layers of `io`: raw, buffered, text."""
import _disk
from _iobase import DEFAULT_BUFFER_SIZE, BufferedIOBase, RawIOBase, TextIOBase, UnsupportedOperation

__frameless__ = ("*",)

UnsupportedOperation.__module__ = "io"


def fail(errno, *names):
    """Raises the OSError of a call that answered with the negative number."""
    from errno import _TEXTS

    text = _TEXTS.get(-errno, f"Unknown error {-errno}")
    raise OSError(-errno, text, *names) if len(names) < 2 else OSError(-errno, text, names[0], None, names[1])


def call(answer, *names):
    """The answer, unless it is the number of an error."""
    if isinstance(answer, int) and answer < 0:
        fail(answer, *names)
    return answer


_open_files = {}
_next_descriptor = [3]


class FileIO(RawIOBase):
    """A file by its position; every call goes to the machine."""

    __module__ = "_io"
    _is_static = True

    closefd = True

    def __init__(self, file, mode="r", closefd=True, opener=None):
        import os

        plain = mode.replace("b", "")
        if len(plain.replace("+", "")) != 1 or plain[0] not in "rwax":
            raise ValueError(f"invalid mode: {mode}")
        self.name = file
        self._mode = plain
        self._reads = plain[0] == "r" or "+" in plain
        self._writes = plain != "r"
        self._appends = plain[0] == "a"
        self._pos = 0
        if isinstance(file, int) and not isinstance(file, bool):
            known = _open_files.get(file)
            if known is None:
                fail(-9)
            self._file = known._file
        else:
            path = os.path.abspath(os.fsdecode(file))
            if "\0" in path:
                raise ValueError("embedded null byte")
            flags = {"r": "", "w": "ct", "a": "c", "x": "cx"}[plain[0]] + ("w" if self._writes else "")
            self._file = call(_disk.open(path, flags), file)
        self._descriptor = _next_descriptor[0]
        _next_descriptor[0] += 1
        _open_files[self._descriptor] = self
        if self._appends:
            self._pos = self._size()

    @property
    def mode(self):
        return {"r": "rb", "w": "wb", "a": "ab", "x": "xb"}[self._mode[0]] + ("+" if "+" in self._mode else "")

    def _size(self):
        return call(_disk.stat_of(self._file))[2]

    def _check(self):
        if self.closed:
            raise ValueError("I/O operation on closed file.")

    def fileno(self):
        self._check()
        return self._descriptor

    def readable(self):
        self._check()
        return self._reads

    def writable(self):
        self._check()
        return self._writes

    def seekable(self):
        self._check()
        return True

    def read(self, size=-1, /):
        self._check()
        if not self._reads:
            raise UnsupportedOperation("File not open for reading")
        data = call(_disk.read(self._file, self._pos, 1 << 31 if size is None or size < 0 else size))
        self._pos += len(data)
        return data

    def readall(self):
        return self.read()

    def readinto(self, buffer, /):
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def readline(self, size=-1, /):
        data = self.read(size)
        end = data.find(b"\n") + 1 or len(data)
        self._pos -= len(data) - end
        return data[:end]

    def write(self, data, /):
        self._check()
        if not self._writes:
            raise UnsupportedOperation("File not open for writing")
        if isinstance(data, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        data = bytes(data)
        self._pos = call(_disk.write(self._file, None if self._appends else self._pos, data))
        return len(data)

    def seek(self, offset, whence=0, /):
        self._check()
        if whence not in (0, 1, 2):
            fail(-22)
        pos = offset + (0 if whence == 0 else self._pos if whence == 1 else self._size())
        if pos < 0:
            fail(-22)
        self._pos = pos
        return pos

    def tell(self):
        self._check()
        return self._pos

    def truncate(self, size=None, /):
        self._check()
        if not self._writes:
            raise UnsupportedOperation("File not open for writing")
        size = self._pos if size is None else size
        call(_disk.truncate(self._file, size))
        return size

    def close(self):
        if not self.closed:
            self.closed = True
            _open_files.pop(self._descriptor, None)

    def __repr__(self):
        if self.closed:
            return "<_io.FileIO [closed]>"
        return f"<_io.FileIO name={self.name!r} mode={self.mode!r} closefd=True>"


class _Buffered(BufferedIOBase):
    """A raw file behind a buffer: read ahead, or written behind."""

    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        self.raw = raw
        self._buffer_size = buffer_size
        self._ahead = b""
        self._behind = []
        self._n_behind = 0

    name = property(lambda self: self.raw.name)
    mode = property(lambda self: self.raw.mode)

    @property
    def closed(self):
        return self.raw.closed

    def _check(self, what="I/O operation on closed file."):
        if self.raw.closed:
            raise ValueError(what)

    def readable(self):
        return self.raw.readable()

    def writable(self):
        return self.raw.writable()

    def seekable(self):
        return self.raw.seekable()

    def fileno(self):
        return self.raw.fileno()

    def _may_read(self, what):
        self._check("read of closed file")
        if not self.raw.readable():
            raise UnsupportedOperation(what)
        if self._behind:
            self.flush()

    def read(self, size=-1, /):
        self._may_read("read")
        if size is None or size < 0:
            data, self._ahead = self._ahead + self.raw.read(), b""
            return data
        while len(self._ahead) < size:
            more = self.raw.read(max(self._buffer_size, size - len(self._ahead)))
            if not more:
                break
            self._ahead += more
        data, self._ahead = self._ahead[:size], self._ahead[size:]
        return data

    def read1(self, size=-1, /):
        self._may_read("read1")
        if not self._ahead:
            self._ahead = self.raw.read(self._buffer_size)
        size = len(self._ahead) if size < 0 else size
        data, self._ahead = self._ahead[:size], self._ahead[size:]
        return data

    def peek(self, size=0, /):
        self._may_read("peek")
        if not self._ahead:
            self._ahead = self.raw.read(self._buffer_size)
        return self._ahead

    def readinto(self, buffer, /):
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def readline(self, size=-1, /):
        self._may_read("readline")
        limit = size is not None and size >= 0
        while (end := self._ahead.find(b"\n") + 1) == 0 and not (limit and len(self._ahead) >= size):
            more = self.raw.read(self._buffer_size)
            if not more:
                break
            self._ahead += more
        end = end or len(self._ahead)
        if limit:
            end = min(end, size)
        data, self._ahead = self._ahead[:end], self._ahead[end:]
        return data

    def write(self, data, /):
        self._check("write to closed file")
        if not self.raw.writable():
            raise UnsupportedOperation("write")
        if isinstance(data, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        if self._ahead:
            self._forget()
        data = bytes(data)
        self._behind.append(data)
        self._n_behind += len(data)
        if self._n_behind > self._buffer_size:
            self.flush()
        return len(data)

    def flush(self):
        self._check("flush of closed file")
        if self._behind:
            data, self._behind, self._n_behind = b"".join(self._behind), [], 0
            while (n := self.raw.write(data)) != len(data):
                if n is None:
                    self._behind, self._n_behind = [data], len(data)
                    raise BlockingIOError(11, "write could not complete without blocking", 0)
                data = data[n:]

    def _forget(self):
        """What was read ahead is not read: the raw position is the buffered one."""
        if self._ahead:
            self.raw.seek(-len(self._ahead), 1)
            self._ahead = b""

    def seek(self, offset, whence=0, /):
        self._check("seek of closed file")
        self.flush()
        self._forget()
        return self.raw.seek(offset, whence)

    def tell(self):
        self._check()
        return self.raw.tell() - len(self._ahead) + self._n_behind

    def truncate(self, size=None, /):
        self.flush()
        self._forget()
        return self.raw.truncate(size)

    def detach(self):
        self.flush()
        raw, self.raw = self.raw, None
        return raw

    def close(self):
        if self.raw is not None and not self.raw.closed:
            try:
                self.flush()
            finally:
                self.raw.close()

    def __del__(self):
        self.close()

    def __reduce_ex__(self, protocol):
        raise TypeError(f"cannot pickle '_io.{type(self).__name__}' object")

    def __repr__(self):
        return f"<_io.{type(self).__name__} name={self.name!r}>"


class BufferedReader(_Buffered):
    __module__ = "_io"
    _is_static = True


class BufferedWriter(_Buffered):
    __module__ = "_io"
    _is_static = True


class BufferedRandom(_Buffered):
    __module__ = "_io"
    _is_static = True


class BufferedRWPair(BufferedIOBase):
    """Two raw files that are one: read from the first, written to the second."""

    __module__ = "_io"
    _is_static = True

    def __init__(self, reader, writer, buffer_size=DEFAULT_BUFFER_SIZE):
        self._reader = BufferedReader(reader, buffer_size)
        self._writer = BufferedWriter(writer, buffer_size)
        for name in ("read", "read1", "peek", "readinto", "readline", "readable"):
            setattr(self, name, getattr(self._reader, name))
        for name in ("write", "flush", "writable"):
            setattr(self, name, getattr(self._writer, name))

    @property
    def closed(self):
        return self._writer.closed

    def close(self):
        try:
            self._writer.close()
        finally:
            self._reader.close()


class TextIOWrapper(TextIOBase):
    """Text over a buffered file of bytes."""

    __module__ = "_io"
    _is_static = True

    def __init__(
        self, buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False
    ):
        if newline not in (None, "", "\n", "\r", "\r\n"):
            raise ValueError(f"illegal newline value: {newline!r}")
        self.buffer = buffer
        # A piece is what one call of the system gives, where the file below can tell.
        self._read_piece = getattr(buffer, "read1", None) or getattr(buffer, "read", None)
        self.encoding = "UTF-8" if encoding in (None, "locale") else encoding
        self.errors = errors or "strict"
        self._newline = newline
        self.line_buffering = line_buffering
        self.write_through = write_through
        self._ahead = ""
        self._tail = b""
        self._behind = []
        self._n_behind = 0
        self._seen = set()
        if encoding not in (None, "locale"):
            "".encode(encoding)

    name = property(lambda self: self.buffer.name)

    @property
    def closed(self):
        return self.buffer.closed

    @property
    def newlines(self):
        seen = [end for end in ("\r", "\n", "\r\n") if end in self._seen]
        return None if not seen else seen[0] if len(seen) == 1 else tuple(seen)

    def _check(self):
        if self.buffer.closed:
            raise ValueError("I/O operation on closed file.")

    def readable(self):
        return self.buffer.readable()

    def writable(self):
        return self.buffer.writable()

    def seekable(self):
        return self.buffer.seekable()

    def fileno(self):
        return self.buffer.fileno()

    def isatty(self):
        self._check()
        return False

    def reconfigure(self, *, encoding=None, errors=None, newline="keep", line_buffering=None, write_through=None):
        self.flush()
        self.encoding = encoding or self.encoding
        self.errors = errors or self.errors
        self._newline = self._newline if newline == "keep" else newline
        self.line_buffering = self.line_buffering if line_buffering is None else line_buffering
        self.write_through = self.write_through if write_through is None else write_through

    def _may_read(self):
        self._check()
        if not self.buffer.readable():
            raise UnsupportedOperation("not readable")
        if self._behind:
            self.flush()

    def _decoded(self, data, final):
        data = self._tail + data
        self._tail = b""
        try:
            return data.decode(self.encoding, self.errors)
        except UnicodeDecodeError as exc:
            if final or exc.reason != "unexpected end of data":
                raise
            # The rest of a character is in the next piece.
            self._tail = data[exc.start :]
            return data[: exc.start].decode(self.encoding, self.errors)

    def _take(self, everything=False):
        """Reads a piece more; whether there was one."""
        data = self.buffer.read() if everything else self._read_piece(DEFAULT_BUFFER_SIZE)
        text = self._decoded(data, everything or not data)
        if self._newline is None or self._newline == "":
            if text.endswith("\r") and data and not everything:
                # Whether a line feed follows is not known yet.
                text, self._tail = text[:-1], b"\r" + self._tail
            if "\r" in text:
                self._seen.update(end for end in ("\r\n",) if end in text)
                if "\r" in text.replace("\r\n", ""):
                    self._seen.add("\r")
                if self._newline is None:
                    text = text.replace("\r\n", "\n").replace("\r", "\n")
            elif "\n" in text:
                self._seen.add("\n")
        self._ahead += text
        return bool(data)

    def read(self, size=-1, /):
        self._may_read()
        if size is None or size < 0:
            self._take(True)
            text, self._ahead = self._ahead, ""
            return text
        while len(self._ahead) < size and self._take():
            pass
        text, self._ahead = self._ahead[:size], self._ahead[size:]
        return text

    def _line_end(self):
        """Where the first line in what is read ahead ends; 0 when it does not."""
        if self._newline != "":
            end = self._newline or "\n"
            at = self._ahead.find(end)
            return at + len(end) if at >= 0 else 0
        feed, back = self._ahead.find("\n"), self._ahead.find("\r")
        if back < 0 or 0 <= feed < back:
            return feed + 1
        return back + 2 if feed == back + 1 else back + 1

    def readline(self, size=-1, /):
        self._may_read()
        limit = size is not None and size >= 0
        while (end := self._line_end()) == 0 and not (limit and len(self._ahead) >= size) and self._take():
            pass
        end = end or len(self._ahead)
        if limit:
            end = min(end, size)
        text, self._ahead = self._ahead[:end], self._ahead[end:]
        return text

    def write(self, text, /):
        self._check()
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if not self.buffer.writable():
            raise UnsupportedOperation("not writable")
        # What was read ahead is passed over: the text goes behind it, as in CPython.
        self._ahead, self._tail = "", b""
        raw = text
        if self._newline in ("\r", "\r\n"):
            raw = text.replace("\n", self._newline)
        data = raw.encode(self.encoding, self.errors)
        self._behind.append(data)
        self._n_behind += len(data)
        if self._n_behind > DEFAULT_BUFFER_SIZE:
            self._pass_on()
        if self.write_through or (self.line_buffering and ("\n" in text or "\r" in text)):
            self.flush()
        return len(text)

    def _pass_on(self):
        if self._behind:
            data, self._behind, self._n_behind = b"".join(self._behind), [], 0
            self.buffer.write(data)

    def flush(self):
        self._check()
        self._pass_on()
        self.buffer.flush()

    def seek(self, cookie, whence=0, /):
        self._check()
        self.flush()
        if whence == 1:
            if cookie != 0:
                raise UnsupportedOperation("can't do nonzero cur-relative seeks")
            cookie, whence = self.tell(), 0
        elif whence == 2 and cookie != 0:
            raise UnsupportedOperation("can't do nonzero end-relative seeks")
        elif cookie < 0:
            raise ValueError(f"negative seek position {cookie}")
        self._ahead, self._tail = "", b""
        return self.buffer.seek(cookie, whence)

    def tell(self):
        self._check()
        self.flush()
        return self.buffer.tell() - len(self._ahead.encode(self.encoding, self.errors)) - len(self._tail)

    def truncate(self, size=None, /):
        self.flush()
        return self.buffer.truncate(self.tell() if size is None else size)

    def detach(self):
        self.flush()
        buffer, self.buffer = self.buffer, None
        return buffer

    def close(self):
        if self.buffer is not None and not self.buffer.closed:
            try:
                self.flush()
            finally:
                self.buffer.close()

    def __del__(self):
        self.close()

    def __reduce_ex__(self, protocol):
        raise TypeError(f"cannot pickle '_io.{type(self).__name__}' object")

    def __repr__(self):
        mode = f" mode={self.mode!r}" if hasattr(self, "mode") else ""
        name = f" name={self.name!r}" if hasattr(self.buffer, "name") else ""
        return f"<_io.TextIOWrapper{name}{mode} encoding={self.encoding!r}>"


def open(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
    """Opens a file of the machine: its raw bytes, buffered bytes or text, as `mode` and `buffering` say."""
    if not isinstance(mode, str):
        raise TypeError(f"open() argument 'mode' must be str, not {type(mode).__name__}")
    letters = set(mode)
    if letters - set("axrwb+t") or len(mode) > len(letters):
        raise ValueError(f"invalid mode: {mode!r}")
    if "t" in letters and "b" in letters:
        raise ValueError("can't have text and binary mode at once")
    if len(letters & set("axrw")) != 1:
        raise ValueError("must have exactly one of create/read/write/append mode")
    binary = "b" in letters
    for given, what in ((encoding, "an encoding"), (errors, "an errors"), (newline, "a newline")):
        if binary and given is not None:
            raise ValueError(f"binary mode doesn't take {what} argument")
    if not isinstance(file, int):
        import os

        name = os.fspath(file)
    else:
        name = file
    raw = FileIO(name, mode.replace("t", ""))
    if buffering == 0:
        if not binary:
            raise ValueError("can't have unbuffered text I/O")
        return raw
    size = buffering if buffering > 1 else DEFAULT_BUFFER_SIZE
    kind = BufferedRandom if "+" in letters else BufferedReader if "r" in letters else BufferedWriter
    buffer = kind(raw, size)
    if binary:
        return buffer
    text = TextIOWrapper(buffer, encoding, errors, newline, buffering == 1)
    text.mode = mode
    return text
