# python: 3.13
# Where the arguments of a call are marked, and where no line of marks is needed (3.13).
import traceback
def boom(*a, **k): raise ValueError("x")
class A:
    def m(self, *a): return boom(*a)
    def n(self): x = boom(1); return x
    def o(self): return self.m(1)
    def p(self): x = self.m(2)
    def q(self): self.m("(", 3)
    def r(self): return boom(1) + 2
    def s(self):
        if boom(1): pass
    def t(self):
        for x in boom(2): pass
    def u(self):
        with boom(3) as z: pass
    def v(self): a: int = boom(4)
    def x(self): return (lambda z: boom(z))(1)
    def y(self): a = b = boom(5)
    def z(self): d = {"k": boom(6)}; d["k"](7)
    def aa(self): assert boom(1), "no"
    def ab(self): print(boom(1), 2)
    def ac(self): return not boom(1)
    def ad(self): [1][5]
    def ae(self): return 1 + "a"
    def af(self): raise boom(1)
    def ag(self): boom(boom)(1)
    def ah(self):
        return boom(1)
    def ai(self):
        v = boom(2)
    def aj(self):
        boom(3)
    def ak(self):
        return self.m(4)
    def al(self):
        v = self.m(5)
    def am(self):
        v += boom(6)
    def an(self):
        v: int = boom(7)
    def ao(self):
        self.attr = boom(8)
    def ap(self):
        del boom(9).x
    def aq(self):
        return boom(1)  # comment
    def ar(self):
        yield from boom(2)
for n in sorted(k for k in vars(A) if not k.startswith("_")):
    try:
        r = getattr(A(), n)()
        if n == "ar": next(r)
    except Exception: print(n); print(traceback.format_exc())
