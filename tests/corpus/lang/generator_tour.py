# Generators driven by hand, delegated to, closed, thrown into; comprehensions and iterators.
import itertools
def countdown(n):
    print('start')
    while n > 0:
        received = yield n
        if received is not None:
            print('got', received); n = received
        n -= 1
    return 'liftoff'
g = countdown(3); print(next(g), g.send(10), next(g)); g.close()
try: next(g)
except StopIteration as e: print('stop', e.value)
def sub():
    x = yield 'a'; print('sub got', x)
    try: yield 'b'
    except ValueError as e: print('sub caught', e); yield 'recovered'
    return 'result'
def main():
    r = yield from sub(); print('r =', r); yield from range(2); yield from 'xy'
m = main(); print(next(m), m.send('hello'), m.throw(ValueError('v')), list(m))
def f():
    try: yield 1
    except GeneratorExit: print('exit'); raise
    finally: print('cleanup')
g = f(); next(g); g.close(); del g
g = f(); next(g); del g
def bad():
    try: yield
    except GeneratorExit: yield 'no'
g = bad(); next(g)
try: g.close()
except RuntimeError as e: print(e)
g = countdown(1)
try: g.send(5)
except TypeError as e: print(e)
try: g.throw(KeyError('k'))
except KeyError as e: print(repr(e))
def selfrun():
    next(me)
    yield
me = selfrun()
try: next(me)
except ValueError as e: print(e)
def stop(): yield 1; raise StopIteration('x')
try: list(stop())
except RuntimeError as e: print(e, repr(e.__cause__))
print(g, type(g), g.gi_running, g.gi_frame, countdown.__name__) if 0 else print(type(g).__name__, g.gi_frame, g.gi_code.co_name, g.__name__, g.__qualname__)
sq = (x * x for x in range(5)); print(next(sq), sum(sq), list(sq)); print(type(sq), sq.__name__)
fib = lambda: (lambda a=[0, 1]: iter(lambda: (a.append(a[-1] + a[-2]), a.pop(0))[1], None))(); print(list(itertools.islice(fib(), 10)))
def tree(t):
    if t: l, v, r = t; yield from tree(l); yield v; yield from tree(r)
print(list(tree(((None, 1, None), 2, (None, 3, None)))))
class It:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n == 0: raise StopIteration
        self.n -= 1; return self.n
print(list(It(3)), [*It(2)], dict(enumerate(It(2))), max(It(4)), 1 in It(3), sorted(It(3)))
class Seq:
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i * 10
print(list(Seq()), 20 in Seq(), list(reversed([1, 2])), list(zip(Seq(), 'abc')), tuple(Seq()))
a, b = itertools.tee(iter([1, 2, 3])); print(next(a), list(b), list(a))
def outer():
    try: yield from inner()
    except ZeroDivisionError: print('outer saw'); yield 'saved'
def inner(): yield 1; yield 1 / 0
print(list(outer()))
it = iter([1, 2, 3, 4]); print(list(zip(it, it)), list(iter(lambda c=[0]: c.__setitem__(0, c[0] + 1) or c[0], 4)))
print([(x, y) for x in range(3) for y in range(x) if (x + y) % 2], {x % 3 for x in range(9)} == {0, 1, 2}, {k: v for k, v in [('a', 1)]}, [[j for j in range(i)] for i in range(3)], [x if x else 'z' for x in (0, 1)], [y := 5, y ** 2], [last := x for x in 'ab'], last)
try: [x for x in 5]
except TypeError as e: print(e)
try: print(next(x for x in [] ))
except StopIteration as e: print(repr(e))
gen = (i for i in [1]); print(list(gen), list(gen), next(gen, 'd'))
def log(): 
    total = 0; n = 0; avg = None
    while True: v = yield avg; total += v; n += 1; avg = total / n
c = log(); next(c); print(c.send(10), c.send(20), c.send(3))
try: c.send('x')
except TypeError as e: print(e)
try: c.send(1)
except StopIteration: print('finished')
