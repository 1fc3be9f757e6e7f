# The numbers of a seed, for every method.
import random, secrets
def t(f,*a,**k):
    try: r=f(*a,**k)
    except Exception as e: r=f'{type(e).__name__}: {e}'
    print(r)
for seed in (1,42,'abc',b'xyz',3.5,-7,2**100,True,bytearray(b'q')):
    r=random.Random(seed); print(seed,r.random(),r.randint(1,100),r.choice('abcdef'),r.uniform(1,10),r.gauss(0,1),r.getrandbits(80))
r=random.Random(7)
l=list(range(10)); r.shuffle(l); print(l, r.sample(range(100),5), r.sample('abcdefgh',3), r.choices('abc',k=5), r.choices([1,2,3],weights=[1,5,1],k=5), r.choices('ab',cum_weights=[1,3],k=4), r.randrange(10), r.randrange(5,50,5), r.randrange(1,10))
print(r.triangular(), r.triangular(0,10,3), r.betavariate(2,3), r.expovariate(1.5), r.gammavariate(2,3), r.gammavariate(0.5,1), r.gammavariate(1,2), r.lognormvariate(0,1), r.normalvariate(5,2), r.vonmisesvariate(1,2), r.paretovariate(3), r.weibullvariate(1,2), r.gauss(1,2), r.gauss(), r.randbytes(5), r.normalvariate(), r.sample([1,2,3],k=2,counts=[1,2,3]), r.sample(range(10**9),3), r.randint(-5,5))
st=r.getstate(); a=r.random(); r.setstate(st); print(a==r.random())
random.seed(0); print(random.random(), random.randint(0,9), [random.choice('xyz') for _ in range(5)], random.sample(['a','b','c'],2))
for f,a in [(random.choice,[[]]),(random.sample,[[1],2]),(random.randrange,[0]),(random.randint,[5,1]),(random.sample,[{1,2},1]),(random.choices,[[]]),(random.choices,['ab',[1]]),(random.choices,['ab',[0,0]]),(random.randrange,[1,10,0]),(random.shuffle,[(1,2)]),(random.sample,[[1,2],-1]),(random.choice,[5]),(random.seed,[[1]]),(random.randrange,[3,3])]: t(f,*a)
t(random.choices,'ab',weights=[1,2],cum_weights=[1,2]); t(random.expovariate,0)
r=random.Random(3); r2=random.Random(); r2.seed(3,version=1); print(r.random(),r2.random()); r2.seed('abc',1); print(r2.random())
print([random.Random(i).gauss(0,1) for i in range(3)],[random.Random(5).sample(range(30),k) for k in (3,25)], random.Random(9).choices(range(5),k=0)); r=random.Random(11); print([r.binomialvariate(10,.3) for _ in range(5)] if hasattr(r,'binomialvariate') else '')
