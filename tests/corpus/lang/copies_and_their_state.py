import copy, random, pickle, collections, operator
for f in (lambda: copy.deepcopy(random.Random(3)).random() == random.Random(3).random(), lambda: pickle.loads(pickle.dumps(random.Random(3))).random() == random.Random(3).random(), lambda: copy.copy(random.Random(3)).random()):
    try: print(f())
    except Exception as e: print(type(e), e)
class Dq(collections.deque): pass
d = Dq([1,2,3], 5); d.x = 1
for f in (copy.copy, copy.deepcopy, lambda d: pickle.loads(pickle.dumps(d))):
    try: r = f(d); print(type(r), r, r.x, r.maxlen)
    except Exception as e: print(type(e), e)
class Od(collections.OrderedDict): pass
class Dd(collections.defaultdict): pass
class Ct(collections.Counter): pass
for o in (Od(a=1), Dd(list, {1: 2}), Ct("aab"), collections.ChainMap({1: 2}), collections.UserDict(a=1)):
    for f in (copy.copy, copy.deepcopy, lambda d: pickle.loads(pickle.dumps(d))):
        try: r = f(o); print(type(r), r)
        except Exception as e: print(type(e), e)
for e in (ImportError("m"), ImportError("m", name="n", path="p"), AttributeError("a"), NameError("n"), StopIteration(3), OSError(2, "x"), OSError(2, "No", "f"), SystemExit(3), UnicodeDecodeError("utf8", b"x", 0, 1, "why"), SyntaxError("s", ("f", 1, 2, "text")), KeyError("k")):
    print(repr(e), str(e), *[(n, getattr(e, n, "missing")) for n in ("name", "msg", "path", "obj", "value", "errno", "strerror", "filename", "filename2", "code", "reason", "start", "lineno", "offset", "text")])
print(operator.__add__(1, 2), operator.__or__(1, 2))
class S(collections.abc.Set):
    def __init__(self, it): self.e = list(it)
    def __contains__(self, x): return x in self.e
    def __iter__(self): return iter(self.e)
    def __len__(self): return len(self.e)
    __hash__ = collections.abc.Set._hash
print(hash(S([1, 2])) == hash(frozenset([1, 2])), S([1]) | S([2]) == S([1, 2]))
class A:
    def m(self): return 1
class B:
    def n(self): return 2
class C(A): pass
c = C(); C.__bases__ = (A, B); print(c.n(), C.__mro__)
C.__bases__ += (type("Z", (), {"z": 3}),); print(c.z)
class Cb:
    def __del__(self): raise ValueError("in del")
import sys
sys.unraisablehook = lambda u: print(u.exc_type, u.exc_value, u.err_msg, u.object.__qualname__)
Cb()
import types
mp = types.MappingProxyType({"a": 1}); print({"b": 2} | mp, mp | {"c": 3})
def g(): return 1
def h(): return 2
g.__code__ = h.__code__; print(g())
print(ExceptionGroup[ValueError], list[int] | None, (int | str).__args__)
import gc, weakref
class W: pass
ws = [W() for _ in range(3)]; a = weakref.WeakSet(ws); b = weakref.WeakSet(ws[:2]); print(len(a & b), len(a ^ b), a > b, b < a, len(a | b), len(a - b)); a &= b; print(len(a))
wd = weakref.WeakValueDictionary({i: w for i, w in enumerate(ws)}); print(wd == dict(enumerate(ws)), len(copy.copy(wd)), len(wd | {9: ws[0]}))
