# Attributes of variables: found in every place, missing, and what dies when one is replaced.
class A:
    k = 5
    def __init__(self): self.x = 1
    def m(self, y): return self.x + y
    @property
    def p(self): return self.x * 10
    @classmethod
    def c(cls): return cls.__name__
    @staticmethod
    def s(v): return v
def f(a):
    a.x = a.x + 1
    a.z = a.k
    return a.m(2), a.p, a.c(), a.s(3), a.z
for _ in range(4):
    print(f(A()))
def g():
    try:
        q.x
    except UnboundLocalError as e: print(e)
    try:
        q.x()
    except UnboundLocalError as e: print(e)
    try:
        q.x = 3
    except UnboundLocalError as e: print(e)
    q = 1
g()
def h(o): return o.name
try: h(A())
except AttributeError as e: print(e)
def lst(l):
    l.append(1); l.append(2); return l.pop()
print(lst([]))
class D:
    def __del__(s): print("del", s.n)
def over(o):
    d = D(); d.n = 1
    o.x = d
    d = D(); d.n = 2
    o.x = d
    del d
    print("between")
    o.x = None
over(A())
