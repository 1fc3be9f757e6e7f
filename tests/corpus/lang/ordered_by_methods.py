# Sorting, heaps and binary search whose comparisons and keys are Python: how often, in which order, and what stops them.
import heapq, bisect, functools
class V:
    n = 0
    def __init__(s, x): s.x = x
    def __lt__(s, o):
        V.n += 1
        return s.x < o.x
    def __repr__(s): return f"V({s.x})"
import random
random.seed(3)
for n in (0,1,2,5,30,63,64,65,100,300,1000):
    xs=[V(random.randrange(n+1)) for _ in range(n)]
    V.n=0
    r=sorted(xs); print(n, V.n, [v.x for v in r]==sorted(v.x for v in xs), [i for i in map(lambda v: xs.index(v), r)][:20])
    V.n=0
    r=sorted(xs,reverse=True); print(V.n, [xs.index(v) for v in r][-20:])
    xs2 = r[:n//2]+xs[n//3:]
    V.n=0; xs2.sort(); print(V.n)
    V.n=0; xs2.sort(key=lambda v: (v.x%7, v)); print(V.n)
h=[]
V.n=0
for i in range(200): heapq.heappush(h, V(random.randrange(50)))
print(V.n, [v.x for v in h][:30])
V.n=0
print([heapq.heappop(h).x for _ in range(50)], V.n)
print(heapq.heapreplace(h, V(3)), heapq.heappushpop(h, V(100)), V.n)
heapq.heapify(xs); print(xs[:10], V.n)
print(heapq.nsmallest(3, xs), heapq.nlargest(2,[5,1,9], key=lambda x:-x))
print(bisect.bisect([1,2,2,3],2), bisect.bisect_left([1,2,2,3],2), bisect.bisect(range(10),4.5), bisect.bisect([1,5,9],3,key=lambda x: x*2))
l=[1,3,5]; bisect.insort(l,4); bisect.insort_left(l, 3, key=lambda x:-x); print(l)
l=[3,1,2]
def k(x): l.append(9); return x
try: l.sort(key=k)
except ValueError as e: print(e,l)
l=[3,1,2,'a',5]
try: l.sort()
except TypeError as e: print(e,l)
def bad(x): raise KeyError(x)
try: l.sort(key=bad)
except KeyError as e: print(repr(e),l)
print(max([V(1),V(9),V(3)], key=lambda v: v.x), min([V(1),V(9),V(3)]), max((1,'a')[0:1]), max([], default=7))
try: max([1,'a'])
except TypeError as e: print(e)
try: min([])
except ValueError as e: print(e)
print(sum(map(lambda x: x*2, filter(lambda x: x%3, range(100)))), list(map(lambda a,b:a+b,[1,2],[3,4])))
for x in filter(lambda x: x>2, map(lambda x:x+1, [1,2,3])): print(x)
def stop(x):
    if x==2: raise StopIteration
    return x
print(list(map(stop,[1,2,3])))
print(sorted(range(10), key=lambda x: sorted([x,5],key=lambda y:-y)))
print(sorted("hello world", key=str.upper), sorted([3,1,2], key=functools.cmp_to_key(lambda a,b: b-a)))
def gen():
    yield from sorted([3,2,1], key=lambda x: x)
print(list(gen()))
try:
    sorted([1,2,3], key=lambda x: 1/(x-2))
except ZeroDivisionError:
    print("ZeroDivisionError")
for i in heapq.merge([1,4],[2,3],key=lambda x:x): print(i)
try: heapq.heappop([])
except IndexError as e: print(e)
try: heapq.heappush((),1)
except TypeError as e: print(e)
