"""The answers to HTTPException and to invalid requests."""

from starlette.responses import JSONResponse, Response

from .encoders import jsonable_encoder


async def http_exception_handler(request, exc):
    if exc.status_code < 200 or exc.status_code in (204, 205, 304):
        return Response(status_code=exc.status_code, headers=exc.headers)
    return JSONResponse({"detail": exc.detail}, status_code=exc.status_code, headers=exc.headers)


async def request_validation_exception_handler(request, exc):
    return JSONResponse({"detail": jsonable_encoder(exc.errors())}, status_code=422)
