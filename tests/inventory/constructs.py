# The constructs of the language, each a program of its own; record.py writes down what CPython prints for them.
# %% assignment, chained and unpacked, with a star
a = b = [1]
c, (d, *e), f = 1, (2, 3, 4), 'x'
print(a is b, c, d, e, f)
# %% augmented assignment, all operators
n = 7
n += 1; n -= 2; n *= 3; n //= 2; n **= 2; n %= 50; n <<= 2; n |= 3; n &= 30; n ^= 5; n >>= 1
x = 7; x /= 2
print(n, x)
# %% annotated assignment
x: int = 3
class C:
    y: 'str'
print(x, __annotations__, C.__annotations__)
# %% assignment expression `:=`
print([y for x in range(5) if (y := x * x) > 3], y)
# %% arithmetic on int, float, complex, bool
print(7 // -2, 7 % -2, -7 // 2, 2 ** 100, 2 ** -1, 1e16 + 1, 0.1 + 0.2, (1 + 2j) * 3j, True + 1)
# %% comparison chains, `is`, `in`
print(1 < 2 < 3 > 2, 1 == 1.0, [] is [], 2 in (1, 2), 'a' not in 'bc')
# %% `and`, `or`, `not`, conditional expression
print(0 or 'x', 1 and [], not '', 1 if [] else 2)
# %% `if`, `elif`, `else`
for n in (1, 2, 3):
    if n == 1: print('one')
    elif n == 2: print('two')
    else: print('more')
# %% `for` with `else`, `break`, `continue`
for i in range(5):
    if i == 1: continue
    if i == 3: break
    print(i)
else:
    print('never')
for i in []: pass
else: print('else')
# %% `while` with `else`
n = 3
while n:
    n -= 1
else:
    print('done', n)
# %% `match`: literals, captures, classes, mappings, sequences, guards, alternatives
from dataclasses import dataclass
@dataclass
class P:
    x: int
    y: int
def f(v):
    match v:
        case 0 | 1: return 'small'
        case [x, *rest] if rest: return ('list', x, rest)
        case {'k': k, **more}: return ('map', k, more)
        case P(x=0, y=y): return ('on the axis', y)
        case P(x, y): return (x, y)
        case str() as s: return s.upper()
        case None: return 'none'
        case _: return 'other'
print(*map(f, [0, [1, 2], {'k': 1, 'm': 2}, P(0, 3), P(1, 2), 'abc', None, 1.5]))
# %% `try`, `except`, `else`, `finally`
def f(x):
    try:
        return 1 / x
    except ZeroDivisionError as e:
        return str(e)
    else:
        return 'no'
    finally:
        print('finally', x)
print(f(0), f(2))
# %% `raise … from`, context, notes
try:
    try:
        1 / 0
    except Exception as e:
        raise KeyError('k') from e
except KeyError as e:
    e.add_note('a note')
    print(repr(e), repr(e.__cause__), e.__notes__)
# %% exception groups and `except*`
try:
    raise ExceptionGroup('g', [ValueError(1), TypeError(2), ExceptionGroup('h', [ValueError(3)])])
except* ValueError as g:
    print('values', g.exceptions)
except* TypeError as g:
    print('types', g.exceptions)
# %% an uncaught exception
def f():
    return {}['missing']
f()
# %% `assert`
assert [], 'empty'
# %% `with`, several managers, parentheses
from contextlib import contextmanager
@contextmanager
def m(n):
    print('enter', n)
    try: yield n
    finally: print('exit', n)
with (m(1) as a, m(2) as b):
    print(a, b)
# %% `del` of names, items, slices, attributes
l = list(range(6)); d = {1: 2}
class C: x = 1
del l[0], l[1:3], d[1], C.x
print(l, d, hasattr(C, 'x'))
# %% `global` and `nonlocal`
x = 1
def f():
    global x
    x = 2
    y = 1
    def g():
        nonlocal y
        y += 1
    g()
    return y
print(f(), x)
# %% functions: defaults, keyword-only, positional-only, `*args`, `**kwargs`
def f(a, b=2, /, c=3, *args, d, e=5, **kw):
    return a, b, c, args, d, e, kw
print(f(1, d=4), f(1, 2, 3, 4, 5, d=6, z=7), f(*[1, 2], **{'d': 3, 'c': 4}))
# %% a call with wrong arguments
def f(a, b): pass
f(1, 2, 3)
# %% lambda, closures over loop variables
print([f(1) for f in [lambda x, i=i: x + i for i in range(3)]], [f() for f in [lambda: i for i in range(3)]])
# %% decorators of functions and classes
def twice(f):
    return lambda *a: f(f(*a))
def named(c):
    c.name = c.__name__
    return c
@twice
def inc(x): return x + 1
@named
class C: pass
print(inc(1), C.name)
# %% annotations and docstrings of functions
def f(a: int, *b: str, c: 'x' = 1) -> list[int]:
    """Doc."""
print(f.__annotations__, f.__doc__, f.__name__, f.__defaults__, f.__kwdefaults__)
# %% recursion and its limit
def f(n): return n and f(n - 1)
print(f(500))
def g(): return g()
g()
# %% comprehensions: list, set, dict, nested, with conditions
print([x * y for x in range(3) for y in range(x) if x], {x % 3 for x in range(9)}, {x: x * x for x in range(3)}, [[j for j in range(i)] for i in range(3)])
# %% generator expressions
g = (x for x in 'abc')
print(next(g), list(g), sum(x for x in range(10)))
# %% generators: `yield`, `send`, `throw`, `close`, `return`
def g():
    try:
        x = yield 1
        print('got', x)
        yield 2
    except ValueError:
        print('thrown')
        yield 3
    finally:
        print('closed')
    return 'value'
i = g()
print(next(i), i.send('s'), i.throw(ValueError))
try: next(i)
except StopIteration as e: print(e.value)
# %% `yield from`
def inner():
    x = yield 1
    return x
def outer():
    r = yield from inner()
    yield r
o = outer()
print(next(o), o.send('sent'), list(o))
# %% coroutines driven by hand
class A:
    def __await__(self):
        x = yield 'ask'
        return x
async def f():
    return await A()
c = f()
print(c.send(None))
try: c.send(5)
except StopIteration as e: print(e.value)
# %% `async for`, `async with`, async generators and comprehensions
import asyncio
class M:
    async def __aenter__(self): return self
    async def __aexit__(self, *a): print('exit', a[0])
async def g():
    for i in range(3):
        await asyncio.sleep(0)
        yield i
async def main():
    async with M():
        async for x in g(): print(x)
        print([x async for x in g() if x], {x: await asyncio.sleep(0, x) async for x in g()})
asyncio.run(main())
# %% a coroutine that is never awaited
async def f(): pass
f()
# %% classes: inheritance, `super()`, method resolution order
class A:
    def f(self): return 'A'
class B(A):
    def f(self): return 'B' + super().f()
class C(A):
    def f(self): return 'C' + super().f()
class D(B, C): pass
print(D().f(), [c.__name__ for c in D.__mro__])
# %% special methods: arithmetic, comparison, containers, calls, formatting
from functools import total_ordering
@total_ordering
class V:
    def __init__(self, x): self.x = x
    def __add__(self, o): return V(self.x + o.x)
    def __radd__(self, o): return V(self.x + o)
    def __neg__(self): return V(-self.x)
    def __eq__(self, o): return self.x == o.x
    def __lt__(self, o): return self.x < o.x
    def __hash__(self): return hash(self.x)
    def __repr__(self): return f'V({self.x})'
    def __len__(self): return self.x
    def __getitem__(self, i): return i
    def __contains__(self, y): return y == self.x
    def __call__(self, *a): return a
    def __bool__(self): return self.x != 0
    def __format__(self, spec): return f'<{spec}>'
    def __matmul__(self, o): return 'at'
print(V(1) + V(2), 3 + V(1), -V(1), V(1) >= V(0), len(V(4)), V(1)[1:2], 5 in V(5), V(1)(2), bool(V(0)), f'{V(1):spec}', V(1) @ 2, sum([V(1)], 0))
# %% properties, class methods, static methods
class C:
    def __init__(self): self._x = 1
    @property
    def x(self): return self._x
    @x.setter
    def x(self, v): self._x = v
    @classmethod
    def make(cls): return cls()
    @staticmethod
    def s(a): return a
c = C.make()
c.x = 5
print(c.x, C.s(2))
C.x.fget(c)
C().x.y
# %% descriptors and `__set_name__`
class D:
    def __set_name__(self, owner, name): self.name = name
    def __get__(self, obj, cls): return (self.name, obj is None)
class C: attr = D()
print(C.attr, C().attr)
# %% `__slots__`
class C:
    __slots__ = ('x',)
c = C(); c.x = 1
c.y = 2
# %% `__getattr__`, `__setattr__`, `__getattribute__`
class C:
    def __getattr__(self, n): return n.upper()
    def __setattr__(self, n, v): super().__setattr__(n, v * 2)
c = C(); c.a = 1
print(c.a, c.missing)
# %% metaclasses, `__init_subclass__`, `__class_getitem__`
class M(type):
    def __new__(m, name, bases, ns, **kw):
        ns['made'] = kw
        return super().__new__(m, name, bases, ns)
    def __init__(c, *a, **kw): pass
class A(metaclass=M, k=1):
    def __init_subclass__(cls, tag=None): print('sub', cls.__name__, tag)
    def __class_getitem__(cls, i): return i
class B(A, tag='t'): pass
print(A.made, A[3], type(A).__name__)
# %% abstract base classes
from abc import ABC, abstractmethod
class A(ABC):
    @abstractmethod
    def f(self): ...
A()
# %% dataclasses
from dataclasses import dataclass, field, replace, asdict
@dataclass(order=True, frozen=True)
class P:
    x: int
    y: list = field(default_factory=list, compare=False)
p = P(1, [2])
print(p, replace(p, x=2) > p, asdict(p))
p.x = 3
# %% enumerations
from enum import Enum, IntFlag, auto
class E(Enum):
    A = auto()
    B = 'b'
class F(IntFlag):
    X = 1
    Y = 2
print(E.A, E('b'), list(E), F.X | F.Y, F(3), E['A'].name)
# %% named tuples
from collections import namedtuple
from typing import NamedTuple
P = namedtuple('P', 'x y', defaults=[0])
class Q(NamedTuple):
    a: int
    b: str = 'x'
print(P(1), P(1, 2)._asdict(), Q(1), P(1)._replace(y=5))
# %% finalisers run when the last reference goes
class C:
    def __del__(self): print('del')
c = C()
c = None
print('after')
# %% weak references
import weakref
class C: pass
c = C()
r = weakref.ref(c, lambda r: print('gone'))
print(r() is c)
del c
print(r())
# %% strings: quotes, escapes, raw, bytes, joined
print('a' "b" '''c''', r'\n', '\x41\u00e9\N{BULLET}' if False else '\x41\u00e9', b'\xff', ascii('é'), 'a\tb')
# %% f-strings: nested, specs, conversions, `=`
x, w = 3.14159, 10
print(f'{x:.2f}|{x!r:>{w}}|{x=:.1f}|{"nested"}|{{}}|{1_000_000:,}|{255:#x}|{0.25:%}|{"s":^5}')
# %% `%` and `str.format`
print('%5.2f|%-5s|%05d|%x|%r|%%' % (3.14159, 'a', 42, 255, 'q'), '{0}{1[k]}{a.real:>4}'.format(1, {'k': 2}, a=3))
# %% slices, negative and with steps; assignment to slices
l = list(range(10))
l[2:4] = 'ab'; l[::5] = [0, 0]
print(l[::-1], l[-3:], 'hello'[1:-1:2], (1, 2, 3)[:2])
# %% dictionaries: order, merging, views
d = {'b': 1} | {'a': 2}
d |= {'c': 3}
print(d, list(d.items()), d.keys() & {'a'}, {**d, 'z': 0}, list(reversed(d)))
# %% sets and their operators
print({1, 2} | {3}, {1, 2} & {2}, {1, 2} - {1}, {1, 2} ^ {2, 3}, {1} < {1, 2}, frozenset([1]))
# %% sorting: stable, keys, reverse
print(sorted('bAc', key=str.lower), sorted([(1, 'b'), (0, 'z'), (1, 'a')], key=lambda t: t[0], reverse=True))
# %% big integers
print(2 ** 200, 10 ** 30 // 7, (-5) ** 33, int('f' * 20, 16), (1 << 70).bit_length(), pow(3, 100, 7))
# %% floats
print(1e100, 1e-7, 0.1, float('inf'), -0.0, round(2.5), round(2.675, 2), 1 / 3, (0.1).hex(), 3.0.is_integer(), divmod(-7.5, 2))
# %% bytes, bytearray, memoryview
b = bytearray(b'abc'); b[0] = 65
m = memoryview(b)
print(b, b'a,b'.split(b','), bytes([1, 2]), m[1:].tobytes(), b.hex(), int.from_bytes(b'\x01\x00', 'big'))
# %% iterators: `iter` with a sentinel, `zip` strict, `enumerate`, `map`, `filter`, `reversed`
n = iter([1, 2, 0, 3])
print(list(iter(lambda: next(n), 0)), list(zip('ab', [1, 2], strict=True)), list(enumerate('ab', 1)), list(map(pow, [2, 3], [3, 2])), list(filter(None, [0, 1])), list(reversed([1, 2])))
# %% imports: `as`, `from`, relative in a package, `__name__`
import collections.abc as cabc
from math import pi as π, floor
print(cabc.Sized.__name__, floor(π), __name__)
# %% a module that does not exist
import no_such_module
# %% `exec`, `eval`, `compile`
ns = {}
exec('x = 1\ndef f(): return x + 1', ns)
print(eval('f() * 2', ns), eval(compile('1 + 1', '<s>', 'eval')))
# %% `type()` with three arguments, `isinstance` with unions
T = type('T', (int,), {'f': lambda self: self + 1})
print(T(3).f(), isinstance(1, int | str), issubclass(bool, (int, str)), type(T(1)).__name__)
# %% generics: `list[int]`, `X | Y`, `typing`
from typing import Optional, TypeVar, Generic, Protocol
T = TypeVar('T')
class Box(Generic[T]): pass
print(list[int], int | None, Optional[int], Box[int], dict[str, list[int]])
# %% an unterminated string
print('abc)
# %% a missing colon
if True
    pass
# %% unbalanced brackets
print((1, 2)
# %% indentation that does not fit
def f():
    x = 1
  y = 2
# %% `return` outside a function
return 1
# %% `await` outside an async function
def f():
    await g()
# %% undefined names, with a suggestion
length = 1
print(lenght)
# %% wrong attributes, with a suggestion
[].appendd(1)
# %% wrong operand types
1 + 'a'
# %% not callable, not iterable, not subscriptable
for f in (lambda: 1(), lambda: list(1), lambda: None[0], lambda: len(5)):
    try: f()
    except TypeError as e: print(e)
# %% `int()` and `float()` of wrong text
for f in (int, float):
    try: f('x1')
    except ValueError as e: print(e)
# %% `sys.exit` with a status and with a text
import sys
try: sys.exit(3)
except SystemExit as e: print(e.code)
sys.exit('stopped')
# %% `print` with `sep`, `end`, `file`, `flush`
import sys
print(1, 2, sep='-', end='!\n', file=sys.stdout, flush=True)
# %% `input` at the end of the standard input
try: input('? ')
except EOFError as e: print(e)
# %% files: `open`, `with`, iteration, modes
with open('t.txt', 'w') as f: f.write('a\nb\n')
with open('t.txt') as f: print([line.strip() for line in f])
import os; os.remove('t.txt')
# %% threads: start, join, a lock, an exception in a thread
import threading
lock, total = threading.Lock(), 0
def work():
    global total
    for _ in range(100):
        with lock: total += 1
ts = [threading.Thread(target=work) for _ in range(3)]
for t in ts: t.start()
for t in ts: t.join()
print(total)
def bad(): 1 / 0
t = threading.Thread(target=bad, name='bad'); t.start(); t.join()
# %% asyncio: gather, tasks, cancellation, timeout
import asyncio
async def f(n):
    await asyncio.sleep(n / 100)
    return n
async def main():
    print(await asyncio.gather(f(2), f(1)))
    t = asyncio.create_task(f(100)); await asyncio.sleep(0); t.cancel()
    try: await t
    except asyncio.CancelledError: print('cancelled')
    try:
        async with asyncio.timeout(0.01): await f(100)
    except TimeoutError: print('timeout')
    async with asyncio.TaskGroup() as g: ts = [g.create_task(f(i)) for i in range(3)]
    print([t.result() for t in ts])
asyncio.run(main())
