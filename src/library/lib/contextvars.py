"""Context variables (S-AIO-65), over one native slot per thread that holds the current context.

The values of a context are a dictionary that is never changed in place: `ContextVar.set` replaces it, so that
copying a context, which happens for every task and handle, only copies one reference.
"""
import sys
import _context
from _sys import frameless as _frameless

_get = _context.get
_set = _context.set
_MISSING = object()


class _Missing:
    def __repr__(self):
        return "<Token.MISSING>"


class Context:
    """An immutable-looking mapping from variables to values, in which code can be run."""

    _is_static = True

    __module__ = "_contextvars"
    __slots__ = ("_data", "_entered", "__weakref__")

    @_frameless
    def __init__(self):
        self._data = {}
        self._entered = False

    @_frameless
    def run(self, callable, /, *args, **kwargs):
        if self._entered:
            raise RuntimeError(f"cannot enter context: {self!r} is already entered")
        outside = _get()
        self._entered = True
        _set(self)
        try:
            return callable(*args, **kwargs)
        finally:
            _set(outside)
            self._entered = False

    @_frameless
    def copy(self):
        new = Context()
        new._data = self._data
        return new

    @_frameless
    def __getitem__(self, var):
        _check_key(var)
        return self._data[var]

    @_frameless
    def __contains__(self, var):
        _check_key(var)
        return var in self._data

    @_frameless
    def get(self, var, default=None):
        _check_key(var)
        return self._data.get(var, default)

    def __iter__(self):
        return iter(self._data)

    def __len__(self):
        return len(self._data)

    def __eq__(self, other):
        if not isinstance(other, Context):
            return NotImplemented
        return self._data == other._data

    __hash__ = None

    def keys(self):
        return self._data.keys()

    def values(self):
        return self._data.values()

    def items(self):
        return self._data.items()


@_frameless
def _check_key(var):
    if not isinstance(var, ContextVar):
        raise TypeError(f"a ContextVar key was expected, got {var!r}")


@_frameless
def _current():
    context = _get()
    if context is None:
        context = Context()
        _set(context)
    return context


@_frameless
def copy_context():
    """A copy of the current context; its later changes are invisible here and the other way round."""
    new = Context()
    context = _get()
    if context is not None:
        new._data = context._data
    return new


class Token:
    """What `ContextVar.set` returns, for `ContextVar.reset`; a context manager from 3.14."""

    _is_static = True

    __module__ = "_contextvars"
    __slots__ = ("_context", "var", "_old", "_used", "__weakref__")
    MISSING = _Missing()

    @_frameless
    def __init__(self, context, var, old):
        self._context = context
        self.var = var
        self._old = old
        self._used = False

    @property
    def old_value(self):
        return Token.MISSING if self._old is _MISSING else self._old

    def __repr__(self):
        used = " used" if self._used else ""
        return f"<Token{used} var={self.var!r} at 0x{id(self):x}>"

    if sys.version_info >= (3, 14):

        def __enter__(self):
            return self

        def __exit__(self, kind, error, traceback):
            self.var.reset(self)


class ContextVar:
    """A variable whose value belongs to the current context."""

    _is_static = True

    __module__ = "_contextvars"
    __slots__ = ("name", "_default", "__weakref__")

    @_frameless
    def __init__(self, name, *, default=_MISSING):
        if not isinstance(name, str):
            raise TypeError("context variable name must be a str")
        self.name = name
        self._default = default

    def __class_getitem__(cls, item):
        return cls

    @_frameless
    def get(self, default=_MISSING, /):
        context = _get()
        if context is not None:
            value = context._data.get(self, _MISSING)
            if value is not _MISSING:
                return value
        if default is not _MISSING:
            return default
        if self._default is not _MISSING:
            return self._default
        raise LookupError(self)

    @_frameless
    def set(self, value, /):
        context = _current()
        data = context._data
        token = Token(context, self, data.get(self, _MISSING))
        context._data = {**data, self: value}
        return token

    @_frameless
    def reset(self, token, /):
        if not isinstance(token, Token):
            raise TypeError(f"expected an instance of Token, got {token!r}")
        if token._used:
            raise RuntimeError(f"{token!r} has already been used once")
        if token.var is not self:
            raise ValueError(f"{token!r} was created by a different ContextVar")
        context = _current()
        if token._context is not context:
            raise ValueError(f"{token!r} was created in a different Context")
        token._used = True
        data = dict(context._data)
        if token._old is _MISSING:
            data.pop(self, None)
        else:
            data[self] = token._old
        context._data = data

    def __repr__(self):
        default = "" if self._default is _MISSING else f" default={self._default!r}"
        return f"<ContextVar name={self.name!r}{default} at 0x{id(self):x}>"
