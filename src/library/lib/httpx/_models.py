"""Requests, responses, headers, URLs."""

import datetime
import json as json_module
from http import HTTPStatus
from urllib.parse import urlencode

from _multipart import encode_multipart
from multidict import CIMultiDict

from ._exceptions import HTTPStatusError, ResponseNotRead
from ._urls import URL


class Headers(CIMultiDict):
    def __init__(self, items=()):
        super().__init__(items.multi_items() if isinstance(items, Headers) else items or ())
        self._items = [(key.lower(), value) for key, value in self._items]

    def get_list(self, key):
        return self.getall(key, [])

    def multi_items(self):
        return list(self._items)

    def _merged(self):
        """Values of the same name in one text."""
        merged = {}
        for name, value in self._items:
            merged[name] = f"{merged[name]}, {value}" if name in merged else value
        return merged

    def items(self):
        return self._merged().items()

    def keys(self):
        return self._merged().keys()

    def values(self):
        return self._merged().values()

    def get(self, key, default=None):
        found = self.getall(key, [])
        return ", ".join(found) if found else default

    def copy(self):
        return Headers(self._items)

    def __repr__(self):
        return f"Headers({dict(self.items())!r})"


class Cookies:
    """Names and values of cookies: given, or set by a response."""

    def __init__(self, source=None):
        self._values = {}
        if isinstance(source, Response):
            self.extract_cookies(source)
        elif source is not None:
            self._values.update(source.items() if hasattr(source, "items") else source)

    def extract_cookies(self, response):
        for line in response.headers.get_list("set-cookie"):
            first, *attributes = line.split(";")
            name, _, value = first.partition("=")
            ends = any(a.strip().lower() in ("max-age=0", 'max-age="0"') for a in attributes)
            if ends:
                self._values.pop(name.strip(), None)
            else:
                self._values[name.strip()] = value.strip()

    def set(self, name, value, domain="", path="/"):
        self._values[name] = value

    def get(self, name, default=None, domain=None, path=None):
        return self._values.get(name, default)

    def delete(self, name, domain=None, path=None):
        del self._values[name]

    def clear(self, domain=None, path=None):
        self._values.clear()

    def update(self, cookies=None):
        self._values.update(cookies.items() if hasattr(cookies, "items") else cookies or ())

    def keys(self):
        return self._values.keys()

    def values(self):
        return self._values.values()

    def items(self):
        return self._values.items()

    def __setitem__(self, name, value):
        self._values[name] = value

    def __getitem__(self, name):
        return self._values[name]

    def __delitem__(self, name):
        del self._values[name]

    def __contains__(self, name):
        return name in self._values

    def __iter__(self):
        return iter(self._values)

    def __len__(self):
        return len(self._values)

    def __repr__(self):
        shown = ", ".join(f"<Cookie {name}={value} for  />" for name, value in self._values.items())
        return f"<Cookies[{shown}]>"


class Request:
    def __init__(self, method, url, *, headers=None, params=None, content=None, data=None, files=None, json=None):
        self.method = method.upper()
        self.url = url = URL(url) if params is None else URL(url, params=params)
        self.headers = Headers([("host", url.netloc.decode("ascii"))])
        kind = None
        body = b""
        if json is not None:
            compact = json_module.dumps(json, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
            body, kind = compact.encode(), "application/json"
        elif files:
            body, kind = encode_multipart(data or {}, files, Headers(headers).get("content-type"))
        elif data is not None:
            body, kind = urlencode(data, doseq=True).encode(), "application/x-www-form-urlencoded"
        elif isinstance(content, str):
            body, kind = content.encode(), None
        elif content is not None:
            body = content
        if isinstance(headers, Headers):
            for name in set(headers.keys()):
                self.headers.pop(name, None)
            for name, value in headers.multi_items():
                self.headers.add(name, value)
        else:
            self.headers.update(headers or {})
        if body or self.method in ("POST", "PUT", "PATCH"):
            self.headers.setdefault("content-length", str(len(body)))
        if kind is not None:
            self.headers.setdefault("content-type", kind)
        self.content = body

    def read(self):
        return self.content

    async def aread(self):
        return self.content

    def __repr__(self):
        return f"<Request({self.method!r}, {str(self.url)!r})>"


class Response:
    def __init__(self, status_code, *, headers=None, content=None, text=None, json=None, html=None, request=None):
        self.status_code = status_code
        self.headers = headers if isinstance(headers, Headers) else Headers(headers)
        self.request = request
        self.history = []
        self.next_request = None
        self.elapsed = datetime.timedelta(0)
        self.http_version = "HTTP/1.1"
        self.is_closed = False
        self._stream = None  # an aiohttp response that the rest of the body comes from
        self._reader = None
        kind = None
        if json is not None:
            content = json_module.dumps(json, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
            kind = "application/json"
        elif text is not None:
            content, kind = text, "text/plain; charset=utf-8"
        elif html is not None:
            content, kind = html, "text/html; charset=utf-8"
        if isinstance(content, str):
            content = content.encode()
        elif content is not None and not isinstance(content, bytes):
            self.headers.setdefault("transfer-encoding", "chunked")
            content = b"".join(content)
        if content and "transfer-encoding" not in self.headers:
            self.headers.setdefault("content-length", str(len(content)))
        if kind is not None:
            self.headers.setdefault("content-type", kind)
        self._content = self._decoded(content or b"")
        self.num_bytes_downloaded = len(content or b"")

    def _received(self, body):
        """With this body, whose length and kind the other side has told, or not."""
        self._content = self._decoded(body)
        self.num_bytes_downloaded = len(body)
        return self

    def _decoded(self, body):
        if not body or "content-encoding" not in self.headers:
            return body
        from _content_coding import decoded

        return decoded(self.headers["content-encoding"], body)

    @property
    def content(self):
        if self._content is None:
            raise ResponseNotRead()
        return self._content

    @property
    def text(self):
        return self.content.decode(self.encoding, "replace")

    @property
    def encoding(self):
        _, _, charset = self.headers.get("content-type", "").partition("charset=")
        return charset.strip(' "') or "utf-8"

    @property
    def charset_encoding(self):
        """What the other side says it is; `None` where it says nothing."""
        _, _, charset = self.headers.get("content-type", "").partition("charset=")
        return charset.strip(' "') or None

    @property
    def is_stream_consumed(self):
        return self._content is not None or self.is_closed

    @property
    def reason_phrase(self):
        try:
            return HTTPStatus(self.status_code).phrase
        except ValueError:
            return ""

    @property
    def url(self):
        return self.request.url

    @property
    def is_success(self):
        return 200 <= self.status_code < 300

    @property
    def is_informational(self):
        return 100 <= self.status_code < 200

    @property
    def is_client_error(self):
        return 400 <= self.status_code < 500

    @property
    def is_server_error(self):
        return 500 <= self.status_code < 600

    @property
    def is_error(self):
        return self.status_code >= 400

    @property
    def is_redirect(self):
        return 300 <= self.status_code < 400

    @property
    def has_redirect_location(self):
        return self.status_code in (301, 302, 303, 307, 308) and "location" in self.headers

    @property
    def cookies(self):
        return Cookies(self)

    def json(self, **options):
        return json_module.loads(self.content, **options)

    def raise_for_status(self):
        if self.is_success:
            return self
        first = self.status_code // 100
        kind = {1: "Informational response", 3: "Redirect response", 4: "Client error", 5: "Server error"}[first]
        message = f"{kind} '{self.status_code} {self.reason_phrase}' for url '{self.url}'"
        if self.has_redirect_location:
            message += f"\nRedirect location: '{self.headers['location']}'"
        page = "https://developer.mozilla.org/en-US/docs/Web/HTTP/Status/"
        message += f"\nFor more information check: {page}{self.status_code}"
        raise HTTPStatusError(message, request=self.request, response=self)

    _unread = None

    def read(self):
        if self._content is None and self._unread is not None:
            self._content = self._decoded(self._unread)
        return self.content

    async def aread(self):
        if self._content is None:
            self._content = self._decoded(b"".join([chunk async for chunk in self.aiter_raw()]))
        return self._content

    async def aiter_raw(self, chunk_size=None):
        if self._content is not None:
            if self._content:
                yield self._content
            return
        while chunk := await self._stream.content.readany():
            self.num_bytes_downloaded += len(chunk)
            yield chunk

    async def aiter_bytes(self, chunk_size=None):
        if "content-encoding" in self.headers:
            # What is compressed is read whole.
            await self.aread()
        rest = b""
        async for chunk in self.aiter_raw():
            rest += chunk
            while rest and len(rest) >= (chunk_size or 1):
                part = rest[: chunk_size or len(rest)]
                rest = rest[len(part) :]
                yield part
        if rest:
            yield rest

    async def aiter_text(self, chunk_size=None):
        async for chunk in self.aiter_bytes():
            yield chunk.decode(self.encoding, "replace")

    async def aiter_lines(self):
        rest = ""
        async for text in self.aiter_text():
            rest += text
            *lines, rest = rest.split("\n")
            for line in lines:
                yield line.rstrip("\r")
        if rest:
            yield rest

    def iter_bytes(self, chunk_size=None):
        data = self.read()
        for start in range(0, len(data), chunk_size or len(data) or 1):
            yield data[start : start + (chunk_size or len(data))]
        self.close()

    iter_raw = iter_bytes

    def iter_text(self, chunk_size=None):
        self.read()
        yield self.text
        self.close()

    def iter_lines(self):
        self.read()
        yield from self.text.splitlines()
        self.close()

    def close(self):
        self.is_closed = True

    async def aclose(self):
        self.is_closed = True
        if self._stream is not None:
            self._stream.release()

    def __repr__(self):
        return f"<Response [{self.status_code} {self.reason_phrase}]>"
