# Dataclasses with all their options, and what is said of bad ones.
from dataclasses import dataclass, field, asdict, astuple, replace, fields, is_dataclass, make_dataclass, KW_ONLY, InitVar, FrozenInstanceError, MISSING
from typing import ClassVar, Optional, List
@dataclass
class Item:
    name: str
    price: float = 0.0
    tags: list = field(default_factory=list, repr=False)
    count: ClassVar[int] = 0
    _id: int = field(init=False, default=7, compare=False)
    def total(self): return self.price
    def __post_init__(self): Item.count += 1
a, b = Item('x', 1.5), Item('x', 1.5); print(a, a == b, a is b, Item.count, asdict(a), astuple(a), replace(a, name='y'), [f.name for f in fields(Item)], is_dataclass(a), Item.__match_args__, Item.__doc__)
@dataclass(frozen=True, order=True)
class P:
    x: int
    y: int = field(default=0, hash=False)
print(sorted([P(2), P(1, 5), P(1, 2)]), P(1) < P(2), hash(P(1)) == hash(P(1)), {P(1): 'a'}[P(1)], max(P(3), P(2)))
for bad in (lambda: setattr(P(1), 'x', 2), lambda: delattr(P(1), 'x'), lambda: P(), lambda: P(1, 2, 3), lambda: P(z=1), lambda: P(1) < 5, lambda: hash(Item('a')), lambda: Item('a') < Item('b'), lambda: replace(a, _id=5), lambda: asdict(5), lambda: fields(5), lambda: replace(P(1), q=1)):
    try: print(bad())
    except Exception as e: print(type(e).__name__, e)
@dataclass
class Base: a: int; b: int = 2
@dataclass
class Child(Base): c: int = 3; b: int = 20
print(Child(1), Child(1, 2, 3))
@dataclass
class K:
    a: int
    _: KW_ONLY
    b: int = 1
    c: InitVar[int] = 5
    d: int = field(default=0, kw_only=True, metadata={'unit': 'm'})
    def __post_init__(self, c): self.d += c
print(K(1, b=2, c=10), fields(K)[2].metadata, fields(K)[0].type, fields(K)[0].default is MISSING)
try: K(1, 2)
except TypeError as e: print(e)
@dataclass(slots=True)
class S: x: int; y: int = 0
s = S(1); print(s, S.__slots__)
try: s.z = 1
except AttributeError as e: print(e)
@dataclass(kw_only=True)
class KW: a: int; b: int = 0
print(KW(a=1))
try: KW(1)
except TypeError as e: print(e)
for src in ('@dataclass\nclass B1:\n a: int = 0\n b: int', '@dataclass\nclass B2:\n a: list = []', '@dataclass\nclass B3:\n a = field()', '@dataclass(order=True, eq=False)\nclass B4: pass', '@dataclass(order=True)\nclass B5:\n a: int\n def __lt__(self, o): pass', '@dataclass(frozen=True)\nclass B6(Base): pass', 'field(default=1, default_factory=list)', '@dataclass\nclass B7:\n a: dict = {}', '@dataclass\nclass B8:\n x: set = set()', '@dataclass(foo=1)\nclass B9: pass', '@dataclass(slots=True)\nclass B0:\n __slots__=("x",)\n x: int'):
    try: exec(src)
    except Exception as e: print(type(e).__name__, e)
C = make_dataclass('C', ['x', ('y', int), ('z', int, field(default=5))], namespace={'add': lambda self: self.x + self.z}); print(C(1, 2), C(1, 2).add())
@dataclass
class Tree: v: int; kids: List['Tree'] = field(default_factory=list)
t = Tree(1, [Tree(2), Tree(3, [Tree(4)])]); print(t, asdict(t)); t.kids.append(t); print(t)
@dataclass(eq=False)
class NoEq: x: int
print(NoEq(1) == NoEq(1), hash(NoEq(1)) is not None)
@dataclass(unsafe_hash=True)
class UH: x: int
print(hash(UH(1)) == hash(UH(1)))
@dataclass(repr=False)
class NR: x: int
print('NR object' in repr(NR(1)))
@dataclass
class Def: x: int = field(default=3); name: Optional[str] = None
print(Def(), Def(name='q'), Def.x, Def.__annotations__)
from functools import cached_property
@dataclass
class Deck:
    cards: list = field(default_factory=lambda: [f'{r}{s}' for s in '♣♢' for r in 'AK'])
    def __len__(self): return len(self.cards)
    def __str__(self): return ', '.join(map(str, self.cards))
print(Deck(), str(Deck()), len(Deck()))
print(f'{a!r} {Def()}'); import inspect; print(inspect.signature(Item), inspect.signature(K), inspect.signature(P))
