# What a class body may say twice: namespaces of metaclasses, enumerations, abstract properties, classes made by type().
from enum import Enum, auto, Flag, IntEnum, unique
for src in ('class D(Enum):\n A = 1\n A = 2', 'class D(Enum):\n _x_ = 1', 'class D(Enum):\n A = 1\n def A(self): pass', 'class D(Enum):\n A = 1\n def _generate_next_value_(n, s, c, l): return 1', '@unique\nclass D(Enum): A = 1; B = 1', 'class E(Enum):\n A = 1\nclass F(E):\n B = 2'):
    try: exec(src)
    except Exception as e: print(type(e).__name__, e)
class NoDup(dict):
    def __setitem__(self, k, v):
        if k in self: raise TypeError(f'dup {k}')
        super().__setitem__(k, v)
class M(type):
    @classmethod
    def __prepare__(mcs, name, bases): return NoDup()
    def __new__(mcs, name, bases, ns):
        print(sorted(k for k in ns if k[0] != '_'), type(ns).__name__)
        return super().__new__(mcs, name, bases, dict(ns))
class Ok(metaclass=M):
    x = 1
    y = x + 1
    def f(self): return self.y
    class Inner: z = 3
    for i in range(1): w = i
print(Ok().f(), Ok.Inner.z)
try:
    class Bad(metaclass=M):
        def f(self): pass
        def f(self): pass
except TypeError as e: print(e)
from collections import OrderedDict
class O(type):
    def __prepare__(name, bases): return OrderedDict()
    def __new__(m, n, b, ns): c = type.__new__(m, n, b, ns); c.order = [k for k in ns if not k.startswith('__')]; return c
class P(metaclass=O): b = 1; a = 2
print(P.order)
class Weekday(Flag):
    MON = auto(); TUE = auto(); WED = auto()
    WE = MON | WED
    @classmethod
    def make(cls): return cls.MON
print(list(Weekday), Weekday.WE, Weekday.make(), [w.name for w in Weekday.WE])
class Num(Enum):
    A = auto(); B = auto(); C = 10; D = auto()
print([n.value for n in Num])
class Period(Enum):
    _ignore_ = 'i P'
    P = vars()
    for i in range(3): P[f'd{i}'] = i
print([(p.name, p.value) for p in Period]) if len(list(Period)) else print('none')
class Perm(type):
    x = property(lambda cls: 'meta x')
class Q(metaclass=Perm): pass
print(Q.x, int.__call__ is not None)
from abc import ABC, abstractmethod
class S(ABC):
    @property
    @abstractmethod
    def name(self): ...
    @staticmethod
    @abstractmethod
    def st(): ...
    @classmethod
    @abstractmethod
    def cl(cls): ...
    @name.setter
    @abstractmethod
    def name(self, v): ...
for c in (S,):
    try: c()
    except TypeError as e: print(e)
print(sorted(S.__abstractmethods__), S.name.__isabstractmethod__)
class S2(S):
    name = 'x'
    def st(): pass
    @classmethod
    def cl(cls): return 1
print(S2().name, S2.cl())
A = type('A', (), {'x': 1}); print(A, A.__module__, repr(A())[:18])
def make(): return type('B', (A,), {})
print(make(), make().__mro__)
