"""Responses: each is an ASGI application that sends itself, then runs its background task (S-WEB-15)."""

import json
from urllib.parse import quote

import _sys

from .concurrency import iterate_in_threadpool
from .datastructures import MutableHeaders

_ERA = _sys.library_set() == "L2024"
_TEXT_TYPES = {}
# What `json.dumps` would make anew for each response; its cost is part of the request's.
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, indent=None, separators=(",", ":")).encode


def _content_type(media_type, charset):
    """The bytes of a content-type header, kept per media type."""
    found = _TEXT_TYPES.get(media_type)
    if found is None:
        text = media_type
        if text.startswith("text/") and "charset=" not in text.lower():
            text += "; charset=" + charset
        found = _TEXT_TYPES[media_type] = (b"content-type", text.encode("latin-1"))
    return found


class Response:
    media_type = None
    charset = "utf-8"

    def __init__(self, content=None, status_code=200, headers=None, media_type=None, background=None):
        self.status_code = status_code
        if media_type is not None:
            self.media_type = media_type
        self.background = background
        self.body = self.render(content)
        self.init_headers(headers)

    def render(self, content):
        if content is None:
            return b""
        if isinstance(content, (bytes, memoryview)):
            return content
        return content.encode(self.charset)

    def init_headers(self, headers=None):
        raw = []
        has_length = has_type = False
        if headers:
            for key, value in headers.items():
                key = key.lower().encode("latin-1")
                has_length = has_length or key == b"content-length"
                has_type = has_type or key == b"content-type"
                raw.append((key, value.encode("latin-1")))
        body = getattr(self, "body", None)
        status = self.status_code
        if body is not None and not has_length and not (status < 200 or status in (204, 304)):
            raw.append((b"content-length", str(len(body)).encode()))
        if self.media_type is not None and not has_type:
            raw.append(_content_type(self.media_type, self.charset))
        self.raw_headers = raw

    @property
    def headers(self):
        return MutableHeaders(raw=self.raw_headers)

    def set_cookie(
        self,
        key,
        value="",
        max_age=None,
        expires=None,
        path="/",
        domain=None,
        secure=False,
        httponly=False,
        samesite="lax",
    ):
        from http.cookies import SimpleCookie

        cookie = SimpleCookie()
        cookie[key] = value
        morsel = cookie[key]
        if expires is not None and hasattr(expires, "astimezone"):
            from email.utils import format_datetime

            expires = format_datetime(expires, usegmt=True)
        given = {"max-age": max_age, "expires": expires, "path": path, "domain": domain, "samesite": samesite}
        for name, what in given.items():
            if what is not None:
                morsel[name] = what
        if secure:
            morsel["secure"] = True
        if httponly:
            morsel["httponly"] = True
        if samesite is not None:
            known = samesite.lower() in ("strict", "lax", "none")
            assert known, "samesite must be either 'strict', 'lax' or 'none'"
        self.raw_headers.append((b"set-cookie", cookie.output(header="").strip().encode("latin-1")))

    def delete_cookie(self, key, path="/", domain=None, secure=False, httponly=False, samesite="lax"):
        self.set_cookie(key, "", 0, 0, path, domain, secure, httponly, samesite)

    async def __call__(self, scope, receive, send):
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        await send({"type": "http.response.body", "body": self.body})
        if self.background is not None:
            await self.background()


class HTMLResponse(Response):
    media_type = "text/html"


class PlainTextResponse(Response):
    media_type = "text/plain"


class JSONResponse(Response):
    media_type = "application/json"

    def __init__(self, content, status_code=200, headers=None, media_type=None, background=None):
        super().__init__(content, status_code, headers, media_type, background)

    def render(self, content):
        return _encode(content).encode("utf-8")


class RedirectResponse(Response):
    def __init__(self, url, status_code=307, headers=None, background=None):
        super().__init__(b"", status_code, headers, None, background)
        self.headers["location"] = quote(str(url), safe=":/%#?=@[]!$&'()*+,;")


class StreamingResponse(Response):
    """Chunks as they are made; a plain iterator is advanced in worker threads (S-WEB-17)."""

    def __init__(self, content, status_code=200, headers=None, media_type=None, background=None):
        self.body_iterator = content if hasattr(content, "__aiter__") else iterate_in_threadpool(content)
        self.status_code = status_code
        if media_type is not None:
            self.media_type = media_type
        self.background = background
        self.init_headers(headers)

    async def listen_for_disconnect(self, receive):
        while (await receive())["type"] != "http.disconnect":
            pass

    async def stream_response(self, send):
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        async for chunk in self.body_iterator:
            if not isinstance(chunk, (bytes, memoryview)):
                chunk = chunk.encode(self.charset)
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def __call__(self, scope, receive, send):
        from anyio import create_task_group

        from ._utils import unwrap_group

        async def until_one_ends(func, argument):
            await func(argument)
            group.cancel_scope.cancel()

        try:
            async with create_task_group() as group:
                group.start_soon(until_one_ends, self.stream_response, send)
                await until_one_ends(self.listen_for_disconnect, receive)
        except BaseExceptionGroup as exc:
            raise unwrap_group(exc) from None
        if self.background is not None:
            await self.background()


class _Unreadable(Exception):
    """The `Range` of a request is no range: the status and the text of the answer."""


def _parse_ranges(text, size):
    """The ranges of bytes that a request asks for, joined where they overlap, as (start, end)."""
    units, equals, asked = text.partition("=")
    if not equals:
        raise _Unreadable(400, "Malformed range header.")
    if units.strip().lower() != "bytes":
        raise _Unreadable(400, "Only support bytes range")
    ranges = []
    for part in asked.split(","):
        start, dash, end = part.strip().partition("-")
        if not dash or not (start or end):
            continue
        try:
            first = int(start) if start else max(size - int(end), 0)
            ranges.append((first, int(end) + 1 if start and end and int(end) < size else size))
        except ValueError:
            continue
    if not ranges:
        raise _Unreadable(400, "Range header: range must be requested")
    if any(not 0 <= start < size for start, _ in ranges):
        raise _Unreadable(416, "")
    if any(start > end for start, end in ranges):
        raise _Unreadable(400, "Range header: start must be less than end")
    joined = []
    for start, end in sorted(ranges):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


class FileResponse(Response):
    """A file, or the one range of its bytes that the request asks for, in chunks that worker threads read."""

    chunk_size = 64 * 1024

    def __init__(
        self,
        path,
        status_code=200,
        headers=None,
        media_type=None,
        background=None,
        filename=None,
        stat_result=None,
        content_disposition_type="attachment",
        method=None,
    ):
        from mimetypes import guess_type

        self.path = path
        self.status_code = status_code
        self.filename = filename
        unknown = "text/plain" if _ERA else "application/octet-stream"
        self.media_type = media_type or guess_type(filename or path)[0] or unknown
        self.background = background
        self.init_headers(headers)
        if not _ERA:
            self.headers.setdefault("accept-ranges", "bytes")
        if filename is not None:
            quoted = quote(filename)
            name = f'filename="{filename}"' if quoted == filename else f"filename*=utf-8''{quoted}"
            self.headers.setdefault("content-disposition", f"{content_disposition_type}; {name}")
        self.stat_result = stat_result
        if stat_result is not None:
            self.set_stat_headers(stat_result)

    def set_stat_headers(self, stat_result):
        from email.utils import formatdate
        from hashlib import md5

        tag = md5(f"{stat_result.st_mtime}-{stat_result.st_size}".encode(), usedforsecurity=False).hexdigest()
        self.headers.setdefault("content-length", str(stat_result.st_size))
        self.headers.setdefault("last-modified", formatdate(stat_result.st_mtime, usegmt=True))
        self.headers.setdefault("etag", f'"{tag}"')

    async def __call__(self, scope, receive, send):
        import os

        from anyio import to_thread

        found = self.stat_result
        if found is None:
            try:
                found = await to_thread.run_sync(os.stat, self.path)
            except FileNotFoundError:
                raise RuntimeError(f"File at path {self.path} does not exist.")
            self.set_stat_headers(found)
            if found.st_mode & 0o170000 != 0o100000:
                raise RuntimeError(f"File at path {self.path} is not a file.")
        start, end = 0, found.st_size
        asked = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"range"), None)
        if asked is not None and self.status_code == 200 and not _ERA:
            try:
                ranges = _parse_ranges(asked, found.st_size)
            except _Unreadable as exc:
                status, text = exc.args
                headers = {"Content-Range": f"bytes */{found.st_size}"} if status == 416 else None
                return await PlainTextResponse(text, status, headers)(scope, receive, send)
            if len(ranges) > 1:
                raise NotImplementedError("starlette: answers of several ranges are not simulated")
            start, end = ranges[0]
            self.status_code = 206
            self.headers["content-range"] = f"bytes {start}-{end - 1}/{found.st_size}"
            self.headers["content-length"] = str(end - start)
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        if scope.get("method", "GET").upper() == "HEAD":
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        else:
            await self._send_bytes(start, end, send)
        if self.background is not None:
            await self.background()

    async def _send_bytes(self, start, end, send):
        from anyio import open_file

        async with await open_file(self.path, mode="rb") as file:
            if start:
                await file.seek(start)
            while True:
                chunk = await file.read(min(self.chunk_size, end - start))
                start += len(chunk)
                more = len(chunk) == self.chunk_size
                await send({"type": "http.response.body", "body": chunk, "more_body": more})
                if not more:
                    break
