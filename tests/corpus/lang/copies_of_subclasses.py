# `copy` makes what pickling would make: subclasses keep their class, attributes and ways of being made.
import copy
from collections import Counter, OrderedDict, UserDict, UserList, defaultdict, deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum


class Names(list):
    pass


n = Names([[1], 2])
n.owner = ["me"]
c, d = copy.copy(n), copy.deepcopy(n)
print(type(c), c, c.owner is n.owner, c[0] is n[0], type(d), d, d.owner is n.owner, d[0] is n[0])


class Base:
    def __init__(self, a):
        self.a = a

    def __reduce__(self):
        return type(self), (self.a + 1,), {"b": 2}


class Derived(Base):
    pass


x = copy.copy(Derived(1))
print(type(x).__name__, x.__dict__)


class Made:
    def __new__(cls, *, size):
        made = super().__new__(cls)
        made.size = size
        return made

    def __getnewargs_ex__(self):
        return (), {"size": self.size}


print(copy.deepcopy(Made(size=[3])).size)


class Slotted:
    __slots__ = ("a", "b")


s = Slotted()
s.a = [1]
print(copy.copy(s).a is s.a, copy.deepcopy(s).a, hasattr(copy.copy(s), "b"))


class State:
    def __init__(self):
        self.log = ["made"]

    def __getstate__(self):
        return {"log": self.log + ["saved"]}

    def __setstate__(self, state):
        self.log = state["log"] + ["restored"]


print(copy.copy(State()).log)
u, w = UserDict(a=[1]), UserList([[1]])
for old in (u, w):
    new = copy.copy(old)
    print(type(new).__name__, new == old, new.data is old.data)
u.tag = "t"
print(copy.copy(u).tag, u.copy())


class Color(Enum):
    RED = 1


@dataclass
class Point:
    x: int
    tags: list


p = Point(1, ["a"])
old = [defaultdict(list, a=[1]), deque([1, 2], 5), Counter("aab"), OrderedDict(b=1), Color.RED, p, {1, 2}, (1, [2]),
       datetime(2024, 1, 2), timedelta(1), 1.5, range(3), ValueError("v", 1), len, Point, None]
for value in old:
    print(copy.copy(value), copy.deepcopy(value))
ring = [1]
ring.append(ring)
new = copy.deepcopy(ring)
print(new[1] is new, new[1] is ring)
e = KeyError("k")
e.extra = 5
print(copy.copy(e).extra, copy.deepcopy(e).args)
try:
    copy.copy(i for i in [])
except TypeError as e:
    print(e)
