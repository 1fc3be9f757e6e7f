"""Fields: default, alias and constraints of one value."""

from ._errors import error

MISSING = ...
_ORDER = ("multiple_of", "le", "lt", "ge", "gt", "min_length", "max_length", "pattern")
CONSTRAINTS = ("gt", "ge", "lt", "le", "multiple_of", "min_length", "max_length", "pattern")


class AliasPath:
    """A place inside the data: a key, then keys and indices."""

    def __init__(self, first_arg, *args):
        self.path = [first_arg, *args]

    def __repr__(self):
        return f"AliasPath({', '.join(map(repr, self.path))})"

    def find(self, data):
        """What is there, as a list of one; nothing where there is nothing."""
        for step in self.path:
            try:
                data = data[step]
            except (KeyError, IndexError, TypeError):
                return []
        return [data]


class AliasChoices:
    """Several names, of which the first that is there counts."""

    def __init__(self, first_choice, *choices):
        self.choices = [first_choice, *choices]

    def __repr__(self):
        return f"AliasChoices({', '.join(map(repr, self.choices))})"


class FieldInfo:
    def __init__(self, default=MISSING, *, default_factory=None, alias=None, annotation=None, **more):
        self.default = default
        self.default_factory = default_factory
        names = more.get("validation_alias")
        self.choices = names.choices if isinstance(names, AliasChoices) else [names] if isinstance(names, AliasPath) else []
        self.alias = alias or (names if isinstance(names, str) else None)
        self.annotation = annotation
        self.serialization_alias = more.get("serialization_alias") or alias
        self.repr = more.get("repr", True)
        self.frozen = more.get("frozen", False)
        self.strict = more.get("strict")
        self.validate_default = more.get("validate_default", False)
        self.title = more.get("title")
        self.description = more.get("description")
        self.exclude = more.get("exclude", False)
        self.examples = more.get("examples")
        self.discriminator = more.get("discriminator")
        self.deprecated = more.get("deprecated")
        self.json_schema_extra = more.get("json_schema_extra")
        self.constraints = {name: more[name] for name in CONSTRAINTS if more.get(name) is not None}

    def is_required(self):
        return self.default is MISSING and self.default_factory is None

    def copied(self, **changes):
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__)
        other.__dict__.update(changes)
        return other

    def take_over(self, other):
        """What an `Annotated` field says beside this; its constraints are checked with the annotation."""
        if self.is_required():
            self.default, self.default_factory = other.default, other.default_factory
        self.alias = self.alias or other.alias
        self.choices = self.choices or other.choices
        self.serialization_alias = self.serialization_alias or other.serialization_alias
        self.exclude = self.exclude or other.exclude
        self.frozen = self.frozen or other.frozen

    def key_in(self, data):
        """The way to the field in the data, and its value as a list of one."""
        for choice in self.choices:
            path = choice if isinstance(choice, AliasPath) else AliasPath(choice)
            found = path.find(data)
            if found:
                return path.path, found
        first = self.choices[0]
        return (first.path if isinstance(first, AliasPath) else [first]), []

    def get_default(self, values=None):
        if self.default_factory is not None:
            return self.default_factory()
        if isinstance(self.default, (list, dict, set)):
            return self.default.copy()
        return self.default

    def __str__(self):
        return " ".join(self._parts())

    def __repr__(self):
        return f"FieldInfo({', '.join(self._parts())})"

    def _parts(self):
        parts = [f"annotation={getattr(self.annotation, '__name__', self.annotation)}"]
        parts.append(f"required={self.is_required()}")
        if not self.is_required():
            parts.append(f"default={self.default!r}")
        return parts


class ModelPrivateAttr:
    """An attribute that is no field."""

    def __init__(self, default=MISSING, *, default_factory=None):
        self.default = default
        self.default_factory = default_factory

    def has_default(self):
        return self.default is not MISSING or self.default_factory is not None

    get_default = FieldInfo.get_default


PrivateAttr = ModelPrivateAttr


def Field(default=MISSING, **more):
    return FieldInfo(default, **more)


def check_constraints(constraints, value, loc, errors, given=None):
    """Append what `value`, converted from `given`, violates to `errors`."""
    found = len(errors)
    shown = value if given is None else given
    for name in _ORDER:
        limit = constraints.get(name)
        if limit is None:
            continue
        if name in ("gt", "ge", "lt", "le", "multiple_of"):
            _check_number(name, limit, value, loc, errors, value if given is None else given)
        elif name == "min_length" and len(value) < limit:
            errors.append(_length("at least", "too_short", name, limit, value, loc, shown))
        elif name == "max_length" and len(value) > limit:
            errors.append(_length("at most", "too_long", name, limit, value, loc, shown))
        elif name == "pattern":
            import re

            if not re.search(limit, value):
                msg = f"String should match pattern '{limit}'"
                errors.append(error("string_pattern_mismatch", loc, msg, shown, {name: limit}))
        # The first violation is the only one that is told.
        if len(errors) > found:
            break
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


def _length(words, kind, name, limit, value, loc, shown):
    if isinstance(value, str):
        plural = "" if limit == 1 else "s"
        msg = f"String should have {words} {limit} character{plural}"
        return error("string_" + kind, loc, msg, shown, {name: limit})
    plural = "" if limit == 1 else "s"
    name_of = {dict: "Dictionary", tuple: "Tuple", set: "Set", frozenset: "Frozenset"}.get(type(value), "List")
    msg = f"{name_of} should have {words} {limit} item{plural} after validation, not {len(value)}"
    ctx = {"field_type": name_of, name: limit, "actual_length": len(value)}
    return error(kind, loc, msg, shown, ctx)
