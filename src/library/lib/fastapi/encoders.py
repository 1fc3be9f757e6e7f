"""Objects as JSON can hold them."""

from enum import Enum

from pydantic import AnyUrl

_PLAIN = (str, int, float, bool, type(None))


def jsonable_encoder(
    obj,
    include=None,
    exclude=None,
    by_alias=True,
    exclude_unset=False,
    exclude_defaults=False,
    exclude_none=False,
    custom_encoder=None,
):
    for cls, encode in (custom_encoder or {}).items():
        if isinstance(obj, cls):
            return encode(obj)
    if type(obj) in _PLAIN:
        return obj
    options = dict(
        by_alias=by_alias,
        exclude_unset=exclude_unset,
        exclude_defaults=exclude_defaults,
        exclude_none=exclude_none,
        custom_encoder=custom_encoder,
    )
    if hasattr(obj, "model_dump"):
        dumped = obj.model_dump(
            mode="json",
            include=include,
            exclude=exclude,
            by_alias=by_alias,
            exclude_unset=exclude_unset,
            exclude_defaults=exclude_defaults,
            exclude_none=exclude_none,
        )
        return jsonable_encoder(dumped, exclude_none=exclude_none)
    if isinstance(obj, dict):
        found = {}
        for key, value in obj.items():
            if include is not None and key not in include or exclude is not None and key in exclude:
                continue
            if exclude_none and value is None:
                continue
            if type(key) is not str:
                key = jsonable_encoder(key, **options)
            found[key] = value if type(value) in _PLAIN else jsonable_encoder(value, **options)
        return found
    if isinstance(obj, (list, set, frozenset, tuple)) or type(obj).__name__ in ("generator", "deque"):
        return [jsonable_encoder(item, **options) for item in obj]
    if isinstance(obj, Enum):
        return obj.value
    if isinstance(obj, _PLAIN):
        return obj
    if isinstance(obj, bytes):
        return obj.decode()
    if hasattr(obj, "isoformat"):
        return obj.isoformat()
    if hasattr(obj, "total_seconds"):
        return obj.total_seconds()
    name = type(obj).__name__
    if name == "Decimal":
        return int(obj) if obj == int(obj) and "." not in str(obj) else float(obj)
    if name in ("UUID", "PosixPath", "PurePath", "URL", "Pattern") or isinstance(obj, AnyUrl):
        return str(obj)
    if hasattr(obj, "__dataclass_fields__"):
        return jsonable_encoder({field: getattr(obj, field) for field in obj.__dataclass_fields__}, **options)
    try:
        data = dict(obj)
    except Exception as first:
        try:
            data = vars(obj)
        except Exception as second:
            raise ValueError([first, second]) from second
    return jsonable_encoder(data, **options)
