"""URLs and the parameters of their queries."""

from urllib.parse import parse_qs, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

_DEFAULT_PORTS = {"ftp": 21, "http": 80, "https": 443, "ws": 80, "wss": 443}
_WORDS = {True: "true", False: "false", None: ""}
# What stands for itself, beside letters, digits and `_.-~`.
_IN_USER = "!$&'()*+,;=%"
_IN_PATH = "!$&'()*+,;=:@/%[]"
_IN_QUERY = "!$&'()*+,;=:@/?%[]"


def _word(value):
    """A value as text; constants of Python are those of JSON."""
    return _WORDS[value] if value is None or isinstance(value, bool) else str(value)


class QueryParams:
    """Names with one or more values; the first one counts. It does not change."""

    def __init__(self, *args, **kwargs):
        value = args[0] if args else kwargs
        if isinstance(value, bytes):
            value = value.decode("ascii")
        if value is None:
            self._dict = {}
        elif isinstance(value, str):
            self._dict = parse_qs(value, keep_blank_values=True)
        elif isinstance(value, QueryParams):
            self._dict = {name: list(values) for name, values in value._dict.items()}
        else:
            self._dict = {}
            for name, item in value.items() if hasattr(value, "items") else value:
                many = isinstance(item, (list, tuple))
                self._dict.setdefault(str(name), []).extend(map(_word, item if many else (item,)))

    def keys(self):
        return self._dict.keys()

    def values(self):
        return {name: values[0] for name, values in self._dict.items()}.values()

    def items(self):
        return {name: values[0] for name, values in self._dict.items()}.items()

    def multi_items(self):
        return [(name, value) for name, values in self._dict.items() for value in values]

    def get(self, key, default=None):
        return self._dict[str(key)][0] if str(key) in self._dict else default

    def get_list(self, key):
        return list(self._dict.get(str(key), []))

    def set(self, key, value=None):
        return self._with({**self._dict, str(key): [_word(value)]})

    def add(self, key, value=None):
        return self._with({**self._dict, str(key): [*self.get_list(key), _word(value)]})

    def remove(self, key):
        return self._with({name: values for name, values in self._dict.items() if name != str(key)})

    def merge(self, params=None):
        return self._with({**self._dict, **QueryParams(params)._dict})

    def _with(self, values):
        made = QueryParams()
        made._dict = values
        return made

    def update(self, params=None):
        raise RuntimeError(
            "QueryParams are immutable since 0.18.0. Use `q = q.merge(...)` to create an updated copy."
        )

    def __getitem__(self, key):
        return self._dict[key][0]

    def __setitem__(self, key, value):
        raise RuntimeError(
            "QueryParams are immutable since 0.18.0. Use `q = q.set(key, value)` to create an updated copy."
        )

    def __contains__(self, key):
        return key in self._dict

    def __iter__(self):
        return iter(self._dict)

    def __len__(self):
        return len(self._dict)

    def __bool__(self):
        return bool(self._dict)

    def __eq__(self, other):
        if not isinstance(other, QueryParams):
            return False
        return sorted(self.multi_items()) == sorted(other.multi_items())

    def __hash__(self):
        return hash(str(self))

    def __str__(self):
        return urlencode(self.multi_items())

    def __repr__(self):
        return f"QueryParams({str(self)!r})"


def _without_dots(path):
    """A path in which `.` and `..` have been followed."""
    if "/." not in path:
        return path
    *parts, last = path.split("/")
    found = []
    for part in [*parts, last] if last not in (".", "..") else [*parts, last, ""]:
        if part == "..":
            if found and found != [""]:
                found.pop()
        elif part != ".":
            found.append(part)
    return "/".join(found)


class URL:
    """A URL by its parts. What needs it is quoted, once."""

    def __init__(self, url="", **parts):
        if isinstance(url, URL):
            url = str(url)
        elif not isinstance(url, str):
            raise TypeError(f"Invalid type for url.  Expected str or httpx.URL, got {type(url)}: {url!r}")
        params = parts.pop("params", None)
        split = urlsplit(url)
        user, _, place = split.netloc.rpartition("@")
        if "username" in parts or "password" in parts:
            name, password = parts.pop("username", None) or "", parts.pop("password", None) or ""
            user = quote(name, safe="") + (f":{quote(password, safe='')}" if password else "")
        if "userinfo" in parts:
            user = _text(parts.pop("userinfo"))
        if "netloc" in parts:
            place = _text(parts.pop("netloc"))
        host, port = _place(place)
        if "raw_path" in parts:
            path, mark, query = _text(parts.pop("raw_path")).partition("?")
            parts["path"] = path
            parts["query"] = query if mark else None
        self._scheme = parts.pop("scheme", split.scheme).lower()
        self._host = parts.pop("host", host).lower().strip("[]")
        port = parts.pop("port", port)
        self._port = None if port is None or int(port) == _DEFAULT_PORTS.get(self._scheme) else int(port)
        self._user = quote(user, safe=_IN_USER + ":")
        self._path = quote(parts.pop("path", split.path), safe=_IN_PATH)
        if self._scheme or self._host:
            self._path = _without_dots(self._path)
        query = parts.pop("query", split.query if split.query or "?" in url else None)
        self._query = None if query is None else quote(_text(query), safe=_IN_QUERY)
        self._fragment = quote(parts.pop("fragment", split.fragment) or "", safe=_IN_QUERY)
        for name in parts:
            raise TypeError(f"{name!r} is an invalid keyword argument for URL()")
        if params is not None:
            self._query = str(QueryParams(params)) or None

    @property
    def scheme(self):
        return self._scheme

    @property
    def raw_scheme(self):
        return self._scheme.encode("ascii")

    @property
    def userinfo(self):
        return self._user.encode("ascii")

    @property
    def username(self):
        return unquote(self._user.partition(":")[0])

    @property
    def password(self):
        return unquote(self._user.partition(":")[2])

    @property
    def host(self):
        return self._host

    @property
    def raw_host(self):
        return self._host.encode("idna") if not self._host.isascii() else self._host.encode("ascii")

    @property
    def port(self):
        return self._port

    @property
    def netloc(self):
        return self._place().encode("ascii")

    @property
    def path(self):
        return unquote(self._path or "/")

    @property
    def query(self):
        return (self._query or "").encode("ascii")

    @property
    def params(self):
        return QueryParams(self._query)

    @property
    def raw_path(self):
        query = "" if self._query is None else f"?{self._query}"
        return ((self._path or "/") + query).encode("ascii")

    @property
    def fragment(self):
        return unquote(self._fragment)

    @property
    def is_absolute_url(self):
        return bool(self._scheme and self._host)

    @property
    def is_relative_url(self):
        return not self.is_absolute_url

    def copy_with(self, **parts):
        return URL(str(self), **parts)

    def copy_set_param(self, key, value=None):
        return self.copy_with(params=self.params.set(key, value))

    def copy_add_param(self, key, value=None):
        return self.copy_with(params=self.params.add(key, value))

    def copy_remove_param(self, key):
        return self.copy_with(params=self.params.remove(key))

    def copy_merge_params(self, params):
        return self.copy_with(params=self.params.merge(params))

    def join(self, url):
        return URL(urljoin(str(self), str(URL(url))))

    def _place(self):
        host = f"[{self._host}]" if ":" in self._host else self._host
        return host if self._port is None else f"{host}:{self._port}"

    def _joined(self, user):
        place = f"{user}@{self._place()}" if user else self._place()
        text = urlunsplit((self._scheme, place, self._path, self._query or "", ""))
        if self._query == "":
            text += "?"
        return f"{text}#{self._fragment}" if self._fragment else text

    def __eq__(self, other):
        return isinstance(other, (URL, str)) and str(self) == str(URL(other))

    def __hash__(self):
        return hash(str(self))

    def __str__(self):
        return self._joined(self._user)

    def __repr__(self):
        name, colon, _ = self._user.partition(":")
        return f"URL({self._joined(f'{name}:[secure]' if colon else name)!r})"


def _text(value):
    return value.decode("ascii") if isinstance(value, bytes) else value


def _place(netloc):
    """Host and port of a network location without its user."""
    host, colon, port = netloc.rpartition(":")
    if not colon or port.endswith("]"):
        return netloc, None
    return host, int(port) if port else None
