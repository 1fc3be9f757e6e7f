"""Exceptions with a handler become responses; the others pass."""

from ..exceptions import HTTPException, Started, answer, http_exception


class ExceptionMiddleware:
    def __init__(self, app, handlers=None, debug=False):
        self.app = app
        self.debug = debug
        self.by_status = {}
        self.by_class = {HTTPException: http_exception}
        for key, handler in (handlers or {}).items():
            (self.by_status if isinstance(key, int) else self.by_class)[key] = handler

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope["starlette.exception_handlers"] = (self.by_status, self.by_class)
        started = Started(send)
        try:
            await self.app(scope, receive, started.send)
        except Exception as exc:
            await answer(exc, scope, receive, send, started)
