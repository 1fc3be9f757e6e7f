"""Ready-made constrained types, and validation outside of models."""

import typing

from ._errors import ValidationError
from ._fields import FieldInfo
from ._validate import FAILED, validate

EmailStr = str
HttpUrl = str
StrictStr = str
StrictInt = int
PositiveInt = typing.Annotated[int, FieldInfo(gt=0)]
NonNegativeInt = typing.Annotated[int, FieldInfo(ge=0)]
PositiveFloat = typing.Annotated[float, FieldInfo(gt=0)]
NonNegativeFloat = typing.Annotated[float, FieldInfo(ge=0)]


def conint(**constraints):
    return typing.Annotated[int, FieldInfo(**constraints)]


def constr(**constraints):
    return typing.Annotated[str, FieldInfo(**constraints)]


class TypeAdapter:
    def __init__(self, annotation):
        self._annotation = annotation

    def validate_python(self, value):
        errors = []
        found = validate(self._annotation, value, (), errors)
        if found is FAILED:
            raise ValidationError(getattr(self._annotation, "__name__", str(self._annotation)), errors)
        return found

    def validate_json(self, text):
        import json

        return self.validate_python(json.loads(text))
