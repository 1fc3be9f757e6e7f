# help() of functions, methods and classes of the program.
import abc
import dataclasses
import functools
import typing
class Base(abc.ABC):
    # a comment
    """Base doc."""
    registry: typing.ClassVar[dict] = {}
    def __init_subclass__(cls, **kw): super().__init_subclass__(**kw)
    @abc.abstractmethod
    def run(self, n: int = 1, *, verbose: "bool" = False) -> "list[int]":
        """Run it.

        More.
        """
    def __len__(self): return 0
    def nodoc(self): pass
    alias = nodoc
    fn = lambda self, x: x
    @property
    def prop(self): "P doc"
    @prop.setter
    def prop(self, v): pass
    @functools.cached_property
    def cp(self): "cached doc"; return 1
    @staticmethod
    def st(a, b=2): "static doc"
    @classmethod
    def cm(cls, x): "class doc"
    async def co(self): "co doc"
    def _private(self): "hidden"
    CONST = [1, 2, 3]
    big = "x" * 200
class Child(Base):
    def run(self, n=1, *, verbose=False): return []
    class Inner: "inner"
@dataclasses.dataclass
class D:
    x: int
    y: str = "a"
class Slots:
    __slots__ = ("a", "b")
for o in (Base, Child, D, Slots, Base.run, Child().run, Child.cm, Base.prop, Child()):
    print("=====", o if isinstance(o, type) else "routine")
    help(o)
class Shape:
    """A shape with an area.

    Subclasses override :meth:`area`.
    """
    sides: int = 0
    def __init__(self, name: str = "shape", *, color="red"):
        """Make it."""
        self.name = name
        self.color = color
    def area(self) -> float:
        """Return the area."""
        raise NotImplementedError
    @property
    def label(self):
        """The label."""
        return f"{self.color} {self.name}"
    @classmethod
    def unit(cls): "One."; return cls()
    @staticmethod
    def helper(a, /, b, *args, c=3, **kw): pass
class Square(Shape):
    sides = 4
    def __init__(self, a): super().__init__("square"); self.a = a
    def area(self): return self.a ** 2
def greet(name, greeting="hello", *, loud: bool = False) -> str:
    """Greet somebody.

    Longer text here.
        indented
    """
    return f"{greeting} {name}"
async def co(x): "A coroutine."
def gen(): yield
for one in (greet, Shape, Square, Square(2).area, co, gen):
    help(one)
