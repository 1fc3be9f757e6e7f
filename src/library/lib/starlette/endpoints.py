"""Endpoints that are classes: a method per HTTP method, or per event of a WebSocket."""

import json

import _sys

from ._utils import is_async_callable
from .concurrency import run_in_threadpool
from .exceptions import HTTPException
from .requests import Request
from .responses import PlainTextResponse
from .websockets import WebSocket


_ERA = _sys.library_set() == "L2024"


class HTTPEndpoint:
    def __init__(self, scope, receive, send):
        assert scope["type"] == "http"
        self.scope, self.receive, self.send = scope, receive, send
        methods = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
        has = {method for method in methods if getattr(self, method.lower(), None) is not None}
        if "GET" in has and not _ERA:
            has.add("HEAD")
        self._allowed_methods = [method for method in methods if method in has]

    def __await__(self):
        return self.dispatch().__await__()

    async def dispatch(self):
        request = Request(self.scope, receive=self.receive)
        name = "get" if request.method == "HEAD" and not hasattr(self, "head") else request.method.lower()
        handler = getattr(self, name, self.method_not_allowed)
        if is_async_callable(handler):
            response = await handler(request)
        else:
            response = await run_in_threadpool(handler, request)
        await response(self.scope, self.receive, self.send)

    async def method_not_allowed(self, request):
        headers = {"Allow": ", ".join(self._allowed_methods)}
        if "app" in self.scope:
            raise HTTPException(status_code=405, headers=headers)
        return PlainTextResponse("Method Not Allowed", status_code=405, headers=headers)


class WebSocketEndpoint:
    encoding = None

    def __init__(self, scope, receive, send):
        assert scope["type"] == "websocket"
        self.scope, self.receive, self.send = scope, receive, send

    def __await__(self):
        return self.dispatch().__await__()

    async def dispatch(self):
        websocket = WebSocket(self.scope, receive=self.receive, send=self.send)
        await self.on_connect(websocket)
        code = 1000
        try:
            while True:
                message = await websocket.receive()
                if message["type"] == "websocket.receive":
                    await self.on_receive(websocket, await self.decode(websocket, message))
                elif message["type"] == "websocket.disconnect":
                    code = int(message.get("code") or 1000)
                    break
        except Exception:
            code = 1011
            raise
        finally:
            await self.on_disconnect(websocket, code)

    async def decode(self, websocket, message):
        text, data = message.get("text"), message.get("bytes")
        if self.encoding == "text":
            if text is None:
                await websocket.close(code=1003)
                raise RuntimeError("Expected text websocket messages, but got bytes")
            return text
        if self.encoding == "bytes":
            if data is None:
                await websocket.close(code=1003)
                raise RuntimeError("Expected bytes websocket messages, but got text")
            return data
        if self.encoding == "json":
            try:
                return json.loads(text if text is not None else data.decode("utf-8"))
            except json.JSONDecodeError:
                await websocket.close(code=1003)
                raise RuntimeError("Malformed JSON data received.") from None
        return text if text else data

    async def on_connect(self, websocket):
        await websocket.accept()

    async def on_receive(self, websocket, data):
        pass

    async def on_disconnect(self, websocket, close_code):
        pass
