"""Files in gzip's format, over `zlib`."""
import builtins
import io
import struct
import time
import zlib

__all__ = ["BadGzipFile", "GzipFile", "open", "compress", "decompress"]

READ, WRITE = "rb", "wb"


class BadGzipFile(OSError):
    """The data is no gzip file."""


def compress(data, compresslevel=9, *, mtime=None):
    packed = zlib.compress(data, level=compresslevel, wbits=31)
    return packed[:4] + struct.pack("<L", int(time.time() if mtime is None else mtime)) + packed[8:]


def decompress(data):
    """Several files behind each other are one."""
    data = bytes(data)
    parts = []
    while True:
        data = data.lstrip(b"\0") if parts else data
        if not data:
            return b"".join(parts)
        if data[:2] != b"\x1f\x8b":
            raise BadGzipFile(f"Not a gzipped file ({data[:2]!r})")
        member = zlib.decompressobj(wbits=31)
        try:
            parts.append(member.decompress(data))
        except zlib.error as error:
            text = str(error)
            if "data check" in text:
                raise BadGzipFile("CRC check failed") from None
            if "length check" in text:
                raise BadGzipFile("Incorrect length of data produced") from None
            raise
        if not member.eof:
            raise EOFError("Compressed file ended before the end-of-stream marker was reached")
        data = member.unused_data


def open(filename, mode="rb", compresslevel=9, encoding=None, errors=None, newline=None):
    if "t" in mode:
        if "b" in mode:
            raise ValueError(f"Invalid mode: {mode!r}")
    else:
        for value, name in ((encoding, "encoding"), (errors, "errors"), (newline, "newline")):
            if value is not None:
                raise ValueError(f"Argument {name!r} not supported in binary mode")
    plain = mode.replace("t", "")
    if isinstance(filename, (str, bytes)) or hasattr(filename, "__fspath__"):
        file = GzipFile(filename, plain, compresslevel)
    elif hasattr(filename, "read") or hasattr(filename, "write"):
        file = GzipFile(None, plain, compresslevel, filename)
    else:
        raise TypeError("filename must be a str or bytes object, or a file")
    if "t" in mode:
        return io.TextIOWrapper(file, io.text_encoding(encoding), errors, newline)
    return file


class GzipFile(io.BufferedIOBase):
    """What is written is compressed when the file is closed; what is read is decompressed by the first call."""

    def __init__(self, filename=None, mode=None, compresslevel=9, fileobj=None, mtime=None):
        if mode and ("t" in mode or "U" in mode):
            raise ValueError(f"Invalid mode: {mode!r}")
        mode = (mode or getattr(fileobj, "mode", "rb")).replace("b", "") or "r"
        if mode[0] not in "rwax":
            raise ValueError(f"Invalid mode: {mode!r}")
        self._own = fileobj is None
        if fileobj is None:
            fileobj = builtins.open(filename, mode[0] + "b")
        if filename is None:
            filename = getattr(fileobj, "name", "")
            if not isinstance(filename, (str, bytes)):
                filename = ""
        self.name = filename
        self.mode = 1 if mode[0] == "r" else 2
        self.compresslevel = compresslevel
        self.fileobj = fileobj
        self._mtime = mtime
        self._memory = None if self.mode == 1 else io.BytesIO()

    @property
    def closed(self):
        return self.fileobj is None

    @property
    def mtime(self):
        return self._mtime

    def _check(self):
        if self.closed:
            raise ValueError("I/O operation on closed file.")

    def _reading(self):
        self._check()
        if self.mode != 1:
            raise OSError(9, "read() on write-only GzipFile object")
        if self._memory is None:
            data = self.fileobj.read()
            if len(data) >= 8 and self._mtime is None:
                self._mtime = int.from_bytes(data[4:8], "little")
            self._memory = io.BytesIO(decompress(data))
        return self._memory

    def read(self, size=-1):
        return self._reading().read(size)

    read1 = read

    def readinto(self, buffer):
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def readline(self, size=-1):
        return self._reading().readline(size)

    def readlines(self, hint=-1):
        return list(self)

    def peek(self, n):
        memory = self._reading()
        at = memory.tell()
        data = memory.read(n)
        memory.seek(at)
        return data

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def write(self, data):
        self._check()
        if self.mode != 2:
            raise OSError(9, "write() on read-only GzipFile object")
        return self._memory.write(bytes(data))

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def seek(self, offset, whence=0):
        if self.mode == 1:
            return self._reading().seek(offset, whence)
        if whence == 1:
            offset += self._memory.tell()
        if offset < self._memory.tell():
            raise OSError("Negative seek in write mode")
        self._memory.write(bytes(offset - self._memory.tell()))
        return offset

    def rewind(self):
        if self.mode != 1:
            raise OSError("Can't rewind in write mode")
        self.seek(0)

    def tell(self):
        return self._reading().tell() if self.mode == 1 else self._memory.tell()

    def readable(self):
        return self.mode == 1

    def writable(self):
        return self.mode == 2

    def seekable(self):
        return True

    def fileno(self):
        return self.fileobj.fileno()

    def flush(self, zlib_mode=None):
        self._check()

    def close(self):
        file, self.fileobj = self.fileobj, None
        if file is None:
            return
        try:
            if self.mode == 2:
                file.write(compress(self._memory.getvalue(), self.compresslevel, mtime=self._mtime))
        finally:
            if self._own:
                file.close()

    def __enter__(self):
        self._check()
        return self

    def __exit__(self, *exc):
        self.close()

    def __repr__(self):
        return f"<gzip {self.fileobj!r} {id(self):#x}>"
