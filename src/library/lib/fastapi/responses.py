"""The responses."""

from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)


class ORJSONResponse(JSONResponse):
    pass


class UJSONResponse(JSONResponse):
    pass
