"""Flags as they were up to Python 3.10: combinations have no names of their own, and are shown highest bit first."""
from enum import Flag, IntFlag


def _is_power_of_two(value):
    return value > 0 and value & (value - 1) == 0


def _decompose(cls, value):
    """The members that a value is made of, and the bits that none of them has."""
    rest, members = value, []
    for one, member in list(cls._value2member_map_.items()):
        is_candidate = member._name_ is not None or value >= 0 and _is_power_of_two(one)
        if is_candidate and one and one & value == one:
            members.append(member)
            rest &= ~one
    if not members and value in cls._value2member_map_:
        members.append(cls._value2member_map_[value])
    members.sort(key=lambda member: member._value_, reverse=True)
    if len(members) > 1 and members[0]._value_ == value:
        members.pop(0)
    return members, rest


def _nameless(cls, value):
    if value not in cls._value2member_map_:
        member = int.__new__(cls, value) if issubclass(cls, int) else object.__new__(cls)
        member._name_, member._value_ = None, value
        member.__objclass__ = cls
        cls._value2member_map_[value] = member
    return cls._value2member_map_[value]


def _missing_(cls, value):
    if not isinstance(value, int):
        raise ValueError(f"{value!r} is not a valid {cls.__qualname__}")
    bits = ~value if value < 0 else value
    if bits not in cls._value2member_map_ and _decompose(cls, bits)[1]:
        raise ValueError(f"{bits!r} is not a valid {cls.__qualname__}")
    found = _nameless(cls, bits)
    return ~found if value < 0 else found


def _missing_number(cls, value):
    if not isinstance(value, int):
        raise ValueError(f"{value!r} is not a valid {cls.__qualname__}")
    rest = _decompose(cls, value)[1]
    while rest:
        bit = 1 << (abs(rest) if rest > 0 else ~rest or 1).bit_length() - 1
        _nameless(cls, bit)
        rest = 0 if rest == -bit else rest ^ bit
    return _nameless(cls, value)


def _words(self):
    members, _ = _decompose(type(self), self._value_)
    if len(members) == 1 and members[0]._name_ is None:
        return repr(members[0]._value_)
    return "|".join(str(member._name_ or member._value_) for member in members)


def __repr__(self):
    return f"<{type(self).__name__}.{self._name_ or _words(self)}: {self._value_!r}>"


def __str__(self):
    return f"{type(self).__name__}.{self._name_ or _words(self)}"


def __invert__(self):
    cls = type(self)
    if issubclass(cls, int):
        return cls(~self._value_)
    members, _ = _decompose(cls, self._value_)
    found = cls(0)
    for member in cls:
        if member not in members and not member._value_ & self._value_:
            found = found | member
    return cls(found)


def install():
    """Gives the classes of `enum` these ways."""
    Flag._missing_ = classmethod(_missing_)
    Flag.__repr__, Flag.__str__, Flag.__invert__ = __repr__, __str__, __invert__
    IntFlag._missing_ = classmethod(_missing_number)
    IntFlag.__repr__, IntFlag.__str__ = __repr__, __str__
    del Flag.__iter__, Flag.__len__
