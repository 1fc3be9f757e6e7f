"""The part of pydantic 2 that request bodies and small models need: BaseModel, Field, ValidationError."""

from ._errors import ValidationError
from ._fields import Field, FieldInfo
from ._main import BaseModel, ConfigDict, create_model, field_validator, model_validator
from ._types import (
    EmailStr,
    HttpUrl,
    NonNegativeFloat,
    NonNegativeInt,
    PositiveFloat,
    PositiveInt,
    StrictInt,
    StrictStr,
    TypeAdapter,
    conint,
    constr,
)

VERSION = __version__ = "2.12.0"
