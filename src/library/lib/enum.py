"""Enumerations. Members are made from the class body after it has run, in the order in which it names them."""
import sys

_VERSION = sys.version_info[:2]
_plain_property = property
_MappingProxy = type(type.__dict__)


class auto:
    """Stands for the next value, which the body of the class puts in its place."""

    def __init__(self, value=None):
        self.value = value

    def __repr__(self):
        return f"auto({self.value!r})"


class nonmember:
    """Keeps something in an enumeration's body from becoming a member."""

    def __init__(self, value):
        self.value = value


class member:
    """Makes something a member that would not be one."""

    def __init__(self, value):
        self.value = value


class property:
    """A property of members that does not hide a member of the same name."""

    def __init__(self, fget=None, fset=None, fdel=None, doc=None):
        self.fget = fget
        self.fset = fset
        self.__doc__ = doc or getattr(fget, "__doc__", None)
        self.name = getattr(fget, "__name__", None)

    def __set_name__(self, owner, name):
        self.name = name
        self._owner = owner.__name__

    def __get__(self, instance, owner=None):
        if instance is None:
            try:
                return owner._member_map_[self.name]
            except KeyError:
                raise AttributeError(f"{owner!r} has no attribute {self.name!r}") from None
        return self.fget(instance)

    def __set__(self, instance, value):
        if self.fset is None:
            raise AttributeError(f"<enum {self._owner!r}> cannot set attribute {self.name!r}")
        self.fset(instance, value)


# Set below; the metaclass is used to make them.
Enum = Flag = ReprEnum = EJECT = None

_FLAG_OPERATIONS = ("__or__", "__and__", "__xor__", "__ror__", "__rand__", "__rxor__", "__invert__")

def _is_dunder(name):
    return len(name) > 4 and name[:2] == name[-2:] == "__"


def _is_sunder(name):
    return len(name) > 2 and name[0] == name[-1] == "_" and name[1] != "_" and name[-2] != "_"


def _is_private(name, cls_name):
    return cls_name is not None and name.startswith(f"_{cls_name.lstrip('_')}__") and name[-2:] != "__"


def _is_descriptor(obj):
    return hasattr(obj, "__get__") or hasattr(obj, "__set__") or hasattr(obj, "__delete__")


def _names(given):
    return given.replace(",", " ").split() if isinstance(given, str) else list(given)


def _is_member(name, value, cls_name, ignored):
    if isinstance(value, member):
        return True
    if isinstance(value, nonmember) or name in ignored or _is_dunder(name) or _is_sunder(name):
        return False
    return not _is_private(name, cls_name) and not _is_descriptor(value)


def _data_type(bases):
    """The class whose `__new__` makes the members: `int` of `IntEnum`, else `object`."""
    for base in bases:
        for cls in base.__mro__:
            if cls is object:
                continue
            if isinstance(cls, EnumType):
                if cls._member_type_ is not object:
                    return cls._member_type_
            elif "__new__" in cls.__dict__ or "__dataclass_fields__" in cls.__dict__ or cls in (int, float, str, bytes, tuple, complex, frozenset):
                return base if not isinstance(base, EnumType) else cls
    return object


_SUNDERS = (
    "_order_ _generate_next_value_ _numeric_repr_ _missing_ _ignore_ _iter_member_ _iter_member_by_value_ "
    "_iter_member_by_def_ _add_alias_ _add_value_alias_ _value_ _name_"
).split()


class EnumDict(dict):
    """The namespace of an enumeration's body, where a member is named once, and `auto()` becomes its value."""

    def __init__(self, cls_name=None, next_value=None):
        super().__init__()
        self._cls_name = cls_name
        self._members = []
        self._ignored = []
        self._has_auto = False
        self._next_value = next_value
        self._last_values = []

    def __setitem__(self, key, value):
        if _is_private(key, self._cls_name):
            pass
        elif _is_sunder(key):
            if key not in _SUNDERS and Flag is not None:
                if _VERSION < (3, 11):
                    raise ValueError("_sunder_ names, such as \"%s\", are reserved for future Enum use" % key)
                raise ValueError(f"_sunder_ names, such as {key!r}, are reserved for future Enum use")
            if key == "_generate_next_value_" and self._has_auto:
                raise TypeError("_generate_next_value_ must be defined before members")
            if key == "_generate_next_value_":
                self._next_value = value.__func__ if isinstance(value, staticmethod) else value
            if key == "_ignore_":
                self._ignored = _names(value)
        elif key in self._members:
            self._refuse(key)
        elif _is_member(key, value, self._cls_name, self._ignored):
            if key in self:
                self._refuse(key)
            if isinstance(value, auto):
                value = self._resolved(key, value)
            elif type(value) is tuple and any(isinstance(item, auto) for item in value):
                parts = []
                for item in value:
                    parts.append(self._resolved(key, item) if isinstance(item, auto) else item)
                    self._last_values.append(parts[-1])
                value = tuple(parts)
            self._members.append(key)
            self._last_values.append(value.value if isinstance(value, member) else value)
        super().__setitem__(key, value)

    def _resolved(self, key, given):
        if given.value is None:
            given.value = self._next_value(key, 1, len(self._members), self._last_values[:])
            self._has_auto = True
        return given.value

    def _refuse(self, key):
        if _VERSION < (3, 11):
            raise TypeError(f"Attempted to reuse key: {key!r}" if key in self._members else f"{key!r} already defined as: {self[key]!r}")
        raise TypeError(f"{key!r} already defined as {self[key]!r}")


class EnumType(type):
    """The class of enumerations."""

    def __dir__(cls):
        shown = {
            "__class__", "__contains__", "__doc__", "__getitem__", "__iter__", "__len__", "__members__", "__module__",
            "__name__", "__qualname__", *cls._member_names_,
        }  # fmt: skip
        if cls._member_type_ is object:
            return sorted(shown | {"__init_subclass__"})
        return sorted(shown | {"__init_subclass__", "__new__", *dir(cls._member_type_)})

    @classmethod
    def __prepare__(metacls, cls, bases, **kwds):
        enums = [base for base in bases if isinstance(base, EnumType)]
        return EnumDict(cls, enums[-1]._generate_next_value_) if enums else {}

    def __new__(metacls, cls, bases, classdict, *, boundary=None, **kwds):
        if not any(isinstance(base, EnumType) for base in bases):
            created = type.__new__(metacls, cls, bases, classdict, **kwds)
            created._member_map_ = {}
            created._member_names_ = []
            created._value2member_map_ = {}
            created._member_type_ = object
            return created
        for base in bases:
            if isinstance(base, EnumType) and base._member_names_:
                raise TypeError(f"<enum {cls!r}> cannot extend {base!r}")
        ignored = ["_ignore_", "_order_", "__order__", *_names(classdict.get("_ignore_", ()))]
        order = classdict.get("_order_", classdict.get("__order__"))
        body = {}
        members = {}
        for name, value in classdict.items():
            if _is_member(name, value, cls, ignored):
                members[name] = value.value if isinstance(value, member) else value
            elif name not in ignored:
                body[name] = value.value if isinstance(value, nonmember) else value
        if "mro" in members:
            raise ValueError("invalid enum member name(s) 'mro'")
        created = type.__new__(metacls, cls, bases, body, **kwds)
        created._member_map_ = {}
        created._member_names_ = []
        created._value2member_map_ = {}
        created._member_type_ = member_type = _data_type(bases)
        is_flag = Flag is not None and issubclass(created, Flag)
        if is_flag:
            created._flag_mask_ = created._all_bits_ = 0
            inherited = [b._boundary_ for b in bases if isinstance(b, EnumType) and hasattr(b, "_boundary_")]
            created._boundary_ = boundary or (inherited[0] if inherited else STRICT)
        if ReprEnum is not None and ReprEnum in bases and _VERSION >= (3, 11):
            # The text of such a member is that of its value.
            for name in ("__str__", "__format__"):
                if name not in body:
                    method = getattr(member_type, name)
                    if method is object.__str__:
                        method = member_type.__repr__
                    body[name] = method
                    setattr(created, name, method)
        # A data type comes first among the bases, but how a member looks is up to the enumeration.
        first_enum = bases[-1]
        for name in ("__repr__", "__str__", "__format__"):
            if name not in body:
                method = getattr(created, name)
                if method is getattr(member_type, name) or method is getattr(object, name):
                    setattr(created, name, getattr(first_enum, name))
        if is_flag:
            for name in _FLAG_OPERATIONS:
                if name not in body:
                    setattr(created, name, getattr(Flag, name))
        for name, value in members.items():
            metacls._add(created, name, value, member_type, is_flag)
        if is_flag and _VERSION >= (3, 11):
            created._member_names_ = [n for n in created._member_names_ if n in created._canonical_]
        if order is not None:
            map, shown = created._member_map_, created._member_names_
            order = [name for name in _names(order) if name not in map or name in shown]
            if order != shown:
                raise TypeError(f"member order does not match _order_:\n  {shown!r}\n  {order!r}")
        return created

    @staticmethod
    def _add(created, name, value, member_type, is_flag):
        args = value if isinstance(value, tuple) else (value,)
        if member_type is tuple:
            args = (args,)
        maker = _member_maker(created)
        if maker is None:
            self = object.__new__(created)
        else:
            self = maker(created, *args)
        if "_value_" not in self.__dict__:
            if member_type is object:
                self._value_ = value
            else:
                try:
                    self._value_ = member_type(*args)
                except Exception as exc:
                    raise TypeError("_value_ not set in __new__, unable to create it") from exc
        value = self._value_
        self._name_ = name
        self.__objclass__ = created
        self._sort_order_ = len(created._member_names_)
        init = created.__init__
        if init is not object.__init__ and init is not Enum.__init__:
            init(self, *args)
        found = created._find(value)
        if found is not None and (not is_flag or found._name_ is not None):
            self = found
        else:
            created._member_names_.append(name)
            if is_flag and isinstance(value, int):
                created._all_bits_ |= value
                if value > 0 and value & (value - 1) == 0:
                    created._canonical_ = created._canonical_ + (name,)
                created._flag_mask_ |= max(value, 0)
            try:
                created._value2member_map_[value] = self
            except TypeError:
                # An unhashable value is found by comparison.
                pass
        created._member_map_[name] = self
        if not any(isinstance(base.__dict__.get(name), property) for base in created.__mro__):
            # Else the property gives the class its member, and members what it is for.
            type.__setattr__(created, name, self)

    def _find(cls, value):
        try:
            return cls._value2member_map_.get(value)
        except TypeError:
            for found in cls._member_map_.values():
                if found._value_ == value:
                    return found
        return None

    def __call__(cls, value, names=None, *more, module=None, qualname=None, type=None, start=1, boundary=None):
        if names is not None and not cls._member_map_:
            return cls._create(value, names, module, qualname, type, start)
        if more or names is not None:
            value = (value, names, *more)
        return cls._lookup(value)

    def _lookup(cls, value):
        if type(value) is cls:
            return value
        found = cls._find(value)
        if found is not None:
            return found
        failed = None
        try:
            result = cls._missing_(value)
        except Exception as exc:
            failed = exc
            result = None
        if isinstance(result, cls):
            return result
        if Flag is not None and issubclass(cls, Flag) and cls._boundary_ == EJECT and isinstance(result, int):
            return result
        error = ValueError(f"{value!r} is not a valid {cls.__qualname__}")
        if failed is None:
            if result is None:
                raise error
            failed = TypeError(
                f"error in {cls.__name__}._missing_: returned {result!r} instead of None or a valid member"
            )
        if not isinstance(failed, ValueError):
            failed.__context__ = error
        raise failed

    def _create(cls, class_name, names, module, qualname, mixin, start):
        pairs = []
        values = []
        names = list(names.items()) if hasattr(names, "items") else _names(names)
        for i, item in enumerate(names):
            if isinstance(item, str):
                value = cls._generate_next_value_(item, start, i, values[:])
                values.append(value)
                item = (item, value)
            pairs.append(tuple(item))
        bases = (cls,) if mixin is None else (mixin, cls)
        result = type(cls)(class_name, bases, dict(pairs))
        if module is None:
            module = sys._getframe(2).f_globals.get("__name__")
        result.__module__ = module
        if qualname is not None:
            result.__qualname__ = qualname
        return result

    def __contains__(cls, value):
        if isinstance(value, cls):
            return True
        if _VERSION < (3, 12):
            if not isinstance(value, Enum):
                import warnings

                warnings.warn(
                    "in 3.12 __contains__ will no longer raise TypeError, but will return True or\n"
                    "False depending on whether the value is a member or the value of a member",
                    DeprecationWarning,
                    stacklevel=2,
                )
                raise TypeError(
                    f"unsupported operand type(s) for 'in': '{type(value).__qualname__}' and "
                    f"'{cls.__class__.__qualname__}'"
                )
            return False
        return cls._find(value) is not None

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __getattr__(cls, name):
        raise AttributeError(name if _VERSION < (3, 12) else f"type object {cls.__name__!r} has no attribute {name!r}")

    def __iter__(cls):
        return iter([cls._member_map_[name] for name in cls._member_names_])

    def __reversed__(cls):
        return iter([cls._member_map_[name] for name in reversed(cls._member_names_)])

    def __len__(cls):
        return len(cls._member_names_)

    def __bool__(cls):
        return True

    @_plain_property
    def __members__(cls):
        return _MappingProxy(cls._member_map_)

    def __repr__(cls):
        kind = "flag" if Flag is not None and issubclass(cls, Flag) else "enum"
        return f"<{kind} {cls.__name__!r}>"

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get("_member_map_", ()):
            raise AttributeError(f"cannot reassign member {name!r}")
        type.__setattr__(cls, name, value)

    def __delattr__(cls, name):
        if name in cls._member_map_:
            raise AttributeError(f"{cls.__name__!r} cannot delete member {name!r}.")
        type.__delattr__(cls, name)


EnumMeta = EnumType


def _member_maker(cls):
    for base in cls.__mro__:
        if base is object:
            return None
        if "__new__" in base.__dict__:
            return base.__new__
    return None


_NO_INCREMENT = (
    "In 3.13 the default `auto()`/`_generate_next_value_` will require all values to be sortable and support adding +1\n"
    "and the value returned will be the largest value in the enum incremented by 1"
)


class Enum(metaclass=EnumType):
    """Named values."""

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start
        if _VERSION >= (3, 13):
            try:
                highest = max(last_values)
            except TypeError:
                raise TypeError("unable to sort non-numeric values") from None
            try:
                return highest + 1
            except TypeError:
                raise TypeError(f"unable to increment {highest!r}") from None
        if _VERSION >= (3, 11):
            last = last_values[-1]
            try:
                last_values.sort()
                if last == last_values[-1]:
                    return last + 1
            except TypeError:
                pass
            import warnings

            warnings.warn(_NO_INCREMENT, DeprecationWarning, stacklevel=4)
        for value in reversed(last_values):
            try:
                return value + 1
            except TypeError:
                pass
        return start

    @classmethod
    def _missing_(cls, value):
        return None

    def __init__(self, *args, **kwds):
        pass

    def __repr__(self):
        data = self.__class__._member_type_
        if _VERSION >= (3, 12) and hasattr(data, "__dataclass_fields__"):
            shown = ", ".join([f"{name}={getattr(self, name)!r}" for name in data.__dataclass_fields__])
        else:
            shown = repr(self._value_)
        return f"<{self.__class__.__name__}.{self._name_}: {shown}>"

    def __str__(self):
        return f"{self.__class__.__name__}.{self._name_}"

    def __format__(self, format_spec):
        data = self._member_type_
        if _VERSION < (3, 11) and data is not object and type(self).__str__ in (Enum.__str__, Flag.__str__):
            # Of a value that stands for itself in every other way, only `str` shows the member.
            return data.__format__(self._value_, format_spec)
        return str.__format__(str(self), format_spec)

    def __hash__(self):
        return hash(self._name_)

    def __dir__(self):
        return ["__class__", "__doc__", "__eq__", "__hash__", "__module__", "name", "value"]

    def __reduce_ex__(self, proto):
        return self.__class__, (self._value_,)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    @property
    def name(self):
        return self._name_

    @property
    def value(self):
        return self._value_


class ReprEnum(Enum):
    """Only the representation is that of an enumeration; the text is that of the value."""


class IntEnum(int, ReprEnum):
    """Named integers."""


class StrEnum(str, ReprEnum):
    """Named strings."""

    def __new__(cls, *values):
        if len(values) > 3:
            raise TypeError(f"too many arguments for str(): {values!r}")
        if len(values) == 1 and not isinstance(values[0], str):
            raise TypeError(f"{values[0]!r} is not a string")
        value = str(*values)
        self = str.__new__(cls, value)
        self._value_ = value
        return self

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()


class FlagBoundary(StrEnum):
    """What happens to bits that no member has."""

    STRICT = auto()
    CONFORM = auto()
    EJECT = auto()
    KEEP = auto()


STRICT, CONFORM, EJECT, KEEP = FlagBoundary


class EnumCheck(StrEnum):
    """What `verify` checks."""

    CONTINUOUS = "no skipped integer values"
    NAMED_FLAGS = "multi-flag aliases may not contain unnamed flags"
    UNIQUE = "one name per value"


CONTINUOUS, NAMED_FLAGS, UNIQUE = EnumCheck


def _bits(value):
    bit = 1
    while bit <= value:
        if value & bit:
            yield bit
        bit <<= 1


def _binary(value, width):
    digits = bin(value & ((1 << width) - 1))[2:].rjust(width, "0")
    return f"0b{'1' if value < 0 else '0'} {digits}"


class Flag(Enum):
    """Values that combine by bits."""

    _canonical_ = ()
    _boundary_ = STRICT
    _numeric_repr_ = repr

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start if start is not None else 1
        return 2 ** max(last_values).bit_length()

    @classmethod
    def _missing_(cls, value):
        if not isinstance(value, int):
            raise ValueError(f"{value!r} is not a valid {cls.__qualname__}")
        mask = cls._flag_mask_
        if value < 0:
            every = (1 << mask.bit_length()) - 1
            if cls._boundary_ == KEEP and ~value > every:
                every = (1 << (~value).bit_length()) - 1
            value &= every if cls._boundary_ == KEEP else mask
        unknown = value & ~mask
        if unknown:
            if cls._boundary_ == STRICT:
                width = max(value.bit_length(), mask.bit_length())
                raise ValueError(
                    f"{cls!r} invalid value {value!r}\n    given {_binary(value, width)}\n  allowed {_binary(mask, width)}"
                )
            if cls._boundary_ == CONFORM:
                value &= mask
            elif cls._boundary_ == EJECT:
                return value
        found = cls._value2member_map_.get(value)
        if found is not None:
            return found
        maker = _member_maker(cls)
        self = object.__new__(cls) if maker is None else maker(cls, value)
        self._value_ = value
        self.__objclass__ = cls
        names = [cls._member_map_[n]._name_ for n in cls._member_names_ if cls._member_map_[n]._value_ & value]
        unknown = value & ~mask
        if names:
            self._name_ = "|".join(names) + (f"|{cls._numeric_repr_(unknown)}" if unknown else "")
        else:
            self._name_ = None
        cls._value2member_map_[value] = self
        return self

    def __repr__(self):
        if self._name_ is None:
            return f"<{self.__class__.__name__}: {self._value_!r}>"
        return f"<{self.__class__.__name__}.{self._name_}: {self._value_!r}>"

    def __str__(self):
        if self._name_ is None:
            return f"{self.__class__.__name__}({self._value_!r})"
        return f"{self.__class__.__name__}.{self._name_}"

    def __contains__(self, other):
        if not isinstance(other, self.__class__):
            raise TypeError(
                f"unsupported operand type(s) for 'in': {type(other).__qualname__!r} and "
                f"{self.__class__.__qualname__!r}"
            )
        return other._value_ & self._value_ == other._value_

    def __iter__(self):
        value = self._value_
        for member in self.__class__:
            if member._value_ & value:
                yield member

    def __len__(self):
        return self._value_.bit_count()

    def __bool__(self):
        return bool(self._value_)

    def __hash__(self):
        return hash(self._value_)

    def _other(self, other):
        if isinstance(other, self.__class__):
            return other._value_
        data = self.__class__._member_type_
        if data is not object and isinstance(other, data):
            return int(other)
        return None

    def __or__(self, other):
        value = self._other(other)
        return NotImplemented if value is None else self.__class__(self._value_ | value)

    def __and__(self, other):
        value = self._other(other)
        return NotImplemented if value is None else self.__class__(self._value_ & value)

    def __xor__(self, other):
        value = self._other(other)
        return NotImplemented if value is None else self.__class__(self._value_ ^ value)

    def __invert__(self):
        cls = self.__class__
        if cls._boundary_ in (EJECT, KEEP):
            return cls(~self._value_)
        return cls(cls._flag_mask_ & ~self._value_)

    __ror__, __rand__, __rxor__ = __or__, __and__, __xor__


class IntFlag(int, ReprEnum, Flag, boundary=KEEP):
    """Bits that are integers too."""


def unique(enumeration):
    duplicates = [(name, m._name_) for name, m in enumeration.__members__.items() if name != m._name_]
    if duplicates:
        details = ", ".join(f"{alias} -> {name}" for alias, name in duplicates)
        raise ValueError(f"duplicate values found in {enumeration!r}: {details}")
    return enumeration


class verify:
    """A decorator that checks an enumeration."""

    def __init__(self, *checks):
        self.checks = checks

    def __call__(self, enumeration):
        is_flag = issubclass(enumeration, Flag)
        if not is_flag and not issubclass(enumeration, Enum):
            raise TypeError("the 'verify' decorator only works with Enum and Flag")
        for check in self.checks:
            if check is UNIQUE:
                duplicates = [(name, m.name) for name, m in enumeration.__members__.items() if name != m.name]
                if duplicates:
                    details = ", ".join([f"{alias} -> {name}" for alias, name in duplicates])
                    raise ValueError(f"aliases found in {enumeration!r}: {details}")
            elif check is CONTINUOUS:
                values = {m.value for m in enumeration}
                if len(values) < 2:
                    continue
                low, high = min(values), max(values)
                if is_flag:
                    expected = [1 << i for i in range(low.bit_length(), high.bit_length() - 1)]
                else:
                    expected = range(low + 1, high)
                missing = [str(value) for value in expected if value not in values]
                if missing:
                    kind = "flag" if is_flag else "enum"
                    text = f"invalid {kind} {enumeration.__name__!r}: missing values {', '.join(missing)}"
                    raise ValueError(text[:256])
            elif check is NAMED_FLAGS:
                _check_names(enumeration)
        return enumeration


def _check_names(enumeration):
    values = [m.value for m in enumeration]
    names = []
    missing = 0
    for name, alias in enumeration._member_map_.items():
        if name not in enumeration._member_names_ and alias.value >= 0:
            unnamed = [bit for bit in _bits(alias.value) if bit not in values]
            if unnamed:
                names.append(name)
                missing |= sum(unnamed)
    if names:
        if len(names) == 1:
            which = f"alias {names[0]} is missing"
        else:
            which = f"aliases {', '.join(names[:-1])} and {names[-1]} are missing"
        what = "value" if missing & (missing - 1) == 0 else "combined values of"
        raise ValueError(
            f"invalid Flag {enumeration.__name__!r}: {which} {what} 0x{missing:x} "
            "[use enum.show_flag_values(value) for details]"
        )


def show_flag_values(value):
    return list(_bits(value))


def global_enum_repr(self):
    return f"{self.__class__.__module__.split('.')[-1]}.{self._name_}"


def global_flag_repr(self):
    module = self.__class__.__module__.split(".")[-1]
    if self._name_ is None:
        return f"{module}.{self.__class__.__name__}({self._value_!r})"
    return "|".join([n if n[0].isdigit() else f"{module}.{n}" for n in self._name_.split("|")])


def global_str(self):
    return f"{self.__class__.__name__}({self._value_!r})" if self._name_ is None else self._name_


def global_enum(cls, update_str=False):
    """A decorator that puts the members into the module and shows them as names of it."""
    cls.__repr__ = global_flag_repr if issubclass(cls, Flag) else global_enum_repr
    if not issubclass(cls, ReprEnum) or update_str:
        cls.__str__ = global_str
    sys.modules[cls.__module__].__dict__.update(cls.__members__)
    return cls


__all__ = [
    "EnumMeta", "Enum", "IntEnum", "Flag", "IntFlag", "auto", "unique", "EnumType", "StrEnum", "ReprEnum", "property",
    "verify", "member", "nonmember", "FlagBoundary", "STRICT", "CONFORM", "EJECT", "KEEP", "global_flag_repr",
    "global_enum_repr", "global_str", "global_enum", "EnumCheck", "CONTINUOUS", "NAMED_FLAGS", "UNIQUE",
]  # fmt: skip
if _VERSION < (3, 11):
    # `from enum import *` gives what there was; the names of later versions stay behind.
    del __all__[7:]
    import _flags_until_310

    _flags_until_310.install()
