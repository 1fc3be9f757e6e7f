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


def _parts(value):
    """Name, arguments and keyword arguments of what may stand for a call: a tuple that leaves some of them out."""
    if len(value) > 3:
        return None
    name, args, kwargs = "", (), {}
    if len(value) == 3:
        name, args, kwargs = value
    elif len(value) == 2 and not isinstance(value[0], str):
        args, kwargs = value
    else:
        for part in value:
            if isinstance(part, str):
                name = part
            elif isinstance(part, tuple):
                args = part
            else:
                kwargs = part
    return name, args, kwargs


class _Call(tuple):
    """`(name, args, kwargs)` of one call; the name may be left out in comparisons."""

    def __new__(cls, value=(), name="", parent=None, two=False, from_kall=True):
        own, args, kwargs = _parts(value)
        return tuple.__new__(cls, (args, kwargs) if two else (own if len(value) == 3 else own or name, args, kwargs))

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
        parts = _parts(other)
        if parts is None:
            return False
        name, args, kwargs = parts
        above = getattr(other, "_mock_parent", None)
        if self._mock_parent and above and self._mock_parent != above:
            return False
        if self._name and name != self._name:
            return False
        # What is expected comes second, and is asked first: it may be equal to anything.
        return (args, kwargs) == (self.args, self.kwargs)

    def __ne__(self, other):
        return not self == other

    __hash__ = None

    def __call__(self, /, *args, **kwargs):
        name = self._mock_name
        return _Call((name or "", args, kwargs), name=f"{name or ''}()", parent=self if name else None)

    def __getattr__(self, attr):
        if self._mock_name is None:
            return _Call(name=attr, from_kall=False)
        return _Call(name=f"{self._mock_name}.{attr}", parent=self, from_kall=False)

    def count(self, /, *args, **kwargs):
        return self.__getattr__("count")(*args, **kwargs)

    def index(self, /, *args, **kwargs):
        return self.__getattr__("index")(*args, **kwargs)

    def call_list(self):
        """The calls that lead to this one, and it."""
        found = []
        at = self
        while at is not None:
            if at._is_kall:
                found.append(at)
            at = at._mock_parent
        return _CallList(reversed(found))

    def __repr__(self):
        if not self._is_kall:
            name = self._mock_name or "call"
            return f"call{name}" if name.startswith("()") else name
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
