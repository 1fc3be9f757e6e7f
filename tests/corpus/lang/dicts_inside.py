# Classes that descend from dict, by whose rules items are read and written.
from collections import defaultdict, Counter, OrderedDict
d=defaultdict(list)
for i in range(10): d[i%3].append(i)
d['x'].append(1); print(d)
c=Counter(); 
for ch in "hello": c[ch]+=1
print(c, c['zz'])
o=OrderedDict(); o['b']=1; o['a']=2; o['b']=3; print(o); o.move_to_end('b'); print(o)
class D(dict):
    def __missing__(self,k): return k*2
x=D(a=1); print(x['a'],x['b']); x['c']=4; print(x)
class E(dict):
    def __getitem__(self,k): return 'E'+str(k)
e=E(); e['q']=1; print(e['q'], e.get('q'))
class F(dict):
    def __setitem__(self,k,v): super().__setitem__(k, v*2)
f=F(); f['q']=1; print(f['q'], f)
d=defaultdict(int); d['a']+=1; d['a']+=1; print(dict(d))
try: D.__getitem__(x)
except TypeError as e: print(e)
