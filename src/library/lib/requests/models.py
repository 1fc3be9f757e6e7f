"""Requests and responses."""

import datetime
import json as _json
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from _multipart import encode_multipart

from .auth import HTTPBasicAuth
from .exceptions import HTTPError, InvalidJSONError, InvalidURL, JSONDecodeError, MissingSchema, StreamConsumedError
from .structures import CaseInsensitiveDict, CookieJar

REDIRECTS = (301, 302, 303, 307, 308)


def encode_params(data):
    if isinstance(data, (str, bytes)):
        return data
    pairs = []
    for key, value in data.items() if hasattr(data, "items") else data:
        for item in value if isinstance(value, (list, tuple)) else (value,):
            if item is not None:
                pairs.append((key, item))
    return urlencode(pairs)


class Request:
    def __init__(
        self,
        method=None,
        url=None,
        headers=None,
        files=None,
        data=None,
        params=None,
        auth=None,
        cookies=None,
        hooks=None,
        json=None,
    ):
        self.method, self.url, self.headers, self.files = method, url, headers or {}, files or []
        self.data, self.params, self.json = data or [], params or {}, json
        self.auth, self.cookies, self.hooks = auth, cookies, hooks or {}

    def prepare(self):
        prepared = PreparedRequest()
        prepared.prepare(
            self.method, self.url, self.headers, self.data, self.params, self.auth, self.cookies, self.json, self.files
        )
        return prepared

    def __repr__(self):
        return f"<Request [{self.method}]>"


class PreparedRequest:
    def prepare(
        self,
        method=None,
        url=None,
        headers=None,
        data=None,
        params=None,
        auth=None,
        cookies=None,
        json=None,
        files=None,
    ):
        self.method = method.upper() if method else method
        self._prepare_url(url, params)
        self.headers = CaseInsensitiveDict(headers or {})
        if cookies:
            self.headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        self._prepare_body(data, json, files)
        if auth:
            if isinstance(auth, tuple):
                auth = HTTPBasicAuth(*auth)
            auth(self)

    def _prepare_url(self, url, params):
        url = url.decode("utf8") if isinstance(url, bytes) else str(url)
        url = url.lstrip()
        if ":" in url and not url.lower().startswith("http"):
            self.url = url
            return
        parts = urlsplit(url)
        if not parts.scheme:
            raise MissingSchema(f"Invalid URL {url!r}: No scheme supplied. Perhaps you meant https://{url}?")
        if not parts.netloc:
            raise InvalidURL(f"Invalid URL {url!r}: No host supplied")
        query = parts.query
        if params:
            extra = encode_params(params)
            query = f"{query}&{extra}" if query else extra
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        self.url = urlunsplit((parts.scheme, parts.netloc, path, query, parts.fragment))

    def _prepare_body(self, data, json, files=None):
        body, kind = None, None
        if not data and json is not None:
            kind = "application/json"
            try:
                body = _json.dumps(json, allow_nan=False).encode()
            except ValueError as exc:
                raise InvalidJSONError(exc, request=self) from exc
        elif files:
            if isinstance(data, (str, bytes)):
                raise ValueError("Data must not be a string.")
            body, kind = encode_multipart(data or {}, files, guesses=False)
        elif data:
            if isinstance(data, (str, bytes)):
                body = data.encode() if isinstance(data, str) else data
            elif hasattr(data, "read"):
                body = data.read()
            else:
                body = encode_params(data).encode()
                kind = "application/x-www-form-urlencoded"
        self.body = body
        if body is not None:
            self.headers["Content-Length"] = str(len(body))
        elif self.method not in ("GET", "HEAD"):
            self.headers["Content-Length"] = "0"
        if kind and "content-type" not in self.headers:
            self.headers["Content-Type"] = kind

    @property
    def path_url(self):
        parts = urlsplit(self.url)
        return (parts.path or "/") + ("?" + parts.query if parts.query else "")

    def copy(self):
        other = PreparedRequest()
        other.method, other.url, other.headers, other.body = self.method, self.url, self.headers.copy(), self.body
        return other

    def __repr__(self):
        return f"<PreparedRequest [{self.method}]>"


class Response:
    def __init__(self):
        self._content = False
        self._content_consumed = False
        self.status_code = None
        self.headers = CaseInsensitiveDict()
        self.raw = None
        self.url = None
        self.encoding = None
        self.history = []
        self.reason = None
        self.cookies = CookieJar()
        self.elapsed = datetime.timedelta(0)
        self.request = None
        self._release = None

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def __repr__(self):
        return f"<Response [{self.status_code}]>"

    def __bool__(self):
        return self.ok

    __nonzero__ = __bool__

    def __iter__(self):
        return self.iter_content(128)

    @property
    def ok(self):
        return self.status_code < 400

    @property
    def is_redirect(self):
        return "location" in self.headers and self.status_code in REDIRECTS

    @property
    def is_permanent_redirect(self):
        return "location" in self.headers and self.status_code in (301, 308)

    @property
    def apparent_encoding(self):
        try:
            self.content.decode("ascii")
            return "ascii"
        except UnicodeDecodeError:
            return "utf-8"

    @property
    def content(self):
        if self._content is False:
            if self._content_consumed:
                raise RuntimeError("The content for this response was already consumed")
            self._content = b"".join(self.iter_content(10 * 1024)) or b""
        self._content_consumed = True
        return self._content

    @property
    def text(self):
        if not self.content:
            return ""
        return str(self.content, self.encoding or self.apparent_encoding, errors="replace")

    def iter_content(self, chunk_size=1, decode_unicode=False):
        if self._content_consumed and isinstance(self._content, bool):
            raise StreamConsumedError()
        return self._chunks(chunk_size, decode_unicode)

    def _chunks(self, chunk_size, decode_unicode):
        if isinstance(self._content, bytes):
            data, n = self._content, chunk_size or len(self._content) or 1
            for start in range(0, len(data), n):
                yield data[start : start + n]
            return
        if "content-encoding" in self.headers:
            from _content_coding import decoded

            body = decoded(self.headers["content-encoding"], self.raw.read())
            for start in range(0, len(body), chunk_size or len(body) or 1):
                yield body[start : start + (chunk_size or len(body))]
        while chunk := self.raw.read(chunk_size):
            yield chunk.decode(self.encoding or "utf-8", "replace") if decode_unicode else chunk
        self._content_consumed = True
        self.close()

    def iter_lines(self, chunk_size=512, decode_unicode=False, delimiter=None):
        pending = None
        for chunk in self.iter_content(chunk_size, decode_unicode):
            if pending is not None:
                chunk = pending + chunk
            lines = chunk.split(delimiter) if delimiter else chunk.splitlines()
            pending = lines.pop() if lines and lines[-1] and chunk and lines[-1][-1] == chunk[-1] else None
            yield from lines
        if pending is not None:
            yield pending

    def json(self, **kwargs):
        try:
            return _json.loads(self.text if self.encoding else self.content.decode("utf-8"), **kwargs)
        except _json.JSONDecodeError as exc:
            raise JSONDecodeError(exc.msg, exc.doc, exc.pos) from None

    @property
    def links(self):
        return {}

    def raise_for_status(self):
        if 400 <= self.status_code < 500:
            kind = "Client"
        elif 500 <= self.status_code < 600:
            kind = "Server"
        else:
            return
        raise HTTPError(f"{self.status_code} {kind} Error: {self.reason} for url: {self.url}", response=self)

    def close(self):
        release, self._release = self._release, None
        if release is not None:
            release(self.raw)


def charset_of(headers):
    """What the content type says; text without a charset is Latin-1, JSON is UTF-8."""
    kind, *parameters = (headers.get("content-type") or "").split(";")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("'\"")
    if "text" in kind:
        return "ISO-8859-1"
    return "utf-8" if "application/json" in kind else None
