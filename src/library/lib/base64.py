"""Bytes as text in 64, 32 or 16 letters."""
import _cost

_STANDARD = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_BASE32 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_BASE32_HEX = b"0123456789ABCDEFGHIJKLMNOPQRSTUV"


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
    return _b32encode(s, _BASE32)


def b32hexencode(s):
    return _b32encode(s, _BASE32_HEX)


def _b32encode(s, alphabet):
    s = bytes(s)
    out = bytearray()
    for i in range(0, len(s), 5):
        chunk = s[i : i + 5]
        n = int.from_bytes(chunk + bytes(5 - len(chunk)), "big")
        letters = bytes([alphabet[n >> shift & 31] for shift in range(35, -1, -5)])
        used = (len(chunk) * 8 + 4) // 5
        out += letters[:used] + b"=" * (8 - used)
    return bytes(out)


def b32decode(s, casefold=False, map01=None):
    return _b32decode(s, casefold, map01, _BASE32)


def b32hexdecode(s, casefold=False):
    return _b32decode(s, casefold, None, _BASE32_HEX)


def _b32decode(s, casefold, map01, alphabet):
    s = _bytes(s)
    if len(s) % 8:
        raise _error("Incorrect padding")
    if map01 is not None:
        s = s.replace(b"0", b"O").replace(b"1", _bytes(map01))
    if casefold:
        s = s.upper()
    letters = s.rstrip(b"=")
    pads = len(s) - len(letters)
    values = {letter: i for i, letter in enumerate(alphabet)}
    out = bytearray()
    for at in range(0, len(letters), 8):
        n = 0
        for letter in letters[at : at + 8].ljust(8, alphabet[:1]):
            if letter not in values:
                raise _error("Non-base32 digit found")
            n = n << 5 | values[letter]
        out += n.to_bytes(5, "big")
    if pads not in (0, 1, 3, 4, 6):
        raise _error("Incorrect padding")
    return bytes(out[: len(out) - {0: 0, 1: 1, 3: 2, 4: 3, 6: 4}[pads]])


_BASE85 = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~"
_ASCII85 = bytes(range(33, 118))


def _encode85(data, alphabet, pad, fold):
    """Groups of four bytes as five letters; `fold` are letters for groups that are written shorter."""
    missing = -len(data) % 4
    data += bytes(missing)
    out = []
    for at in range(0, len(data), 4):
        n = int.from_bytes(data[at : at + 4], "big")
        if n in fold and (at + 4 < len(data) or not missing):
            out.append(fold[n])
            continue
        letters = bytearray(5)
        for i in range(4, -1, -1):
            n, rest = divmod(n, 85)
            letters[i] = alphabet[rest]
        out.append(bytes(letters))
    if missing and not pad:
        out[-1] = out[-1][:-missing]
    return b"".join(out)


def b85encode(b, pad=False):
    return _encode85(bytes(b), _BASE85, pad, {})


def a85encode(b, *, foldspaces=False, wrapcol=0, pad=False, adobe=False):
    fold = {0: b"z", 0x20202020: b"y"} if foldspaces else {0: b"z"}
    result = _encode85(bytes(b), _ASCII85, pad, fold)
    if adobe:
        result = b"<~" + result
    if wrapcol:
        wrapcol = max(2 if adobe else 1, wrapcol)
        chunks = [result[at : at + wrapcol] for at in range(0, len(result), wrapcol)]
        if adobe and len(chunks[-1]) + 2 > wrapcol:
            chunks.append(b"")
        result = b"\n".join(chunks)
    return result + b"~>" if adobe else result


def b85decode(b):
    b = _bytes(b)
    values = {letter: i for i, letter in enumerate(_BASE85)}
    missing = -len(b) % 5
    b += b"~" * missing
    out = bytearray()
    for at in range(0, len(b), 5):
        n = 0
        for i, letter in enumerate(b[at : at + 5]):
            if letter not in values:
                raise ValueError(f"bad base85 character at position {at + i}")
            n = n * 85 + values[letter]
        if n >> 32:
            raise ValueError(f"base85 overflow in hunk starting at byte {at}")
        out += n.to_bytes(4, "big")
    return bytes(out[: len(out) - missing])


def a85decode(b, *, foldspaces=False, adobe=False, ignorechars=b" \t\n\r\v"):
    b = _bytes(b)
    if adobe:
        if not b.endswith(b"~>"):
            raise ValueError("Ascii85 encoded byte sequences must end with b'~>'")
        b = b[2:-2] if b.startswith(b"<~") else b[:-2]
    out = bytearray()
    group = []
    for letter in b + b"u" * 4:
        if 33 <= letter <= 117:
            group.append(letter - 33)
            if len(group) == 5:
                n = 0
                for digit in group:
                    n = n * 85 + digit
                if n >> 32:
                    raise ValueError("Ascii85 overflow")
                out += n.to_bytes(4, "big")
                group = []
        elif letter == 122:
            if group:
                raise ValueError("z inside Ascii85 5-tuple")
            out += bytes(4)
        elif foldspaces and letter == 121:
            if group:
                raise ValueError("y inside Ascii85 5-tuple")
            out += b"    "
        elif letter not in ignorechars:
            raise ValueError(f"Non-Ascii85 digit found: {chr(letter)}")
    extra = 4 - len(group)
    return bytes(out[: len(out) - extra])


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
