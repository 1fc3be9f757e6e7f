# What a dataclass leaves alone, and what it refuses.
import dataclasses
import pickle
import typing
from dataclasses import KW_ONLY, InitVar, dataclass, field, fields, make_dataclass


@dataclass
class Own:
    x: int = 1

    def __init__(self, doubled):
        self.x = 2 * doubled

    def __repr__(self):
        return f"<{self.x}>"


print(Own(4), Own(4) == Own(4), [f.name for f in fields(Own)])


class Named:
    def __set_name__(self, owner, name):
        self.name = f"{owner.__name__}.{name}"


@dataclass
class WithDescriptor:
    a: int = field(default=Named(), init=False)


print(WithDescriptor.a.name)


class Default:
    def __get__(self, instance, owner=None):
        return 100 if instance is None else instance._v

    def __set__(self, instance, value):
        instance._v = value


@dataclass
class Described:
    v: int = Default()


print(Described(), Described(3))


@dataclass
class Shared:
    n: "typing.ClassVar[int]" = 5
    m: typing.ClassVar[int] = field(default=6)
    hint: "Unknown.ClassVar" = 7


print(Shared.n, Shared.m, Shared())


@dataclass(frozen=True, slots=True)
class Point:
    x: int
    y: int


print(pickle.loads(pickle.dumps(Point(1, 2))), hash(Point(1, 2)) == hash((1, 2)))
print(repr(Point.__setattr__.__qualname__))


def twice():
    @dataclass
    class A:
        _: KW_ONLY
        a: int
        __: KW_ONLY


def refused(make):
    try:
        make()
    except Exception as e:
        print(type(e).__name__, e)


def init_var():
    @dataclass
    class A:
        a: InitVar[int] = field(default_factory=int)


def weak():
    @dataclass(weakref_slot=True)
    class A:
        a: int


refused(twice)
refused(init_var)
refused(weak)
for names in (["a", "a"], ["for"], ["1a"], [5], [("a", int, 1, 2)]):
    refused(lambda: make_dataclass("C", names))


class Base(typing.Generic[typing.TypeVar("T")]):
    pass


print(make_dataclass("Child", [("y", int), ("z", int, 3)], bases=(Base,))(1))
print(dataclasses.field(default=1).default)
