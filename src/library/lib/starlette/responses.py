"""Responses: each is an ASGI application that sends itself, then runs its background task (S-WEB-15)."""

import json
from urllib.parse import quote

from .concurrency import iterate_in_threadpool
from .datastructures import MutableHeaders

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
        text = f"{key}={value}"
        if domain is not None:
            text += f"; Domain={domain}"
        if expires is not None:
            text += f"; expires={expires}"
        if httponly:
            text += "; HttpOnly"
        if max_age is not None:
            text += f"; Max-Age={max_age}"
        if path is not None:
            text += f"; Path={path}"
        if samesite is not None:
            text += f"; SameSite={samesite}"
        if secure:
            text += "; Secure"
        self.raw_headers.append((b"set-cookie", text.encode("latin-1")))

    def delete_cookie(self, key, path="/", domain=None, secure=False, httponly=False, samesite="lax"):
        self.set_cookie(key, '""', 0, 0, path, domain, secure, httponly, samesite)

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


class FileResponse(Response):
    def __init__(self, *args, **kwargs):
        raise NotImplementedError("starlette: FileResponse is not simulated, because scenarios have no files to send")
