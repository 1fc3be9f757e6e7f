"""Functions of the C library, called through their addresses as ctypes does.

What a function does is written here in Python, by name; arguments and results are converted as C's are. A call through
`CDLL` lets other threads have the GIL meanwhile, one through `PyDLL` keeps it.
"""
import _cost
import _thread
import functools
import math
import os
import sys
import threading
import time

from ._data import _CData, _SimpleCData, c_char_p, c_int, c_wchar_p, py_object
from ._memory import Block, find
from ._pointers import Reference, _Pointer, address_of_argument, memmove, memset, string_at

__frameless__ = ("*",)


class ArgumentError(Exception):
    __module__ = "ctypes"


class _Function:
    """A function of C: what it takes, `i` for whole numbers, `d` for doubles, `p` for addresses, `o` for objects; what
    it gives, also `n` for nothing; and whether it sleeps."""

    def __init__(self, takes, gives, does, sleeps=False):
        self.takes = takes
        self.gives = gives
        self.does = does
        self.sleeps = sleeps


def _usleep(sleep, microseconds):
    sleep(microseconds / 1e6)
    return 0


def _sleep(sleep, seconds):
    sleep(seconds)
    return 0


def _number(text, pattern, kind):
    import re

    found = re.match(pattern, string_at(text))
    return kind(found[0]) if found else kind(0)


def _copy_text(target, source):
    raw = string_at(source) + b"\0"
    return memmove(target, raw, len(raw))


def _compare(one, other, n=None):
    one, other = string_at(one)[:n], string_at(other)[:n]
    return (one > other) - (one < other)


def _sort(array, n, size, compare):
    """`qsort`: the callback gets the addresses of copies of the items."""
    block, place = find(array)
    items = [Block(bytearray(block.data[place + i * size : place + (i + 1) * size])) for i in range(n)]
    call = _callbacks[compare]
    items.sort(key=functools.cmp_to_key(lambda a, b: call(a.address, b.address)))
    block.data[place : place + n * size] = b"".join(bytes(item.data) for item in items)


def _system_call(number):
    if number == 186:
        return threading.get_native_id()
    if number == 39:
        return os.getpid()
    raise NotImplementedError(f"ctypes: system call {number} is not simulated; gettid (186) and getpid (39) are")


_INTEGER = rb"\s*[+-]?\d+"
_FLOAT = rb"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?"
_FUNCTIONS = {
    "abs": _Function("i", "i", abs),
    "labs": _Function("i", "i", abs),
    "atof": _Function("p", "d", lambda text: _number(text, _FLOAT, float)),
    "atoi": _Function("p", "i", lambda text: _number(text, _INTEGER, int)),
    "atol": _Function("p", "i", lambda text: _number(text, _INTEGER, int)),
    "getpid": _Function("", "i", os.getpid),
    "getppid": _Function("", "i", os.getppid),
    "gettid": _Function("", "i", threading.get_native_id),
    "memcpy": _Function("ppi", "p", memmove),
    "memmove": _Function("ppi", "p", memmove),
    "memset": _Function("pii", "p", memset),
    "qsort": _Function("piip", "n", _sort),
    "sleep": _Function("i", "i", _sleep, sleeps=True),
    "strcmp": _Function("pp", "i", _compare),
    "strcpy": _Function("pp", "p", _copy_text),
    "strlen": _Function("p", "i", lambda text: len(string_at(text))),
    "strncmp": _Function("ppi", "i", _compare),
    "syscall": _Function("i", "i", _system_call),
    "time": _Function("p", "i", lambda place: int(time.time())),
    "tolower": _Function("i", "i", lambda c: c + 32 if 65 <= c <= 90 else c),
    "toupper": _Function("i", "i", lambda c: c - 32 if 97 <= c <= 122 else c),
    "usleep": _Function("i", "i", _usleep, sleeps=True),
    **{
        name: _Function("d", "d", getattr(math, name))
        for name in ("acos", "asin", "atan", "ceil", "cos", "exp", "fabs", "floor", "log", "log10", "sin", "sqrt", "tan")
    },
    "pow": _Function("dd", "d", math.pow),
    "fmod": _Function("dd", "d", math.fmod),
}


def _set_async_exc(ident, exception):
    """A thread raises the exception at its next check point; with `NULL` none that was to be raised there."""

    def raise_it():
        raise exception

    return int(_thread._send_errand(ident, raise_it if exception else None))


_PYTHON = {
    "PyThreadState_SetAsyncExc": _Function("io", "i", _set_async_exc),
    "PyGILState_Check": _Function("", "i", lambda: 1),
}
_LIBRARIES = {
    None: _FUNCTIONS, "libc.so.6": _FUNCTIONS, "libm.so.6": _FUNCTIONS, "libpthread.so.0": _FUNCTIONS,
}  # fmt: skip
_callbacks = {}


def _hold(seconds):
    """A sleep that keeps the GIL."""
    _cost.hold(seconds)


class _CFuncPtr(_CData):
    """A function that can be called, of C or of Python."""

    _size_ = _align_ = 8
    argtypes = None
    restype = c_int
    errcheck = None

    def __init__(self, function=None):
        self._call = function
        if function is not None:
            address = self._block.address
            _callbacks[address] = self
            self._write(address.to_bytes(8, "little"))

    def __call__(self, *args):
        kinds = self._argtypes_
        if len(args) != len(kinds):
            raise TypeError(f"this function takes {len(kinds)} argument{'s'[:len(kinds) != 1]} ({len(args)} given)")
        given = [_as_python(kind, value) for kind, value in zip(kinds, args)]
        result = self._call(*given)
        return None if self._restype_ is None else self._restype_(result or 0).value

    def __bool__(self):
        return self._call is not None


def _as_python(kind, value):
    """What a callback gets for an argument."""
    if issubclass(kind, _Pointer):
        if isinstance(value, kind):
            return value
        found = kind()
        found._write(address_of_argument(value).to_bytes(8, "little"))
        return found
    return kind.from_param(value).value if isinstance(value, _CData) else kind(value).value


def CFUNCTYPE(restype, *argtypes, use_errno=False, use_last_error=False):
    class CFunctionType(_CFuncPtr):
        _argtypes_ = argtypes
        _restype_ = restype

    CFunctionType.__module__ = "ctypes"
    return CFunctionType


class _FuncPtr:
    """A function of a library. `argtypes` and `restype` say what ctypes is to make of arguments and of the result."""

    errcheck = None

    def __init__(self, library, name, function):
        self.__name__ = name
        self.argtypes = None
        self.restype = library._restype
        self._library = library
        self._function = function

    def __setattr__(self, name, value):
        if name == "argtypes" and value is not None:
            for i, kind in enumerate(value, 1):
                if not hasattr(kind, "from_param"):
                    raise TypeError(f"item {i} in _argtypes_ has no from_param method")
        object.__setattr__(self, name, value)

    def __call__(self, *args):
        wanted = self.argtypes or ()
        if len(args) < len(wanted):
            plural = "s" if len(wanted) != 1 else ""
            raise TypeError(f"this function takes at least {len(wanted)} argument{plural} ({len(args)} given)")
        values = [self._converted(i, value, wanted) for i, value in enumerate(args)]
        function = self._function
        if len(values) < len(function.takes):
            n = len(function.takes)
            raise NotImplementedError(f"ctypes: {self.__name__}() takes {n} arguments; what C finds in their place is not simulated")
        given = [_as_c(kind, value, self.__name__) for kind, value in zip(function.takes, values)]
        if function.sleeps:
            result = function.does(time.sleep if self._library._releases else _hold, *given)
        else:
            _cost.charge("ctypes.call")
            if self._library._releases:
                _cost.without_gil("ctypes.without_gil")
            result = function.does(*given)
        result = self._result(result)
        return result if self.errcheck is None else self.errcheck(result, self, args)

    def _converted(self, i, value, wanted):
        try:
            if i < len(wanted):
                return wanted[i].from_param(value)
            parameter = getattr(value, "_as_parameter_", value)
            if isinstance(parameter, bytes):
                return c_char_p(parameter)
            if isinstance(parameter, str):
                return c_wchar_p(parameter)
            if parameter is None or isinstance(parameter, (int, _CData, Reference)):
                return parameter
            raise TypeError(f"Don't know how to convert parameter {i + 1}")
        except TypeError as error:
            raise ArgumentError(f"argument {i + 1}: TypeError: {error}") from None

    def _result(self, result):
        gives, restype = self._function.gives, self.restype
        if restype is None or gives == "n":
            return None
        if not isinstance(restype, type) or not issubclass(restype, _CData):
            return restype(result)
        is_float = getattr(restype, "_type_", None) in ("f", "d")
        if is_float != (gives == "d"):
            what = "c_double" if gives == "d" else "c_int"
            raise NotImplementedError(f"ctypes: what {self.__name__}() gives is simulated for restype = {what} only")
        found = restype()
        if is_float:
            found.value = result
        else:
            found._write((result & (1 << 64) - 1).to_bytes(8, "little")[: restype._size_])
        return restype._load(found._block, 0)

    def __repr__(self):
        return f"<_FuncPtr object at {id(self):#x}>"


def _as_c(kind, value, name):
    """An argument as the function of C sees it."""
    if kind == "o":
        return value.value if isinstance(value, py_object) else value
    if kind == "p":
        return address_of_argument(value) if not isinstance(value, _CFuncPtr) else int.from_bytes(value._read(), "little")
    is_float = getattr(type(value), "_type_", None) in ("f", "d")
    if (kind == "d") != is_float:
        what = "c_double" if kind == "d" else "c_int"
        raise NotImplementedError(
            f"ctypes: what {name}() makes of other arguments is not simulated; give it a {what}, or set argtypes"
        )
    if isinstance(value, (_SimpleCData, int)):
        return value if isinstance(value, int) else value.value
    return address_of_argument(value)


class CDLL:
    """A library of C whose functions are called without the GIL."""

    _releases = True
    _restype = c_int

    def __init__(self, name, mode=0, handle=None, use_errno=False, use_last_error=False, winmode=None):
        if name not in _LIBRARIES:
            raise OSError(f"{name}: cannot open shared object file: No such file or directory")
        self._name = name
        self._handle = 0x7F3A_8000_0000 + 16 * list(_LIBRARIES).index(name)
        self._functions = _LIBRARIES[name]

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        found = self[name]
        setattr(self, name, found)
        return found

    def __getitem__(self, name):
        if name not in self._functions:
            known = ", ".join(sorted(self._functions))
            raise NotImplementedError(f"ctypes: the function {name!r} is not simulated; these are: {known}")
        return _FuncPtr(self, name, self._functions[name])

    def __repr__(self):
        return f"<{type(self).__name__} '{self._name}', handle {self._handle:x} at {id(self):#x}>"


class PyDLL(CDLL):
    """The same, with the GIL held."""

    _releases = False


for _class in (_CFuncPtr, _FuncPtr, CDLL, PyDLL):
    _class.__module__ = "ctypes"


class LibraryLoader:
    def __init__(self, kind):
        self._kind = kind

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        library = self._kind(name)
        setattr(self, name, library)
        return library

    def __getitem__(self, name):
        return getattr(self, name)

    def LoadLibrary(self, name):
        return self._kind(name)


LibraryLoader.__module__ = "ctypes"
cdll = LibraryLoader(CDLL)
pydll = LibraryLoader(PyDLL)
pythonapi = PyDLL(None)
pythonapi._functions = _PYTHON
_errno = threading.local()


def get_errno():
    return getattr(_errno, "value", 0)


def set_errno(value):
    _errno.value, before = value, get_errno()
    return before
