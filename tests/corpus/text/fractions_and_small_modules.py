# Fractions, and small modules: html, hmac, graphlib, colorsys, getopt, numbers.
import html, hmac, hashlib, graphlib, colorsys, getopt, fractions, numbers, operator
from fractions import Fraction as F
import math
def t(f,*a,**k):
    try: r=f(*a,**k)
    except Exception as e: r=f'{type(e).__module__}.{type(e).__name__}: {e}'
    print(r)
print(html.escape('<a href="x">\'&'), html.escape('"<>"',quote=False), html.unescape('&lt;p&gt; &amp;amp; &quot;x&quot; &#39;y&#x27; &nbsp;&copy;&eacute;&hellip; &notreal; &amp &ltx &#0; &#128; & &;'))
for d in ('md5','sha1','sha256','sha512'): print(hmac.new(b'key',b'The quick brown fox',d).hexdigest(), hmac.new(b'k'*200,b'm',d).digest()[:4])
h=hmac.new(b'k',digestmod=hashlib.sha256); h.update(b'a'); g=h.copy(); g.update(b'b'); print(h.hexdigest(),g.hexdigest(),h.name,h.digest_size,h.block_size); t(hmac.new,b'k',b'm'); t(hmac.new,'k',b'm','md5'); print(hmac.compare_digest('a','a'),hmac.compare_digest(b'a',b'b'),hmac.digest(b'k',b'm','sha1').hex()); t(hmac.compare_digest,'a',b'a')
ts=graphlib.TopologicalSorter({'D':{'B','C'} and ['B','C'],'C':['A'],'B':['A']}); print(list(ts.static_order()))
ts=graphlib.TopologicalSorter(); ts.add('b','a'); ts.add('c','a'); ts.add('d','b','c'); ts.prepare()
while ts.is_active():
    n=ts.get_ready(); print(n); ts.done(*n)
t(lambda: list(graphlib.TopologicalSorter({1:[2],2:[3],3:[1]}).static_order())); t(ts.add,'z'); t(ts.done,'q'); t(ts.prepare)
print(colorsys.rgb_to_hsv(0.2,0.4,0.4),colorsys.hsv_to_rgb(0.5,0.5,0.4),colorsys.rgb_to_hls(.2,.4,.1),colorsys.hls_to_rgb(.3,.4,.5),colorsys.rgb_to_yiq(.1,.2,.3),colorsys.yiq_to_rgb(.1,.2,.3))
print(getopt.getopt('-a -b -cfoo -d bar a1 a2'.split(),'abc:d:'), getopt.getopt('--condition=foo --testing --output-file abc.def -x a1 a2'.split(),'x',['condition=','output-file=','testing'])); t(getopt.getopt,['-z'],'a'); t(getopt.getopt,['-c'],'c:'); t(getopt.getopt,['--foo'],'',['bar']); t(getopt.getopt,['--ba'],'',['bar','baz']); print(getopt.gnu_getopt(['a','-x','b','--y=3'],'x',['y=']))
print(F(16,-10),repr(F(16,-10)),F(123),F('3/7'),F(' -3/7 '),F('1.414213 \t\n'),F('-.125'),F('7e-6'),F(2.25),F(1.1),F(),F(True), F('1_000/3'))
for bad in ('1/0','a','','1/2/3','1.2/3',None): t(F,bad)
t(F,1,0); t(F,1.5,2); t(F,F(1,2),F(3,4))
a,b=F(1,2),F(3,4)
print(a+b,a-b,a*b,a/b,a//b,a%b,divmod(F(7,2),b),a**2,a**-2,a**b,a**0.5,-a,+a,abs(F(-1,2)),a+1,1+a,a+0.5,0.5+a,1-a,2/a,2//a,2%a,2**F(3),2**a,round(F(7,2)),round(F(5,2)),round(F(22,7),2),int(F(-7,2)),math.floor(F(-7,2)),math.ceil(F(-7,2)),math.trunc(F(-7,2)),float(a),complex(a),bool(F(0)))
print(a==0.5,a==F(2,4),a<b,a<0.6,a>=1,a!=1,hash(a)==hash(0.5),hash(F(3))==hash(3),{a:1}[0.5],a in [0.5],max(a,b),sorted([b,a]),sum([a,b]),a.numerator,a.denominator,a.real,a.imag,a.conjugate(),a.as_integer_ratio(),F(3.141592653589793).limit_denominator(1000),F('3.1415926535897932').limit_denominator(10),F.from_float(0.3),F.from_float(0.5))
t(lambda:a/0); t(lambda:F(3,4)/F(0)); t(lambda:a//0); t(lambda:a%0); t(lambda:F(0)**-1); t(lambda:a+'x'); t(lambda:a<'x'); t(F.from_float,'x'); t(lambda:format(a,'.2f')); print(f'{a}', isinstance(a,numbers.Rational), isinstance(1,numbers.Integral), isinstance(1.5,numbers.Real), isinstance(1.5,numbers.Rational), isinstance(True,numbers.Number), issubclass(int,numbers.Rational))
t(numbers.Real)
print(math.gcd(12,18), F(1,3)+F(1,6), sum(F(1,n) for n in range(1,11)))
