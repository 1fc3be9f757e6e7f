# Enumerations: members, flags, boundaries, checks, mixed-in types.
from enum import *
import enum
class Color(Enum):
    RED = 1; GREEN = 2; BLUE = 3; CRIMSON = 1
print(Color.RED, repr(Color.RED), Color(2), Color['BLUE'], Color.CRIMSON is Color.RED, list(Color), len(Color), Color.__members__)
print(Color.RED.name, Color.RED.value, Color.RED in Color, isinstance(Color.RED, Color), hash(Color.RED)==hash(Color.RED), {Color.RED: 1}, Color.RED == 1, Color.RED != Color.BLUE)
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
t(lambda: Color(9)); t(lambda: Color['X']); t(lambda: Color.X); t(lambda: setattr(Color,'RED',5)); t(lambda: Color.RED < Color.BLUE); t(lambda: setattr(Color.RED,'name','x')); t(lambda: setattr(Color.RED,'value','x')); print(Color.RED in Color)
t(lambda: unique(Color))
class Perm(Flag):
    R = auto(); W = auto(); X = auto(); RW = R | W
print(Perm.R|Perm.X, repr(Perm.R|Perm.X), Perm.RW, repr(Perm.RW), ~Perm.R, Perm(0), repr(Perm(0)), Perm.R & Perm.W, bool(Perm.R & Perm.W), Perm.R in Perm.RW, list(Perm), list(Perm.RW), len(Perm.RW), Perm(7), Perm(3), Perm.R ^ Perm.RW)
t(lambda: Perm(8)); t(lambda: Perm.R | 1); t(lambda: Perm('x'))
class IP(IntFlag):
    R = 4; W = 2; X = 1
print(IP.R|IP.W, repr(IP.R|IP.W), IP(0), repr(IP(0)), IP(8), repr(IP(8)), repr(IP(12)), IP.R + 1, IP.R | 8, repr(IP.R|8), ~IP.R, repr(~IP.R), IP.R == 4, f'{IP.R}', '%s' % IP.R, '%d' % IP.R, IP.R & 6)
class N(IntEnum):
    A = 1; B = 2
print(N.A, repr(N.A), f'{N.A}', f'{N.A!r}', N.A + 1, N.A < N.B, sorted([N.B,N.A]), [10,20,30][N.A], N(2), N.A == 1, str(N.A), format(N.A,'03d'), max(N), int(N.B))
class S(StrEnum):
    A = auto(); Bee = auto(); C = 'see'
print(S.A, repr(S.A), S.Bee, S.C, S.A == 'a', f'{S.C:>5}', S.A.upper(), '-'.join(S))
class Planet(Enum):
    MERCURY = (3.303e+23, 2.4397e6); EARTH = (5.976e+24, 6.37814e6)
    def __init__(self, mass, radius): self.mass = mass; self.radius = radius
    @property
    def g(self): return 6.67300E-11 * self.mass / (self.radius * self.radius)
print(Planet.EARTH.value, Planet.EARTH.mass, round(Planet.EARTH.g, 3), Planet.EARTH)
class Shape(Enum):
    def _generate_next_value_(name, start, count, last_values): return name.lower()
    SQ = auto(); CI = auto()
    def describe(self): return self.name, self.value
    def __str__(self): return f'my {self.name}'
    @classmethod
    def default(cls): return cls.SQ
print(Shape.SQ, repr(Shape.CI), Shape.default().describe(), Shape('ci'), [str(x) for x in Shape])
class M(Enum):
    A = 1
    @classmethod
    def _missing_(cls, value):
        if value == 'a': return cls.A
        return None
print(M('a')); t(lambda: M('b'))
Animal = Enum('Animal', 'ANT BEE CAT'); print(list(Animal), Animal.BEE, Animal.__module__)
A2 = Enum('A2', {'x': 10, 'y': 20}); print(list(A2)); A3 = Enum('A3', [('p','P'),('q','Q')], module='zz'); print(list(A3)); A4 = IntEnum('A4', ['a','b'], start=5); print(list(A4)); A5 = Flag('A5','a b c'); print(list(A5))
def sub():
    class More(Color): pass
t(sub)
def dup():
    class D(Enum):
        A = 1
        A = 2
@unique
class U(Enum): A=1; B=2
t(lambda: verify(UNIQUE)(Color)); 
class Gap(Enum): A=1; B=3; C=6
t(lambda: verify(CONTINUOUS)(Gap)); 
class G2(Flag): A=1; C=8
t(lambda: verify(CONTINUOUS)(G2))
class G3(Flag): A=1; B=2; AZ=9; BZ=18
t(lambda: verify(NAMED_FLAGS)(G3))
print(list(FlagBoundary), STRICT, repr(KEEP), list(EnumCheck), repr(EnumCheck.UNIQUE))
class F1(Flag, boundary=STRICT): A=1; B=2
class F2(Flag, boundary=CONFORM): A=1; B=2
class F3(Flag, boundary=EJECT): A=1; B=2
class F4(Flag, boundary=KEEP): A=1; B=2
t(lambda: F1(5)); t(lambda: repr(F2(5))); t(lambda: repr(F3(5))); t(lambda: repr(F4(5))); t(lambda: repr(~F4.A)); t(lambda: repr(~F3.A))
print(enum.show_flag_values(13))
@global_enum
class Gl(Enum): ONE=1; TWO=2
print(ONE, repr(TWO), Gl.ONE)
@global_enum
class Gf(IntFlag): P=1; Q=2
print(P, repr(P|Q), repr(Gf(0)), repr(Gf(8)), str(P|Q))
class Mixed(str, Enum): X='x'; Y='y'
print(Mixed.X, repr(Mixed.X), Mixed.X=='x', f'{Mixed.X}', '%s'%Mixed.X, Mixed.X.upper(), str(Mixed.X), [Mixed.X], {'k': Mixed.Y})
class Fl(float, Enum): H=0.5
print(Fl.H, repr(Fl.H), Fl.H*2, f'{Fl.H}')
import dataclasses
@dataclasses.dataclass
class CD: size: int; legs: int = 4
class Cr(CD, Enum):
    BEETLE = 1, 6; DOG = 20
print(Cr.DOG, repr(Cr.DOG), Cr.BEETLE.legs)
class Nm(Enum):
    A = 1
    B = nonmember(5)
print(list(Nm), Nm.B)
class W(Enum):
    A=1
    def __eq__(self, o): return self is o
    __hash__ = Enum.__hash__
print(W.A == W.A, Color.RED.__class__, type(Color), Color.__name__, Color.__doc__, Color.RED.__doc__)
import copy
print(copy.deepcopy(Color.RED) is Color.RED, dir(Color.RED)[:4], 'RED' in dir(Color))
class Weekday(Enum):
    MONDAY=1; TUESDAY=2
    @classmethod
    def from_date(cls, d): return cls(d)
print(Weekday.from_date(2), Color.RED is Color(1), [c.name for c in reversed(Color)])
class Ord(Enum):
    A=1; B=2
    def __lt__(self, o):
        if self.__class__ is o.__class__: return self.value < o.value
        return NotImplemented
print(Ord.A < Ord.B, sorted([Ord.B, Ord.A]), max(Ord, key=lambda x: x.value)); t(lambda: Ord.A < 3)
t(lambda: delattr(Color,'RED'))
