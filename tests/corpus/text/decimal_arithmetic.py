# Decimal numbers: contexts, signals, rounding, formats, functions.
from decimal import *
import decimal, math
from fractions import Fraction
D=Decimal
def t(f,*a,**k):
    try: r=f(*a,**k)
    except Exception as e: r=f'{type(e).__module__}.{type(e).__name__}: {e}'
    print(r)
print(getcontext()); print(repr(D('3.14')), D('0.1')+D('0.2'), D(0.1), D(10)/3, D(1)/D(7), 3*D('1.5'), D('1.10')+1, -D('1.5'), abs(D('-2')))
for s in ['3.14','-0','1E+5','1e-10','0.000001','0.0000001','123456789012345678901234567890.5','Infinity','-inf','nan','sNaN','NaN123','  1.5  ','1_000.5','.5','5.','1E5','0E-7','0.00','1e400','100','1.00E+3']: print(repr(D(s)), D(s).as_tuple(), D(s).adjusted(), D(s).to_eng_string(), end='; ')
print()
for s in ['abc','','1.2.3','1e','--1','1 2']: t(D,s)
t(D,None); t(D,[1]); t(D,(0,(1,2,3),-2)); t(D,(1,(0,),'F')); t(D,(2,(1,),0)); t(D,1.1); t(D,True); t(D.from_float,0.5)
t(lambda: D(1)/0); t(lambda: D(0)/0); t(lambda: D(1)//0); t(lambda: D(1)%0); t(lambda: divmod(D(5),0)); t(lambda: D('inf')-D('inf')); t(lambda: D(-1).sqrt()); t(lambda: D('1e999999')*10); t(lambda: D('1e30')//1); t(lambda: D('sNaN')+1); t(lambda: D('nan')<1); t(lambda: D('nan')==D('nan')); t(lambda: D(-8)**D('0.5')); t(lambda: 0**D(0)); t(lambda: D(0)**-1); t(lambda:int(D('inf'))); t(lambda:int(D('nan'))); t(lambda: D('123456')
 .quantize(D('1e-30')))
for r in (ROUND_CEILING,ROUND_FLOOR,ROUND_UP,ROUND_DOWN,ROUND_HALF_UP,ROUND_HALF_DOWN,ROUND_HALF_EVEN,ROUND_05UP): print(r,[str(D(x).quantize(D('0.1'),rounding=r)) for x in ('1.25','1.35','-1.25','1.21','1.29','-1.01','2.05','0.01')],[str(D(x).to_integral_value(r)) for x in ('2.5','-2.5','3.5','0.4')])
print(D('1.325').quantize(D('.01')),D('7.325').quantize(D('.01'),rounding=ROUND_DOWN),D('7.325').quantize(D('1.'),rounding=ROUND_UP),D('2.17').quantize(D('1e1')),D('100').quantize(D('0.01')),round(D('2.675'),2),round(D('2.5')),round(D('3.5')),round(D('1234'),-2),math.floor(D('-1.5')),math.ceil(D('1.2')),math.trunc(D('-1.7')),int(D('3.99')),float(D('0.1')),bool(D('0.0')))
print(D(7)%D(3),D(-7)%D(3),D(7)//D(-3),divmod(D(-7),3),D('5.5')%2,D(2)**10,D(2)**-2,D('1.1')**10,D(2)**D('0.5'),D(4)**D('0.5'),D(10)**100,D('0.5')**3,D(1)**1000,D(-2)**3,pow(D(3),D(4),D(5)),D('1.0001')**100000, D(9)**D('1.5'),D(8)**(D(1)/3))
print(D(2).sqrt(),D(4).sqrt(),D('0.25').sqrt(),D('1e10').sqrt(),D(100).sqrt(),D('2.00').sqrt(),D(1).exp(),D(0).exp(),D(-1).exp(),D('0.5').exp(),D(10).ln(),D(1).ln(),D(2).ln(),D('0.1').ln(),D(100).log10(),D(2).log10(),D('0.001').log10(),D('1.0000001').ln(),D(50).exp(),D('-700.5').exp(),D(3).log10())
print(D('1.20')==D('1.2'),hash(D('1.20'))==hash(D('1.2'))==hash(1.2),hash(D(5))==hash(5),hash(D('0.5'))==hash(0.5),D('0.5')==0.5,D('0.1')==0.1,D('0.1')<0.1,D(1)<2,D(3)>=3,max(D(1),D('2.5')),sorted([D('3'),D('1.5'),2]),sum([D('0.1')]*10),D(1) in [1],D('0.5')==Fraction(1,2),D('-0')==0,D('inf')>10**100,{D('1.0'):1}[1])
print(D('1200').normalize(),D('0.00').normalize(),D('1.500').normalize(),D('1e3').to_eng_string(),D('12e6').to_eng_string(),D('1.5').as_integer_ratio(),D('3.14').compare(D(3)),D(1).max(D(2)),D(1).min(D('nan')),D('1.5').copy_sign(D(-1)),D('5').is_finite(),D('nan').is_nan(),D('-0').is_signed(),D('0').is_zero(),D(5).number_class(),D('1.23').scaleb(2),D(1).next_plus(),D(1).next_minus(),D(123).logb(),D(10).remainder_near(3),D(2).fma(3,4),D('1.2').same_quantum(D('3.4')),D('2.5').to_integral_exact())
for spec in ['','.2f','.0f','10.3f','<10','^10.1f','>10','+.1f',' .1f',',','.2%','e','.3e','E','g','.3g','010.2f','*^12.2f',',.2f','_','%','.1%','n','G','.10g','=+10.1f','012,.2f','.3','#.0f','s']:
    for v in ('1234567.891','-0.005','0','1e20','12.5','NaN','-Infinity'):
        t(lambda: format(D(v),spec))
print(f"{D('1.5'):>8.2f}|{D('19.99'):,.2f}|{D('0.256'):.1%}", '%s %.2f %d' % (D('1.1'),D('2.345'),D('3.9')))
getcontext().prec=6; print(D(1)/7, D('123456789')+0, +D('1.23456789'), D('0.1')+D('1e10')); getcontext().prec=28
with localcontext() as ctx:
    ctx.prec=5; print(D(22)/7, ctx)
print(D(22)/7)
with localcontext(Context(prec=3,rounding=ROUND_UP)): print(D(2)/3, D('1.2345')+0)
with localcontext(prec=10) as c: print(D(1)/3)
c=Context(prec=4,traps=[]); print(c.divide(D(1),D(3)),c.divide(1,0),c.flags[DivisionByZero],c.sqrt(D(2)),c.create_decimal('1.23456'),c.power(2,D('0.5')),c.quantize(D('1.234'),D('.1')),c); c.clear_flags(); print(c)
t(setattr,getcontext(),'prec',0); t(setattr,getcontext(),'rounding','x'); t(setattr,getcontext(),'foo',1)
getcontext().clear_flags(); D(1)/3; print([s.__name__ for s,v in getcontext().flags.items() if v]); getcontext().traps[Inexact]=True; t(lambda: D(1)/3); getcontext().traps[Inexact]=False
getcontext().traps[FloatOperation]=True; t(D,1.5); t(lambda: D(1)<1.5); t(lambda: D(1)==1.5); getcontext().traps[FloatOperation]=False
print(BasicContext); print(ExtendedContext); print(DefaultContext.prec, decimal.MAX_PREC, issubclass(DivisionByZero,ZeroDivisionError), DivisionByZero.__mro__)
total=D('0'); 
for p in ('19.99','5.01','0.10'): total+=D(p)
print(total, total*D('0.0825'), (total*D('0.0825')).quantize(D('0.01'),ROUND_HALF_UP), str(total), [total])
import copy, json; print(copy.deepcopy(total), isinstance(total,D), D('1')*3.0 if False else 0); t(json.dumps,D(1)); print(D(str(0.1)), D('1E-28')+1, D(10**30), D(10**30)+1, D('9.999999999999999999999999999')+D('1e-28'))
import random; r=random.Random(5)
def rd(): return D((r.randint(0,1), tuple(r.randint(0,9) for _ in range(r.randint(1,34))), r.randint(-40,20)))
for i in range(60):
    a,b=rd(),rd(); out=[]
    for f in (lambda: a+b, lambda: a-b, lambda: a*b, lambda: a/b, lambda: a//b, lambda: a%b, lambda: abs(a).sqrt(), lambda: a<b, lambda: format(a,'.5g'), lambda: abs(a).ln(), lambda: abs(a).log10(), lambda: (a/D(10)**a.adjusted()).exp(), lambda: abs(a/D(10)**a.adjusted())**(b/D(10)**b.adjusted())):
        try: out.append(str(f()))
        except DecimalException as e: out.append(repr(e))
    print(*out)
