import collections.abc
import enum
import inspect
import pprint
import types
import weakref
from typing import Callable, Dict, Generic, List, ParamSpec, TypeVar, TypeVarTuple, Unpack
from unittest.mock import create_autospec, patch

T, K = TypeVar("T"), TypeVar("K")
P, Ts = ParamSpec("P"), TypeVarTuple("Ts")
print(P, Ts, Callable[P, int], Unpack[Ts], List[T][int], Dict[K, T][int, str], len(collections.abc.__all__))
try:
    List[int][str]
except TypeError as error:
    print(error)


class Colour(enum.Enum):
    RED = 1
    CRIMSON = 1


print(dir(Colour)[:6])
for f in (len, print, sorted, isinstance):
    print(f.__name__, inspect.signature(f))
pprint.pprint({"t": (1,), "l": [1]}, depth=1)
print(types.new_class("Made"))


class Thing:
    def act(self, x):
        return x


thing = Thing()
proxy = weakref.proxy(thing)
proxy.size = 3
print(thing.size)
del proxy.size
print(hasattr(thing, "size"))
with patch.object(Thing, "act", autospec=True) as act:
    Thing().act(1)
    print(act.call_count, act.called)
try:
    create_autospec(Thing)().act()
except TypeError as error:
    print(error)
