# __slots__: what they forbid, and what is said of bad ones.
class P:
    __slots__ = ('x', 'y')
    def __init__(self, x, y): self.x = x; self.y = y
p = P(1, 2)
print(p.x, p.__slots__, hasattr(p, '__dict__'))
for f in (lambda: setattr(p, 'z', 3), lambda: vars(p), lambda: p.z, lambda: delattr(p, 'z')):
    try: f()
    except Exception as e: print(type(e).__name__, e)
del p.x
try: p.x
except AttributeError as e: print(e)
try: del p.x
except AttributeError as e: print(e)
class Q(P):
    pass
q = Q(1, 2); q.z = 5; print(q.z, q.x)
class R(P):
    __slots__ = ('w', '__dict__')
r = R(1, 2); r.w = 1; r.any = 2; print(r.any)
try:
    class Bad:
        __slots__ = ('a',)
        a = 1
except ValueError as e: print(e)
try:
    class Bad2:
        __slots__ = ('1a',)
except TypeError as e: print(e)
try:
    class Bad3(int):
        __slots__ = ('a',)
except TypeError as e: print(e)
class S:
    __slots__ = {'a': 'doc of a', 'b': None}
print(S.__slots__)
import weakref
try: weakref.ref(p)
except TypeError as e: print(e)
class W:
    __slots__ = ('__weakref__', '__priv')
    def __init__(self): self.__priv = 1
w = W(); print(weakref.ref(w)() is w)
class One: __slots__ = 'single'
o = One(); o.single = 3; print(o.single)
class A: __slots__ = ('a',)
class B: __slots__ = ('b',)
class E: __slots__ = ()
class F(E, A): __slots__ = ('f',)
f = F(); f.a = f.f = 1; print(f.a + f.f)
import copy, pickle
print(copy.copy(q).x, copy.deepcopy(p2 := P([1], 2)).x)
z = pickle.loads(pickle.dumps(P(5, 6))); print(z.x, z.y)
