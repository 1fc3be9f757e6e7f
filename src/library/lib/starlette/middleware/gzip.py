"""Bodies that are compressed for clients who take that."""

import gzip
import io

from ..datastructures import Headers, MutableHeaders

_EXCLUDED = ("text/event-stream",)


class GZipMiddleware:
    def __init__(self, app, minimum_size=500, compresslevel=9):
        self.app = app
        self.minimum_size = minimum_size
        self.compresslevel = compresslevel

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        takes_gzip = "gzip" in Headers(scope=scope).get("Accept-Encoding", "")
        await self.app(scope, receive, _Answer(self, send, takes_gzip))


class _Answer:
    """One answer on its way: its head waits for the first piece of the body, which tells whether it is worth it."""

    def __init__(self, middleware, send, takes_gzip):
        self.send = send
        self.minimum_size = middleware.minimum_size
        self.takes_gzip = takes_gzip
        self.start = None
        self.is_passed = False
        self.buffer = io.BytesIO()
        self.level = middleware.compresslevel
        self.file = None

    async def __call__(self, message):
        kind = message["type"]
        if kind == "http.response.start":
            self.start = message
            headers = Headers(raw=message["headers"])
            is_excluded = headers.get("content-type", "").startswith(_EXCLUDED)
            self.is_passed = "content-encoding" in headers or is_excluded
            return
        if kind != "http.response.body":
            await self.send(message)
            return
        body, more = message.get("body", b""), message.get("more_body", False)
        if self.start is not None:
            start, self.start = self.start, None
            headers = MutableHeaders(raw=start["headers"])
            if self.is_passed:
                await self.send(start)
                await self.send(message)
                return
            if len(body) < self.minimum_size and not more:
                self.is_passed = True
                await self.send(start)
                await self.send(message)
                return
            headers.add_vary_header("Accept-Encoding")
            if not self.takes_gzip:
                self.is_passed = True
                await self.send(start)
                await self.send(message)
                return
            headers["Content-Encoding"] = "gzip"
            if more:
                if "content-length" in headers:
                    del headers["Content-Length"]
            self.file = gzip.GzipFile(mode="wb", fileobj=self.buffer, compresslevel=self.level)
            body = self._packed(body, more)
            if not more:
                headers["Content-Length"] = str(len(body))
            await self.send(start)
            await self.send({"type": "http.response.body", "body": body, "more_body": more})
            return
        if not self.is_passed:
            message = {"type": "http.response.body", "body": self._packed(body, more), "more_body": more}
        await self.send(message)

    def _packed(self, body, more):
        self.file.write(body)
        if not more:
            self.file.close()
        packed = self.buffer.getvalue()
        self.buffer.seek(0)
        self.buffer.truncate()
        return packed
