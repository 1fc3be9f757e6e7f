import inspect, functools, asyncio
# about f
# more
def f(a, b=2, *args, c: int, d=4, **kw) -> str:
    """Doc: {[("""
    x = [1,
  2]
    s = '''
not indented
'''
    # inner comment

    if a:
        return "x"

    # last comment
# outside
def one(): return 1
lam = lambda x: (x +
   1)
class C(object):
    """C doc"""
    y = 1
    class D:
        def m(self):
            return 2

        z = 3
    @staticmethod
    def s(q):
        return q

    @property
    def p(self): return 5
def deco(g):
    @functools.wraps(g)
    def w(*a): return g(*a)
    return w
@deco
@deco
def h(x):
    return x
async def co(
    a,
    b,
):
    await asyncio.sleep(0)
@deco
class E:
    pass
def end():
    def nested(): pass
    return nested
for o in (f, one, lam, C, C.D, C.D.m, C().s, C.p.fget, h, co, end, end()):
    print(inspect.getsource(o), end="")
    print("--", inspect.getsourcelines(o)[1])
print(inspect.getcomments(f), inspect.getsourcefile(f) is not None)
print(inspect.getfullargspec(f)); print(sorted(inspect.getcallargs(f, 1, c=3, z=9).items())); print(inspect.getfullargspec(C.D().m).args)
k = 5
def outer():
    v = 1
    def inner(): return v, k, len, undefined
    return inner
print(inspect.getclosurevars(outer()))
def who(): fr = inspect.currentframe(); return inspect.getframeinfo(fr).function, inspect.getargvalues(fr).args, [x.function for x in inspect.stack()][:2], inspect.stack()[0].code_context
print(who())
try: 1/0
except ZeroDivisionError: print([(t.lineno, t.function, t.code_context) for t in inspect.trace()])
for bad in (len, int, 5):
    try: inspect.getsource(bad)
    except TypeError as e: print("TypeError")
try: inspect.getsource(eval("lambda: 1"))
except OSError as e: print(e)
print(inspect.getmodulename("/a/b.py"), [ (a.name, a.kind) for a in inspect.classify_class_attrs(C) if not a.name.startswith("__")])
print(inspect.getsource(inspect.getmodule(f))[:40])
