# Properties and descriptors, and what is said of bad uses.
class Circle:
    def __init__(self, radius):
        self._radius = radius
    @property
    def radius(self):
        """The radius property."""
        print("Get radius")
        return self._radius
    @radius.setter
    def radius(self, value):
        print("Set radius")
        if value < 0:
            raise ValueError("radius must be >= 0")
        self._radius = value
    @radius.deleter
    def radius(self):
        print("Delete radius")
        del self._radius
    @property
    def area(self):
        return 3.14159 * self._radius ** 2
c = Circle(42.0)
print(c.radius)
c.radius = 100
del c.radius
for f in (lambda: c.radius, lambda: setattr(c, 'area', 3), lambda: delattr(c, 'area'), lambda: setattr(c, 'radius', -1)):
    try: f()
    except Exception as e: print(type(e).__name__, e)
print(Circle.radius.__doc__, Circle.radius.fget.__name__, Circle.area.fset)
class WriteOnly:
    def _set(self, v): self.__dict__['h'] = v
    password = property(None, _set, None, "write only")
w = WriteOnly(); w.password = 'x'
try: w.password
except AttributeError as e: print(e)
print(WriteOnly.password.__doc__)
class Lazy:
    def __init__(self, f): self.f = f
    def __set_name__(self, owner, name): print('set_name', owner.__name__, name); self.name = name
    def __get__(self, obj, objtype=None):
        if obj is None: return self
        v = self.f(obj); obj.__dict__[self.name] = v; return v
class P:
    @Lazy
    def value(self): print('computing'); return 42
p = P(); print(p.value, p.value, p.__dict__)
class Validator:
    def __init__(self, lo=None, hi=None): self.lo, self.hi = lo, hi
    def __set_name__(self, owner, name): self.private = '_' + name; self.public = name
    def __get__(self, obj, t=None):
        return self if obj is None else getattr(obj, self.private)
    def __set__(self, obj, v):
        if not isinstance(v, (int, float)): raise TypeError(f'Expected {v!r} to be an int or float')
        if self.lo is not None and v < self.lo: raise ValueError(f'Expected {v!r} to be at least {self.lo!r}')
        setattr(obj, self.private, v)
    def __delete__(self, obj): raise AttributeError(f"can't delete {self.public}")
class Item:
    qty = Validator(lo=1); price = Validator(lo=0)
    def __init__(self, q, p): self.qty = q; self.price = p
i = Item(2, 3.5); print(i.qty * i.price, vars(i))
for f in (lambda: Item(0, 1), lambda: Item('a', 1), lambda: delattr(i, 'qty')):
    try: f()
    except Exception as e: print(type(e).__name__, e)
from functools import cached_property, cache
class D:
    @cached_property
    def s(self): print('calc'); return 1
d = D(); print(d.s, d.s, d.__dict__); del d.s; print(d.s)
class Meta(type):
    @property
    def registry(cls): return f"reg of {cls.__name__}"
class K(metaclass=Meta): pass
print(K.registry)
try: K().registry
except AttributeError as e: print(e)
class CM:
    @classmethod
    @property
    def x(cls): return cls.__name__
print(CM.x)
