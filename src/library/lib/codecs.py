"""Encodings by name, as functions, as objects that take a text in pieces, and over files.

The encodings themselves are those of `str.encode`; some that go from bytes to bytes or from text to text are here.
"""
import builtins

BOM_UTF8 = b"\xef\xbb\xbf"
BOM_UTF16_LE = BOM_LE = BOM_UTF16 = BOM = b"\xff\xfe"
BOM_UTF16_BE = BOM_BE = b"\xfe\xff"
BOM_UTF32_LE = BOM_UTF32 = b"\xff\xfe\x00\x00"
BOM_UTF32_BE = b"\x00\x00\xfe\xff"
BOM32_LE, BOM32_BE, BOM64_LE, BOM64_BE = BOM_UTF16_LE, BOM_UTF16_BE, BOM_UTF32_LE, BOM_UTF32_BE


class CodecInfo(tuple):
    """What makes up a codec: four callables, and more by name."""

    def __new__(
        cls,
        encode,
        decode,
        streamreader=None,
        streamwriter=None,
        incrementalencoder=None,
        incrementaldecoder=None,
        name=None,
        *,
        _is_text_encoding=None,
    ):
        self = tuple.__new__(cls, (encode, decode, streamreader, streamwriter))
        self.name = name
        self.encode = encode
        self.decode = decode
        self.incrementalencoder = incrementalencoder
        self.incrementaldecoder = incrementaldecoder
        self.streamreader = streamreader
        self.streamwriter = streamwriter
        if _is_text_encoding is not None:
            self._is_text_encoding = _is_text_encoding
        return self

    _is_text_encoding = True

    def __repr__(self):
        return f"<codecs.CodecInfo object for encoding {self.name} at {id(self):#x}>"


class Codec:
    """The base of codecs that programs write."""

    def encode(self, input, errors="strict"):
        raise NotImplementedError

    def decode(self, input, errors="strict"):
        raise NotImplementedError


class IncrementalEncoder:
    """Encodes a text that comes in pieces."""

    def __init__(self, errors="strict"):
        self.errors = errors
        self.buffer = ""

    def encode(self, input, final=False):
        raise NotImplementedError

    def reset(self):
        pass

    def getstate(self):
        return 0

    def setstate(self, state):
        pass


class BufferedIncrementalEncoder(IncrementalEncoder):
    """Keeps what cannot be encoded yet."""

    def _buffer_encode(self, input, errors, final):
        raise NotImplementedError

    def encode(self, input, final=False):
        data = self.buffer + input
        result, used = self._buffer_encode(data, self.errors, final)
        self.buffer = data[used:]
        return result

    def reset(self):
        self.buffer = ""

    def getstate(self):
        return self.buffer or 0

    def setstate(self, state):
        self.buffer = state or ""


class IncrementalDecoder:
    """Decodes bytes that come in pieces."""

    def __init__(self, errors="strict"):
        self.errors = errors

    def decode(self, input, final=False):
        raise NotImplementedError

    def reset(self):
        pass

    def getstate(self):
        return b"", 0

    def setstate(self, state):
        pass


class BufferedIncrementalDecoder(IncrementalDecoder):
    """Keeps the bytes of a character whose rest has not come yet."""

    def __init__(self, errors="strict"):
        self.errors = errors
        self.buffer = b""

    def _buffer_decode(self, input, errors, final):
        raise NotImplementedError

    def decode(self, input, final=False):
        data = self.buffer + bytes(input)
        result, used = self._buffer_decode(data, self.errors, final)
        self.buffer = data[used:]
        return result

    def reset(self):
        self.buffer = b""

    def getstate(self):
        return self.buffer, 0

    def setstate(self, state):
        self.buffer = state[0]


class StreamWriter(Codec):
    """Writes text to a file of bytes."""

    def __init__(self, stream, errors="strict"):
        self.stream = stream
        self.errors = errors

    def write(self, object):
        self.stream.write(self.encode(object, self.errors)[0])

    def writelines(self, list):
        self.write("".join(list))

    def reset(self):
        pass

    def seek(self, offset, whence=0):
        self.stream.seek(offset, whence)

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.stream.close()


class StreamReader(Codec):
    """Reads text from a file of bytes."""

    def __init__(self, stream, errors="strict"):
        self.stream = stream
        self.errors = errors
        self._ahead = ""
        self._tail = b""

    def _take(self, size=-1):
        data = self.stream.read() if size < 0 else self.stream.read(size)
        text, used = self.decode(self._tail + data, self.errors)
        self._tail = (self._tail + data)[used:]
        self._ahead += text
        return bool(data)

    def read(self, size=-1, chars=-1, firstline=False):
        if chars < 0 and size < 0:
            self._take()
            chars = len(self._ahead)
        elif chars < 0:
            self._take(size)
            chars = len(self._ahead)
        else:
            while len(self._ahead) < chars and self._take(72):
                pass
        text, self._ahead = self._ahead[:chars], self._ahead[chars:]
        return text

    def readline(self, size=None, keepends=True):
        while "\n" not in self._ahead and self._take(72):
            pass
        lines = self._ahead.splitlines(True)
        line = lines[0] if lines else ""
        self._ahead = self._ahead[len(line) :]
        return line if keepends else line.splitlines()[0] if line else ""

    def readlines(self, sizehint=None, keepends=True):
        return self.read().splitlines(keepends)

    def __next__(self):
        line = self.readline()
        if line:
            return line
        raise StopIteration

    def __iter__(self):
        return self

    def reset(self):
        self._ahead = ""
        self._tail = b""

    def seek(self, offset, whence=0):
        self.stream.seek(offset, whence)
        self.reset()

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.stream.close()


class StreamReaderWriter:
    """A file of bytes as one of text, in both directions."""

    encoding = "unknown"

    def __init__(self, stream, Reader, Writer, errors="strict"):
        self.stream = stream
        self.reader = Reader(stream, errors)
        self.writer = Writer(stream, errors)
        self.errors = errors

    def read(self, size=-1):
        return self.reader.read(size)

    def readline(self, size=None):
        return self.reader.readline(size)

    def readlines(self, sizehint=None):
        return self.reader.readlines(sizehint)

    def __next__(self):
        return next(self.reader)

    def __iter__(self):
        return self

    def write(self, data):
        return self.writer.write(data)

    def writelines(self, list):
        return self.writer.writelines(list)

    def reset(self):
        self.reader.reset()
        self.writer.reset()

    def seek(self, offset, whence=0):
        self.stream.seek(offset, whence)
        self.reader.reset()

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.stream.close()


def _rotated(text):
    return "".join(
        chr((ord(c) - base + 13) % 26 + base)
        if (base := 65 if "A" <= c <= "Z" else 97 if "a" <= c <= "z" else 0)
        else c
        for c in text
    )


def _hex(data):
    from binascii import hexlify, unhexlify

    return hexlify, unhexlify


def _base64(data):
    from base64 import decodebytes, encodebytes

    return encodebytes, decodebytes


def _zlib(data):
    from zlib import compress, decompress

    return compress, decompress


# Codecs that are no encodings of text: what gives their two functions.
_TRANSFORMS = {
    "rot13": lambda data: (_rotated, _rotated),
    "hex": _hex,
    "base64": _base64,
    "zlib": _zlib,
}
_TRANSFORM_NAMES = {"rot_13": "rot13", "hex_codec": "hex", "base64_codec": "base64", "base_64": "base64"}
_TRANSFORM_NAMES |= {"zlib_codec": "zlib", "zip": "zlib"}

# What encodings are called, where that is not what they were asked for as.
_NAMES = {
    "utf": "utf-8",
    "utf8": "utf-8",
    "u8": "utf-8",
    "cp65001": "utf-8",
    "us-ascii": "ascii",
    "646": "ascii",
    "latin-1": "iso8859-1",
    "latin1": "iso8859-1",
    "latin": "iso8859-1",
    "iso-8859-1": "iso8859-1",
    "8859": "iso8859-1",
    "cp819": "iso8859-1",
    "l1": "iso8859-1",
    "utf16": "utf-16",
    "u16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "utf32": "utf-32",
    "u32": "utf-32",
    "utf-32le": "utf-32-le",
    "utf-32be": "utf-32-be",
}

_search_functions = []
_known = {}


def register(search_function, /):
    if not callable(search_function):
        raise TypeError("argument must be callable")
    _search_functions.append(search_function)


def unregister(search_function, /):
    if search_function in _search_functions:
        _search_functions.remove(search_function)
        _known.clear()


def lookup(encoding, /):
    plain = encoding.lower().replace(" ", "_")
    info = _known.get(plain)
    if info is None:
        info = _found(encoding, plain)
        _known[plain] = info
    return info


def _found(encoding, plain):
    transform = plain.replace("-", "_")
    transform = _TRANSFORM_NAMES.get(transform, transform)
    if transform in _TRANSFORMS:
        return _transform_info(transform)
    try:
        "".encode(plain)
    except LookupError:
        for search in _search_functions:
            info = search(plain.replace("-", "_"))
            if info is not None:
                return info
        raise LookupError(f"unknown encoding: {encoding}") from None
    plain = plain.replace("_", "-")
    return _text_info(_NAMES.get(plain, plain))


def _text_info(name):
    def encode(input, errors="strict"):
        return input.encode(name, errors), len(input)

    def decode(input, errors="strict"):
        data = bytes(input)
        return data.decode(name, errors), len(data)

    def partial(data, errors, final):
        """Decodes what is whole."""
        data = bytes(data)
        if final:
            return decode(data, errors)
        try:
            return data.decode(name, errors if errors == "strict" else "strict"), len(data)
        except UnicodeDecodeError as exc:
            # The rest of the last character may come yet.
            if exc.reason not in ("unexpected end of data", "truncated data"):
                if errors == "strict":
                    raise
                end = len(data)
                while end and data[end - 1] & 0xC0 == 0x80 and len(data) - end < 3:
                    end -= 1
                return data[:end].decode(name, errors), end
            return data[: exc.start].decode(name, errors), exc.start

    class Encoder(IncrementalEncoder):
        def __init__(self, errors="strict"):
            IncrementalEncoder.__init__(self, errors)
            self._started = False

        def encode(self, input, final=False):
            data = input.encode(name, self.errors)
            if self._started and name in ("utf-16", "utf-32", "utf-8-sig"):
                # The byte order mark stands at the beginning alone.
                data = data[len("".encode(name)) :]
            self._started = True
            return data

        def reset(self):
            self._started = False

    class Decoder(BufferedIncrementalDecoder):
        def _buffer_decode(self, input, errors, final):
            return partial(input, errors, final)

    class Writer(StreamWriter):
        def encode(self, input, errors="strict"):
            return encode(input, errors)

    class Reader(StreamReader):
        def decode(self, input, errors="strict"):
            return partial(input, errors, False)

    return CodecInfo(encode, decode, Reader, Writer, Encoder, Decoder, name)


def _transform_info(name):
    def encode(input, errors="strict"):
        return _TRANSFORMS[name](input)[0](input), len(input)

    def decode(input, errors="strict"):
        return _TRANSFORMS[name](input)[1](input), len(input)

    class Encoder(IncrementalEncoder):
        def encode(self, input, final=False):
            return encode(input, self.errors)[0]

    class Decoder(IncrementalDecoder):
        def decode(self, input, final=False):
            return decode(input, self.errors)[0]

    return CodecInfo(encode, decode, StreamReader, StreamWriter, Encoder, Decoder, name, _is_text_encoding=False)


def encode(obj, encoding="utf-8", errors="strict"):
    return lookup(encoding).encode(obj, errors)[0]


def decode(obj, encoding="utf-8", errors="strict"):
    return lookup(encoding).decode(obj, errors)[0]


def getencoder(encoding):
    return lookup(encoding).encode


def getdecoder(encoding):
    return lookup(encoding).decode


def getincrementalencoder(encoding):
    encoder = lookup(encoding).incrementalencoder
    if encoder is None:
        raise LookupError(encoding)
    return encoder


def getincrementaldecoder(encoding):
    decoder = lookup(encoding).incrementaldecoder
    if decoder is None:
        raise LookupError(encoding)
    return decoder


def getreader(encoding):
    return lookup(encoding).streamreader


def getwriter(encoding):
    return lookup(encoding).streamwriter


def iterencode(iterator, encoding, errors="strict", **kwargs):
    encoder = getincrementalencoder(encoding)(errors, **kwargs)
    for input in iterator:
        if output := encoder.encode(input):
            yield output
    if output := encoder.encode("", True):
        yield output


def iterdecode(iterator, encoding, errors="strict", **kwargs):
    decoder = getincrementaldecoder(encoding)(errors, **kwargs)
    for input in iterator:
        if output := decoder.decode(input):
            yield output
    if output := decoder.decode(b"", True):
        yield output


def open(filename, mode="r", encoding=None, errors="strict", buffering=-1):
    if encoding is not None and "b" not in mode:
        mode += "b"
    file = builtins.open(filename, mode, buffering)
    if encoding is None:
        return file
    info = lookup(encoding)
    stream = StreamReaderWriter(file, info.streamreader, info.streamwriter, errors)
    stream.encoding = encoding
    return stream


def EncodedFile(file, data_encoding, file_encoding=None, errors="strict"):
    raise NotImplementedError("codecs.EncodedFile() is not simulated: use codecs.getreader() and codecs.getwriter()")


def utf_8_encode(text, errors="strict", /):
    return text.encode("utf-8", errors or "strict"), len(text)


def utf_8_decode(data, errors="strict", final=False, /):
    return lookup("utf-8").decode(data, errors or "strict")


def latin_1_encode(text, errors="strict", /):
    return text.encode("latin-1", errors or "strict"), len(text)


def latin_1_decode(data, errors="strict", /):
    return bytes(data).decode("latin-1"), len(data)


def ascii_encode(text, errors="strict", /):
    return text.encode("ascii", errors or "strict"), len(text)


def ascii_decode(data, errors="strict", /):
    return bytes(data).decode("ascii", errors or "strict"), len(data)


def strict_errors(exception, /):
    if isinstance(exception, Exception):
        raise exception
    raise TypeError("codec must pass exception instance")


def ignore_errors(exception, /):
    return "", exception.end


def replace_errors(exception, /):
    if isinstance(exception, UnicodeEncodeError):
        return "?" * (exception.end - exception.start), exception.end
    return "\ufffd", exception.end


def backslashreplace_errors(exception, /):
    part = exception.object[exception.start : exception.end]
    if isinstance(exception, UnicodeDecodeError):
        return "".join(f"\\x{byte:02x}" for byte in part), exception.end
    return part.encode("ascii", "backslashreplace").decode(), exception.end


def xmlcharrefreplace_errors(exception, /):
    part = exception.object[exception.start : exception.end]
    return "".join(f"&#{ord(c)};" for c in part), exception.end


_handlers = {
    "strict": strict_errors,
    "ignore": ignore_errors,
    "replace": replace_errors,
    "backslashreplace": backslashreplace_errors,
    "xmlcharrefreplace": xmlcharrefreplace_errors,
}


def lookup_error(name, /):
    try:
        return _handlers[name]
    except KeyError:
        raise LookupError(f"unknown error handler name '{name}'") from None


def register_error(errors, handler, /):
    raise NotImplementedError(
        f"codecs.register_error() is not simulated: use one of {', '.join(_handlers)}, or replace characters beforehand"
    )
