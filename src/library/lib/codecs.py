"""Encodings by name, and files that are read through them."""
BOM_UTF8 = b"\xef\xbb\xbf"
BOM_LE = BOM_UTF16_LE = BOM_UTF16 = b"\xff\xfe"
BOM_BE = BOM_UTF16_BE = b"\xfe\xff"


class CodecInfo(tuple):
    def __new__(cls, encode, decode, name):
        made = tuple.__new__(cls, (encode, decode, None, None))
        made.encode, made.decode, made.name = encode, decode, name
        return made

    def __repr__(self):
        return f"<codecs.CodecInfo object for encoding {self.name} at {id(self):#x}>"


def lookup(encoding):
    b"".decode(encoding)

    def encode_(text, errors="strict"):
        return text.encode(encoding, errors), len(text)

    def decode_(data, errors="strict"):
        return bytes(data).decode(encoding, errors), len(data)

    name = encoding.lower().replace("_", "-").replace("utf8", "utf-8").replace("latin-1", "iso8859-1")
    return CodecInfo(encode_, decode_, name)


def encode(obj, encoding="utf-8", errors="strict"):
    if encoding.replace("-", "_").lower() in ("rot13", "rot_13"):
        return "".join(map(_rot13, obj))
    if encoding == "hex":
        return bytes(obj).hex().encode()
    if encoding == "base64":
        from base64 import encodebytes

        return encodebytes(obj)
    return obj.encode(encoding, errors)


def decode(obj, encoding="utf-8", errors="strict"):
    if encoding.replace("-", "_").lower() in ("rot13", "rot_13"):
        return "".join(map(_rot13, obj))
    if encoding == "hex":
        return bytes.fromhex(obj.decode())
    if encoding == "base64":
        from base64 import decodebytes

        return decodebytes(obj)
    return bytes(obj).decode(encoding, errors)


def _rot13(char):
    for first in "aA":
        if char.isascii() and first <= char <= chr(ord(first) + 25):
            return chr((ord(char) - ord(first) + 13) % 26 + ord(first))
    return char


def getencoder(encoding):
    return lookup(encoding).encode


def getdecoder(encoding):
    return lookup(encoding).decode


def open(filename, mode="r", encoding=None, errors="strict", buffering=-1):
    from io import open as open_file

    return open_file(filename, mode, encoding=encoding, errors=errors if encoding else None, newline="" if encoding else None)
