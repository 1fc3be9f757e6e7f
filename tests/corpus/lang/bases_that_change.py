class A:
    def m(self): return "A.m"
class B:
    def n(self): return "B.n"
class C(A): pass
class D(C): pass
c, d = C(), D()
C.__bases__ = (A, B); print(c.n(), d.n(), C.__mro__, D.__mro__, B.__subclasses__())
C.__bases__ = (B,); print(A.__subclasses__(), hasattr(c, "m"), isinstance(d, A), issubclass(D, B))
class P: pass
for what in ((A,), [A], (), (1,), (D,), (object,), (int,)):
    for cls in (C, P):
        try: cls.__bases__ = what; print(cls.__bases__)
        except TypeError as e: print(what, cls.__name__, e)
class X(A, B): pass
class Y(B, A): pass
try: X.__bases__ = (A, Y); print(X.__mro__)
except TypeError as e: print(e)
class S:
    def hello(self): return "S+" + super().hello() if hasattr(super(), "hello") else "S"
class Mixin:
    def hello(self): return "Mixin"
class T(S, A): pass
t = T(); print(t.hello()); T.__bases__ = (S, Mixin); print(t.hello()); T.__bases__ += (A,); print([k.__name__ for k in T.mro()])
