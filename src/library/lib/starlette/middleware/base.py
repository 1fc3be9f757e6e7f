"""BaseHTTPMiddleware: the application runs in a task of its own and answers through a stream (S-WEB-12, S-WEB-16).

Its cost is real: a task group, a rendezvous stream, and passes of the loop for each message.
"""

import _cost
import _sys
from anyio import BrokenResourceError, EndOfStream, Event, create_memory_object_stream, create_task_group

from .._utils import unwrap_group
from ..requests import Request
from ..responses import StreamingResponse


_ERA = _sys.library_set() == "L2024"


class _StreamingResponse(StreamingResponse):
    async def __call__(self, scope, receive, send):
        if _ERA:
            # 0.36 listens for a disconnect meanwhile, in a task group.
            await super().__call__(scope, receive, send)
            return
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        try:
            async for chunk in self.body_iterator:
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            await self.body_iterator.aclose()
        if self.background is not None:
            await self.background()


class BaseHTTPMiddleware:
    def __init__(self, app, dispatch=None):
        self.app = app
        self.dispatch_func = self.dispatch if dispatch is None else dispatch

    async def dispatch(self, request, call_next):
        raise NotImplementedError()

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        _cost.charge("starlette.base_http_middleware")
        request = Request(scope, receive)
        response_sent = Event()
        streams = []

        async def replayed_receive():
            # What the middleware has read of the body, the application gets again.
            if response_sent.is_set():
                return {"type": "http.disconnect"}
            if "_body" in request.__dict__ and not request._replayed:
                request._replayed = True
                return {"type": "http.request", "body": request._body, "more_body": False}
            message = {"type": "http.disconnect"}
            async with create_task_group() as waiting:

                async def until_sent():
                    await response_sent.wait()
                    waiting.cancel_scope.cancel()

                waiting.start_soon(until_sent)
                message = await receive()
                waiting.cancel_scope.cancel()
            return {"type": "http.disconnect"} if response_sent.is_set() else message

        request._replayed = False

        async def call_next(request):
            failure = None
            send_stream, receive_stream = create_memory_object_stream()

            async def close_when_sent():
                await response_sent.wait()
                receive_stream.close()

            async def send_to_stream(message):
                try:
                    await send_stream.send(message)
                except BrokenResourceError:
                    # The response is out; nobody reads on.
                    pass

            async def run_app():
                nonlocal failure
                async with send_stream:
                    try:
                        await self.app(scope, replayed_receive, send_to_stream)
                    except Exception as exc:
                        failure = exc

            # 0.36 spends a second task on closing the stream.
            if _ERA:
                group.start_soon(close_when_sent)
            else:
                streams.append(receive_stream)
            group.start_soon(run_app)
            try:
                start = await receive_stream.receive()
            except EndOfStream:
                if failure is not None:
                    raise failure from None
                raise RuntimeError("No response returned.") from None

            async def body():
                async with receive_stream:
                    async for message in receive_stream:
                        chunk = message.get("body", b"")
                        if chunk:
                            yield chunk
                        if not message.get("more_body", False):
                            break
                if failure is not None:
                    raise failure

            response = _StreamingResponse(body(), status_code=start["status"])
            response.raw_headers = list(start["headers"])
            return response

        try:
            async with create_task_group() as group:
                response = await self.dispatch_func(request, call_next)
                await response(scope, receive, send)
                response_sent.set()
                for stream in streams:
                    stream.close()
        except BaseExceptionGroup as exc:
            raise unwrap_group(exc) from None
