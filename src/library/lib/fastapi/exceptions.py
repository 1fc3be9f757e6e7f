"""What goes wrong in requests and responses."""

import _sys
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.exceptions import WebSocketException


_ERA = _sys.library_set() == "L2024"


class HTTPException(StarletteHTTPException):
    def __init__(self, status_code, detail=None, headers=None):
        super().__init__(status_code=status_code, detail=detail, headers=headers)


class FastAPIError(RuntimeError):
    pass


class FastAPIDeprecationWarning(UserWarning):
    """Something of FastAPI's that will go away."""


class ValidationException(Exception):
    def __init__(self, errors, *, endpoint=None):
        self._errors = errors
        self._endpoint = endpoint  # the route

    def errors(self):
        return self._errors

    def __str__(self):
        count = len(self._errors)
        text = f"{count} validation error{'' if count == 1 else 's'}:\n"
        text += "".join(f"  {error}\n" for error in self._errors)
        code = getattr(getattr(self._endpoint, "endpoint", None), "__code__", None)
        if _ERA:
            return text
        if code is not None:
            text += f'\n  File "{code.co_filename}", line {code.co_firstlineno}, in {code.co_name}'
            text += f"\n    {sorted(self._endpoint.methods)[0]} {self._endpoint.path}"
        return text.rstrip()


class RequestValidationError(ValidationException):
    def __init__(self, errors, *, body=None, endpoint=None):
        super().__init__(errors, endpoint=endpoint)
        self.body = body

    if _ERA:

        def __str__(self):
            return str(self._errors)


class WebSocketRequestValidationError(ValidationException):
    pass


class ResponseValidationError(ValidationException):
    def __init__(self, errors, *, body=None, endpoint=None):
        super().__init__(errors, endpoint=endpoint)
        self.body = body
