# JSON out and in: layouts, hooks, errors with their places.
import json
from json import *
def t(f,*a,**k):
    try: r=f(*a,**k)
    except Exception as e: r=f'{type(e).__name__}: {e}'
    print(r)
d={'name':'Al','n':[1,2.5,None,True,False],'nest':{'a':{},'b':[]},'é':'ü\n"\\\t\u2028😀'}
for kw in [{},dict(indent=2),dict(indent=0),dict(indent='\t'),dict(sort_keys=True),dict(ensure_ascii=False),dict(separators=(',',':')),dict(indent=1,separators=(', ',' : '))]: print(json.dumps(d,**kw))
for v in [1e100,1e16,0.1,float('nan'),float('inf'),-float('inf'),10**30,(1,2),'',{1:2,None:3,True:4,1.5:5},[],{},[[]],'\x00\x1f\x7f',{'a':(1,)}]: t(json.dumps,v)
for v in [{1,2},b'x',object,complex(0,1),{(1,2):3},{'k':{1}},float]: t(json.dumps,v)
t(json.dumps,float('nan'),allow_nan=False); t(json.dumps,{(1,):2,'a':1},skipkeys=True)
l=[]; l.append(l); t(json.dumps,l); 
class E(json.JSONEncoder):
    def default(self,o):
        if isinstance(o,complex): return [o.real,o.imag]
        if isinstance(o,set): return sorted(o)
        return super().default(o)
print(json.dumps({'a':{3,1},'b':complex(1, 2)},cls=E)); t(json.dumps,object(),cls=E) if 0 else 0
print(json.dumps({'x':{1}},default=list),json.dumps([object],default=str)); t(json.dumps,{'x':{1}},default=lambda o:1/0)
for s in ['{"a":1}','[1,2,]','{"a":1,}','{a:1}',"{'a':1}",'[1 2]','{"a" 1}','','  ','nul','tru','[1,2','{"a":','"abc','"a\\x"','"\\u12"','"a\nb"','1.','01','-','+1','1e5','1E-2','-0','-0.0','NaN','Infinity','-Infinity','[1]x','{"a":1 "b":2}','"\\ud83d\\ude00"','"\\ud83d"'[:0]+'"\\u00e9"','[]','{}','null','true','1.5','"x"','[[[]]]','{"a":{"b":[1,{"c":null}]}}','\ufeff{}','{"a":1}\n\n','[1,\n2,\nx]','{"a":1,"a":2}','12345678901234567890','1e400','[,1]','{,}','"\t"','{"k":"v"']: t(json.loads,s)
t(json.loads,None); t(json.loads,b'{"a":1}'); t(json.loads,5); t(json.loads,'"a\tb"',strict=False)
try: json.loads('{"a":\n x}')
except json.JSONDecodeError as e: print(e.msg,e.pos,e.lineno,e.colno,e.doc,isinstance(e,ValueError))
print(json.loads('{"a":1.1,"b":2}',parse_float=str,parse_int=lambda s:int(s)*10),json.loads('{"a":1}',object_hook=lambda d:list(d.items())),json.loads('{"a":1,"b":2}',object_pairs_hook=lambda p:p),json.loads('NaN',parse_constant=lambda c:c))
pass
print(json.JSONDecoder().raw_decode('{"a":1} rest'),json.JSONEncoder(indent=1).encode([1]),list(json.JSONEncoder().iterencode({'a':[1]})))
class I(int): 
    def __repr__(s): return 'I'
import enum
class En(enum.IntEnum): A=1
class Se(str,enum.Enum): B='b'
print(json.dumps([I(5),En.A,Se.B,{En.A:1}])); 
import collections,dataclasses
print(json.dumps(collections.OrderedDict(a=1)),json.dumps(collections.namedtuple('P','x')(1)),json.dumps(collections.defaultdict(int,a=1)))
class O(json.JSONDecoder):
    def __init__(s,*a,**k): super().__init__(object_hook=s.h,*a,**k)
    def h(s,d): return ('obj',d)
print(json.loads('{"x":{}}',cls=O), json.dumps("</script>"), json.dumps({'b':1,'a':[{'z':1,'y':2}]},sort_keys=True,indent=4)); t(json.dumps,{'b':1,2:3},sort_keys=True)
