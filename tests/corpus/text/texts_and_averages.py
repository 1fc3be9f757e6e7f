# Wrapped text, templates, formatters, averages, heaps, pretty printing, copies.
import textwrap, string, statistics, heapq, bisect, pprint, reprlib, copy
def t(f,*a,**k):
    try: r=f(*a,**k)
    except Exception as e: r=f'{type(e).__name__}: {e}'
    print(r)
T="The quick brown fox jumped over the lazy dog. It was a well-known, state-of-the-art e-mail-based   event -- really! (Honest.)  foo--bar x-y a-b-c   verylongwordthatdoesnotfit http://a-b.com/c-d?e=f 2020-01-02 -5 --opt\n\nNew   paragraph here."
for kw in [dict(width=20),dict(width=10),dict(width=30,initial_indent='* ',subsequent_indent='  '),dict(width=15,break_long_words=False),dict(width=20,break_on_hyphens=False),dict(width=25,drop_whitespace=False),dict(width=40,fix_sentence_endings=True),dict(width=20,max_lines=3),dict(width=20,max_lines=2,placeholder='...'),dict(width=30,replace_whitespace=False),dict(width=5),dict(width=1)]: print(textwrap.wrap(T,**kw))
print(textwrap.fill(T,30)); print(repr(textwrap.shorten(T,40)),textwrap.shorten('hello world',5),textwrap.shorten('hello world',8,placeholder='..')); t(textwrap.wrap,'a',0); t(textwrap.shorten,'hello',3,placeholder='.....')
print(repr(textwrap.dedent('    a\n      b\n\n    c\n')),repr(textwrap.dedent('\ta\n\t b')),repr(textwrap.dedent('  a\n\tb')),repr(textwrap.dedent('   \n  a\n   ')),repr(textwrap.indent('a\n\nb\n','> ')),repr(textwrap.indent('a\n\nb','> ',lambda l:True)),textwrap.wrap(''),textwrap.wrap('   '),textwrap.wrap('  a b'),textwrap.wrap('one, two-three four/five'))
s=string.Template('$who likes ${what} for $$5 ${who}s'); print(s.substitute(who='tim',what='kung pao'),s.safe_substitute(who='x'),s.template); t(s.substitute,who='a'); t(string.Template('a $ b').substitute); t(string.Template('x\n${1}').substitute,{}); print(string.Template('$a.b $A').safe_substitute({'a':1}),string.Template('$x').substitute({'x':1},x=2)); print(s.get_identifiers() if hasattr(s,'get_identifiers') else '', s.is_valid() if hasattr(s,'is_valid') else '')
class MT(string.Template): delimiter='%'; idpattern='[a-z]+_[a-z]+'
print(MT('%a_b %c').safe_substitute(a_b=1,c=2))
print(string.ascii_letters,string.digits,string.punctuation,repr(string.whitespace),repr(string.printable),string.hexdigits,string.octdigits,string.capwords('hello  big world'),string.capwords('a-b c','-'))
print(string.Formatter().format('{0} {1:>5} {x!r} {0:{w}}',1,2,x='a',w=4),list(string.Formatter().parse('a{b!r:c}d{{e')),string.Formatter().vformat('{a.real}{b[0]}',(),dict(a=1,b=[2]))); t(string.Formatter().format,'{}{1}',1,2); t(string.Formatter().format,'{x}')
class F(string.Formatter):
    def get_value(self,k,a,kw): return kw.get(k,'?') if isinstance(k,str) else super().get_value(k,a,kw)
    def format_field(self,v,s): return '<'+super().format_field(v,s)+'>'
print(F().format('{q} {0:03d}',5))
S=statistics
for f,a in [(S.mean,[1,2,3,4]),(S.mean,[1.5,2.5]),(S.fmean,[1,2]),(S.median,[1,3,2]),(S.median,[1,2,3,4]),(S.median_low,[1,2,3,4]),(S.median_high,[1,2,3,4]),(S.median_grouped,[1,2,2,3,4]),(S.mode,[1,1,2]),(S.mode,'abb'),(S.multimode,'aabb'),(S.stdev,[1,2,3,4]),(S.pstdev,[1,2,3,4]),(S.variance,[1,2,3,4]),(S.pvariance,[1,2,3,4]),(S.quantiles,[1,2,3,4,5]),(S.harmonic_mean,[40,60]),(S.geometric_mean,[54,24,36]),(S.mean,[]),(S.median,[]),(S.stdev,[1]),(S.mode,[]),(S.variance,[0.1,0.2,0.4]),(S.mean,['a']),(S.stdev,[1.5,2.5,2.5,2.75,3.25,4.75])]: t(f,a)
print(S.quantiles(range(1,101),n=10),S.quantiles([1,2,3],n=4,method='inclusive'),S.correlation([1,2,3],[2,4,7]),S.covariance([1,2,3],[1,5,7]),S.linear_regression([1,2,3],[2,4,6]),S.fmean([1,2],weights=[3,1])); from fractions import Fraction as Fr; print(S.mean([Fr(1,2),Fr(1,3)]),S.variance([Fr(1),Fr(2)]))
n=S.NormalDist(100,15); print(n,n.pdf(110),n.cdf(110),n.inv_cdf(.9),n.mean,n.stdev,n.variance,n+5,n*2,n.zscore(130),n.quantiles(4),S.NormalDist.from_samples([1,2,3]),n.overlap(S.NormalDist(110,15)),n==S.NormalDist(100,15))
h=[5,1,4]; heapq.heapify(h); heapq.heappush(h,0); print(h,heapq.heappop(h),heapq.heappushpop(h,3),heapq.heapreplace(h,9),h,heapq.nlargest(2,[1,5,3]),heapq.nsmallest(2,['bb','a','ccc'],key=len),list(heapq.merge([1,4],[2,3])),list(heapq.merge(['aa','b'],['c'],key=len,reverse=True)),heapq.nlargest(0,[1]),heapq.nsmallest(5,[2,1])); t(heapq.heappop,[]); t(heapq.heapreplace,[],1)
print(bisect.bisect([1,2,2,3],2),bisect.bisect_left([1,2,2,3],2),bisect.bisect_right([1,3],2,lo=1),bisect.bisect([3,2,1],-2,key=lambda x:-x)); l=[1,3]; bisect.insort(l,2); bisect.insort_left(l,2); bisect.insort(l,0,key=lambda x:x); print(l); t(bisect.bisect,[1],1,-1)
big={'name':'x'*30,'list':list(range(30)),'nested':{'a':{'b':{'c':[1,2,3]}},'tuple':(1,'two',3.0)},'set':{1,2,3},'s':'long text '*12,'e':[],'b':b'bytes'*20}
pprint.pprint(big); pprint.pprint(big,width=40); pprint.pprint(big,depth=2); pprint.pprint([1,2]); pprint.pprint(big,compact=True,width=60); pprint.pprint({'b':1,'a':2}); pprint.pprint({'b':1,'a':2},sort_dicts=False); print(pprint.pformat([['a'*30]*3]*2,indent=4)); pprint.pp({'z':1,'a':2}); print(pprint.isreadable([1]),pprint.isrecursive([1]),pprint.saferepr({'b':1,'a':2}))
import collections,dataclasses,types
pprint.pprint(collections.OrderedDict((f'k{i}','v'*15) for i in range(5))); pprint.pprint(collections.Counter('abracadabra'*3),width=20); pprint.pprint(collections.defaultdict(list,{f'k{i}':['v'*10] for i in range(5)})); pprint.pprint(collections.deque(range(40))); pprint.pprint(collections.ChainMap({'a':'x'*40},{'b':'y'*40})); pprint.pprint(types.SimpleNamespace(a='x'*40,b='y'*40)); pprint.pprint({(1,2):'a'*70,(3,):'b'}); pprint.pprint(123456,underscore_numbers=True); pprint.pprint(('a'*50,'b'*50)); pprint.pprint(('a'*80,)); pprint.pprint({1,'a',(2,)}) if 0 else 0; pprint.pprint(frozenset(range(30))); pprint.pprint(collections.namedtuple('P','x y')('a'*50,'b'*50))
@dataclasses.dataclass
class Dc: name:str; vals:list=dataclasses.field(default_factory=lambda:list(range(30))); o:int=0
pprint.pprint(Dc('nm')); pprint.pprint([Dc('a',[1]),Dc('b',[2])])
r=reprlib.Repr(); print(reprlib.repr(list(range(100))),reprlib.repr('x'*100),reprlib.repr({i:i for i in range(10)}),reprlib.repr(set(range(10))),reprlib.repr(10**60),reprlib.repr((1,2,[3,[4,[5,[6,[7,[8]]]]]]))); r.maxlist=2; print(r.repr([1,2,3]))
class Rr:
    @reprlib.recursive_repr()
    def __repr__(s): return f'<{s!r}>'
print(Rr())
a=[1,[2,3],{'k':[4]}]; b=copy.copy(a); c=copy.deepcopy(a); a[1].append(9); print(b[1],c[1],c[2] is a[2])
class K:
    def __init__(s): s.x=[1]; s.me=s
    def __deepcopy__(s,m): k=K(); m[id(s)]=k; k.x=copy.deepcopy(s.x,m); return k
k=copy.deepcopy(K()); print(k.x); t(copy.deepcopy,(x for x in ()))
