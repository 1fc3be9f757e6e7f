"""Deflate with zlib's headers. What is compressed decompresses to itself, here and with the real zlib; its length is
near the real one's, not equal to it."""
import _cost
import _zlib

__frameless__ = ("*",)

DEFLATED = 8
DEF_BUF_SIZE = 16384
DEF_MEM_LEVEL = 8
MAX_WBITS = 15
Z_BEST_COMPRESSION, Z_BEST_SPEED, Z_DEFAULT_COMPRESSION, Z_NO_COMPRESSION = 9, 1, -1, 0
Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED = 0, 1, 2, 3, 4
Z_NO_FLUSH, Z_PARTIAL_FLUSH, Z_SYNC_FLUSH, Z_FULL_FLUSH, Z_FINISH, Z_BLOCK, Z_TREES = range(7)
ZLIB_VERSION = ZLIB_RUNTIME_VERSION = "1.2.13"


class error(Exception):
    __module__ = "zlib"


def _bytes(data):
    if isinstance(data, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    return bytes(data)


def _checksum(size):
    # Below 5 KiB the GIL is not worth letting go.
    (_cost.without_gil if size > 5120 else _cost.charge)("zlib.checksum.kib", size / 1024)


def adler32(data, value=1, /):
    data = _bytes(data)
    _checksum(len(data))
    return _zlib.adler32(data, value & 0xFFFFFFFF)


def crc32(data, value=0, /):
    data = _bytes(data)
    _checksum(len(data))
    return _zlib.crc32(data, value & 0xFFFFFFFF)


def _level(level):
    if not -1 <= level <= 9:
        raise error("Bad compression level")
    return 6 if level == -1 else level


def _deflated(data, level):
    """What cannot be made shorter costs the same at every level."""
    packed = _zlib.deflate(data, level)
    came_in, came_out = len(data) / 1024, len(packed) / 1024
    if len(packed) > 0.95 * len(data):
        _cost.without_gil("zlib.random.kib", came_in)
    elif level < 4:
        _cost.without_gil("zlib.fast.kib", came_in, "zlib.fast.out.kib", came_out)
    else:
        out = "zlib.compress.out.kib" if level < 8 else "zlib.best.out.kib"
        _cost.without_gil("zlib.compress.kib", came_in, out, came_out)
    return packed


def _inflated(data):
    found = _zlib.inflate(data)
    if not found:
        raise error("Error -3 while decompressing data: invalid block type")
    packed = len(data) if len(data) < 0.95 * len(found[0]) else 0
    _cost.without_gil("zlib.decompress.kib", len(found[0]) / 1024, "zlib.decompress.in.kib", packed / 1024)
    return found


def _wrapped(data, level, wbits):
    """The data deflated, with the header and the checksum that the number of bits of the window asks for."""
    packed = _deflated(data, _level(level))
    if wbits < 0:
        return packed
    if wbits > 15:
        flags = b"\x02" if level == 9 else b"\x04" if level == 1 else b"\0"
        head = b"\x1f\x8b\x08\0\0\0\0\0" + flags + b"\x03"
        return head + packed + crc32(data).to_bytes(4, "little") + (len(data) & 0xFFFFFFFF).to_bytes(4, "little")
    level = _level(level)
    second = 0x01 if level < 2 else 0x5E if level < 6 else 0x9C if level == 6 else 0xDA
    return bytes((0x78, second)) + packed + adler32(data).to_bytes(4, "big")


def compress(data, /, level=-1, wbits=MAX_WBITS):
    return _wrapped(_bytes(data), level, wbits)


def _gzip_head(data):
    """The length of a gzip header; 0 while it is incomplete."""
    if len(data) < 10:
        return 0
    flags, at = data[3], 10
    if flags & 4:
        if len(data) < at + 2:
            return 0
        at += 2 + int.from_bytes(data[at : at + 2], "little")
    for bit in (8, 16):
        if flags & bit:
            end = data.find(b"\0", at)
            if end < 0:
                return 0
            at = end + 1
    if flags & 2:
        at += 2
    return at if at <= len(data) else 0


def _unwrapped(data, wbits):
    """`(bytes, how many of the input they were made of)`; no number while more input is needed."""
    if wbits > 31:
        # Whichever of the two headers is there.
        wbits = 31 if data[:1] == b"\x1f" else 15
    if wbits < 0:
        head, tail = 0, 0
    elif wbits > 15:
        if data[:2] != b"\x1f\x8b"[: len(data)]:
            raise error("Error -3 while decompressing data: incorrect header check")
        head, tail = _gzip_head(data), 8
        if not head:
            return b"", None
    else:
        if len(data) < 2:
            return b"", None
        if (data[0] << 8 | data[1]) % 31:
            raise error("Error -3 while decompressing data: incorrect header check")
        if data[0] & 15 != 8:
            raise error("Error -3 while decompressing data: unknown compression method")
        head, tail = 2, 4
    out, used = _inflated(data[head:])
    if used is None or head + used + tail > len(data):
        return out, None
    check = data[head + used : head + used + tail]
    if tail == 4 and check != adler32(out).to_bytes(4, "big"):
        raise error("Error -3 while decompressing data: incorrect data check")
    if tail == 8 and check[:4] != crc32(out).to_bytes(4, "little"):
        raise error("Error -3 while decompressing data: incorrect data check")
    if tail == 8 and check[4:] != (len(out) & 0xFFFFFFFF).to_bytes(4, "little"):
        raise error("Error -3 while decompressing data: incorrect length check")
    return out, head + used + tail


def decompress(data, /, wbits=MAX_WBITS, bufsize=DEF_BUF_SIZE):
    out, used = _unwrapped(_bytes(data), wbits)
    if used is None:
        raise error("Error -5 while decompressing data: incomplete or truncated stream")
    return out


class _Compress:
    """Data that comes in pieces; it is compressed at the end."""

    def __init__(self, level, wbits):
        _level(level)
        self._level, self._wbits = level, wbits
        self._data = b""
        self._is_done = False

    def compress(self, data, /):
        self._data += _bytes(data)
        return b""

    def flush(self, mode=Z_FINISH, /):
        if mode != Z_FINISH:
            # What is asked for now comes with the rest.
            return b""
        if self._is_done:
            raise error("Error -2 while finishing compression: inconsistent stream state")
        self._is_done = True
        return _wrapped(self._data, self._level, self._wbits)

    def copy(self):
        other = _Compress(self._level, self._wbits)
        other._data, other._is_done = self._data, self._is_done
        return other

    __copy__ = copy

    def __deepcopy__(self, memo):
        return self.copy()


class _Decompress:
    """Compressed data that comes in pieces."""

    def __init__(self, wbits):
        self._wbits = wbits
        self._data = b""
        self._given = 0
        self._ready = b""
        self.unused_data = b""
        self.unconsumed_tail = b""
        self.eof = False

    def decompress(self, data, /, max_length=0):
        if max_length < 0:
            raise ValueError("max_length must be non-negative")
        data = _bytes(data)
        if self.eof:
            self.unused_data += data
            return b""
        if self.unconsumed_tail and data.startswith(self.unconsumed_tail):
            data = data[len(self.unconsumed_tail) :]
        self._data += data
        out, used = _unwrapped(self._data, self._wbits)
        self._ready += out[self._given :]
        self._given = len(out)
        end = max_length or len(self._ready)
        piece, self._ready = self._ready[:end], self._ready[end:]
        # What is held back has no bytes of its own: the last one of the input stands for it.
        self.unconsumed_tail = self._data[-1:] if self._ready else b""
        if used is not None and not self._ready:
            self.eof = True
            self.unused_data = self._data[used:]
            self._data = b""
        return piece

    def flush(self, length=DEF_BUF_SIZE, /):
        if self.eof:
            return b""
        self.unconsumed_tail = b""
        return self.decompress(b"")

    def copy(self):
        other = _Decompress(self._wbits)
        other.__dict__.update(self.__dict__)
        return other

    __copy__ = copy

    def __deepcopy__(self, memo):
        return self.copy()


def compressobj(
    level=-1, method=DEFLATED, wbits=MAX_WBITS, memLevel=DEF_MEM_LEVEL, strategy=Z_DEFAULT_STRATEGY, zdict=None
):
    _no_dictionary(zdict)
    return _Compress(level, wbits)


def decompressobj(wbits=MAX_WBITS, zdict=b""):
    _no_dictionary(zdict)
    return _Decompress(wbits)


def _no_dictionary(zdict):
    if zdict:
        raise NotImplementedError("zlib: dictionaries (zdict) are not simulated: compress without one")
