//! When objects die, what runs then, and in which order; every expectation is what CPython 3.11 printed.

use super::check;

#[test]
fn cycles_are_found_and_end_as_in_cpython() {
    check(
        "
import gc, weakref
class A:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n)
a, b = A(1), A(2)
a.o, b.o = b, a
del a, b
print(gc.collect())
class B: pass
x = B()
x.me = x
r = weakref.ref(x, lambda r: print('gone'))
del x
print(r() is not None, gc.collect(), r())
def gen():
    me = yield
    try: yield
    finally: print('closed')
g = gen()
next(g), g.send(g)
del g
print(gc.collect())
class R:
    def __del__(self):
        global saved
        saved = self
x = R()
x.x = x
del x
print(gc.collect(), gc.is_finalized(saved))
def keeps():
    held = A(3)
    try: 1 / 0
    except ZeroDivisionError as e: kept = e
keeps()
print('kept')
gc.collect()
",
        "del 1
del 2
2
gone
True 1 None
closed
0
0 True
kept
del 3",
    );
}

#[test]
fn finalisers_at_the_end_see_the_programs_names() {
    check(
        "
import math
log = []
class A:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n, math.floor(1.5), len(log))
z = A('z')
_p = A('_p')
a = A('a')
l = [A('l0'), A('l1')]
q = (A('t'), None)
c = A('c')
c.itself = c
print('end')
",
        "end
del z 1 0
del _p 1 0
del a 1 0
del c 1 0
del l1 1 0
del l0 1 0
del t 1 0",
    );
}

#[test]
fn what_a_class_no_longer_holds_dies_although_it_was_looked_up_often() {
    check(
        "
class R:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n)
class C:
    own = R('own')
    inside = [R('inside')]
def use(c):
    C.own, c.own, C.inside, c.inside
for _ in range(3): use(C())
C.own = None
print('without own')
del C.inside
print('end')
",
        "del own\nwithout own\ndel inside\nend",
    );
}

#[test]
fn what_a_native_calls_may_leave_finalisers_behind() {
    check(
        "
class N:
    def __init__(self, name): self.name = name
    def __del__(self): log.append(self.name)
log = []
def key(x):
    a, b = N(x), N(x + 10)
    return -x
print(sorted([1, 2, 3], key=key), max([1, 2], key=key), log)
def g(a):
    b = N('b')
    return [a]
    yield
log.clear()
print(next(g(N('a')), None), list(g(N('c'))), log)
",
        "[3, 2, 1] 1 [1, 11, 2, 12, 3, 13, 1, 11, 2, 12]
None [] ['b', 'a', 'b', 'c']",
    );
}

#[test]
fn lists_tuples_and_frames_die_in_cpythons_order() {
    check(
        "
class A:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n, end='; ')
l = [A(i) for i in range(3)]
del l
t = (A('t0'), A('t1'))
del t
l = [A(i) for i in range(3)]
l[:2] = []
print()
l.clear()
def closure():
    a, b = A('a'), A('b')
    return lambda c=A('c'): (a, b)
closure()
A(1) == A(2)
class S: __slots__ = 'q', 'p'
s = S()
s.q, s.p = A('q'), A('p')
del s
e = ValueError(A('e0'), A('e1'))
e.x = A('x')
del e
print()
",
        "del 2; del 1; del 0; del t1; del t0; del 1; del 0; 
del 2; del c; del b; del a; del 1; del 2; del p; del q; del x; del e1; del e0; ",
    );
}

#[test]
fn weak_references_are_shared_and_outlive_finalisers() {
    check(
        "
import weakref
class A:
    def __del__(self): print('del', r() is self)
a = A()
r = weakref.ref(a)
second = weakref.ref(a, lambda r: print('second'))
third = weakref.ref(a, lambda r: print('third'))
weakref.ref(a, lambda r: print('never'))
print(weakref.ref(a) is r, weakref.getweakrefcount(a), hash(r) == hash(a))
seen = weakref.WeakSet([a])
del a
print(r(), len(seen), second.__callback__)
def f(): pass
w = weakref.ref(f, lambda r: print('f is gone'))
del f
",
        "True 3 True
del True
third
second
None 0 None
f is gone",
    );
}

#[test]
fn sets_of_numbers_come_out_as_in_cpythons_table() {
    check(
        "
print({3, 1, 2}, {33, 1, 65, 9, 17}, set(range(20, 0, -3)), {1.5, 0.1}, {(1, 2), (0, 1), (3,)}, {-1, -2, 5})
a, b = {8, 16, 24, 1, 3}, {3, 8, 40, 41, 7, 9, 11, 13}
print(a | b, a & b, a - b, b - a, a ^ b)
a |= b
a ^= {100, 1}
print(a)
s = set(range(10))
print([s.pop() for _ in range(3)], s)
s.add(64)
s.add(1)
print(s, frozenset([9, 1, 25]), {7: 1, 3: 2}.keys() | {70})
try:
    for x in s: s.add(x + 100)
except RuntimeError as e: print(e)
",
        "{1, 2, 3} {65, 1, 33, 17, 9} {2, 5, 8, 11, 14, 17, 20} {0.1, 1.5} {(0, 1), (1, 2), (3,)} {5, -1, -2}
{1, 3, 7, 8, 41, 40, 9, 11, 13, 16, 24} {8, 3} {16, 1, 24} {7, 40, 41, 9, 11, 13} {1, 7, 41, 40, 9, 11, 13, 16, 24}
{3, 100, 7, 8, 41, 40, 9, 11, 13, 16, 24}
[0, 1, 2] {3, 4, 5, 6, 7, 8, 9}
{1, 64, 3, 4, 5, 6, 7, 8, 9} frozenset({9, 1, 25}) {3, 70, 7}
Set changed size during iteration",
    );
}
