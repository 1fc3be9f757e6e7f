"""Classes from annotations. The methods are closures over the list of fields."""
import keyword
import sys
import types
from reprlib import recursive_repr

import _cost

_VERSION = sys.version_info[:2]
_MappingProxy = type(type.__dict__)


class FrozenInstanceError(AttributeError):
    pass


class _MISSING_TYPE:
    pass


MISSING = _MISSING_TYPE()


class _KW_ONLY_TYPE:
    """An annotation after which fields are keyword-only."""


KW_ONLY = _KW_ONLY_TYPE()


class _FieldKind:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


_FIELD = _FieldKind("_FIELD")
_FIELD_INITVAR = _FieldKind("_FIELD_INITVAR")


class InitVar:
    """A parameter of `__init__` that is given to `__post_init__` and is not a field."""

    def __init__(self, type):
        self.type = type

    def __class_getitem__(cls, type):
        return cls(type)

    def __repr__(self):
        return f"dataclasses.InitVar[{getattr(self.type, '__name__', self.type)}]"


class Field:
    """One field."""

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = _MappingProxy(metadata if metadata is not None else {})
        self.kw_only = kw_only
        self._field_type = None
        self._is_initvar = False

    def __set_name__(self, owner, name):
        # The default may want to know its name, although the class holds this field in its place.
        told = getattr(type(self.default), "__set_name__", None)
        if told:
            told(self.default, owner, name)

    @recursive_repr()
    def __repr__(self):
        names = ["name", "type", "default", "default_factory", "init", "repr", "hash", "compare", "metadata"]
        names += ["kw_only", "_field_type"] if _VERSION >= (3, 10) else ["_field_type"]
        return f"Field({','.join(f'{n}={getattr(self, n)!r}' for n in names)})"


def field(
    *,
    default=MISSING,
    default_factory=MISSING,
    init=True,
    repr=True,
    hash=None,
    compare=True,
    metadata=None,
    kw_only=MISSING,
    doc=None,
):
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


def _hint_text(hint):
    """A hint as `inspect.signature` shows it."""
    if getattr(hint, "__module__", None) == "typing" or type(hint).__module__ == "typing":
        return repr(hint).replace("typing.", "")
    if isinstance(hint, type) and not hasattr(hint, "__origin__"):
        return hint.__qualname__ if hint.__module__ == "builtins" else f"{hint.__module__}.{hint.__qualname__}"
    return repr(hint)


def _described(name, fields):
    """The docstring of a class that has none: how it is called."""
    parts = []
    marked = False
    for f in sorted(fields, key=lambda f: bool(f.kw_only)):
        if f.kw_only and not marked:
            marked = True
            parts.append("*")
        hint = f.type.type if isinstance(f.type, InitVar) and _VERSION < (3, 9) else f.type
        text = f"{f.name}: {_hint_text(hint)}"
        if f.default_factory is not MISSING:
            text += " = <factory>"
        elif f.default is not MISSING:
            text += f" = {f.default!r}"
        parts.append(text)
    return f"{name}({', '.join(parts)})"


class _Params:
    def __init__(self, **values):
        self.__dict__.update(values)

    def __repr__(self):
        return f"_DataclassParams({','.join(f'{name}={value!r}' for name, value in vars(self).items())})"


def _annotations(cls):
    found = cls.__dict__.get("__annotations__")
    if found is None and _VERSION >= (3, 14):
        found = getattr(cls, "__annotations__", None)
    return found or {}


def _says(cls, hint, name, home):
    """Whether a hint is `ClassVar…` and the like, also when it is a string: then the module of the class must know
    the word as that thing of the module `home`."""
    if not isinstance(hint, str):
        return getattr(hint, "_name", None) == name
    module, _, word = hint.split("[")[0].strip().rpartition(".")
    home = sys.modules.get(home)
    names = getattr(sys.modules.get(cls.__module__), "__dict__", {})
    if module and names.get(module.strip()) is home:
        names = home.__dict__
    elif module:
        return False
    found = names.get(word.strip(), MISSING)
    return found is getattr(home, name, None)


def _collect(cls, kw_only):
    fields = {}
    for base in reversed(cls.__mro__[1:]):
        for name, f in base.__dict__.get("__dataclass_fields__", {}).items():
            fields[name] = f
    after_mark = kw_only
    marked = False
    own = []
    for name, hint in _annotations(cls).items():
        if hint is KW_ONLY or _says(cls, hint, "KW_ONLY", "dataclasses"):
            if marked:
                raise TypeError(f"{name!r} is KW_ONLY, but KW_ONLY has already been specified")
            after_mark = marked = True
            continue
        default = getattr(cls, name, MISSING)
        if _says(cls, hint, "ClassVar", "typing"):
            if isinstance(default, Field):
                if default.default_factory is not MISSING:
                    raise TypeError(f"field {name} cannot have a default factory")
                if default.kw_only is not MISSING:
                    raise TypeError(f"field {name} is a ClassVar but specifies kw_only")
                if default.default is MISSING:
                    delattr(cls, name)
                else:
                    setattr(cls, name, default.default)
            continue
        if isinstance(default, Field):
            f = default
        else:
            if type(default).__name__ == "member_descriptor":
                # What the program sees of a slot is not a default.
                default = MISSING
            f = field(default=default)
        f.name = name
        f.type = hint
        f._is_initvar = isinstance(hint, InitVar) or hint is InitVar or _says(cls, hint, "InitVar", "dataclasses")
        f._field_type = _FIELD_INITVAR if f._is_initvar else _FIELD
        if f._is_initvar and f.default_factory is not MISSING:
            raise TypeError(f"field {name} cannot have a default factory")
        if f.kw_only is MISSING:
            f.kw_only = after_mark
        if f.default is not MISSING and not f._is_initvar and f.default.__class__.__hash__ is None:
            raise ValueError(
                f"mutable default {type(f.default)} for field {name} is not allowed: use default_factory"
            )
        own.append(f)
        fields[name] = f
    for f in own:
        if isinstance(cls.__dict__.get(f.name), Field):
            if f.default is MISSING:
                delattr(cls, f.name)
            else:
                setattr(cls, f.name, f.default)
    for name, value in cls.__dict__.items():
        if isinstance(value, Field) and name not in _annotations(cls):
            raise TypeError(f"{name!r} is a field but has no type annotation")
    return fields


def _make_init(cls, fields, frozen, slots):
    params = [f for f in fields if f.init]
    positional = [f for f in params if not f.kw_only]
    keyword = [f for f in params if f.kw_only]
    seen = None
    for f in positional:
        if f.default is MISSING and f.default_factory is MISSING:
            if seen is not None:
                what = f"non-default argument {f.name!r} follows default argument"
                raise TypeError(what + (f" {seen.name!r}" if _VERSION >= (3, 13) else ""))
        else:
            seen = f
    names = tuple(f.name for f in positional)
    kw_names = tuple(f.name for f in keyword)
    all_names = set(names + kw_names)
    defaults = {f.name: f for f in params if f.default is not MISSING or f.default_factory is not MISSING}
    post_init = hasattr(cls, "__post_init__")
    initvars = [f.name for f in fields if f._is_initvar]
    # With slots the class itself keeps no default.
    stored = [f for f in fields if not f._is_initvar]
    stored = [f for f in stored if f.init or f.default_factory is not MISSING or slots and f.default is not MISSING]
    # Fields without any peculiarity are set straight from the arguments.
    plain = not keyword and not initvars and len(stored) == len(names) and all(f.init for f in fields)
    assign = object.__setattr__ if frozen else setattr
    what = f"{cls.__qualname__}.__init__" if _VERSION >= (3, 10) else "__init__"
    n = len(names)

    def __init__(self, /, *args, **kwargs):
        _cost.charge("dataclasses.init")
        if plain and not kwargs and len(args) == n:
            for name, value in zip(names, args):
                assign(self, name, value)
        else:
            values = _bound(what, names, kw_names, all_names, defaults, args, kwargs)
            for f in stored:
                name = f.name
                if f.init:
                    value = values[name]
                    if value is MISSING:
                        value = f.default_factory() if f.default_factory is not MISSING else f.default
                else:
                    value = f.default_factory() if f.default_factory is not MISSING else f.default
                assign(self, name, value)
            if initvars:
                given = [values[name] for name in initvars if name in values]
                given = [defaults[i].default if v is MISSING else v for i, v in zip(initvars, given)]
                if post_init:
                    self.__post_init__(*given)
                return
        if post_init:
            self.__post_init__()

    __init__.__annotations__ = {**{f.name: f.type for f in params}, "return": None}
    __init__._dataclass_parameters = [(f.name, f.kw_only, f) for f in positional + keyword]
    return __init__


def _bound(what, names, kw_names, all_names, defaults, args, kwargs):
    """The value of each parameter, `MISSING` where its default stands, or the error of such a call."""
    if len(args) > len(names):
        least = len(names) - sum(1 for name in names if name in defaults)
        takes = str(len(names) + 1) if least == len(names) else f"from {least + 1} to {len(names) + 1}"
        plural = "" if takes == "1" else "s"
        raise TypeError(f"{what}() takes {takes} positional argument{plural} but {len(args) + 1} were given")
    values = dict(zip(names, args))
    for name, value in kwargs.items():
        if name not in all_names:
            raise TypeError(f"{what}() got an unexpected keyword argument {name!r}")
        if name in values:
            raise TypeError(f"{what}() got multiple values for argument {name!r}")
        values[name] = value
    for kind, group in (("positional argument", names), ("keyword-only argument", kw_names)):
        missing = [name for name in group if name not in values and name not in defaults]
        if missing:
            from collections import _names_in_words

            plural = "" if len(missing) == 1 else "s"
            raise TypeError(f"{what}() missing {len(missing)} required {kind}{plural}: {_names_in_words(missing)}")
    for name in defaults:
        if name not in values:
            values[name] = MISSING
    return values


_shown = set()


def _make_repr(names):
    def __repr__(self):
        key = id(self)
        if key in _shown:
            return "..."
        _shown.add(key)
        try:
            parts = [f"{name}={getattr(self, name)!r}" for name in names]
        finally:
            _shown.discard(key)
        return f"{self.__class__.__qualname__}({', '.join(parts)})"

    return __repr__


def _make_eq(names):
    def __eq__(self, other):
        if other.__class__ is not self.__class__:
            return NotImplemented
        if self is other and _VERSION >= (3, 13):
            return True
        return [getattr(self, n) for n in names] == [getattr(other, n) for n in names]

    return __eq__


def _make_order(name, names, op):
    def compare(self, other):
        if other.__class__ is not self.__class__:
            return NotImplemented
        return op(tuple([getattr(self, n) for n in names]), tuple([getattr(other, n) for n in names]))

    compare.__name__ = name
    return compare


_ORDER = {
    "__lt__": lambda a, b: a < b,
    "__le__": lambda a, b: a <= b,
    "__gt__": lambda a, b: a > b,
    "__ge__": lambda a, b: a >= b,
}


def _make_hash(names):
    def __hash__(self):
        return hash(tuple([getattr(self, n) for n in names]))

    return __hash__


def _freeze(cls, names):
    def __setattr__(self, name, value):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        super(cls, self).__setattr__(name, value)

    def __delattr__(self, name):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        super(cls, self).__delattr__(name)

    for method in (__setattr__, __delattr__):
        if method.__name__ in cls.__dict__:
            raise TypeError(f"Cannot overwrite attribute {method.__name__} in class {cls.__name__}")
        method.__qualname__ = f"{cls.__qualname__}.{method.__name__}"
        setattr(cls, method.__name__, method)


def _state_of_slots(self):
    return [getattr(self, f.name) for f in fields(self)]


def _set_slots(self, state):
    for f, value in zip(fields(self), state):
        object.__setattr__(self, f.name, value)


def _with_slots(cls, names, weakref_slot, frozen):
    if "__slots__" in cls.__dict__:
        raise TypeError(f"{cls.__name__} already specifies __slots__")
    inherited = set()
    for base in cls.__mro__[1:-1]:
        slots = base.__dict__.get("__slots__", ())
        inherited.update((slots,) if isinstance(slots, str) else slots)
    namespace = dict(cls.__dict__)
    if weakref_slot:
        names = [*names, "__weakref__"]
    namespace["__slots__"] = tuple([n for n in names if n not in inherited])
    for name in names:
        namespace.pop(name, None)
    namespace.pop("__dict__", None)
    namespace.pop("__weakref__", None)
    if frozen:
        # An instance that cannot be assigned to cannot be unpickled by assignment.
        if "__getstate__" not in namespace:
            namespace["__getstate__"] = _state_of_slots
        if "__setstate__" not in namespace:
            namespace["__setstate__"] = _set_slots
    made = type(cls)(cls.__name__, cls.__bases__, namespace)
    made.__qualname__ = cls.__qualname__
    return made


def _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot):
    for base in cls.__mro__[1:]:
        params = base.__dict__.get("__dataclass_params__")
        if params is not None:
            if params.frozen and not frozen:
                raise TypeError("cannot inherit non-frozen dataclass from a frozen one")
            if frozen and not params.frozen:
                raise TypeError("cannot inherit frozen dataclass from a non-frozen one")
    if weakref_slot and not slots:
        raise TypeError("weakref_slot is True but slots is False")
    by_name = _collect(cls, kw_only)
    everything = list(by_name.values())
    fields = [f for f in everything if not f._is_initvar]
    cls.__dataclass_fields__ = by_name
    newer = dict(match_args=match_args, kw_only=kw_only, slots=slots, weakref_slot=weakref_slot)
    cls.__dataclass_params__ = _Params(
        init=init, repr=repr, eq=eq, order=order, unsafe_hash=unsafe_hash, frozen=frozen,
        **(newer if _VERSION >= (3, 12) else {}),
    )

    def put(name, method):
        method.__qualname__ = f"{cls.__qualname__}.{name}"
        setattr(cls, name, method)

    has_hash = "__hash__" in cls.__dict__ and not (cls.__dict__["__hash__"] is None and "__eq__" in cls.__dict__)
    if init and "__init__" not in cls.__dict__:
        put("__init__", _make_init(cls, everything, frozen, slots))
    if repr and "__repr__" not in cls.__dict__:
        put("__repr__", _make_repr([f.name for f in fields if f.repr]))
    compared = [f.name for f in fields if f.compare]
    if eq and "__eq__" not in cls.__dict__:
        put("__eq__", _make_eq(compared))
    if order:
        if not eq:
            raise ValueError("eq must be true if order is true")
        for name, op in _ORDER.items():
            if name in cls.__dict__:
                raise TypeError(
                    f"Cannot overwrite attribute {name} in class {cls.__name__}. Consider using functools.total_ordering"
                )
            put(name, _make_order(name, compared, op))
    if frozen:
        _freeze(cls, {f.name for f in fields})
    hashed = [f.name for f in fields if (f.compare if f.hash is None else f.hash)]
    if unsafe_hash:
        if has_hash:
            raise TypeError(f"Cannot overwrite attribute __hash__ in class {cls.__name__}")
        put("__hash__", _make_hash(hashed))
    elif eq and not has_hash:
        if frozen:
            put("__hash__", _make_hash(hashed))
        else:
            cls.__hash__ = None
    if match_args and "__match_args__" not in cls.__dict__:
        cls.__match_args__ = tuple(f.name for f in everything if f.init and not f.kw_only)
    if _VERSION >= (3, 13) and "__replace__" not in cls.__dict__:
        put("__replace__", lambda self, /, **changes: _replaced(self, changes))
    if not cls.__doc__:
        cls.__doc__ = _described(cls.__name__, [f for f in everything if f.init])
    if slots:
        cls = _with_slots(cls, [f.name for f in fields], weakref_slot, frozen)
    if getattr(cls, "__abstractmethods__", None):
        from abc import update_abstractmethods

        update_abstractmethods(cls)
    return cls


def dataclass(
    cls=None,
    /,
    *,
    init=True,
    repr=True,
    eq=True,
    order=False,
    unsafe_hash=False,
    frozen=False,
    match_args=True,
    kw_only=False,
    slots=False,
    weakref_slot=False,
):
    def wrap(cls):
        return _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot)

    return wrap if cls is None else wrap(cls)


def fields(class_or_instance):
    found = getattr(class_or_instance, "__dataclass_fields__", None)
    if found is None:
        raise TypeError("must be called with a dataclass type or instance")
    return tuple(f for f in found.values() if not f._is_initvar)


def is_dataclass(obj):
    return hasattr(obj if isinstance(obj, type) else type(obj), "__dataclass_fields__")


def _is_instance(obj):
    return hasattr(type(obj), "__dataclass_fields__")


def asdict(obj, *, dict_factory=dict):
    if not _is_instance(obj):
        raise TypeError("asdict() should be called on dataclass instances")

    def convert(o):
        return dict_factory([(f.name, _copied(getattr(o, f.name), convert)) for f in fields(o)])

    return convert(obj)


def astuple(obj, *, tuple_factory=tuple):
    if not _is_instance(obj):
        raise TypeError("astuple() should be called on dataclass instances")

    def convert(o):
        return tuple_factory([_copied(getattr(o, f.name), convert) for f in fields(o)])

    return convert(obj)


def _copied(value, convert):
    if _is_instance(value):
        return convert(value)
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*[_copied(v, convert) for v in value])
    if isinstance(value, (list, tuple)):
        return type(value)([_copied(v, convert) for v in value])
    if isinstance(value, dict):
        items = [(_copied(k, convert), _copied(v, convert)) for k, v in value.items()]
        if hasattr(type(value), "default_factory"):
            result = type(value)(value.default_factory)
            result.update(items)
            return result
        return type(value)(items)
    if value is None or isinstance(value, (int, float, str, bytes, bool)):
        return value
    from copy import deepcopy

    return deepcopy(value)


def replace(obj, /, **changes):
    if not _is_instance(obj):
        raise TypeError("replace() should be called on dataclass instances")
    return _replaced(obj, changes)


def _replaced(obj, changes):
    for f in obj.__dataclass_fields__.values():
        if not f.init:
            if f.name in changes:
                raise (TypeError if _VERSION >= (3, 13) else ValueError)(
                    f"field {f.name} is declared with init=False, it cannot be specified with replace()"
                )
            continue
        if f.name not in changes:
            if f._is_initvar:
                if f.default is MISSING:
                    raise (TypeError if _VERSION >= (3, 13) else ValueError)(
                        f"InitVar {f.name!r} must be specified with replace()"
                    )
                continue
            changes[f.name] = getattr(obj, f.name)
    return obj.__class__(**changes)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, module=None, **options):
    body = dict(namespace or {})
    hints = {}
    for item in fields:
        if isinstance(item, str):
            name, hint = item, "typing.Any"
        elif len(item) == 2:
            name, hint = item
        elif len(item) == 3:
            name, hint, body[item[0]] = item
        else:
            raise TypeError(f"Invalid field: {item!r}")
        if not isinstance(name, str) or not name.isidentifier():
            raise TypeError(f"Field names must be valid identifiers: {name!r}")
        if keyword.iskeyword(name):
            raise TypeError(f"Field names must not be keywords: {name!r}")
        if name in hints:
            raise TypeError(f"Field name duplicated: {name!r}")
        hints[name] = hint
    body["__annotations__"] = hints
    made = types.new_class(cls_name, bases, {}, lambda namespace: namespace.update(body))
    if _VERSION >= (3, 14):
        made.__annotations__ = hints
    made.__module__ = module or sys._getframe(1).f_globals.get("__name__")
    return dataclass(made, **options)
