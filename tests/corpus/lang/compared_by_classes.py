# Sorts, heaps and searches over objects that compare in every way: reflected, not at all, by what is no bool, by sleeping.
import functools, operator, time, threading, heapq, bisect, random
class R:
    def __init__(s,x): s.x=x
    def __str__(s): return f"R{s.x}"
    def __gt__(s,o): return s.x>o.x
    def __lt__(s,o): return NotImplemented
    def __repr__(s): return f"R({s.x})"
    @property
    def p(s): return -s.x
print(sorted([R(3),R(1),R(2)]))
class N:
    def __init__(s,x): s.x=x
    def __lt__(s,o): return [] if s.x>=o.x else [1]
    def __repr__(s): return f"N({s.x})"
print(sorted([N(3),N(1),N(2)]))
class T:
    def __init__(s,b): s.b=b
    def __bool__(s): print("bool", s.b); return s.b
class U:
    def __init__(s,x): s.x=x
    def __lt__(s,o): return T(s.x<o.x)
    def __repr__(s): return f"U({s.x})"
print(sorted([U(3),U(1),U(2)]))
class B:
    def __init__(s,x): s.x=x
    def __lt__(s,o):
        if s.x==2: raise ValueError("two")
        return s.x<o.x
l=[B(3),B(1),B(2)]
try: l.sort()
except ValueError as e: print(e, [b.x for b in l])
try: heapq.heapify(l)
except ValueError as e: print(e, [b.x for b in l])
rs=[R(3),R(1),R(2)]
print(sorted(rs,key=str), sorted(rs,key=operator.attrgetter("p")), sorted(rs,key=functools.partial(getattr, rs[0].__class__(0)) if 0 else lambda r:r.p), max(rs,key=str), min(rs,key=operator.attrgetter('p')))
class K:
    def __call__(s,v): return -v
print(sorted([1,3,2],key=K()), sorted([1,3,2],key=K().__call__), max([1,3,2],key=K()))
def slow(x):
    time.sleep(0.01); return x
t0=time.perf_counter()
print(sorted([3,1,2],key=slow), time.perf_counter()-t0 >= 0.03)
def th(n): out.append((n, sorted(range(3), key=slow)))
out=[]
ts=[threading.Thread(target=th,args=(i,)) for i in range(3)]
[t.start() for t in ts]; [t.join() for t in ts]
print(sorted(out))
class Sub(U):
    def __gt__(s,o): print("Sub.gt"); return s.x>o.x
print(sorted([U(2),Sub(1)]))
def gen():
    for x in sorted([3,1,2], key=lambda v: (yield_log.append(v), v)[1]): yield x
yield_log=[]
print(list(gen()), yield_log)
def rec(n):
    return sorted([n], key=lambda v: rec(n-1) if n else [0])
print(rec(5))
try:
    def deep(n): return max([n], key=lambda v: deep(n+1))
    deep(0)
except RecursionError as e: print("RecursionError", str(e)[:33])
print(sorted([(1,R(2)),(1,R(1)),(0,R(9))], key=lambda t: t[0]))
try: print(sorted([(1,R(2)),(1,R(1)),(0,R(9))]))
except TypeError as e: print(e)
print(sorted([1.5, float('nan'), 1, 3, 2.5, -1]))
print(sorted([{1},{1,2},{0}]), sorted([True, 0, 2, False]))
random.seed(5)
class C:
    cnt=0
    def __init__(s,x): s.x=x
    def __lt__(s,o): C.cnt+=1; return s.x<o.x
for shape in (lambda n: random.choices(range(5),k=n), lambda n:[i%10 for i in range(n)], lambda n: list(range(n//2))+list(range(n//3)), lambda n: list(range(n,0,-1)), lambda n:[random.random() if i%9 else i for i in range(n)], lambda n: sorted(random.sample(range(10*n),n))[:n-5]+[0,1,2,3,4]):
    for n in (20,70,200,1111):
        xs=[C(x) for x in shape(n)]; C.cnt=0; ys=sorted(xs); print(n,C.cnt,[xs.index(y) for y in ys[:5]], all(not ys[i+1].x<ys[i].x for i in range(len(ys)-1)), end=' ')
        C.cnt=0; sorted(xs,reverse=True); print(C.cnt)
for n in (1,5,50):
    h=[C(random.randrange(9)) for _ in range(n)]; C.cnt=0; heapq.heapify(h); print(C.cnt,[c.x for c in h])
    C.cnt=0
    for i in range(n):
        b=bisect.bisect_left(sorted(h,key=lambda c:c.x), C(5)); 
    print(b,C.cnt)
    print([c.x for c in heapq.nsmallest(3,h)],[c.x for c in heapq.nlargest(3,h)], C.cnt)
    print([c.x for c in heapq.merge(sorted(h),sorted(h))][:6], C.cnt)
import queue
q=queue.PriorityQueue()
for i in (3,1,2): q.put((i,str(i)))
print([q.get() for _ in range(3)])
class Evil(list): pass
e=Evil([3,1,2]); e.sort(); print(e, type(e).__name__)
bisect.insort(e,2.5); print(e); heapq.heappush(e,0); print(e)
