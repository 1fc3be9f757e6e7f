"""Files of forms, and what Starlette has."""

from pydantic._errors import error
from pydantic._validate import FAILED
from starlette.datastructures import URL, Address, FormData, Headers, QueryParams, State
from starlette.datastructures import UploadFile as StarletteUploadFile


class UploadFile(StarletteUploadFile):
    @classmethod
    def _check(cls, value, loc, errors):
        if not isinstance(value, StarletteUploadFile):
            problem = f"Expected UploadFile, received: {type(value)}"
            errors.append(error("value_error", loc, f"Value error, {problem}", value, {"error": {}}))
            return FAILED
        if isinstance(value, cls):
            return value
        return cls(value.file, size=value.size, filename=value.filename, headers=value.headers)
