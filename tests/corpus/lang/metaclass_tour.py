# Metaclasses, __init_subclass__, registration, abstract classes, and what is said of bad ones.
class Meta(type):
    def __new__(mcs, name, bases, ns, **kw):
        print('new', name, [b.__name__ for b in bases], kw, [k for k in ns if not k.startswith('__')])
        cls = super().__new__(mcs, name, bases, ns)
        cls.tag = kw.get('tag')
        return cls
    def __init__(cls, name, bases, ns, **kw):
        print('init', name)
        super().__init__(name, bases, ns)
    def __call__(cls, *a, **k):
        print('call', cls.__name__, a, k)
        return super().__call__(*a, **k)
    @classmethod
    def __prepare__(mcs, name, bases, **kw):
        print('prepare', name)
        return {}
    def __len__(cls): return 7
    def __iter__(cls): return iter('abc')
    def __getitem__(cls, k): return f'{cls.__name__}[{k}]'
    def __contains__(cls, x): return x == 1
    def __getattr__(cls, n):
        if n.startswith('dyn_'): return n
        raise AttributeError(f'no {n} in {cls.__name__}')
    def __repr__(cls): return f'<M {cls.__name__}>'
class A(metaclass=Meta, tag='x'):
    v = 1
    def f(self): pass
class B(A): pass
a = A()
print(A.tag, B.tag, len(A), list(A), A[3], 1 in A, A.dyn_q, A, type(A), type(a))
try: A.other
except AttributeError as e: print(e)
class Singleton(type):
    _i = {}
    def __call__(cls, *a):
        if cls not in cls._i: cls._i[cls] = super().__call__(*a)
        return cls._i[cls]
class S(metaclass=Singleton):
    def __init__(self, x=0): print('S init'); self.x = x
print(S(1) is S(2), S().x)
class Plugin:
    plugins = []
    def __init_subclass__(cls, /, name=None, **kw):
        super().__init_subclass__(**kw)
        cls.name = name or cls.__name__.lower()
        Plugin.plugins.append(cls)
class P1(Plugin): pass
class P2(Plugin, name='two'): pass
print([(p.__name__, p.name) for p in Plugin.plugins])
try:
    class P3(Plugin, nope=1): pass
except TypeError as e: print(e)
try:
    class M2(type): pass
    class X(A, metaclass=M2): pass
except TypeError as e: print(e)
Dyn = type('Dyn', (object,), {'x': 5, 'hello': lambda self: 'hi ' + str(self.x)})
print(Dyn().hello(), Dyn, Dyn.__mro__)
for bad in (lambda: type('A'), lambda: type(1, 2, 3), lambda: type('X', (1,), {}), lambda: type('X', (int, str), {}), lambda: type('X', (bool,), {}), lambda: type(), lambda: object(1), lambda: type('X', (), {}, z=1)):
    try: print(bad())
    except TypeError as e: print('TypeError', e)
from abc import ABC, abstractmethod, ABCMeta
class Shape(ABC):
    @abstractmethod
    def area(self): ...
    @property
    @abstractmethod
    def name(self): ...
class Sq(Shape):
    def area(self): return 1
for c in (Shape, Sq):
    try: c()
    except TypeError as e: print(e)
class Full(Sq):
    name = 'full'
print(Full().area(), Full().name, Shape.__abstractmethods__ == {'area', 'name'})
@Shape.register
class Virt: pass
print(isinstance(Virt(), Shape), issubclass(Virt, Shape))
class Sized2(metaclass=ABCMeta):
    @classmethod
    def __subclasshook__(cls, C):
        if cls is Sized2: return any('__len__' in B.__dict__ for B in C.__mro__)
        return NotImplemented
print(isinstance([], Sized2), isinstance(1, Sized2))
class NI:
    def __instancecheck__(self, o): return True
class MI(type):
    def __instancecheck__(cls, o): return o == 42
    def __subclasscheck__(cls, o): return o is int
class MC(metaclass=MI): pass
print(isinstance(42, MC), isinstance(1, MC), issubclass(int, MC), issubclass(str, MC))
