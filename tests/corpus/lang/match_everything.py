from dataclasses import dataclass
from enum import Enum
import collections
class Color(Enum):
    RED = 1
    GREEN = 2
@dataclass
class Point:
    x: int
    y: int
@dataclass
class Circle:
    center: Point
    r: float
class Named:
    __match_args__ = ("a", "b")
    def __init__(self, a, b): self.a, self.b = a, b
NS = type("NS", (), {"K": 42})
def f(v):
    match v:
        case 0: return "zero"
        case -1: return "minus one"
        case 1.5 | 2.5: return "halves"
        case 3+4j: return "complex"
        case "hi" | b"hi": return "greeting"
        case True: return "true"
        case None: return "none"
        case Color.RED: return "red"
        case NS.K: return "K"
        case []: return "empty seq"
        case [x]: return f"one {x}"
        case [x, y, *rest] if x == y: return f"same {x} {rest}"
        case (1, *mid, 9): return f"1..9 {mid}"
        case [_, _, _]: return "three"
        case [first, *_, last]: return f"{first}..{last}"
        case {"type": "a", "v": [p, q], **rest}: return f"a {p} {q} {rest}"
        case {"type": "b", "n": {"deep": z}}: return f"deep {z}"
        case {"k": int() | float() as n}: return f"num {n}"
        case {}: return "mapping"
        case Circle(Point(0, y=0), r): return f"circle at origin {r}"
        case Circle(center=Point(x=cx), r=r) if r > 1: return f"big circle {cx}"
        case Point(x=0, y=yy) | Point(x=yy, y=0): return f"axis {yy}"
        case Point(): return "point"
        case Named(1, b=two): return f"named {two}"
        case str(s): return f"str {s}"
        case int(n) if n > 100: return f"big {n}"
        case bool() | int(): return "int"
        case float(): return "float"
        case set() as s: return f"set {s}"
        case Exception(args=[msg]): return f"exc {msg}"
        case _: return f"other {type(v).__name__}"
for v in [0, -1, 1.5, 2.5, 3+4j, "hi", b"hi", True, False, None, Color.RED, Color.GREEN, 42, [], (), [1], (5,5,6,7), (1,2,3,9), [1,2,3], "abc",
          [4,5,6,7], {"type":"a","v":(1,2),"o":3}, {"type":"b","n":{"deep":1}}, {"k":3}, {"k":"x"}, {}, Circle(Point(0,0),2), Circle(Point(1,0),2), Circle(Point(1,0),1),
          Point(0,5), Point(5,0), Point(5,5), Named(1,2), Named(2,2), 1000, 7, 3.25, {1}, ValueError("m"), ValueError(), object(), range(3), collections.deque([1,2]), bytearray(b"abc"),
          collections.OrderedDict(k=3), collections.defaultdict(int, k=1.0), collections.Counter("aab")]:
    print(type(v).__name__, "->", f(v))
def g(cmd):
    match cmd.split():
        case ["go", ("north" | "south" | "east" | "west") as d]: return "going " + d
        case ["get", obj] | ["pick", "up", obj] | ["pick", obj, "up"]: return "picking " + obj
        case ["drop", *objs]: return f"dropping {objs}"
        case [a, b] | [b, a, _]: return f"{a=} {b=}"
        case other: return f"?{other}"
for c in ["go north", "go up", "get key", "pick up key", "pick key up", "drop a b c", "x y z", "quit"]:
    print(g(c))
match 1, 2:
    case a, b:
        print(a, b)
match = 3
case = 4
print(match + case)
x = 5
match x:
    case 1: print("no")
print("after", x)
class B:
    match x:
        case int(y): pass
print(B.y)
def nested(t):
    match t:
        case ("add", l, r): return nested(l) + nested(r)
        case ("mul", l, r): return nested(l) * nested(r)
        case ("neg", e): return -nested(e)
        case int() | float() as n: return n
        case unknown: raise ValueError(f"bad {unknown!r}")
print(nested(("add", 1, ("mul", 2, ("neg", 3)))))
for i in range(6):
    match i:
        case 0: continue
        case 4: break
        case n if n % 2: print("odd", n)
        case _: print("even", i)
try: nested("x")
except ValueError as e: print(e)
class Bad: __match_args__ = ["a"]
class Bad2: __match_args__ = (1,)
class Few: pass
class Dup: __match_args__ = ("a",); a = 1
for case_ in range(5):
    try:
        match [Bad(), Bad2(), Few(), Dup(), 3][case_]:
            case Bad(1): pass
            case Bad2(1): pass
            case Few(1, 2): pass
            case Dup(1, a=1): pass
            case match(): pass
    except TypeError as e: print("TypeError", e)
try:
    match {"a": 1}:
        case {NS.K: 1, 42: 2}: pass
    print("ok")
    match {42: 1}:
        case {NS.K: 1, 42: 2}: pass
except ValueError as e: print(e)
