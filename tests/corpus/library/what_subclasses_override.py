# What subclasses of numbers, dates, texts and containers override changes no other methods.
from decimal import Decimal
from fractions import Fraction
import datetime
class M(Decimal):
    def __add__(self, o): return M(super().__add__(o))
    def __mul__(self, o): return M(super().__mul__(o))
    def __neg__(self): return "neg"
    def __lt__(self, o): return "lt"
    def __eq__(self, o): return super().__eq__(o)
    __hash__ = Decimal.__hash__
    def quantize(self, *a): return "q"
    def __abs__(self): return "abs"
    def is_nan(self): raise 1
    def copy_negate(self): raise 2
    def __truediv__(self, o): return M(super().__truediv__(o))
    def __floordiv__(self, o): return M(super().__floordiv__(o))
    def __mod__(self, o): return M(super().__mod__(o))
    def __sub__(self, o): return M(super().__sub__(o))
    def __pow__(self, o): return M(super().__pow__(o))
    def __round__(self, n=0): return M(super().__round__(n))
    def __int__(self): return 42
    def __str__(self): return "M:" + super().__str__()
    def __repr__(self): return "R:" + super().__repr__()
    def __format__(self, s): return "F:" + super().__format__(s)
    def __float__(self): return 7.0
    def __bool__(self): return False
    def to_integral_value(self, *a, **k): return "tiv"
    def as_tuple(self): return "tup"
    def compare(self, o): return "cmp"
    def normalize(self): return "norm"
    def copy_abs(self): return "ca"
a, b = M("7.50"), M("2")
print(a + b, a - b, a * b, a / b, a // b, a % b, a ** b, round(a, 1), repr(a), f"{a:.1f}", a == b, a < b, a > b, a >= b, divmod(Decimal(7), b), Decimal(1) + a, Decimal(1) - a, 1 - a, 3 * a, Decimal.sqrt(b), Decimal.exp(b), Decimal.ln(b), max(Decimal(1), Decimal(2)), sum([a, b]), hash(a) == hash(Decimal("7.5")), Decimal(a), Decimal.quantize(a, Decimal("1")), Decimal.max(a, b), Decimal.fma(a, b, b), a.remainder_near(b), a.adjusted(), a.scaleb(1), a.sqrt(), a.log10(), Decimal.normalize(a), a.to_eng_string())
class F(Fraction):
    def __add__(self, o): return F(super().__add__(o))
    def __sub__(self, o): return F(super().__sub__(o))
    def __str__(self): return "F" + super().__str__()
    def __eq__(self, o): return super().__eq__(o)
    __hash__ = Fraction.__hash__
    def __lt__(self, o): return super().__lt__(o)
    def __mul__(self, o): return F(super().__mul__(o))
    def __truediv__(self, o): return F(super().__truediv__(o))
print(F(1, 2) + F(1, 3), F(1, 2) - 1, F(1, 2) * F(2, 3), F(1, 2) / 3, F(1, 2) < 1, 2 + F(1, 2), F(1, 2) ** 2, sum([F(1), F(2)]))
class D(datetime.date):
    def __add__(self, o): return "D" + str(super().__add__(o))
    def __sub__(self, o): return super().__sub__(o)
    def __str__(self): return "<" + super().__str__() + ">"
    def isoformat(self): return "iso"
class DT(datetime.datetime):
    def __add__(self, o): r = super().__add__(o); return r
    def __str__(self): return "DT"
    def strftime(self, f): return "sf" + super().strftime(f)
class TD(datetime.timedelta):
    def __add__(self, o): return TD(seconds=super().__add__(o).total_seconds())
    def __str__(self): return "TD" + super().__str__()
    def __repr__(self): return "r" + super().__repr__()
d = D(2020, 1, 2); print(d + datetime.timedelta(1), d - datetime.date(2020, 1, 1), d, repr(d), D.today() >= d, d.replace(day=5), type(d.replace(day=5)).__name__, f"{d}", f"{d:%Y}", d < D(2021, 1, 1), d.isoformat())
t = DT(2020, 1, 2, 3); print(type(t + datetime.timedelta(1)).__name__, t, f"{t:%H}", t.date(), type(DT.fromisoformat("2020-01-01")).__name__, type(DT.combine(d, t.time())).__name__, t - t, type(t.astimezone(datetime.timezone.utc)).__name__)
x = TD(seconds=90); print(x + x, x, repr(x), -x, x * 2, type(x * 2).__name__, x / 2, sum([x, x], TD()), x == datetime.timedelta(seconds=90), abs(x))
class I(int):
    def __add__(self, o): return I(super().__add__(o))
    def __sub__(self, o): return I(super().__sub__(o))
    def __repr__(self): return f"I({super().__repr__()})"
    def __eq__(self, o): return "eq"
    __hash__ = int.__hash__
    def __lt__(self, o): return super().__lt__(o)
    def __bool__(self): return False
    def __index__(self): return 5
print(I(3) + 2, I(3) - 1, I(5) == 3, I(1) < 2, bool(I(4)), [1, 2, 3][I(1)], "%d" % I(3), str(I(9)), f"{I(8)}", range(I(3)), sum([I(1), I(2)]), I(7) // 2, -I(3), type(-I(3)), {I(1): 2}, divmod(I(7), I(2)), int(I(3)))
class S(str):
    def __add__(self, o): return S(super().__add__(o) + "!")
    def __str__(self): return "S"
    def __repr__(self): return "SR"
    def __len__(self): return 99
    def upper(self): return S(super().upper())
    def __getitem__(self, i): return S(super().__getitem__(i))
    def __contains__(self, x): return True
    def __eq__(self, o): return super().__eq__(o)
    __hash__ = str.__hash__
    def __format__(self, f): return "fmt" + f
s = S("ab"); print(s + "c", len(s), s.upper(), s[0], "z" in s, f"{s:>3}", "%s" % s, str(s), repr(s), [s], "".join([s, "x"]), s.lower(), type(s.lower()), s * 2, s == "ab", {s: 1}["ab"], s.split("a"), s.replace("a", "b"), "{}".format(s), print(s))
class L(list):
    def append(self, x): super().append(x * 2)
    def __getitem__(self, i): return super().__getitem__(i)
    def __len__(self): return 77
    def __iter__(self): return iter(["it"])
    def __contains__(self, x): return x == "in"
    def __setitem__(self, i, v): super().__setitem__(i, v + 100)
    def __repr__(self): return "L" + super().__repr__()
l = L([1, 2]); l.append(3); l[0] = 5; l.extend([9]); l += [8]; print(l, len(l), [*l], "in" in l, 1 in l, l[0], l[1:], type(l[1:]), sorted(l), list(l), tuple(l), l + [1], sum(L([1]), 0) if 0 else "", bool(L()), l == [5, 2, 6, 9, 8], max(l), dict(enumerate(l)), l.index(6), reversed(l).__class__.__name__, "%s" % (l,), list(map(str, l)), l.copy())
class Dd(dict):
    def __getitem__(self, k): return "got " + str(k)
    def __setitem__(self, k, v): super().__setitem__(k, ("set", v))
    def __missing__(self, k): return "miss"
    def get(self, k, d=None): return "get"
    def __contains__(self, k): return False
    def keys(self): return ["K"]
    def __iter__(self): return iter("xy")
    def update(self, *a, **k): print("upd"); super().update(*a, **k)
    def __repr__(self): return "Dd" + super().__repr__()
d = Dd(a=1); d["b"] = 2; d.update(c=3); d.setdefault("d", 4); print(d, d["zz"], d.get("q"), "a" in d, list(d), d.keys(), dict(d), {**d}, len(d), d.pop("a"), [*d.items()], list(d.values()), "%(a)s" % d, "{a}".format_map(d), d == {"b": ("set", 2), "c": 3, "d": 4}, type(d.copy()))
