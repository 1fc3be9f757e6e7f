"""Exceptions that stand for responses."""

from http import HTTPStatus


class HTTPException(Exception):
    def __init__(self, status_code, detail=None, headers=None):
        if detail is None:
            detail = HTTPStatus(status_code).phrase
        self.status_code = status_code
        self.detail = detail
        self.headers = headers

    def __str__(self):
        return f"{self.status_code}: {self.detail}"

    def __repr__(self):
        return f"{type(self).__name__}(status_code={self.status_code!r}, detail={self.detail!r})"


class WebSocketException(Exception):
    def __init__(self, code, reason=None):
        self.code = code
        self.reason = reason or ""

    def __str__(self):
        return f"{self.code}: {self.reason}"


async def http_exception(request, exc):
    """Starlette's own answer to an HTTPException."""
    from .responses import PlainTextResponse, Response

    if exc.status_code in (204, 304):
        return Response(status_code=exc.status_code, headers=exc.headers)
    return PlainTextResponse(exc.detail, status_code=exc.status_code, headers=exc.headers)


def find_handler(handlers, exc):
    """The handler for an exception: by status code, else by the nearest class."""
    status_handlers, class_handlers = handlers
    if isinstance(exc, HTTPException) and exc.status_code in status_handlers:
        return status_handlers[exc.status_code]
    for cls in type(exc).__mro__:
        if cls in class_handlers:
            return class_handlers[cls]
    return None


async def answer(exc, scope, receive, send, started):
    """Answer an exception by its handler, or raise it again if there is none."""
    from ._utils import is_async_callable
    from .concurrency import run_in_threadpool
    from .requests import Request

    handler = find_handler(scope.get("starlette.exception_handlers", ({}, {})), exc)
    if handler is None:
        raise exc
    if started:
        raise RuntimeError("Caught handled exception, but response already started.") from exc
    request = scope.get("_request") or Request(scope, receive, send)
    if is_async_callable(handler):
        response = await handler(request, exc)
    else:
        response = await run_in_threadpool(handler, request, exc)
    if response is not None:
        await response(scope, receive, send)


class Started:
    """Knows whether a response has begun: of the server if it tells, else by listening."""

    def __init__(self, send):
        owner = getattr(send, "__self__", None)
        self.owner = owner if hasattr(owner, "started") else None
        self.started = False
        self._send = send
        self.send = send if self.owner is not None else self._listen

    async def _listen(self, message):
        if message["type"] == "http.response.start":
            self.started = True
        await self._send(message)

    def __bool__(self):
        return self.owner.started if self.owner is not None else self.started
