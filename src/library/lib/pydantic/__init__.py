"""The part of pydantic 2 that request bodies and models need: BaseModel, Field, validators, ValidationError."""

from ._decorators import (
    AfterValidator,
    BeforeValidator,
    PlainSerializer,
    PlainValidator,
    Strict,
    ValidationInfo,
    computed_field,
    field_serializer,
    field_validator,
    model_serializer,
    model_validator,
    root_validator,
    validator,
)
from ._errors import VERSION, ValidationError
from ._fields import Field, FieldInfo, PrivateAttr
from ._main import BaseModel, ConfigDict, RootModel, create_model
from ._types import (
    AnyHttpUrl,
    AnyUrl,
    EmailStr,
    HttpUrl,
    NegativeFloat,
    NegativeInt,
    NonNegativeFloat,
    NonNegativeInt,
    PositiveFloat,
    PositiveInt,
    SecretStr,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
    TypeAdapter,
    confloat,
    conint,
    conlist,
    constr,
    validate_call,
)

__version__ = VERSION
