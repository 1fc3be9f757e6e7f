"""What `auto` gives after values of several kinds."""
from enum import Enum, auto


class Falling(Enum):
    HIGH = 10
    LOW = 2
    NEXT = auto()


class Mixed(Enum):
    TEXT = "text"
    ONE = 1
    NEXT = auto()


class Texts(Enum):
    TEXT = "text"
    NEXT = auto()


for kind in (Falling, Mixed, Texts):
    print(kind.__name__, [member.value for member in kind])
