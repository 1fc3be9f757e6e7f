"""Requests without TLS are sent to where it is."""

from ..datastructures import URL
from ..responses import RedirectResponse

_SECURE = {"http": "https", "ws": "wss"}


class HTTPSRedirectMiddleware:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] not in ("http", "websocket") or scope["scheme"] not in _SECURE:
            await self.app(scope, receive, send)
            return
        url = URL(scope=scope)
        netloc = url.hostname if url.port in (80, 443) else url.netloc
        response = RedirectResponse(url.replace(scheme=_SECURE[url.scheme], netloc=netloc), status_code=307)
        await response(scope, receive, send)
