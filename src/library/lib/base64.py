"""Bytes as text in 64, 32 or 16 letters."""
import _cost

_STANDARD = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_BASE32 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def _error(text):
    import binascii

    return binascii.Error(text)


def _bytes(s):
    if isinstance(s, str):
        try:
            return s.encode("ascii")
        except UnicodeEncodeError:
            raise ValueError("string argument should contain only ASCII characters") from None
    return bytes(s)


def b64encode(s, altchars=None):
    if isinstance(s, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    s = bytes(s)
    _cost.charge("base64.kib", len(s) // 1024 + 1)
    alphabet = _STANDARD if altchars is None else _STANDARD[:62] + bytes(altchars)
    out = bytearray()
    whole = len(s) - len(s) % 3
    for i in range(0, whole, 3):
        n = s[i] << 16 | s[i + 1] << 8 | s[i + 2]
        out += bytes((alphabet[n >> 18], alphabet[n >> 12 & 63], alphabet[n >> 6 & 63], alphabet[n & 63]))
    rest = s[whole:]
    if len(rest) == 1:
        n = rest[0] << 4
        out += bytes((alphabet[n >> 6], alphabet[n & 63])) + b"=="
    elif rest:
        n = (rest[0] << 8 | rest[1]) << 2
        out += bytes((alphabet[n >> 12], alphabet[n >> 6 & 63], alphabet[n & 63])) + b"="
    return bytes(out)


def b64decode(s, altchars=None, validate=False):
    s = _bytes(s)
    _cost.charge("base64.kib", len(s) // 1024 + 1)
    alphabet = _STANDARD if altchars is None else _STANDARD[:62] + _bytes(altchars)
    values = {letter: i for i, letter in enumerate(alphabet)}
    out = bytearray()
    n = count = pads = 0
    for letter in s:
        if letter == 61:
            pads += 1
            if count >= 2 and count + pads >= 4:
                break
            continue
        value = values.get(letter)
        if value is None:
            if validate:
                raise _error("Only base64 data is allowed")
            continue
        pads = 0
        n = n << 6 | value
        count += 1
        if count == 4:
            out += n.to_bytes(3, "big")
            n = count = 0
    if count == 1:
        letters = len(out) // 3 * 4 + 1
        raise _error(
            f"Invalid base64-encoded string: number of data characters ({letters}) cannot be 1 more than a multiple of 4"
        )
    if count:
        if count + pads < 4:
            raise _error("Incorrect padding")
        out += (n << 6 * (4 - count)).to_bytes(3, "big")[: count - 1]
    return bytes(out)


standard_b64encode = b64encode
standard_b64decode = b64decode


def urlsafe_b64encode(s):
    return b64encode(s, b"-_")


def urlsafe_b64decode(s):
    return b64decode(s, b"-_")


def b32encode(s):
    s = bytes(s)
    out = bytearray()
    for i in range(0, len(s), 5):
        chunk = s[i : i + 5]
        n = int.from_bytes(chunk + bytes(5 - len(chunk)), "big")
        letters = bytes([_BASE32[n >> shift & 31] for shift in range(35, -1, -5)])
        used = (len(chunk) * 8 + 4) // 5
        out += letters[:used] + b"=" * (8 - used)
    return bytes(out)


def b16encode(s):
    return bytes(s).hex().upper().encode("ascii")


def b16decode(s, casefold=False):
    s = _bytes(s)
    if casefold:
        s = s.upper()
    if any(c not in b"0123456789ABCDEF" for c in s):
        raise _error("Non-base16 digit found")
    return bytes.fromhex(s.decode("ascii"))


def encodebytes(s):
    return b"".join([b64encode(s[i : i + 57]) + b"\n" for i in range(0, len(s), 57)])


decodebytes = b64decode
