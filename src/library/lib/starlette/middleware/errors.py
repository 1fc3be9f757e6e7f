"""The outermost middleware: an unhandled exception gives a 500 response and is raised on (S-WEB-05)."""

from .._utils import is_async_callable
from ..concurrency import run_in_threadpool
from ..exceptions import Started, answer
from ..requests import Request
from ..responses import PlainTextResponse
from .exceptions import ExceptionMiddleware


class ServerErrorMiddleware:
    def __init__(self, app, handler=None, debug=False):
        self.app = app
        self.handler = handler
        self.debug = debug

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = Started(send)
        try:
            await self.app(scope, receive, started.send)
        except Exception as exc:
            if not started:
                await (await self._response(scope, exc))(scope, receive, send)
            # The server logs it, the test client may raise it.
            raise exc

    async def _response(self, scope, exc):
        if self.debug:
            import traceback

            text = "".join(traceback.format_exception(type(exc), exc, exc.__traceback__))
            return PlainTextResponse(text, status_code=500)
        if self.handler is None:
            return PlainTextResponse("Internal Server Error", status_code=500)
        request = Request(scope)
        if is_async_callable(self.handler):
            return await self.handler(request, exc)
        return await run_in_threadpool(self.handler, request, exc)


class PlainStack(ServerErrorMiddleware):
    """ServerErrorMiddleware directly around ExceptionMiddleware, in one layer: most applications add none between."""

    def __init__(self, app, handlers, error_handler, debug):
        super().__init__(app, error_handler, debug)
        inner = ExceptionMiddleware(app, handlers)
        self.handlers = (inner.by_status, inner.by_class)

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope["starlette.exception_handlers"] = self.handlers
        started = Started(send)
        try:
            try:
                await self.app(scope, receive, started.send)
            except Exception as exc:
                await answer(exc, scope, receive, started.send, started)
        except Exception as exc:
            if not started:
                await (await self._response(scope, exc))(scope, receive, send)
            raise exc
