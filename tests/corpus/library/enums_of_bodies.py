# What the body of an enumeration may hold: private names, members called `name`, an order, tuples with `auto()`.
from collections import namedtuple
from enum import Enum, IntEnum, auto, unique
import warnings


class State(Enum):
    _order_ = "IDLE BUSY DONE"
    IDLE = auto()
    BUSY = auto()
    DONE = BUSY + 10
    __limit = 5
    _ignore_ = ["helper"]
    helper = "gone"

    @classmethod
    def limit(cls):
        return cls.__limit


print(list(State), State.limit(), hasattr(State, "helper"), hasattr(State, "_ignore_"))
try:

    class Wrong(Enum):
        _order_ = "B A"
        A = 1
        B = 2

except TypeError as error:
    print(error)


class Field(Enum):
    name = 1
    value = "two"
    other = 3


print(Field.name, Field.name.name, Field.value.value, Field["name"], list(Field))
Point = namedtuple("Point", "x y")


class Corner(Enum):
    FAR = auto(), auto()
    ORIGIN = Point(0, 0)


print(repr(Corner.ORIGIN), Corner.FAR.value, Corner(Point(0, 0)))


class Text(str, Enum):
    ONE = auto()
    TWO = auto()


print(list(Text), Text.TWO == "2")


class Color(Enum):
    RED = 1

    @classmethod
    def _missing_(cls, value):
        if value == "wrong":
            return 5
        if value == "broken":
            raise KeyError(value)
        return None


for value in (7, "wrong", "broken"):
    try:
        Color(value)
    except Exception as error:
        print(type(error).__name__, error, "|", repr(error.__context__))
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")

    class Mixed(Enum):
        HIGH = 5
        LOW = 1
        NEXT = auto()

print(Mixed.NEXT.value, len(caught), caught[0].category.__name__, str(caught[0].message).splitlines()[0], caught[0].lineno)
Made = Enum("Made", "A B C", start=10, qualname="here.Made")
print(Made.__qualname__, list(Made))


@unique
class Named(Enum):
    one = 1
    name = 3


print(Named.name, Named.one.name)


class Weekday(IntEnum):
    MON = auto()
    TUE = auto()
    WEEKEND = TUE | 8


print(list(Weekday), Weekday.WEEKEND + 1)
