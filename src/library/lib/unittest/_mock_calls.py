"""What mocks note of calls, and what stands for anything in comparisons with them."""


class _Sentinel:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"sentinel.{self.name}"


class _Sentinels:
    """`sentinel.anything` is one object by that name."""

    def __init__(self):
        self._made = {}

    def __getattr__(self, name):
        if name == "__bases__":
            raise AttributeError
        return self._made.setdefault(name, _Sentinel(name))


sentinel = _Sentinels()
DEFAULT = sentinel.DEFAULT
_missing = sentinel.MISSING


class _Any:
    """Equal to everything."""

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    __hash__ = None

    def __repr__(self):
        return "<ANY>"


ANY = _Any()


def _signature(args, kwargs):
    return ", ".join([repr(arg) for arg in args] + [f"{name}={value!r}" for name, value in kwargs.items()])


class _Call(tuple):
    """`(name, args, kwargs)` of one call; the name may be left out in comparisons."""

    def __new__(cls, value=(), name="", parent=None, two=False, from_kall=True):
        args, kwargs = (), {}
        if len(value) == 3:
            name, args, kwargs = value
        elif len(value) == 2:
            first, second = value
            if isinstance(first, str):
                name = first
                args, kwargs = (second, {}) if isinstance(second, tuple) else ((), second)
            else:
                args, kwargs = first, second
        elif len(value) == 1:
            (one,) = value
            if isinstance(one, str):
                name = one
            elif isinstance(one, tuple):
                args = one
            else:
                kwargs = one
        return tuple.__new__(cls, (args, kwargs) if two else (name, args, kwargs))

    def __init__(self, value=(), name=None, parent=None, two=False, from_kall=True):
        self._mock_name = name
        self._mock_parent = parent
        self._is_kall = from_kall

    @property
    def args(self):
        return self[0] if len(self) == 2 else self[1]

    @property
    def kwargs(self):
        return self[1] if len(self) == 2 else self[2]

    @property
    def _name(self):
        return "" if len(self) == 2 else self[0]

    def __eq__(self, other):
        if not isinstance(other, tuple):
            return NotImplemented
        if not isinstance(other, _Call):
            if len(other) > 3:
                return False
            other = _Call(other)
        if self._name and other._name and self._name != other._name:
            return False
        # What is expected comes second, and is asked first: it may be equal to anything.
        return (other.args, other.kwargs) == (self.args, self.kwargs)

    def __ne__(self, other):
        return not self == other

    __hash__ = None

    def __call__(self, /, *args, **kwargs):
        name = self._mock_name
        return _Call((name or "", args, kwargs), name=f"{name}()" if name else "()", parent=self)

    def __getattr__(self, attr):
        if attr.startswith("__") and attr.endswith("__"):
            raise AttributeError(attr)
        return _Call(name=f"{self._mock_name}.{attr}" if self._mock_name else attr, parent=self, from_kall=False)

    def count(self, /, *args, **kwargs):
        return self.__getattr__("count")(*args, **kwargs)

    def index(self, /, *args, **kwargs):
        return self.__getattr__("index")(*args, **kwargs)

    def __repr__(self):
        if not self._is_kall:
            return f"call.{self._mock_name}" if self._mock_name else "call"
        name = self._name
        head = "call" if not name else f"call{name}" if name.startswith("()") else f"call.{name}"
        return f"{head}({_signature(self.args, self.kwargs)})"


call = _Call(from_kall=False)


class _CallList(list):
    def __contains__(self, value):
        if not isinstance(value, list) or isinstance(value, _Call):
            return list.__contains__(self, value)
        n = len(value)
        return any(list(self[i : i + n]) == value for i in range(len(self) - n + 1))

    def __repr__(self):
        import pprint

        return pprint.pformat(list(self))
