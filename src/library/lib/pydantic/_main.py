"""BaseModel: fields from annotations, validation at construction, dumping."""

import json
import sys

import _cost
from ._errors import ValidationError, error
from ._fields import FieldInfo, check_constraints
from ._validate import FAILED, resolve, unannotate, validate


def ConfigDict(**settings):
    return settings


def field_validator(*names, mode="after"):
    def decorator(func):
        func = getattr(func, "__func__", func)
        func._validates = (names, mode)
        return func

    return decorator


def model_validator(*, mode):
    def decorator(func):
        func = getattr(func, "__func__", func)
        func._validates_model = mode
        return func

    return decorator


class BaseModel:
    model_fields = {}
    model_config = {}
    _validators = ()
    _model_validators = ()

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        fields = {}
        for base in reversed(cls.__mro__[1:]):
            fields.update(base.__dict__.get("model_fields", {}))
        for name, annotation in cls.__annotations__.items():
            if name.startswith("_") or name == "model_config" or "ClassVar" in str(annotation):
                continue
            default = cls.__dict__.get(name, ...)
            if isinstance(default, FieldInfo):
                info = default
            else:
                info = FieldInfo(default)
            if name in cls.__dict__:
                delattr(cls, name)
            info.annotation = annotation
            fields[name] = info
        cls.model_fields = fields
        cls._resolved = False
        own = list(cls.__dict__.values())
        cls._validators = (*cls._validators, *(f for f in own if hasattr(f, "_validates")))
        cls._model_validators = (*cls._model_validators, *(f for f in own if hasattr(f, "_validates_model")))

    @classmethod
    def _resolve(cls):
        # Annotations given as text can only be resolved once the module is loaded.
        for info in cls.model_fields.values():
            if isinstance(info.annotation, str):
                names = dict(vars(sys.modules[cls.__module__]))
                info.annotation = resolve(info.annotation, names)
            inner, metadata = unannotate(info.annotation)
            for item in metadata:
                if isinstance(item, FieldInfo) and not info.constraints and info.is_required():
                    info.default, info.default_factory = item.default, item.default_factory
                    info.alias = info.alias or item.alias
        cls._resolved = True

    def __init__(self, /, **data):
        errors = []
        values = type(self)._values(data, (), errors)
        if errors:
            raise ValidationError(type(self).__name__, errors)
        self._fill(*values)

    def _fill(self, values, given):
        self.__dict__.update(values)
        object.__setattr__(self, "__pydantic_fields_set__", given)
        for func in self._model_validators:
            if func._validates_model == "after":
                func(self)
        self.model_post_init(None)

    def model_post_init(self, context):
        pass

    @classmethod
    def _values(cls, data, loc, errors):
        """The values of the fields from a mapping; what is wrong is appended to `errors`."""
        _cost.charge("pydantic.model")
        if not cls._resolved:
            cls._resolve()
        for func in cls._model_validators:
            if func._validates_model == "before":
                data = func(cls, data)
        values, given = {}, set()
        by_name = cls.model_config.get("populate_by_name", False)
        for name, info in cls.model_fields.items():
            key = info.alias or name
            if key not in data and by_name:
                key = name
            where = (*loc, key)
            if key not in data:
                if info.is_required():
                    errors.append(error("missing", where, "Field required", data))
                else:
                    values[name] = info.get_default()
                continue
            given.add(name)
            value = data[key]
            for func in cls._validators:
                names, mode = func._validates
                if mode == "before" and (name in names or "*" in names):
                    value = _run(func, cls, value, where, errors)
            given_value = value
            if value is not FAILED:
                value = validate(info.annotation, value, where, errors)
            if value is not FAILED and info.constraints and value is not None:
                if not check_constraints(info.constraints, value, where, errors, given_value):
                    value = FAILED
            for func in cls._validators:
                names, mode = func._validates
                if value is not FAILED and mode == "after" and (name in names or "*" in names):
                    value = _run(func, cls, value, where, errors)
            if value is not FAILED:
                values[name] = value
        extra = cls.model_config.get("extra", "ignore")
        if extra != "ignore":
            known = {info.alias or name for name, info in cls.model_fields.items()}
            for key, value in data.items():
                if key not in known and extra == "allow":
                    values[key] = value
                elif key not in known:
                    msg = "Extra inputs are not permitted"
                    errors.append(error("extra_forbidden", (*loc, key), msg, value))
        return values, given

    @classmethod
    def _validate(cls, value, loc, errors):
        if isinstance(value, cls):
            return value
        if not isinstance(value, dict):
            if cls.model_config.get("from_attributes") and not isinstance(value, (str, int, float, list)):
                value = {n: getattr(value, n) for n in cls.model_fields if hasattr(value, n)}
            else:
                msg = "Input should be a valid dictionary or object to extract fields from"
                errors.append(error("model_attributes_type", loc, msg, value))
                return FAILED
        before = len(errors)
        values = cls._values(value, loc, errors)
        if len(errors) > before:
            return FAILED
        model = cls.__new__(cls)
        model._fill(*values)
        return model

    @classmethod
    def model_validate(cls, value):
        errors = []
        found = cls._validate(value, (), errors)
        if found is FAILED:
            raise ValidationError(cls.__name__, errors)
        return found

    @classmethod
    def model_validate_json(cls, text):
        return cls.model_validate(json.loads(text))

    @classmethod
    def model_construct(cls, **values):
        model = cls.__new__(cls)
        filled = {n: i.get_default() for n, i in cls.model_fields.items() if n not in values and not i.is_required()}
        model.__dict__.update(filled, **values)
        object.__setattr__(model, "__pydantic_fields_set__", set(values))
        return model

    @property
    def model_fields_set(self):
        return self.__dict__.get("__pydantic_fields_set__", set())

    def _items(self):
        return [(name, value) for name, value in self.__dict__.items() if not name.startswith("__")]

    def model_dump(
        self,
        *,
        mode="python",
        include=None,
        exclude=None,
        by_alias=False,
        exclude_unset=False,
        exclude_defaults=False,
        exclude_none=False,
    ):
        found = {}
        for name, value in self._items():
            info = self.model_fields.get(name)
            if include is not None and name not in include or exclude is not None and name in exclude:
                continue
            if exclude_unset and name not in self.model_fields_set or info is not None and info.exclude:
                continue
            if exclude_none and value is None or exclude_defaults and info and value == info.default:
                continue
            key = info.alias if by_alias and info is not None and info.alias else name
            found[key] = _dump(value, mode, by_alias, exclude_unset, exclude_none)
        return found

    dict = model_dump

    def model_dump_json(self, *, indent=None, **options):
        separators = (",", ":") if indent is None else (",", ": ")
        data = self.model_dump(mode="json", **options)
        return json.dumps(data, ensure_ascii=False, indent=indent, separators=separators)

    def model_copy(self, *, update=None, deep=False):
        model = type(self).__new__(type(self))
        model.__dict__.update(self.__dict__)
        model.__dict__.update(update or {})
        return model

    def __setattr__(self, name, value):
        if name.startswith("_") or name in self.model_fields or self.model_config.get("extra") == "allow":
            if self.model_config.get("frozen") and not name.startswith("_"):
                raise ValidationError(
                    type(self).__name__, [error("frozen_instance", (name,), "Instance is frozen", value)]
                )
            self.__dict__[name] = value
        else:
            raise ValueError(f'"{type(self).__name__}" object has no field "{name}"')

    def __eq__(self, other):
        return type(self) is type(other) and self._items() == other._items()

    def __iter__(self):
        return iter(self._items())

    def __repr__(self):
        return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in self._items())})"

    def __str__(self):
        return " ".join(f"{k}={v!r}" for k, v in self._items())


def _run(func, cls, value, loc, errors):
    try:
        return func(cls, value)
    except ValueError as exc:
        errors.append(error("value_error", loc, f"Value error, {exc}", value, {"error": exc}))
    except AssertionError as exc:
        errors.append(error("assertion_error", loc, f"Assertion failed, {exc}", value, {"error": exc}))
    return FAILED


def _dump(value, mode, by_alias, exclude_unset, exclude_none):
    if isinstance(value, BaseModel):
        return value.model_dump(
            mode=mode, by_alias=by_alias, exclude_unset=exclude_unset, exclude_none=exclude_none
        )
    if isinstance(value, dict):
        return {k: _dump(v, mode, by_alias, exclude_unset, exclude_none) for k, v in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        items = [_dump(v, mode, by_alias, exclude_unset, exclude_none) for v in value]
        return items if mode == "json" else type(value)(items)
    if mode == "json" and value is not None and not isinstance(value, (str, int, float, bool)):
        if hasattr(value, "isoformat"):
            return value.isoformat()
        return value.value if hasattr(value, "value") else str(value)
    return value


def create_model(name, **fields):
    annotations = {key: spec[0] for key, spec in fields.items()}
    values = {key: spec[1] for key, spec in fields.items() if spec[1] is not ...}
    return type(name, (BaseModel,), {"__annotations__": annotations, **values})
