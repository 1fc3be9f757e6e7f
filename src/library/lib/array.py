"""Arrays of numbers of one type."""
import struct
from collections.abc import MutableSequence

__frameless__ = ("*",)

typecodes = "bBuhHiIlLqQfd"
_SIZES = {code: struct.calcsize(code) for code in "bBhHiIlLqQfd"} | {"u": 4}


class array(MutableSequence):
    __module__ = "array"
    _is_static = True
    __slots__ = ("typecode", "itemsize", "_items")

    def __init__(self, typecode, initializer=(), /):
        if not isinstance(typecode, str) or len(typecode) != 1:
            what = "str" if isinstance(typecode, str) else type(typecode).__name__
            raise TypeError(f"array() argument 1 must be a unicode character, not {what}")
        if typecode not in _SIZES:
            raise ValueError("bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)")
        self.typecode = typecode
        self.itemsize = _SIZES[typecode]
        self._items = []
        if isinstance(initializer, str):
            if typecode != "u":
                raise TypeError(f"cannot use a str to initialize an array with typecode '{typecode}'")
            self._items.extend(initializer)
        elif isinstance(initializer, (bytes, bytearray)):
            self.frombytes(initializer)
        else:
            self.extend(initializer)

    def _checked(self, value):
        code = self.typecode
        if code == "u":
            if not isinstance(value, str):
                raise TypeError(f"must be a unicode character, not {type(value).__name__}")
            if len(value) != 1:
                raise TypeError("array item must be a unicode character")
            return value
        if code in "fd":
            if not isinstance(value, (int, float)) and not hasattr(type(value), "__float__"):
                raise TypeError(f"must be real number, not {type(value).__name__}")
            value = float(value)
            return struct.unpack("f", struct.pack("f", value))[0] if code == "f" else value
        if not isinstance(value, int):
            if not hasattr(type(value), "__index__"):
                raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
            value = value.__index__()
        bits = 8 * self.itemsize
        low, high = (-(1 << bits - 1), (1 << bits - 1) - 1) if code.islower() else (0, (1 << bits) - 1)
        if not low <= value <= high:
            raise OverflowError(_range_error(code, value < low))
        return int(value)

    def _same(self, other):
        if not isinstance(other, array):
            raise TypeError(f'can only append array (not "{type(other).__name__}") to array')
        if other.typecode != self.typecode:
            raise TypeError("bad argument type for built-in operation")
        return other._items

    def _made(self, items):
        made = array(self.typecode)
        made._items = items
        return made

    def __len__(self):
        return len(self._items)

    def _at(self, i):
        if not hasattr(type(i), "__index__"):
            raise TypeError("array indices must be integers")
        return i

    def __getitem__(self, i):
        if isinstance(i, slice):
            return self._made(self._items[i])
        try:
            return self._items[self._at(i)]
        except IndexError:
            raise IndexError("array index out of range") from None

    def __setitem__(self, i, value):
        if isinstance(i, slice):
            if not isinstance(value, array):
                raise TypeError(f'can only assign array (not "{type(value).__name__}") to array slice')
            self._items[i] = self._same(value)
            return
        value = self._checked(value)
        try:
            self._items[self._at(i)] = value
        except IndexError:
            raise IndexError("array assignment index out of range") from None

    def __delitem__(self, i):
        try:
            del self._items[i]
        except IndexError:
            raise IndexError("array assignment index out of range") from None

    def __iter__(self):
        return iter(self._items)

    def __contains__(self, value):
        return value in self._items

    def __reversed__(self):
        return reversed(self._items)

    def append(self, value):
        self._items.append(self._checked(value))

    def insert(self, i, value):
        self._items.insert(i, self._checked(value))

    def extend(self, values):
        if isinstance(values, array):
            if values.typecode != self.typecode:
                raise TypeError("can only extend with array of same kind")
            self._items += values._items
        else:
            for value in values:
                self.append(value)

    def pop(self, i=-1):
        if not self._items:
            raise IndexError("pop from empty array")
        try:
            return self._items.pop(i)
        except IndexError:
            raise IndexError("pop index out of range") from None

    def remove(self, value):
        try:
            self._items.remove(value)
        except ValueError:
            raise ValueError("array.remove(x): x not in array") from None

    def index(self, value, *bounds):
        try:
            return self._items.index(value, *bounds)
        except ValueError:
            raise ValueError("array.index(x): x not in array") from None

    def count(self, value):
        return self._items.count(value)

    def reverse(self):
        self._items.reverse()

    def tolist(self):
        return list(self._items)

    def fromlist(self, values):
        if not isinstance(values, list):
            raise TypeError("arg must be list")
        self._items += [self._checked(value) for value in values]

    def tobytes(self):
        if self.typecode == "u":
            return "".join(self._items).encode("utf-32-le")
        return struct.pack(f"{len(self._items)}{self.typecode}", *self._items)

    def frombytes(self, data):
        data = bytes(data)
        if len(data) % self.itemsize:
            raise ValueError("bytes length not a multiple of item size")
        self._items += struct.unpack(f"{len(data) // self.itemsize}{self.typecode}", data)

    def tounicode(self):
        if self.typecode != "u":
            raise ValueError("tounicode() may only be called on unicode type arrays")
        return "".join(self._items)

    def fromunicode(self, text):
        if self.typecode != "u":
            raise ValueError("fromunicode() may only be called on unicode type arrays")
        self._items.extend(text)

    def byteswap(self):
        if self.itemsize > 1:
            data = self.tobytes()
            n = self.itemsize
            swapped = b"".join([data[at : at + n][::-1] for at in range(0, len(data), n)])
            self._items = []
            self.frombytes(swapped)

    def buffer_info(self):
        return id(self._items), len(self._items)

    def __add__(self, other):
        return self._made(self._items + self._same(other))

    def __iadd__(self, other):
        if not isinstance(other, array):
            raise TypeError(f'can only extend with array (not "{type(other).__name__}")')
        self.extend(other)
        return self

    def __mul__(self, n):
        if not hasattr(type(n), "__index__"):
            return NotImplemented
        return self._made(self._items * n)

    __rmul__ = __mul__

    def __imul__(self, n):
        self._items *= n
        return self

    def __eq__(self, other):
        return self._items == other._items if isinstance(other, array) else NotImplemented

    def __lt__(self, other):
        return self._items < other._items if isinstance(other, array) else NotImplemented

    def __le__(self, other):
        return self._items <= other._items if isinstance(other, array) else NotImplemented

    def __gt__(self, other):
        return self._items > other._items if isinstance(other, array) else NotImplemented

    def __ge__(self, other):
        return self._items >= other._items if isinstance(other, array) else NotImplemented

    __hash__ = None

    def __copy__(self):
        return self._made(list(self._items))

    def __deepcopy__(self, memo):
        return self.__copy__()

    def __bytes__(self):
        return self.tobytes()

    def __reduce__(self):
        return array, (self.typecode, self.tolist())

    def __repr__(self):
        if not self._items:
            return f"array('{self.typecode}')"
        return f"array('{self.typecode}', {self.tounicode() if self.typecode == 'u' else self._items!r})"


def _range_error(code, below):
    names = {"b": "signed char", "B": "unsigned byte integer", "h": "signed short integer", "H": "unsigned short"}
    if code in names:
        return f"{names[code]} is {'less than minimum' if below else 'greater than maximum'}"
    if code in "iI":
        if code == "I" and below:
            return "can't convert negative value to unsigned int"
        return f"{'signed integer' if code == 'i' else 'unsigned int'} is {'less than minimum' if below else 'greater than maximum'}"
    if code in "LQ" and below:
        return "can't convert negative int to unsigned" if code == "Q" else "can't convert negative value to unsigned int"
    if code in "qQ":
        return "int too big to convert"
    return "Python int too large to convert to C " + {"l": "long", "L": "unsigned long"}[code]


ArrayType = array
