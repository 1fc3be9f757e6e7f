"""Time limits, form data, basic authentication."""

from collections import namedtuple
from mimetypes import guess_type
from urllib.parse import urlencode

from _multipart import encode_multipart

from .version import ERA


class ClientTimeout:
    """Limits in seconds; None is no limit."""

    def __init__(self, total=None, connect=None, sock_read=None, sock_connect=None, ceil_threshold=5):
        self.total = total
        self.connect = connect
        self.sock_read = sock_read
        self.sock_connect = sock_connect
        self.ceil_threshold = ceil_threshold

    def __eq__(self, other):
        return isinstance(other, ClientTimeout) and vars(self) == vars(other)

    def __repr__(self):
        inner = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
        return f"ClientTimeout({inner})"


class FormData:
    """Fields of a form, which has several parts as soon as one of them is a file or bytes."""

    def __init__(self, fields=(), quote_fields=True, charset=None, *, default_to_multipart=False):
        self._fields = []
        self._is_multipart = default_to_multipart
        self.add_fields(*(fields.items() if hasattr(fields, "items") else fields))

    @property
    def is_multipart(self):
        return self._is_multipart

    def add_fields(self, *fields):
        for field in fields:
            if hasattr(field, "read"):
                self.add_field(getattr(field, "name", "unknown"), field)
            else:
                self.add_field(*field)

    def add_field(self, name, value, *, content_type=None, filename=None):
        is_file = hasattr(value, "read") or isinstance(value, (bytes, bytearray, memoryview))
        if is_file:
            self._is_multipart = True
            if filename is None and hasattr(value, "read"):
                path = getattr(value, "name", None)
                filename = name if path is None else str(path).rpartition("/")[2]
        if filename is not None and not isinstance(filename, str):
            raise TypeError(f"filename must be an instance of str. Got: {filename}")
        if content_type is not None and not isinstance(content_type, str):
            raise TypeError(f"content_type must be an instance of str. Got: {content_type}")
        if filename is not None or content_type is not None:
            self._is_multipart = True
        self._fields.append((name, value, content_type, filename))

    def encode(self):
        """The body and its content type."""
        if not self._is_multipart:
            for _, value, _, _ in self._fields:
                if not isinstance(value, str) and not isinstance(value, int):
                    raise TypeError(f"expected str, got {value!r}")
            text = urlencode([(name, value) for name, value, _, _ in self._fields])
            return text.encode(), "application/x-www-form-urlencoded"
        parts = []
        for name, value, content_type, filename in self._fields:
            if hasattr(value, "read") or isinstance(value, (bytes, bytearray, memoryview)):
                guessed = guess_type(filename)[0] if filename else None
                kind = content_type or guessed or "application/octet-stream"
            else:
                kind = content_type or "text/plain; charset=utf-8"
            parts.append((name, (filename, value, kind)))
        return encode_multipart((), parts, guesses=False)


def encode_basic_auth(login, password="", encoding="utf-8"):
    """The value of an `Authorization` header for a name and a password."""
    import base64

    if ":" in login:
        raise ValueError('A ":" is not allowed in login (RFC 7617#section-2)')
    return "Basic " + base64.b64encode(f"{login}:{password}".encode(encoding)).decode(encoding)


def discourage_auth(auth, stacklevel):
    """Warns of the parameter `auth`, where one is given, as releases since 3.14 do."""
    if auth is not None and not ERA:
        import warnings

        warnings.warn(
            "The 'auth' parameter is deprecated and will be removed in v4; pass headers={'Authorization': "
            "aiohttp.encode_basic_auth(login, password)} instead",
            DeprecationWarning,
            stacklevel=stacklevel + 1,
        )


class BasicAuth(namedtuple("BasicAuth", ["login", "password", "encoding"])):
    """A name and a password."""

    def __new__(cls, login, password="", encoding="latin1"):
        if login is None:
            raise ValueError("None is not allowed as login value")
        if password is None:
            raise ValueError("None is not allowed as password value")
        if ":" in login:
            raise ValueError('A ":" is not allowed in login (RFC 1945#section-11.1)')
        if not ERA:
            import warnings

            warnings.warn(
                "BasicAuth is deprecated and will be removed in aiohttp 4.0; use aiohttp.encode_basic_auth() with "
                "headers={'Authorization': ...} instead",
                DeprecationWarning,
                stacklevel=2,
            )
        return super().__new__(cls, login, password, encoding)

    @classmethod
    def decode(cls, auth_header, encoding="latin1"):
        import base64
        import binascii

        kind, separator, credentials = auth_header.partition(" ")
        if not separator:
            raise ValueError("Could not parse authorization header.")
        if kind.lower() != "basic":
            raise ValueError(f"Unknown authorization method {kind}")
        try:
            text = base64.b64decode(credentials.encode("ascii"), validate=True).decode(encoding)
        except binascii.Error:
            raise ValueError("Invalid base64 encoding.")
        login, separator, password = text.partition(":")
        if not separator:
            raise ValueError("Invalid credentials.")
        return tuple.__new__(cls, (login, password, encoding))

    def encode(self):
        return encode_basic_auth(self.login, self.password, self.encoding)


class Morsel:
    """One cookie."""

    def __init__(self, key, value):
        self.key = key
        self.value = value

    def __repr__(self):
        return f"<Morsel: {self.key}={self.value}>"


class CookieJar:
    """Cookies by host name; hosts that are addresses get none unless the jar is unsafe."""

    def __init__(self, *, unsafe=False, quote_cookie=True, treat_as_secure_origin=None, loop=None):
        self._unsafe = unsafe
        self._hosts = {}

    def update_cookies(self, cookies, response_url=None):
        host = "" if response_url is None else response_url.host or ""
        if not self._unsafe and host.replace(".", "").isdigit():
            return
        known = self._hosts.setdefault(host, {})
        for key, value in cookies.items() if hasattr(cookies, "items") else cookies:
            known[key] = Morsel(key, getattr(value, "value", value))

    def filter_cookies(self, request_url=None):
        host = "" if request_url is None else request_url.host or ""
        if not self._unsafe and host.replace(".", "").isdigit():
            return {}
        return {**self._hosts.get("", {}), **self._hosts.get(host, {})}

    def clear(self, predicate=None):
        self._hosts.clear()

    def clear_domain(self, domain):
        self._hosts.pop(domain, None)

    def __iter__(self):
        return iter([morsel for known in self._hosts.values() for morsel in known.values()])

    def __len__(self):
        return sum(len(known) for known in self._hosts.values())


class DummyCookieJar(CookieJar):
    """Keeps nothing."""

    def update_cookies(self, cookies, response_url=None):
        pass


class Deadline:
    """The total time limit of one request: at its end the task that waits is cancelled."""

    def __init__(self, loop, seconds, threshold):
        self.task = None
        self.expired = False
        self.done = False
        self.at = loop.time() + seconds
        if seconds > threshold:
            # Long limits end at whole seconds, so that many of them end together.
            self.at = -(-self.at // 1)

    def expire(self):
        if not self.done:
            self.expired = True
            if self.task is not None:
                self.task.cancel()


class Deadlines:
    """The total limits of a session's requests: all are equally long, so the first in is the first out.

    One timer serves them all, instead of one per request.
    """

    def __init__(self, loop, timeout):
        from collections import deque

        self.loop = loop
        self.timeout = timeout
        self.queue = deque()
        self.timer = None

    def new(self):
        queue = self.queue
        while queue and queue[0].done:
            queue.popleft()
        deadline = Deadline(self.loop, self.timeout.total, self.timeout.ceil_threshold)
        queue.append(deadline)
        if self.timer is None:
            self.timer = self.loop.call_at(deadline.at, self._fire)
        return deadline

    def _fire(self):
        self.timer = None
        queue = self.queue
        now = self.loop.time()
        while queue and (queue[0].done or queue[0].at <= now):
            queue.popleft().expire()
        if queue:
            self.timer = self.loop.call_at(queue[0].at, self._fire)

    def close(self):
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None
