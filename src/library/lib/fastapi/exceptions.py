"""What goes wrong in requests and responses."""

from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.exceptions import WebSocketException


class HTTPException(StarletteHTTPException):
    def __init__(self, status_code, detail=None, headers=None):
        super().__init__(status_code=status_code, detail=detail, headers=headers)


class FastAPIError(RuntimeError):
    pass


class ValidationException(Exception):
    def __init__(self, errors):
        self._errors = errors

    def errors(self):
        return self._errors


class RequestValidationError(ValidationException):
    def __init__(self, errors, *, body=None):
        super().__init__(errors)
        self.body = body

    def __str__(self):
        return str(self._errors)


class ResponseValidationError(ValidationException):
    def __init__(self, errors, *, body=None):
        super().__init__(errors)
        self.body = body

    def __str__(self):
        lines = [f"{len(self._errors)} validation errors:"]
        return "\n".join(lines + [f"  {error}" for error in self._errors]) + "\n"
