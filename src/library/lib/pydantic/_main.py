"""BaseModel: fields from annotations, validation at construction, dumping."""

import json
import sys
import typing

import _cost
from . import _dump
from ._decorators import ValidationInfo, computed_field
from ._errors import ValidationError, error
from ._fields import FieldInfo, ModelPrivateAttr, check_constraints
from ._validate import FAILED, STATE, invalid_json, resolve, unannotate, validate, validate_tagged


def ConfigDict(**settings):
    return settings


class BaseModel:
    model_fields = {}
    model_config = {}
    _validators = ()
    _model_validators = ()
    _serializers = ()
    _model_serializers = ()
    _computed = {}
    _private = {}
    _is_root = False
    _resolved = True

    def __class_getitem__(cls, arguments):
        from ._generics import parametrized

        return parametrized(cls, arguments)

    def __init_subclass__(cls, **kwargs):
        config = {}
        for base in reversed(cls.__mro__[1:]):
            config.update(base.__dict__.get("model_config", {}))
        old = cls.__dict__.get("Config")
        if old is not None:
            config.update({k: v for k, v in vars(old).items() if not k.startswith("_")})
        config.update(cls.__dict__.get("model_config", {}))
        config.update(kwargs)
        cls.model_config = config
        super().__init_subclass__()
        fields, private = {}, dict(cls._private)
        for base in reversed(cls.__mro__[1:]):
            fields.update(base.__dict__.get("model_fields", {}))
        for name, annotation in cls.__dict__.get("__annotations__", {}).items():
            default = cls.__dict__.get(name, ...)
            if name == "model_config" or "ClassVar" in str(annotation):
                continue
            if name.startswith("_"):
                private[name] = default if isinstance(default, ModelPrivateAttr) else ModelPrivateAttr(default)
            else:
                info = default.copied() if isinstance(default, FieldInfo) else FieldInfo(default)
                info.annotation = annotation
                fields[name] = info
            if name in cls.__dict__:
                delattr(cls, name)
        for name, value in list(cls.__dict__.items()):
            if isinstance(value, ModelPrivateAttr):
                private[name] = value
                delattr(cls, name)
            elif name in fields and "__annotations__" in cls.__dict__ and name not in cls.__annotations__:
                # A default for an inherited field.
                fields[name] = fields[name].copied(default=value)
        cls.model_fields = fields
        cls._private = private
        cls._resolved = False
        own = [getattr(value, "__func__", value) for value in cls.__dict__.values()]
        cls._validators = (*cls._validators, *(f for f in own if hasattr(f, "_validates")))
        cls._model_validators = (*cls._model_validators, *(f for f in own if hasattr(f, "_validates_model")))
        cls._serializers = (*cls._serializers, *(f for f in own if hasattr(f, "_serializes")))
        cls._model_serializers = (*cls._model_serializers, *(f for f in own if hasattr(f, "_serializes_model")))
        computed = {name: value for name, value in cls.__dict__.items() if isinstance(value, computed_field)}
        cls._computed = dict(cls._computed, **computed)

    @classmethod
    def _resolve(cls):
        # Annotations given as text can only be resolved once the module is loaded.
        for info in cls.model_fields.values():
            if isinstance(info.annotation, str) or typing._has_reference(info.annotation):
                names = dict(vars(sys.modules[cls.__module__]))
                names.setdefault(cls.__name__, cls)
                if isinstance(info.annotation, str):
                    info.annotation = resolve(info.annotation, names)
                info.annotation = typing._evaluated(info.annotation, names, {})
            _, metadata = unannotate(info.annotation)
            for item in metadata:
                if isinstance(item, FieldInfo):
                    info.take_over(item)
        cls._resolved = True

    @classmethod
    def model_rebuild(cls, **unused):
        cls._resolved = False

    @classmethod
    def _serializer_of(cls, name):
        for func in cls._serializers:
            names, _, when = func._serializes
            if name in names or "*" in names:
                return func, when
        return None

    def __init__(self, /, **data):
        errors = []
        values = type(self)._values(data, (), errors)
        if errors:
            raise ValidationError(type(self)._title(), errors)
        self._fill(*values)
        self._check_whole(data, (), errors)
        if errors:
            raise ValidationError(type(self)._title(), errors)

    @classmethod
    def _title(cls):
        return cls.model_config.get("title") or cls.__name__

    def _fill(self, values, given):
        self.__dict__.update(values)
        object.__setattr__(self, "__pydantic_fields_set__", given)
        for name, attribute in self._private.items():
            if attribute.has_default():
                object.__setattr__(self, name, attribute.get_default())

    def _check_whole(self, data, loc, errors):
        """The validators of the finished model."""
        for func in self._model_validators:
            if func._validates_model == "after":
                _run(lambda _, value: func(value), None, self, loc, errors, data)
        if not errors:
            self.model_post_init(None)

    def model_post_init(self, context):
        pass

    @classmethod
    def _values(cls, data, loc, errors, is_prepared=False):
        """The values of the fields from a mapping; what is wrong is appended to `errors`."""
        _cost.charge("pydantic.model")
        if not cls._resolved:
            cls._resolve()
        if not is_prepared:
            data = cls._prepared(data, loc, errors)
            if data is FAILED:
                return {}, set()
        values, given = {}, set()
        config = cls.model_config
        by_name = config.get("populate_by_name", False) or config.get("validate_by_name", False)
        for name, info in cls.model_fields.items():
            key = info.alias or name
            if key not in data and by_name:
                key = name if name in data else key
            where = (*loc, key)
            if info.choices:
                path, found = info.key_in(data)
                if not found and by_name and name in data:
                    path, found = [name], [data[name]]
                where = (*loc, *path)
            if not found if info.choices else key not in data:
                if info.is_required():
                    errors.append(error("missing", where, "Field required", data))
                    continue
                values[name] = info.get_default(values)
                if not (info.validate_default or config.get("validate_default")):
                    continue
                value = values.pop(name)
            else:
                given.add(name)
                value = found[0] if info.choices else data[key]
            value = cls._field_value(name, info, value, where, errors, values)
            if value is not FAILED:
                values[name] = value
        extra = config.get("extra", "ignore")
        if extra != "ignore":
            known = {info.alias or name for name, info in cls.model_fields.items()}
            known |= set(cls.model_fields) if by_name else set()
            known.update(getattr(one, "path", [one])[0] for info in cls.model_fields.values() for one in info.choices)
            for key, value in data.items():
                if key not in known and extra == "allow":
                    values[key] = value
                    given.add(key)
                elif key not in known:
                    msg = "Extra inputs are not permitted"
                    errors.append(error("extra_forbidden", (*loc, key), msg, value))
        for func in cls._model_validators:
            if func._validates_model == "values" and not errors:
                values = _run(func, cls, values, loc, errors)
        return values, given

    @classmethod
    def _prepared(cls, data, loc, errors):
        """What the validators that come before all others make of it."""
        for func in reversed(cls._model_validators):
            if func._validates_model == "before":
                data = _run(func, cls, data, loc, errors)
                if data is FAILED:
                    break
        return data

    @classmethod
    def _field_value(cls, name, info, value, where, errors, values):
        config = cls.model_config
        for func in reversed(cls._validators):
            names, mode = func._validates
            if mode == "before" and (name in names or "*" in names):
                value = _run(func, cls, value, where, errors, data=values, field=name)
                if value is FAILED:
                    return FAILED
        for func in cls._validators:
            names, mode = func._validates
            if mode == "plain" and (name in names or "*" in names):
                return _run(func, cls, value, where, errors, data=values, field=name)
        given_value = value
        if isinstance(value, str) and config.get("str_strip_whitespace"):
            value = value.strip()
        strict = config.get("strict") or info.strict
        if info.discriminator is not None:
            value = validate_tagged(info.annotation, info.discriminator, value, where, errors)
        else:
            value = validate(info.annotation, value, where, errors, strict)
        if value is not FAILED and info.constraints and value is not None:
            if not check_constraints(info.constraints, value, where, errors, given_value):
                return FAILED
        for func in cls._validators:
            names, mode = func._validates
            if value is not FAILED and mode == "after" and (name in names or "*" in names):
                value = _run(func, cls, value, where, errors, given_value, values, name)
        if config.get("use_enum_values") and hasattr(type(value), "__members__"):
            value = value.value
        return value

    @classmethod
    def _validate(cls, value, loc, errors):
        if isinstance(value, cls):
            return value
        value = cls._prepared(value, loc, errors)
        if value is FAILED or isinstance(value, cls):
            return value
        if not isinstance(value, dict):
            from_attributes = cls.model_config.get("from_attributes") or STATE.from_attributes
            if from_attributes and not isinstance(value, (str, int, float, list, tuple, set, bytes, type(None))):
                names = {info.alias or n: n for n, info in cls.model_fields.items()}
                value = {k: getattr(value, k if hasattr(value, k) else n) for k, n in names.items()
                         if hasattr(value, k) or hasattr(value, n)}
            elif from_attributes:
                msg = "Input should be a valid dictionary or object to extract fields from"
                errors.append(error("model_attributes_type", loc, msg, value))
                return FAILED
            else:
                msg = f"Input should be a valid dictionary or instance of {cls.__name__}"
                errors.append(error("model_type", loc, msg, value, {"class_name": cls.__name__}))
                return FAILED
        before = len(errors)
        values = cls._values(value, loc, errors, True)
        if len(errors) > before:
            return FAILED
        model = cls.__new__(cls)
        model._fill(*values)
        problems = []
        model._check_whole(value, loc, problems)
        errors.extend(problems)
        return FAILED if problems else model

    @classmethod
    def model_validate(cls, obj, *, strict=None, from_attributes=None, context=None, **unused):
        errors = []
        before, STATE.from_attributes = STATE.from_attributes, bool(from_attributes)
        try:
            found = cls._validate(obj, (), errors)
        finally:
            STATE.from_attributes = before
        if found is FAILED:
            raise ValidationError(cls._title(), errors)
        return found

    parse_obj = model_validate

    @classmethod
    def model_validate_json(cls, json_data, **options):
        try:
            data = json.loads(json_data)
        except json.JSONDecodeError as exc:
            raise ValidationError(cls._title(), [invalid_json(exc, json_data)]) from None
        return cls.model_validate(data, **options)

    parse_raw = model_validate_json

    @classmethod
    def model_construct(cls, _fields_set=None, **values):
        model = cls.__new__(cls)
        filled = {n: i.get_default() for n, i in cls.model_fields.items() if n not in values and not i.is_required()}
        model._fill({**filled, **values}, set(values) if _fields_set is None else _fields_set)
        return model

    @property
    def model_fields_set(self):
        return self.__dict__.get("__pydantic_fields_set__", set())

    @property
    def model_extra(self):
        if self.model_config.get("extra") != "allow":
            return None
        return {name: value for name, value in self._items() if name not in self.model_fields}

    def _items(self):
        hidden = self._private
        return [(n, v) for n, v in self.__dict__.items() if not n.startswith("__") and n not in hidden]

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
        **unused,
    ):
        options = _dump.Options(mode, by_alias, exclude_unset, exclude_defaults, exclude_none)
        return _dump.dump(self, options, include, exclude)

    dict = model_dump

    def model_dump_json(self, *, indent=None, **options):
        separators = (",", ":") if indent is None else (",", ": ")
        data = self.model_dump(mode="json", **options)
        return json.dumps(data, ensure_ascii=False, indent=indent, separators=separators)

    json = model_dump_json

    def model_copy(self, *, update=None, deep=False):
        import copy

        model = type(self).__new__(type(self))
        model.__dict__.update(copy.deepcopy(self.__dict__) if deep else self.__dict__)
        model.__dict__.update(update or {})
        object.__setattr__(model, "__pydantic_fields_set__", self.model_fields_set | set(update or ()))
        return model

    copy = model_copy

    @classmethod
    def model_json_schema(cls, by_alias=True, ref_template="#/$defs/{model}", schema_generator=None, mode="validation"):
        from ._schema import document

        return document(cls, mode, by_alias, ref_template)

    schema = model_json_schema

    def __setattr__(self, name, value):
        if name.startswith("_"):
            object.__setattr__(self, name, value)
            return
        config = self.model_config
        cls = type(self)
        if config.get("frozen") or name in self.model_fields and self.model_fields[name].frozen:
            kind = "instance" if config.get("frozen") else "field"
            what = f"{kind.capitalize()} is frozen"
            raise ValidationError(cls._title(), [error(f"frozen_{kind}", (name,), what, value)])
        if name in self.model_fields:
            if config.get("validate_assignment"):
                errors = []
                value = cls._field_value(name, self.model_fields[name], value, (name,), errors, self.__dict__)
                if errors:
                    raise ValidationError(cls._title(), errors)
            self.__dict__[name] = value
            self.model_fields_set.add(name)
        elif config.get("extra") == "allow":
            self.__dict__[name] = value
        elif isinstance(getattr(cls, name, None), (property, computed_field)):
            object.__setattr__(self, name, value)
        elif config.get("validate_assignment"):
            problem = error("no_such_attribute", (name,), f"Object has no attribute {name!r}", value, {"attribute": name})
            raise ValidationError(cls._title(), [problem])
        else:
            raise ValueError(f'"{cls.__name__}" object has no field "{name}"')

    def __eq__(self, other):
        return type(self) is type(other) and dict(self._items()) == dict(other._items())

    def __hash__(self):
        if not self.model_config.get("frozen"):
            raise TypeError(f"unhashable type: '{type(self).__name__}'")
        return hash((type(self), tuple(value for _, value in self._items())))

    def __iter__(self):
        return iter(self._items())

    def _shown(self):
        fields = self.model_fields
        items = [(n, v) for n, v in self._items() if n not in fields or fields[n].repr]
        return items + [(name, getattr(self, name)) for name in self._computed]

    def __repr__(self):
        return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in self._shown())})"

    def __str__(self):
        return " ".join(f"{k}={v!r}" for k, v in self._shown())


_dump.MODELS = BaseModel


class _RootOf(type):
    """`RootModel[list[int]]` is a class with that annotation."""

    def __getitem__(cls, annotation):
        name = f"RootModel[{getattr(annotation, '__name__', annotation)}]"
        return _RootOf(name, (cls,), {"__annotations__": {"root": annotation}})


class RootModel(BaseModel, metaclass=_RootOf):
    _is_root = True

    def __init__(self, root=..., /, **data):
        super().__init__(**({"root": root} if root is not ... else {"root": data} if data else {}))

    @classmethod
    def _validate(cls, value, loc, errors):
        if isinstance(value, cls):
            return value
        before = len(errors)
        if not cls._resolved:
            cls._resolve()
        found = cls._field_value("root", cls.model_fields["root"], value, loc, errors, {})
        if len(errors) > before:
            return FAILED
        model = cls.__new__(cls)
        model._fill({"root": found}, {"root"})
        return model


def _run(func, cls, value, loc, errors, given=..., data=None, field=None):
    """A validator's result; its complaints become errors about what was given."""
    shown = value if given is ... else given
    try:
        code = getattr(func, "__code__", None)
        if cls is not None and code is not None and code.co_argcount > 2:
            return func(cls, value, ValidationInfo(data, field))
        return func(cls, value)
    except ValidationError as exc:
        errors.extend(dict(one, loc=(*loc, *one["loc"])) for one in exc._errors)
    except ValueError as exc:
        errors.append(error("value_error", loc, f"Value error, {exc}", shown, {"error": exc}))
    except AssertionError as exc:
        errors.append(error("assertion_error", loc, f"Assertion failed, {exc}", shown, {"error": exc}))
    return FAILED


def create_model(model_name, /, *, __base__=None, __config__=None, **fields):
    annotations, values = {}, {}
    for key, spec in fields.items():
        annotation, default = spec if isinstance(spec, tuple) else (spec, ...)
        annotations[key] = annotation
        if default is not ...:
            values[key] = default
    if __config__ is not None:
        values["model_config"] = __config__
    return type(model_name, (__base__ or BaseModel,), {"__annotations__": annotations, "__module__": __name__, **values})
