"""Headers: a mapping without regard to case that keeps every line."""


class CIMultiDict:
    # Headers are texts, and their names are the same in capitals.
    _kept = staticmethod(str)
    _fold = staticmethod(str.lower)

    def __init__(self, items=()):
        if hasattr(items, "items"):
            items = items.items()
        self._items = [(str(key), self._kept(value)) for key, value in items]

    def get(self, key, default=None):
        key = self._fold(key)
        for name, value in self._items:
            if self._fold(name) == key:
                return value
        return default

    getone = get

    def getall(self, key, default=None):
        key = self._fold(key)
        found = [value for name, value in self._items if self._fold(name) == key]
        if not found and default is None:
            raise KeyError(key)
        return found or default

    def __getitem__(self, key):
        value = self.get(key)
        if value is None:
            raise KeyError(key)
        return value

    def __setitem__(self, key, value):
        if key in self:
            del self[key]
        self._items.append((key, self._kept(value)))

    def __delitem__(self, key):
        self._items = [item for item in self._items if self._fold(item[0]) != self._fold(key)]

    def add(self, key, value):
        self._items.append((key, self._kept(value)))

    def pop(self, key, *default):
        found = self.get(key)
        if found is None:
            if default:
                return default[0]
            raise KeyError(key)
        del self[key]
        return found

    def setdefault(self, key, value):
        found = self.get(key)
        if found is None:
            self.add(key, value)
            return value
        return found

    def update(self, other):
        for key, value in other.items() if hasattr(other, "items") else other:
            self[key] = value

    def copy(self):
        return type(self)(self._items)

    def keys(self):
        return [key for key, _ in self._items]

    def values(self):
        return [value for _, value in self._items]

    def items(self):
        return list(self._items)

    def __contains__(self, key):
        return self.get(key) is not None

    def __iter__(self):
        return iter(self.keys())

    def __len__(self):
        return len(self._items)

    def __eq__(self, other):
        return dict(self.items()) == dict(other.items())

    def __repr__(self):
        inner = ", ".join(f"{key!r}: {value!r}" for key, value in self._items)
        return f"<{type(self).__name__}({inner})>"


class CIMultiDictProxy(CIMultiDict):
    pass


class MultiDict(CIMultiDict):
    """Keys with any values, of which each may be there several times."""

    _kept = _fold = staticmethod(lambda value: value)
