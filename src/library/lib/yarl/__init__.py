"""URLs, as far as the client needs them."""

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}


class URL:
    def __init__(self, value="", *, encoded=False):
        self._text = value._text if isinstance(value, URL) else str(value)
        if not encoded and not isinstance(value, URL):
            self._text = quote(self._text, safe="/%:@!$&'()*+,;=~?#[]-._")
        self._parts = urlsplit(self._text)
        if self._parts.netloc and not self._parts.path:
            self._parts = self._parts._replace(path="/")
            self._text = urlunsplit(self._parts)

    @property
    def scheme(self):
        return self._parts.scheme

    @property
    def host(self):
        return self._parts.hostname

    raw_host = host

    @property
    def port(self):
        return self._parts.port or _PORTS.get(self._parts.scheme)

    @property
    def authority(self):
        return self._parts.netloc

    @property
    def path(self):
        return unquote(self._parts.path)

    @property
    def raw_path(self):
        return self._parts.path

    @property
    def query_string(self):
        """Decoded, but for what would divide it otherwise."""
        kept = re.sub("%(26|2B|3B|3D)", r"%25\1", self._parts.query.replace("+", " "), flags=re.I)
        return unquote(kept)

    @property
    def query(self):
        return dict(parse_qsl(self._parts.query, keep_blank_values=True))

    @property
    def path_qs(self):
        return self.path + ("?" + self.query_string if self._parts.query else "")

    @property
    def raw_path_qs(self):
        return self._parts.path + ("?" + self._parts.query if self._parts.query else "")

    @property
    def fragment(self):
        return self._parts.fragment

    @property
    def name(self):
        return self.path.rpartition("/")[2]

    @property
    def parts(self):
        return tuple(["/", *self.path.strip("/").split("/")])

    @property
    def parent(self):
        return self._replace(path=self._parts.path.rpartition("/")[0] or "/", query="", fragment="")

    def is_absolute(self):
        return bool(self._parts.netloc)

    absolute = property(is_absolute)

    def origin(self):
        if not self._parts.netloc:
            raise ValueError("URL should be absolute")
        return self._replace(path="", query="", fragment="")

    def join(self, other):
        return URL(urljoin(self._text, str(other)), encoded=True)

    def _replace(self, **changes):
        return URL(urlunsplit(self._parts._replace(**changes)), encoded=True)

    def with_path(self, path):
        return self._replace(path=quote(path), query="", fragment="")

    def with_query(self, query=None, **more):
        query = more or query
        return self._replace(query=query if isinstance(query, str) else encode_query(query or {}))

    update_query = with_query

    def __truediv__(self, name):
        return self._replace(path=self._parts.path.rstrip("/") + "/" + quote(str(name)), query="", fragment="")

    def __mod__(self, query):
        return self.with_query(dict(self.query, **query))

    def human_repr(self):
        return unquote(self._text)

    def __str__(self):
        return self._text

    def __repr__(self):
        return f"URL('{self._text}')"

    def __eq__(self, other):
        return isinstance(other, URL) and self._text == other._text

    def __hash__(self):
        return hash(self._text)


def encode_query(query):
    pairs = query.items() if hasattr(query, "items") else query
    flat = []
    for key, value in pairs:
        for item in value if isinstance(value, (list, tuple)) else (value,):
            if isinstance(item, bool) or item is None:
                wanted = "Invalid variable type: value should be str, int or float"
                raise TypeError(f"{wanted}, got {item!r} of type {type(item)}")
            flat.append((key, item))
    return urlencode(flat)
