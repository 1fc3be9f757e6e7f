import weakref, gc, sys
class C:
    def __init__(self, n=1): self.n = n
    def m(self): return self.n
    def __repr__(self): return f"C({self.n})"
c = C()
r = weakref.ref(c.m); print(r(), repr(r)[-6:])
wm = weakref.WeakMethod(c.m); print(wm()(), wm == weakref.WeakMethod(c.m), wm != weakref.WeakMethod(C().m), hash(wm) == hash(weakref.WeakMethod(c.m)))
dead = []
w2 = weakref.WeakMethod(c.m, lambda x: dead.append(x is w2)); 
p = weakref.proxy(c, lambda x: dead.append("proxy")); print(p.n, p, isinstance(p, C), type(p), p.m())
p.n = 5; print(c.n, wm()())
try: hash(p)
except TypeError as e: print(e)
try: weakref.WeakMethod(len)
except TypeError as e: print(e)
try: weakref.ref(5)
except TypeError as e: print(e)
try: weakref.proxy([1])
except TypeError as e: print(e)
del c; print(wm(), w2(), dead, p is None)
try: p.n
except ReferenceError as e: print(e)
try: bool(p)
except ReferenceError as e: print(e)
class L(list): pass
l = L([3, 1]); lp = weakref.proxy(l); print(lp + [2], 3 in lp, lp[0], lp[:], len(lp), list(lp), sorted(lp), lp == [3, 1]); lp[0] = 9; lp.append(4); del lp[1]; print(l, lp); lp += [7]; print(l, type(lp))
class N(int): pass
n = N(7) if False else None
class V:
    def __init__(s, x): s.x = x
    def __add__(s, o): return s.x + o
    def __radd__(s, o): return o - s.x
    def __floordiv__(s, o): return 42
    def __neg__(s): return -s.x
    def __lt__(s, o): return s.x < o
    def __call__(s, a): return s.x * a
    def __int__(s): return s.x
    def __enter__(s): return "in"
    def __exit__(s, *a): print("out")
v = V(3); vp = weakref.proxy(v); print(vp + 1, 10 + vp, vp // 2, -vp, vp < 4, vp(5), int(vp), type(vp).__name__)
class It:
    def __init__(s): s.i = 0
    def __iter__(s): return s
    def __next__(s):
        s.i += 1
        if s.i > 2: raise StopIteration
        return s.i
it = It(); ip = weakref.proxy(it); print(list(ip))
f = weakref.finalize(it, print, "final", 1, sep="-"); print(f.alive, f.peek()[1:] if f.peek() else None, f.atexit); del it; print(f.alive, f(), repr(f)[-5:])
class Cache:
    def __init__(s): s.d = weakref.WeakValueDictionary()
    def get(s, k):
        try: return s.d[k], True
        except KeyError: o = s.d[k] = C(k); return o, False
ca = Cache(); o, hit = ca.get(1); print(hit, ca.get(1)[1], len(ca.d), dict(ca.d)); del o; print(len(ca.d), ca.get(1)[1])
class Node:
    def __init__(s, v): s.v = v; s._p = None; s.ch = []
    @property
    def parent(s): return s._p and s._p()
    @parent.setter
    def parent(s, p): s._p = weakref.ref(p)
    def add(s, c): c.parent = s; s.ch.append(c)
    def __del__(s): print("del", s.v)
a = Node("a"); b = Node("b"); a.add(b); print(b.parent.v); del a; print(b.parent); del b; gc.collect()

