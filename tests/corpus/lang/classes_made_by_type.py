# `type()` asks the metaclass of a base; `__set_name__` that fails says where.
from abc import ABC, abstractmethod
import traceback


class Meta(type):
    def __new__(mcls, name, bases, namespace, **kwargs):
        print("new", name, kwargs)
        return super().__new__(mcls, name, bases, namespace)

    def __init__(cls, name, bases, namespace, **kwargs):
        print("init", name)
        super().__init__(name, bases, namespace)


class Base(metaclass=Meta):
    pass


Made = type("Made", (Base,), {"x": 1})
print(type(Made), Made.x)


class Shape(ABC):
    @abstractmethod
    def area(self): ...


Square = type("Square", (Shape,), {"area": lambda self: 4})
print(Square().area(), type(Square))
Half = type("Half", (Shape,), {})
try:
    Half()
except TypeError as e:
    print(e)


class Broken:
    def __set_name__(self, owner, name):
        1 / 0


try:

    class Holder:
        attr = Broken()

except RuntimeError as e:
    print(e, repr(e.__cause__))
for bad in (lambda: object.__new__(5), lambda: object.__new__()):
    try:
        bad()
    except TypeError as e:
        print(e)


class Left:
    def __enter__(self):
        return self

    __exit__ = None


from contextlib import AbstractContextManager

print(issubclass(Left, AbstractContextManager))
