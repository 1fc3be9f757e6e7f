"""Headers, query parameters, URLs and other small containers of a request."""

from collections import namedtuple
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

Address = namedtuple("Address", "host port")


class Headers:
    """Header lines in order, looked up without regard to case."""

    def __init__(self, headers=None, raw=None, scope=None):
        if headers is not None:
            self._list = [(k.lower().encode("latin-1"), v.encode("latin-1")) for k, v in headers.items()]
        elif raw is not None:
            self._list = raw
        elif scope is not None:
            self._list = scope["headers"] = list(scope["headers"])
        else:
            self._list = []

    @property
    def raw(self):
        return self._list

    def keys(self):
        return [key.decode("latin-1") for key, _ in self._list]

    def values(self):
        return [value.decode("latin-1") for _, value in self._list]

    def items(self):
        return [(key.decode("latin-1"), value.decode("latin-1")) for key, value in self._list]

    def get(self, key, default=None):
        wanted = key.lower().encode("latin-1")
        for name, value in self._list:
            if name == wanted:
                return value.decode("latin-1")
        return default

    def getlist(self, key):
        wanted = key.lower().encode("latin-1")
        return [value.decode("latin-1") for name, value in self._list if name == wanted]

    def mutablecopy(self):
        return MutableHeaders(raw=self._list[:])

    def __getitem__(self, key):
        value = self.get(key)
        if value is None:
            raise KeyError(key)
        return value

    def __contains__(self, key):
        return self.get(key) is not None

    def __iter__(self):
        return iter(self.keys())

    def __len__(self):
        return len(self._list)

    def __eq__(self, other):
        return isinstance(other, Headers) and sorted(self._list) == sorted(other._list)

    def __repr__(self):
        return f"{type(self).__name__}({dict(self.items())!r})"


class MutableHeaders(Headers):
    def __setitem__(self, key, value):
        key, value = key.lower().encode("latin-1"), value.encode("latin-1")
        places = [i for i, (name, _) in enumerate(self._list) if name == key]
        for i in reversed(places[1:]):
            del self._list[i]
        if places:
            self._list[places[0]] = (key, value)
        else:
            self._list.append((key, value))

    def __delitem__(self, key):
        key = key.lower().encode("latin-1")
        self._list[:] = [item for item in self._list if item[0] != key]

    def setdefault(self, key, value):
        found = self.get(key)
        if found is None:
            self.append(key, value)
            return value
        return found

    def append(self, key, value):
        self._list.append((key.lower().encode("latin-1"), value.encode("latin-1")))

    def update(self, other):
        for key, value in other.items():
            self[key] = value

    def add_vary_header(self, vary):
        existing = self.get("vary")
        self["vary"] = f"{existing}, {vary}" if existing else vary


class ImmutableMultiDict:
    """Keys with one or more values; the last one counts."""

    def __init__(self, items=()):
        if hasattr(items, "multi_items"):
            items = items.multi_items()
        elif hasattr(items, "items"):
            items = items.items()
        self._list = list(items)
        self._dict = dict(self._list)

    def getlist(self, key):
        return [value for name, value in self._list if name == key]

    def keys(self):
        return self._dict.keys()

    def values(self):
        return self._dict.values()

    def items(self):
        return self._dict.items()

    def multi_items(self):
        return list(self._list)

    def get(self, key, default=None):
        return self._dict.get(key, default)

    def __getitem__(self, key):
        return self._dict[key]

    def __contains__(self, key):
        return key in self._dict

    def __iter__(self):
        return iter(self._dict)

    def __len__(self):
        return len(self._dict)

    def __eq__(self, other):
        return isinstance(other, type(self)) and sorted(self._list) == sorted(other._list)

    def __repr__(self):
        return f"{type(self).__name__}({self._list!r})"


class QueryParams(ImmutableMultiDict):
    def __init__(self, value=""):
        if isinstance(value, bytes):
            value = value.decode("latin-1")
        if isinstance(value, str):
            value = parse_qsl(value, keep_blank_values=True) if value else ()
        super().__init__([(str(k), str(v)) for k, v in (value.items() if hasattr(value, "items") else value)])

    def __str__(self):
        return urlencode(self._list)

    def __repr__(self):
        return f"QueryParams({str(self)!r})"


class UploadFile:
    """A file that came with a form. What does not stay in memory is read and written in worker threads."""

    def __init__(self, file, *, size=None, filename=None, headers=None):
        self.filename = filename
        self.file = file
        self.size = size
        self.headers = headers or Headers()

    @property
    def content_type(self):
        return self.headers.get("content-type", None)

    @property
    def _in_memory(self):
        return not getattr(self.file, "_rolled", True)

    async def _do(self, what, *args):
        if self._in_memory:
            return what(*args)
        from .concurrency import run_in_threadpool

        return await run_in_threadpool(what, *args)

    async def write(self, data):
        if self.size is not None:
            self.size += len(data)
        await self._do(self.file.write, data)

    async def read(self, size=-1):
        return await self._do(self.file.read, size)

    async def seek(self, offset):
        await self._do(self.file.seek, offset)

    async def close(self):
        await self._do(self.file.close)

    def __repr__(self):
        return f"{type(self).__name__}(filename={self.filename!r}, size={self.size!r}, headers={self.headers!r})"


class FormData(ImmutableMultiDict):
    async def close(self):
        for _, value in self._list:
            if isinstance(value, UploadFile):
                await value.close()


class State:
    """Attributes that an application or a request carries along."""

    def __init__(self, state=None):
        object.__setattr__(self, "_state", {} if state is None else state)

    def __setattr__(self, key, value):
        self._state[key] = value

    def __getattr__(self, key):
        try:
            return object.__getattribute__(self, "_state")[key]
        except KeyError:
            raise AttributeError(f"'State' object has no attribute '{key}'") from None

    def __delattr__(self, key):
        del self._state[key]


class URL:
    def __init__(self, url="", scope=None):
        if scope is not None:
            path = scope.get("app_root_path", "") + scope["path"]
            host = None
            for name, value in scope["headers"]:
                if name == b"host":
                    host = value.decode("latin-1")
                    break
            if host is None and scope.get("server"):
                name, port = scope["server"]
                default = {"http": 80, "https": 443}.get(scope.get("scheme", "http"))
                host = name if port in (default, None) else f"{name}:{port}"
            url = f"{scope.get('scheme', 'http')}://{host}{path}" if host else path
            if scope.get("query_string"):
                url += "?" + scope["query_string"].decode()
        self._url = str(url)

    @property
    def components(self):
        return urlsplit(self._url)

    @property
    def scheme(self):
        return self.components.scheme

    @property
    def netloc(self):
        return self.components.netloc

    @property
    def path(self):
        return self.components.path

    @property
    def query(self):
        return self.components.query

    @property
    def fragment(self):
        return self.components.fragment

    @property
    def hostname(self):
        return self.components.hostname

    @property
    def port(self):
        return self.components.port

    def replace(self, **changes):
        parts = self.components
        host = changes.pop("hostname", None)
        port = changes.pop("port", None)
        if host is not None or port is not None:
            host = host or parts.hostname
            changes["netloc"] = f"{host}:{port}" if port else host
        return URL(parts._replace(**changes).geturl())

    def include_query_params(self, **more):
        found = dict(parse_qsl(self.query, keep_blank_values=True))
        found.update({str(key): str(value) for key, value in more.items()})
        return self.replace(query=urlencode(found))

    def replace_query_params(self, **more):
        return self.replace(query=urlencode({str(key): str(value) for key, value in more.items()}))

    def remove_query_params(self, keys):
        gone = {keys} if isinstance(keys, str) else set(keys)
        kept = [(k, v) for k, v in parse_qsl(self.query, keep_blank_values=True) if k not in gone]
        return self.replace(query=urlencode(kept))

    def __eq__(self, other):
        return str(self) == str(other)

    def __hash__(self):
        return hash(self._url)

    def __str__(self):
        return self._url

    def __repr__(self):
        return f"URL({self._url!r})"
