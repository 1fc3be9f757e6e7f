"""Natives take the elements of a generator one by one, and hash a key once."""

def gen(n, tag):
    try:
        for i in range(n):
            print("yield", tag, i)
            yield i
    finally:
        print("done", tag)
class Num:
    def __init__(self, v): self.v = v
    def __add__(self, o):
        print("add", self.v, getattr(o, 'v', o)); return Num(self.v + getattr(o,'v',o))
    __radd__ = __add__
    def __lt__(self, o): print("lt", self.v, o.v); return self.v < o.v
    def __gt__(self, o): print("gt", self.v, o.v); return self.v > o.v
    def __hash__(self): print("hash", self.v); return hash(self.v)
    def __eq__(self, o): print("eq", self.v, o.v); return self.v == o.v
    def __bool__(self): print("bool", self.v); return bool(self.v)
    def __repr__(self): return f"N{self.v}"
def nums(n):
    for i in range(n):
        print("make", i)
        yield Num(i)
print(sum(nums(3)))
print(max(nums(3)), min(nums(3)))
print(any(nums(3)), all(nums(3)))
print(set(nums(2)))
print(dict((n, 1) for n in nums(2)))
print(dict.fromkeys(nums(2), 0))
print(frozenset(nums(2)))
print(list(zip(gen(2, 'a'), gen(3, 'b'))))
print(max(gen(3,'c'), key=lambda x: print("key", x) or -x))
print(list(map(lambda a, b: print("map", a, b) or a+b, gen(2,'d'), gen(2,'e'))))
print(sorted(nums(3)))
print(2 in gen(5, 'in'))
print(tuple(nums(2)))
print([*gen(2,'l1'), *gen(2,'l2')])
print(",".join(str(x) for x in gen(2,'j')))
a, *b = gen(3, 'u'); print(a, b)
a, b = gen(2, 'u2'); print(a, b)
try:
    a, b = gen(5, 'u3')
except ValueError as e: print(e)
import itertools
print(list(itertools.islice(gen(10,'s'), 2)))
for k, g in itertools.groupby(gen(4, 'gb'), key=lambda x: x // 2): print(k, list(g))
print(list(itertools.chain(gen(1,'x'), gen(1,'y'))))
print(list(itertools.takewhile(lambda x: x < 1, gen(4, 'tw'))))
print(list(itertools.accumulate(gen(3,'acc'))))
l = [0]; l.extend(gen(2,'ext')); print(l)
l += gen(2, 'iadd'); print(l)
l[0:1] = gen(2,'sl'); print(l)
s = set(); s.update(gen(2,'su'), gen(1,'su2')); print(s)
d = {}; d.update((k, k) for k in gen(2, 'du')); print(d)
from collections import deque, Counter
print(deque(gen(2,'dq'), maxlen=1)); print(Counter(nums(2)))
def f(*a, **k): return a, k
print(f(*gen(2,'star')))
import math
print(math.prod(gen(3,'prod')), math.fsum(gen(2,'fs')))
import statistics
print(statistics.mean(gen(3,'mean')))
import functools
print(functools.reduce(lambda a,b: print("red",a,b) or a+b, gen(3,'rd')))
print(bytes(gen(2,'by')), bytearray(gen(2,'ba')))
print(enumerate(gen(1,'en')).__next__())
x = Num(1); y = Num(0)
print(x and y or x)
print(y or x and y)
if x and not y: print("ok")
print(not y and x)
d1 = {x: 1}; d2 = {y: 2}
print({**d1, **d2})
print(d1 | d2)
d1.update(d2)
print(d1)
s1 = {x}; s2 = {y}
print(s1 | s2, s1 & s2, s1 - s2, s1 ^ s2)
