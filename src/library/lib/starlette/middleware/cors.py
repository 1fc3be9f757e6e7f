"""Cross-origin requests: preflight answers and the headers of simple responses."""

import re

import _sys

from ..datastructures import Headers, MutableHeaders
from ..responses import PlainTextResponse


_ERA = _sys.library_set() == "L2024"
_METHODS = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", *(() if _ERA else ("QUERY",)))
_VARY = (
    "Origin, Access-Control-Request-Method, Access-Control-Request-Headers, "
    "Access-Control-Request-Private-Network"
)


_SAFE_HEADERS = ("Accept", "Accept-Language", "Content-Language", "Content-Type")


class CORSMiddleware:
    def __init__(
        self,
        app,
        allow_origins=(),
        allow_methods=("GET",),
        allow_headers=(),
        allow_credentials=False,
        allow_origin_regex=None,
        expose_headers=(),
        max_age=600,
    ):
        self.app = app
        self.origins = allow_origins
        self.origin_pattern = re.compile(allow_origin_regex) if allow_origin_regex is not None else None
        self.methods = (
            _METHODS if "*" in allow_methods else allow_methods
        )
        self.headers = allow_headers
        self.credentials = allow_credentials
        self.expose = expose_headers
        self.max_age = max_age

    def _allows(self, origin):
        if self.origin_pattern is not None and self.origin_pattern.fullmatch(origin):
            return True
        return "*" in self.origins or origin in self.origins

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(raw=scope["headers"])
        origin = headers.get("origin")
        if origin is None and _ERA:
            await self.app(scope, receive, send)
        elif origin is not None and scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            await self._preflight(origin, headers)(scope, receive, send)
        else:

            async def send_with_headers(message):
                if message["type"] == "http.response.start":
                    out = MutableHeaders(raw=list(message.get("headers", ())))
                    self._simple(out, origin, "cookie" in headers)
                    message["headers"] = out.raw
                await send(message)

            await self.app(scope, receive, send_with_headers)

    def _simple(self, out, origin, with_cookie):
        """Caches are told that the answer depends on the origin, since 1.0 also where none was given."""
        if origin is None:
            out.add_vary_header("Origin")
            return
        if self.credentials:
            out["access-control-allow-credentials"] = "true"
        if self.expose:
            out["access-control-expose-headers"] = ", ".join(self.expose)
        if "*" in self.origins and not self.credentials and not (with_cookie and _ERA):
            out["access-control-allow-origin"] = "*"
            if not _ERA:
                out.add_vary_header("Origin")
        elif self._allows(origin):
            out["access-control-allow-origin"] = origin
            out.add_vary_header("Origin")
        elif not _ERA:
            out.add_vary_header("Origin")

    def _preflight(self, origin, headers):
        out = {"vary": "Origin" if _ERA else _VARY, "access-control-allow-methods": ", ".join(self.methods)}
        out["access-control-max-age"] = str(self.max_age)
        if "*" not in self.headers:
            out["access-control-allow-headers"] = ", ".join(sorted({*_SAFE_HEADERS, *self.headers}))
        if self.credentials:
            out["access-control-allow-credentials"] = "true"
        problems = []
        if self._allows(origin):
            out["access-control-allow-origin"] = "*" if "*" in self.origins and not self.credentials else origin
        else:
            problems.append("origin")
        if headers["access-control-request-method"] not in self.methods:
            problems.append("method")
        wanted = headers.get("access-control-request-headers")
        if wanted is not None:
            allowed = {"accept", "accept-language", "content-language", "content-type"}
            allowed.update(name.lower() for name in self.headers)
            if "*" in self.headers:
                out["access-control-allow-headers"] = wanted
            elif any(name.strip().lower() not in allowed for name in wanted.split(",")):
                problems.append("headers")
        if problems:
            return PlainTextResponse("Disallowed CORS " + ", ".join(problems), status_code=400, headers=out)
        return PlainTextResponse("OK", status_code=200, headers=out)
