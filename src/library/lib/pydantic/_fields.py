"""Fields: default, alias and constraints of one value."""

from ._errors import error

MISSING = ...
CONSTRAINTS = ("gt", "ge", "lt", "le", "multiple_of", "min_length", "max_length", "pattern")


class FieldInfo:
    def __init__(self, default=MISSING, *, default_factory=None, alias=None, annotation=None, **more):
        self.default = default
        self.default_factory = default_factory
        self.alias = alias or more.get("validation_alias")
        self.annotation = annotation
        self.title = more.get("title")
        self.description = more.get("description")
        self.exclude = more.get("exclude", False)
        self.constraints = {name: more[name] for name in CONSTRAINTS if more.get(name) is not None}

    def is_required(self):
        return self.default is MISSING and self.default_factory is None

    def get_default(self):
        if self.default_factory is not None:
            return self.default_factory()
        if isinstance(self.default, (list, dict, set)):
            return self.default.copy()
        return self.default

    def __repr__(self):
        parts = [f"annotation={getattr(self.annotation, '__name__', self.annotation)}"]
        parts.append(f"required={self.is_required()}")
        if not self.is_required():
            parts.append(f"default={self.default!r}")
        return f"FieldInfo({', '.join(parts)})"


def Field(default=MISSING, **more):
    return FieldInfo(default, **more)


def check_constraints(constraints, value, loc, errors, given=None):
    """Append what `value`, converted from `given`, violates to `errors`."""
    found = len(errors)
    for name, limit in constraints.items():
        if name in ("gt", "ge", "lt", "le", "multiple_of"):
            _check_number(name, limit, value, loc, errors, value if given is None else given)
        elif name == "min_length" and len(value) < limit:
            errors.append(_length("at least", "too_short", name, limit, value, loc))
        elif name == "max_length" and len(value) > limit:
            errors.append(_length("at most", "too_long", name, limit, value, loc))
        elif name == "pattern":
            import re

            if not re.search(limit, value):
                msg = f"String should match pattern '{limit}'"
                errors.append(error("string_pattern_mismatch", loc, msg, value, {name: limit}))
    return len(errors) == found


_LIMITS = {
    "gt": ("greater_than", "Input should be greater than"),
    "ge": ("greater_than_equal", "Input should be greater than or equal to"),
    "lt": ("less_than", "Input should be less than"),
    "le": ("less_than_equal", "Input should be less than or equal to"),
    "multiple_of": ("multiple_of", "Input should be a multiple of"),
}


def _check_number(name, limit, value, loc, errors, given):
    if name == "gt":
        good = value > limit
    elif name == "ge":
        good = value >= limit
    elif name == "lt":
        good = value < limit
    elif name == "le":
        good = value <= limit
    else:
        good = value % limit == 0
    if not good:
        kind, text = _LIMITS[name]
        # The limit is shown short, and given as the type of the field.
        shown = int(limit) if limit == int(limit) else limit
        exact = float(limit) if isinstance(value, float) else limit
        errors.append(error(kind, loc, f"{text} {shown}", given, {name: exact}))


def _length(words, kind, name, limit, value, loc):
    if isinstance(value, str):
        plural = "" if limit == 1 else "s"
        msg = f"String should have {words} {limit} character{plural}"
        return error("string_" + kind, loc, msg, value, {name: limit})
    plural = "" if limit == 1 else "s"
    msg = f"List should have {words} {limit} item{plural} after validation, not {len(value)}"
    ctx = {"field_type": "List", name: limit, "actual_length": len(value)}
    return error(kind, loc, msg, value, ctx)
