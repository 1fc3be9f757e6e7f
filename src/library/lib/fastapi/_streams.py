"""Endpoints that yield: lines of JSON, server-sent events, or chunks of a response of the program's choice."""

import json
import typing

from pydantic._validate import FAILED, validate
from starlette.concurrency import iterate_in_threadpool
from starlette.responses import StreamingResponse

from . import sse
from ._signature import EMPTY
from .encoders import jsonable_encoder
from .exceptions import ResponseValidationError


def stream_kind(kind, response_class):
    """"sse", "jsonl" or "raw" of an endpoint that yields; None of one that returns."""
    if "generator" not in kind:
        return None
    if isinstance(response_class, type) and issubclass(response_class, sse.EventSourceResponse):
        return "sse"
    return "raw" if isinstance(response_class, type) and issubclass(response_class, StreamingResponse) else "jsonl"


def item_type(annotation):
    """What an annotation such as `AsyncIterable[Item]` says that is yielded; EMPTY if nothing that is checked."""
    arguments = typing.get_args(annotation)
    if annotation is EMPTY or not arguments:
        return EMPTY
    item = arguments[0]
    return EMPTY if isinstance(item, type) and issubclass(item, sse.ServerSentEvent) else item


def _text(route, item):
    """An item as JSON, checked if its type is known."""
    if route.stream_item is not EMPTY:
        errors = []
        found = validate(route.stream_item, item, ("response",), errors)
        if found is FAILED:
            raise ResponseValidationError(errors, body=item, endpoint=route)
        item = jsonable_encoder(found, **route.dump_options)
        return json.dumps(item, ensure_ascii=False, separators=(",", ":"))
    return json.dumps(jsonable_encoder(item))


def _event(route, item):
    if not isinstance(item, sse.ServerSentEvent):
        return sse.format_sse_event(data_str=_text(route, item))
    data = item.raw_data
    if data is None and item.data is not None:
        data = item.data.model_dump_json() if hasattr(item.data, "model_dump_json") else json.dumps(jsonable_encoder(item.data))
    return sse.format_sse_event(data_str=data, event=item.event, id=item.id, retry=item.retry, comment=item.comment)


async def _encoded(route, items):
    encode = _event if route.stream_kind == "sse" else lambda route, item: (_text(route, item) + "\n").encode()
    async for item in items:
        yield encode(route, item)


async def _with_pings(items, stack):
    """The same items; where none comes for long, a ping."""
    import anyio

    send, receive = anyio.create_memory_object_stream(1)

    async def produce():
        async with send:
            async for item in items:
                await send.send(item)

    group = await stack.enter_async_context(anyio.create_task_group())
    stack.callback(group.cancel_scope.cancel)
    group.start_soon(produce)

    async def pinged():
        async with receive:
            while True:
                try:
                    with anyio.fail_after(sse._PING_INTERVAL):
                        item = await receive.receive()
                except TimeoutError:
                    item = sse.KEEPALIVE_COMMENT
                except anyio.EndOfStream:
                    return
                yield item

    return pinged()


async def response(route, values, state):
    """The response to a request for a stream."""
    made = route.endpoint(**values)
    extra = state.response
    given = {} if route.status_code is None else {"status_code": route.status_code}
    if extra is not None and extra.status_code is not None:
        given["status_code"] = extra.status_code
    if route.stream_kind == "raw":
        found = route.response_class(made, background=state.background, **given)
    else:
        items = made if hasattr(made, "__aiter__") else iterate_in_threadpool(made)
        items = _encoded(route, items)
        if route.stream_kind == "sse":
            items = await _with_pings(items, state.stack)
            media_type, kind = "text/event-stream", StreamingResponse
        else:
            media_type, kind = "application/jsonl", StreamingResponse
        found = kind(items, media_type=media_type, background=state.background, **given)
        if route.stream_kind == "sse":
            found.headers["Cache-Control"] = "no-cache"
            found.headers["X-Accel-Buffering"] = "no"
    if extra is not None:
        found.raw_headers.extend(extra.raw_headers)
    return found
