"""Server-sent events: what an endpoint that yields them sends."""

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, Field, model_validator
from starlette.responses import StreamingResponse

KEEPALIVE_COMMENT = b": ping\n\n"
# After so much silence a comment says that the connection still lives [s].
_PING_INTERVAL = 15.0


class EventSourceResponse(StreamingResponse):
    """Marks an endpoint whose `yield`s are events."""

    media_type = "text/event-stream"


def _single_line(name):
    def check(value):
        if value is not None and ("\r" in value or "\n" in value):
            raise ValueError(f"SSE '{name}' must be a single line")
        return value

    return check


def _identifier(value):
    if value is not None and "\0" in value:
        raise ValueError("SSE 'id' must not contain null characters")
    return _single_line("id")(value)


_Event = Annotated[str | None, AfterValidator(_single_line("event"))]
_Id = Annotated[str | None, AfterValidator(_identifier)]


class ServerSentEvent(BaseModel):
    """One event: its data is JSON, `raw_data` goes out as it is."""

    data: Any = None
    raw_data: str | None = None
    event: _Event = None
    id: _Id = None
    retry: Annotated[int | None, Field(ge=0)] = None
    comment: str | None = None

    @model_validator(mode="after")
    def _check_data_exclusive(self):
        if self.data is not None and self.raw_data is not None:
            raise ValueError(
                "Cannot set both 'data' and 'raw_data' on the same ServerSentEvent. Use 'data' for JSON-serialized "
                "payloads or 'raw_data' for pre-formatted strings."
            )
        return self


def _lines(text):
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def format_sse_event(*, data_str=None, event=None, id=None, retry=None, comment=None):
    """The event as bytes of the stream."""
    lines = [f": {line}" for line in _lines(comment)] if comment is not None else []
    if event is not None:
        lines.append(f"event: {event}")
    if data_str is not None:
        lines.extend(f"data: {line}" for line in _lines(data_str))
    if id is not None:
        lines.append(f"id: {id}")
    if retry is not None:
        lines.append(f"retry: {retry}")
    return ("\n".join(lines) + "\n\n").encode()
