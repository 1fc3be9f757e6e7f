"""Only requests to hosts that are known pass."""

from ..datastructures import URL, Headers
from ..responses import PlainTextResponse, RedirectResponse

_WILDCARD = "Domain wildcard patterns must be like '*.example.com'."


class TrustedHostMiddleware:
    def __init__(self, app, allowed_hosts=None, www_redirect=True):
        allowed_hosts = ["*"] if allowed_hosts is None else allowed_hosts
        for pattern in allowed_hosts:
            assert "*" not in pattern[1:], _WILDCARD
            assert not pattern.startswith("*") or pattern == "*" or pattern.startswith("*."), _WILDCARD
        self.app = app
        self.allowed_hosts = [pattern.lower() for pattern in allowed_hosts]
        self.allow_any = "*" in allowed_hosts
        self.www_redirect = www_redirect

    async def __call__(self, scope, receive, send):
        if self.allow_any or scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        host = Headers(raw=scope["headers"]).get("host", "").partition(":")[0].lower()
        hosts = self.allowed_hosts
        if any(host == pattern or pattern.startswith("*") and host.endswith(pattern[1:]) for pattern in hosts):
            await self.app(scope, receive, send)
            return
        if self.www_redirect and "www." + host in hosts:
            url = URL(scope=scope)
            response = RedirectResponse(url=str(url.replace(netloc="www." + url.netloc)))
        else:
            response = PlainTextResponse("Invalid host header", status_code=400)
        await response(scope, receive, send)
