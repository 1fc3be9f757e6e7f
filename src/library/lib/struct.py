"""Packed binary data. Native sizes and alignment are those of 64-bit Linux."""
import math
import sys

__frameless__ = ("*",)

_NEWER = sys.version_info >= (3, 12)
__all__ = ["calcsize", "pack", "pack_into", "unpack", "unpack_from", "iter_unpack", "Struct", "error"]


class error(Exception):
    __module__ = "struct"


# Sizes: standard, native. Native ones are aligned to their size.
_INTEGERS = {
    "b": (1, 1), "B": (1, 1), "h": (2, 2), "H": (2, 2), "i": (4, 4), "I": (4, 4), "l": (4, 8), "L": (4, 8),
    "q": (8, 8), "Q": (8, 8), "n": (0, 8), "N": (0, 8), "P": (0, 8),
}  # fmt: skip
_FLOATS = {"e": (2, 11, 5), "f": (4, 24, 8), "d": (8, 53, 11)}
_NAMES = {
    "b": "byte", "B": "ubyte", "h": "short", "H": "ushort", "i": "int", "I": "uint", "l": "long", "L": "ulong",
    "q": "int64", "Q": "uint64",
}  # fmt: skip


def _float_to_bits(x, code):
    """The bits of a float in IEEE 754, rounded half to even."""
    size, precision, exponent_bits = _FLOATS[code]
    bias = (1 << exponent_bits - 1) - 1
    sign = 1 if math.copysign(1.0, x) < 0 else 0
    x = abs(x)
    top = sign << size * 8 - 1
    if math.isnan(x):
        return top | (2 * bias + 1) << precision - 1 | 1 << precision - 2
    if math.isinf(x):
        return top | (2 * bias + 1) << precision - 1
    if x == 0.0:
        return top
    mantissa, exponent = math.frexp(x)
    exponent -= 1
    digits = precision - 1 if exponent >= 1 - bias else precision - 1 + exponent - (1 - bias)
    whole = int(math.ldexp(mantissa, 53))
    drop = 52 - digits
    if drop > 54:
        return top
    if drop > 0:
        rest = whole & ((1 << drop) - 1)
        whole >>= drop
        half = 1 << drop - 1
        if rest > half or (rest == half and whole & 1):
            whole += 1
    biased = max(exponent + bias, 0)
    # A mantissa that was rounded up to the next power of two carries into the exponent by itself.
    bits = whole if exponent < 1 - bias else ((biased - 1) << precision - 1) + whole
    if bits >= (2 * bias + 1) << precision - 1:
        raise OverflowError(f"float too large to pack with {code} format")
    return top | bits


def _bits_to_float(bits, code):
    size, precision, exponent_bits = _FLOATS[code]
    bias = (1 << exponent_bits - 1) - 1
    sign = -1.0 if bits >> size * 8 - 1 else 1.0
    exponent = bits >> precision - 1 & (2 * bias + 1)
    mantissa = bits & ((1 << precision - 1) - 1)
    if exponent == 2 * bias + 1:
        return sign * math.inf if mantissa == 0 else math.nan
    if exponent == 0:
        return sign * math.ldexp(float(mantissa), 2 - bias - precision)
    return sign * math.ldexp(float(mantissa | 1 << precision - 1), exponent - bias + 1 - precision)


_parsed = {}


def _parse(format):
    """Byte order, entries (letter, times, size, offset) and size of a format, remembered."""
    if isinstance(format, bytes):
        format = format.decode("ascii")
    elif not isinstance(format, str):
        raise TypeError(f"Struct() argument 1 must be a str or bytes object, not {type(format).__name__}")
    known = _parsed.get(format)
    if known is not None:
        return known
    at = 1 if format[:1] in ("@", "=", "<", ">", "!") and format else 0
    order = format[0] if at else "@"
    native = order == "@"
    entries = []
    offset = 0
    n = len(format)
    while at < n:
        c = format[at]
        at += 1
        if c.isspace():
            continue
        times = 1
        if c.isdigit():
            digits = c
            while at < n and format[at].isdigit():
                digits += format[at]
                at += 1
            if at == n:
                raise error("repeat count given without format specifier")
            times = int(digits)
            c = format[at]
            at += 1
        if c in "xcsp?":
            size = 1
        elif c in _FLOATS:
            size = _FLOATS[c][0]
        elif c in _INTEGERS and _INTEGERS[c][native]:
            size = _INTEGERS[c][native]
        else:
            raise error("bad char in struct format")
        if native:
            offset = -(-offset // size) * size
        if c in "sp":
            entries.append((c, 1, times, offset))
        elif times:
            entries.append((c, times, size, offset))
        offset += times * size
    known = _parsed[format] = ("big" if order in ">!" else "little", entries, offset)
    return known


def calcsize(format):
    return _parse(format)[2]


def _n_values(entries):
    return sum([times for c, times, _, _ in entries if c != "x"])


def _pack_integer(c, size, value, order, native):
    if not isinstance(value, int):
        index = getattr(type(value), "__index__", None)
        if index is None:
            raise error("required argument is not an integer")
        value = index(value)
    signed = c in "bhilqn"
    low, high = (-(1 << size * 8 - 1), (1 << size * 8 - 1) - 1) if signed else (0, (1 << size * 8) - 1)
    if not low <= value <= high:
        shown = f"'{c}'" if not native or size > 2 else _NAMES[c]
        if _NEWER:
            shown = f"'{c}'"
        elif c in "bB" and -(1 << 63) <= value < 1 << 63:
            shown = _NAMES[c]
        elif native and size == 8:
            raise error("argument out of range")
        # What does not fit into a C long of this sign fails before the format is looked at.
        elif not (-(1 << 63) <= value < 1 << 63 if signed or (native and size == 2) else 0 <= value < 1 << 64):
            raise error("argument out of range")
        raise error(f"{shown} format requires {low} <= number <= {high}")
    return value.to_bytes(size, order, signed=signed)


def _pack(format, values, name):
    order, entries, size = _parse(format)
    needed = _n_values(entries)
    if len(values) != needed:
        raise error(f"{name} expected {needed} items for packing (got {len(values)})")
    native = not format or format[:1] not in ("=", "<", ">", "!") and format[:1] not in (b"=", b"<", b">", b"!")
    out = bytearray(size)
    i = 0
    for c, times, width, offset in entries:
        if c == "x":
            continue
        for _ in range(times):
            value = values[i]
            i += 1
            if c == "s" or c == "p":
                if not isinstance(value, (bytes, bytearray)):
                    raise error(f"argument for '{c}' must be a bytes object")
                if c == "p" and width:
                    data = bytes(value)[: min(width - 1, 255)]
                    data = bytes([len(data)]) + data
                else:
                    data = bytes(value)[:width]
                out[offset : offset + len(data)] = data
            else:
                if c == "c":
                    if not isinstance(value, (bytes, bytearray)) or len(value) != 1:
                        raise error("char format requires a bytes object of length 1")
                    data = value
                elif c == "?":
                    data = b"\1" if value else b"\0"
                elif c in _FLOATS:
                    try:
                        value = float(value) if not isinstance(value, str) else None
                    except TypeError:
                        value = None
                    if value is None:
                        raise error("required argument is not a float")
                    try:
                        bits = _float_to_bits(value, c)
                    except OverflowError:
                        if c != "f" or not native:
                            raise
                        # A C compiler makes it infinite.
                        bits = _float_to_bits(math.copysign(math.inf, value), c)
                    data = bits.to_bytes(width, order)
                else:
                    data = _pack_integer(c, width, value, order, native)
                out[offset : offset + width] = data
            offset += width
    return bytes(out)


def _unpack(format, data):
    order, entries, _ = _parse(format)
    values = []
    for c, times, width, offset in entries:
        if c == "x":
            continue
        for _ in range(times):
            piece = data[offset : offset + width]
            if c == "s" or c == "c":
                values.append(piece)
            elif c == "p":
                values.append(piece[1 : 1 + piece[0]] if piece else b"")
            elif c == "?":
                values.append(piece != b"\0")
            elif c in _FLOATS:
                values.append(_bits_to_float(int.from_bytes(piece, order), c))
            else:
                values.append(int.from_bytes(piece, order, signed=c in "bhilqn"))
            offset += width
    return tuple(values)


def pack(format, *values):
    return _pack(format, values, "pack")


def pack_into(format, buffer, offset, *values):
    needed = _n_values(_parse(format)[1])
    if len(values) != needed:
        raise error(f"pack_into expected {needed} items for packing (got {len(values)})")
    data = _pack(format, values, "pack_into")
    offset = _checked_offset("pack_into", "packing", len(data), buffer, offset)
    buffer[offset : offset + len(data)] = data


def _checked_offset(name, what, size, buffer, offset):
    if offset < 0:
        if offset + size > 0:
            place = "no space to pack" if what == "packing" else "not enough data to unpack"
            raise error(f"{place} {size} bytes at offset {offset}")
        if offset + len(buffer) < 0:
            raise error(f"offset {offset} out of range for {len(buffer)}-byte buffer")
        offset += len(buffer)
    if len(buffer) - offset < size:
        raise error(
            f"{name} requires a buffer of at least {size + offset} bytes for {what} {size} bytes at offset {offset} "
            f"(actual buffer size is {len(buffer)})"
        )
    return offset


def unpack(format, buffer):
    size = calcsize(format)
    data = bytes(buffer)
    if len(data) != size:
        raise error(f"unpack requires a buffer of {size} bytes")
    return _unpack(format, data)


def unpack_from(format, /, buffer, offset=0):
    size = calcsize(format)
    offset = _checked_offset("unpack_from", "unpacking", size, buffer, offset)
    return _unpack(format, bytes(buffer[offset : offset + size]))


def iter_unpack(format, buffer):
    size = calcsize(format)
    if size == 0:
        raise error("cannot iteratively unpack with a struct of length 0")
    if len(buffer) % size:
        raise error(f"iterative unpacking requires a buffer of a multiple of {size} bytes")
    data = bytes(buffer)
    return iter([_unpack(format, data[at : at + size]) for at in range(0, len(data), size)])


class Struct:
    """A format with its functions as methods."""

    def __init__(self, format):
        self.size = calcsize(format)
        self.format = format if isinstance(format, str) else format.decode("ascii")

    def pack(self, *values):
        return _pack(self.format, values, "pack")

    def pack_into(self, buffer, offset, *values):
        pack_into(self.format, buffer, offset, *values)

    def unpack(self, buffer):
        return unpack(self.format, buffer)

    def unpack_from(self, buffer, offset=0):
        return unpack_from(self.format, buffer, offset)

    def iter_unpack(self, buffer):
        return iter_unpack(self.format, buffer)
