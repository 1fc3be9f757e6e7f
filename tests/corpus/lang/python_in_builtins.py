"""Builtins that call Python for every element do it as often as CPython, and go through the elements once."""
import functools, random
calls = 0
class P:
    def __init__(self, v): self.v = v
    def __eq__(self, o):
        global calls; calls += 1
        return self.v == o.v
    def __lt__(self, o):
        global calls; calls += 1
        return self.v < o.v
    def __hash__(self):
        global calls; calls += 1
        return hash(self.v)
    def __repr__(self):
        global calls; calls += 1
        return f"P{self.v}"
    def __add__(self, o):
        global calls; calls += 1
        return P(self.v + (o.v if isinstance(o, P) else o))
    __radd__ = __add__
    def __bool__(self):
        global calls; calls += 1
        return self.v >= 0
def show(name, f):
    global calls
    calls = 0
    r = f()
    r = r if not isinstance(r, str) or len(r) < 50 else len(r)
    print(name, r, calls)
N = 2000
rnd = random.Random(3)
ps = [P(i) for i in range(N)]
qs = [P(i) for i in range(N)]
sh = ps[:]; rnd.shuffle(sh)
show("sorted", lambda: [p.v for p in sorted(sh)] == list(range(N)))
show("sorted rev", lambda: [p.v for p in sorted(sh, reverse=True)][:3])
def key(p):
    global calls; calls += 1
    return p.v
show("sorted key", lambda: [p.v for p in sorted(sh, key=key)][:3])
show("max", lambda: max(sh).v)
show("min key", lambda: min(sh, key=key).v)
show("in", lambda: P(N + 5) in ps)
show("index", lambda: ps.index(P(N - 1)))
show("count", lambda: ps.count(P(7)))
show("==", lambda: ps == qs)
show("tuple ==", lambda: tuple(ps) == tuple(qs))
show("<", lambda: ps < qs[:-1] + [P(N + 1)])
show("set", lambda: len(set(ps)))
show("dict", lambda: len({p: 1 for p in ps}))
show("dict(gen)", lambda: len(dict((p, 1) for p in ps)))
show("fromkeys", lambda: len(dict.fromkeys(ps)))
s1, s2 = set(ps), set(qs)
show("set ==", lambda: s1 == s2)
show("set |", lambda: len(s1 | s2))
show("set &", lambda: len(s1 & s2))
show("set -", lambda: len(s1 - s2))
d1, d2 = {p: p for p in ps}, {q: q for q in qs}
show("dict ==", lambda: d1 == d2)
show("sum", lambda: sum(ps).v)
show("sum gen", lambda: sum(p.v for p in ps))
show("all", lambda: all(ps))
show("any", lambda: any([P(-1)] * 2000))
show("repr", lambda: repr(ps))
show("repr dict", lambda: repr(d1))
show("repr set", lambda: repr(s1))
show("str nested", lambda: str([[p, (p,)] for p in ps]))
show("filter", lambda: list(filter(lambda p: key(p) == N - 1, ps))[0].v)
show("map", lambda: len(list(map(key, ps))))
show("join", lambda: len(",".join(str(p) for p in ps)))
show("reduce", lambda: functools.reduce(lambda a, b: a + b, ps).v)
show("cmp", lambda: [p.v for p in sorted(sh, key=functools.cmp_to_key(lambda a, b: key(a) - key(b)))][:3])
show("remove", lambda: ps.copy().remove(P(N - 1)))
show("gen in", lambda: P(N - 1) in (p for p in ps))
from collections import deque, Counter, defaultdict
show("deque", lambda: (deque(ps).index(P(N-1)), deque(ps).count(P(3))))
show("enumerate", lambda: sum(i for i, p in enumerate(ps) if p))
show("zip", lambda: len(dict(zip(ps, qs))))
show("unpack", lambda: len([*map(key, ps)]))
show("nested", lambda: [[p, [q]] for p, q in zip(ps, ps)] == [[p, [q]] for p, q in zip(qs, qs)])
class Node:
    def __init__(s): s.children = []
    def __repr__(s): return f"Node({s.children})"
n = Node(); n.children.append(n); print(n)
a = []; a.append({1: a}); print(a)
print(sorted([3, float("nan"), 1, 2]), sorted([{1}, {1, 2}, {3}, {2}, set()]))
print(sorted([(1, P(3)), (1, P(2)), (0, P(9))], key=lambda t: (t[0], t[1])))
lst = [5, 3, 1]
lst.sort(key=lambda x: (print(x), x)[1])
print(lst)
