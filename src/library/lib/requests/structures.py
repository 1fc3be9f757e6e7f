"""Headers and cookies."""


class CaseInsensitiveDict:
    """A mapping whose keys keep their case and are found without regard to it."""

    def __init__(self, data=None, **more):
        self._store = {}
        self.update(data or {}, **more)

    def __setitem__(self, key, value):
        self._store[key.lower()] = (key, value)

    def __getitem__(self, key):
        return self._store[key.lower()][1]

    def __delitem__(self, key):
        del self._store[key.lower()]

    def __contains__(self, key):
        return key.lower() in self._store

    def __iter__(self):
        return iter([key for key, _ in self._store.values()])

    def __len__(self):
        return len(self._store)

    def __eq__(self, other):
        if not hasattr(other, "items"):
            return NotImplemented
        return {k.lower(): v for k, v in self.items()} == {k.lower(): v for k, v in other.items()}

    def get(self, key, default=None):
        return self._store.get(key.lower(), (key, default))[1]

    def setdefault(self, key, default=None):
        if key not in self:
            self[key] = default
        return self[key]

    def pop(self, key, *default):
        found = self._store.pop(key.lower(), None)
        if found is not None:
            return found[1]
        if default:
            return default[0]
        raise KeyError(key)

    def update(self, other=(), **more):
        for key, value in other.items() if hasattr(other, "items") else other:
            self[key] = value
        for key, value in more.items():
            self[key] = value

    def keys(self):
        return [key for key, _ in self._store.values()]

    def values(self):
        return [value for _, value in self._store.values()]

    def items(self):
        return list(self._store.values())

    def copy(self):
        return CaseInsensitiveDict(self.items())

    def __repr__(self):
        return str(dict(self.items()))


class CookieJar:
    """Cookies by name; all belong to the one host there is."""

    def __init__(self, cookies=()):
        self._values = dict(cookies or ())

    def set(self, name, value, **more):
        self._values[name] = value

    def get(self, name, default=None, domain=None, path=None):
        return self._values.get(name, default)

    def get_dict(self, domain=None, path=None):
        return dict(self._values)

    def update(self, other):
        self._values.update(other.items() if hasattr(other, "items") else other)

    def clear(self):
        self._values.clear()

    def keys(self):
        return list(self._values)

    def values(self):
        return list(self._values.values())

    def items(self):
        return list(self._values.items())

    def __getitem__(self, name):
        return self._values[name]

    def __setitem__(self, name, value):
        self._values[name] = value

    def __contains__(self, name):
        return name in self._values

    def __iter__(self):
        return iter(self._values)

    def __len__(self):
        return len(self._values)

    def __repr__(self):
        shown = ", ".join(f"<Cookie {name}={value} for />" for name, value in self._values.items())
        return f"<RequestsCookieJar[{shown}]>"


def extract_cookies(jar, headers):
    for line in headers.get_all("set-cookie") or ():
        first = line.partition(";")[0]
        name, _, value = first.partition("=")
        if "max-age=0" in line.lower():
            jar._values.pop(name.strip(), None)
        else:
            jar.set(name.strip(), value.strip())
