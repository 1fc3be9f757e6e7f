import copy, dataclasses, pickle
class Base:
    __slots__ = ("x", "y")
    def __init__(self): self.x = 1; self.y = 2
class Sub(Base):
    def __init__(self): super().__init__(); self.z = 3
s = Sub(); print(s.__dict__, vars(s), s.x, hasattr(s, "__dict__"), s.__dict__ is s.__dict__)
s.__dict__["x"] = 99; print(s.x, s.__dict__); s.x = 5; print(s.x, s.__dict__); del s.x
try: s.x
except AttributeError as e: print(e)
s.x = 7; s.w = 8; print(s.x, s.__dict__, sorted(k for k in dir(s) if not k.startswith("_")))
c = copy.copy(s); print(c.x, c.y, c.__dict__); d = pickle.loads(pickle.dumps(s)); print(d.x, d.__dict__, s.__reduce_ex__(2)[2], s.__getstate__())
class D:
    __slots__ = ("a", "__dict__", "__weakref__")
d = D(); d.a = 1; d.b = 2; print(d.__dict__, d.a, D.a); d.__dict__ = {"q": 1}; print(d.a, d.q, vars(d))
class M:
    m = 1
class Both(M):
    __slots__ = ("s",)
b = Both(); b.s = 1; b.t = 2; print(vars(b), b.s)
@dataclasses.dataclass(slots=True)
class P: a: int = 1; b: int = 2
class Q(P): pass
q = Q(); q.c = 3; print(vars(q), q, dataclasses.asdict(q))
for i in range(30): setattr(q, f"k{i}", i)
q.a = 10; print(len(vars(q)), q.a, q.k29); q.__class__ = Q; print(q.a)
class N(Base): __slots__ = ()
try: N().q = 1
except AttributeError as e: print(e)
try: vars(N())
except TypeError as e: print(e)
