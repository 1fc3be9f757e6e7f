# Calls of functions that gather arguments.
def f(*a, **k): return a, k
def g(x, *a, y=3, **k): return x, a, y, k
def h(x, /, y, *, z=1, **k): return x, y, z, k
def i(a, b=2, *rest): return a, b, rest
print(f(), f(1,2), f(a=1), f(1,*[2,3],**{'q':4}))
print(g(1), g(1,2,3), g(1,y=5,z=6), g(x=1), g(1,2,y=9,w=1,**{'v':2}))
print(h(1,2), h(1,y=2,x=5), h(1,2,z=3,q=4))
print(i(1), i(1,3), i(1,3,4,5), i(a=1))
for c in ("g()", "g(1,x=2)", "h(x=1,y=2)", "h(1)", "i(b=1)", "i(1,2,3,b=4)", "f(**{1:2})", "f(a=1,**{'a':2})", "h(1,2,3)", "h(1,2,y=3)", "i(1,c=3)"):
    try: print(eval(c))
    except TypeError as e: print(c, e)
def deco(fn):
    def wrapper(*args, **kwargs):
        return fn(*args, **kwargs)
    return wrapper
@deco
def add(a,b=3,*,c=4): return a+b+c
print(add(1), add(1,2), add(1,c=10), add(b=1,a=2))
class M:
    def __call__(self, *a, **k): return a, k
    def m(self, *a, **k): return a, k
print(M()(1,b=2), M().m(1,b=2), M.m(*[1,2],b=3))
