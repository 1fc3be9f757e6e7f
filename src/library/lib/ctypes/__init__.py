"""Data as C has it, and functions of the C library.

Objects lie in blocks of bytes, with the sizes and the alignment of 64-bit Linux; the functions are those that
`_foreign` lists, and no others.
"""
import sys

from ._aggregates import Array, Structure, Union
from ._data import (
    _SimpleCData, c_bool, c_byte, c_char, c_char_p, c_double, c_float, c_int, c_long, c_short, c_ubyte, c_uint, c_ulong,
    c_ushort, c_void_p, c_wchar, c_wchar_p, py_object,
)  # fmt: skip
from ._foreign import CDLL, CFUNCTYPE, ArgumentError, LibraryLoader, PyDLL, cdll, get_errno, pydll, pythonapi, set_errno
from ._aggregates import array_type as _array_type
from ._pointers import (
    POINTER, _Pointer, addressof, alignment, byref, cast, memmove, memset, pointer, sizeof, string_at, wstring_at,
)  # fmt: skip

__version__ = "1.1.0"
DEFAULT_MODE = RTLD_LOCAL = 0
RTLD_GLOBAL = 256
PYFUNCTYPE = CFUNCTYPE
c_longlong = c_int64 = c_ssize_t = c_long
if sys.version_info >= (3, 12):
    c_time_t = c_long
c_ulonglong = c_uint64 = c_size_t = c_ulong
c_int8, c_int16, c_int32 = c_byte, c_short, c_int
c_uint8, c_uint16, c_uint32 = c_ubyte, c_ushort, c_uint
c_voidp = c_void_p


def _buffer(kind, init, size):
    if size is None:
        size = init if isinstance(init, int) else len(init) + 1
    found = _array_type(kind, size, "ctypes")()
    if not isinstance(init, int):
        found.value = init
    return found


def create_string_buffer(init, size=None):
    """Bytes that can be changed: so many zeros, or a text and a zero."""
    if not isinstance(init, (bytes, int)):
        raise TypeError(init)
    return _buffer(c_char, init, size)


def create_unicode_buffer(init, size=None):
    """The same of characters."""
    if not isinstance(init, (str, int)):
        raise TypeError(init)
    return _buffer(c_wchar, init, size)
