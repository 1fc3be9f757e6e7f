"""Models as plain data."""

import datetime
import enum

from ._decorators import PlainSerializer

MODELS = ()  # the class of all models, set where that is made


def duration(value):
    """ISO 8601 for a length of time."""
    seconds = value.days * 86400 + value.seconds
    micros = value.microseconds
    sign = ""
    if seconds < 0:
        total = -(seconds * 1_000_000 + micros)
        sign, seconds, micros = "-", total // 1_000_000, total % 1_000_000
    days, seconds = divmod(seconds, 86400)
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    text = sign + "P" + (f"{days}D" if days else "")
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    if micros:
        clock += f"{seconds}.{micros:06}".rstrip("0") + "S"
    elif seconds:
        clock += f"{seconds}S"
    if clock:
        text += "T" + clock
    return text if text not in ("P", "-P") else "PT0S"


def moment(value):
    text = value.isoformat()
    return text[:-6] + "Z" if text.endswith("+00:00") else text


def scalar(value):
    """A value that JSON does not know, as it is written there."""
    if isinstance(value, enum.Enum):
        return scalar(value.value)
    if isinstance(value, (str, int, float, bool)) or value is None:
        return value
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, datetime.timedelta):
        return duration(value)
    if hasattr(value, "isoformat"):
        return moment(value)
    return str(value)


def as_declared(annotation, value):
    """Whole numbers of a field of floats as floats: what was not converted, a default, goes out as its field says."""
    if isinstance(value, (str, bytes, bool, dict)) or value is None:
        return value
    while hasattr(annotation, "__metadata__"):
        annotation = annotation.__origin__
    if annotation is float:
        return float(value) if type(value) is int else value
    arguments = getattr(annotation, "__args__", ())
    if type(value) is int:
        others = [argument for argument in arguments if argument is not type(None)]
        return as_declared(others[0], value) if len(others) == 1 and len(arguments) == 2 else value
    if isinstance(value, list) and len(arguments) == 1 and float in arguments:
        return [as_declared(arguments[0], item) for item in value]
    return value


class Options:
    def __init__(self, mode, by_alias, exclude_unset, exclude_defaults, exclude_none):
        self.mode = mode
        self.by_alias = by_alias
        self.exclude_unset = exclude_unset
        self.exclude_defaults = exclude_defaults
        self.exclude_none = exclude_none


def _inner(rule, key):
    """What an include or exclude says about what is inside a key."""
    if isinstance(rule, dict):
        found = rule.get(key, rule.get("__all__"))
        return None if found is True or found is ... else found
    return None


def _has(rule, key):
    """Whether a rule names a key as a whole, or (True, as a second value) something inside it."""
    if rule is None:
        return False, False
    if isinstance(rule, dict):
        if key not in rule and "__all__" not in rule:
            return False, False
        found = rule.get(key, rule.get("__all__"))
        whole = found is True or found is ...
        return whole, not whole
    return key in rule, False


class SerializationInfo:
    """What a serializer may ask about how it is dumped."""

    def __init__(self, options):
        self.mode = options.mode
        self.by_alias = options.by_alias
        self.exclude_unset = options.exclude_unset
        self.exclude_defaults = options.exclude_defaults
        self.exclude_none = options.exclude_none
        self.context = None


def serialized(func, model, item, options):
    """What a serializer of a field makes of it; it may ask for more than the value."""
    code = getattr(func, "__code__", None)
    if code is not None and code.co_argcount > 2:
        return func(model, item, SerializationInfo(options))
    return func(model, item)


def _marked(info, options):
    """The serializer among what the annotation of a field says beside the type."""
    for one in getattr(getattr(info, "annotation", None), "__metadata__", ()):
        if isinstance(one, PlainSerializer) and (one.when_used[:4] != "json" or options.mode == "json"):
            return one
    return None


def model(value, options, include=None, exclude=None):
    cls = type(value)
    for func in cls._model_serializers:
        if func._serializes_model == "plain":
            return dump(func(value), options)
    found = {}
    fields = cls.model_fields
    for name, item in value._items():
        info = fields.get(name)
        if include is not None and not any(_has(include, name)) or _has(exclude, name)[0]:
            continue
        if options.exclude_unset and name not in value.model_fields_set:
            continue
        if info is not None and (info.exclude or options.exclude_defaults and item == info.get_default()):
            continue
        if options.exclude_none and item is None:
            continue
        key = info.serialization_alias if options.by_alias and info is not None and info.serialization_alias else name
        serialize = cls._serializer_of(name)
        if serialize is not None and (serialize[1] != "json" or options.mode == "json"):
            item = serialized(serialize[0], value, item, options)
        elif (marked := _marked(info, options)) is not None:
            item = marked.func(item)
        elif options.mode == "json" and info is not None:
            item = as_declared(info.annotation, item)
        found[key] = dump(item, options, _inner(include, name), _inner(exclude, name))
    for name, field in cls._computed.items():
        if include is not None and name not in include or exclude is not None and name in exclude:
            continue
        key = field.alias if options.by_alias and field.alias else name
        found[key] = dump(getattr(value, name), options)
    return found


def dump(value, options, include=None, exclude=None):
    if isinstance(value, MODELS):
        if "root" in type(value).model_fields and type(value)._is_root:
            return dump(value.root, options, include, exclude)
        return model(value, options, include, exclude)
    if isinstance(value, dict):
        json = options.mode == "json"
        return {
            (scalar(k) if json else k): dump(v, options, _inner(include, k), _inner(exclude, k))
            for k, v in value.items()
            if (include is None or any(_has(include, k))) and not _has(exclude, k)[0]
        }
    if isinstance(value, (list, tuple, set, frozenset)):
        items = [dump(v, options, _inner(include, i), _inner(exclude, i)) for i, v in enumerate(value)]
        if options.mode == "json":
            return items
        return type(value)(*items) if hasattr(value, "_fields") else type(value)(items)
    if hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
        found = {name: getattr(value, name) for name in value.__dataclass_fields__}
        return dump(found, options, include, exclude)
    return scalar(value) if options.mode == "json" else value
