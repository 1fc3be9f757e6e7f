# Packed binary data: every format, what does not fit, floats of all sizes.
import struct, math
def t(f,*a):
    try: r=f(*a)
    except Exception as e: r=f'{type(e).__module__}.{type(e).__name__}: {e}'
    print(getattr(f,'__name__',f), a, '->', r)
for f,*v in [('>I',1),('<I',1),('!HHL',1,2,3),('@bhil',1,2,3,4),('=bhil',1,2,3,4),('5s',b'hello world'),('3s',b'a'),('10p',b'hello'),('c',b'x'),('?',True),('2?',1,0),('d',3.14),('>f',1.5),('<d',-0.0),('e',1.0),('f',1e-45),('f',3.4e38),('>e',65504.0),('>e',0.1),('>e',6e-8),('d',float('inf')),('f',float('nan')),('q',-1),('Q',2**64-1),('xxB',1),('B x H',1,2),('bi',1,2),('ib',1,2),('ib0i',1,2),('4B',1,2,3,4),('<2h3s',1,-2,b'abc'),('f',0.1),('d',0.1),('d',5e-324),('d',2.2250738585072014e-308),('n',-1),('P',5)]:
    t(struct.pack,f,*v); t(struct.calcsize,f)
    try: p=struct.pack(f,*v); print(struct.unpack(f,p))
    except Exception as e: print(e)
for f,*v in [('B',256),('b',-129),('H',70000),('I',-1),('<I',2**32),('i',2**31),('q',2**63),('I','x'),('I',1.5),('f','a'),('s','a'),('c',b'ab'),('B',),('2B',1),('f',1e39),('z',1),('3',1),('<n',1),('H',-1),('>H',-1)]: t(struct.pack,f,*v)
t(struct.unpack,'I',b'abc'); t(struct.unpack_from,'<H',b'\x01\x02\x03\x04',2); t(struct.unpack_from,'<I',b'\x01\x02\x03',0); t(lambda: list(struct.iter_unpack('<H',b'\1\0\2\0'))); t(lambda: list(struct.iter_unpack('<H',b'\1')))
s=struct.Struct('<if'); print(s.size,s.format,s.pack(1,2.5),s.unpack(s.pack(7,0.1)))
b=bytearray(8); struct.pack_into('<I',b,2,0xdeadbeef); print(b); t(struct.pack_into,'<I',b,6,1)
import random
r=random.Random(3)
for i in range(300):
    x=r.uniform(-1,1)*10**r.randint(-300,300); assert struct.unpack('d',struct.pack('d',x))[0]==x
    y=r.uniform(-1,1)*10**r.randint(-44,37); print(struct.pack('f',y).hex(), end=' ')
    z=r.uniform(-1,1)*10**r.randint(-8,4); print(struct.pack('e',z).hex(), end=' ')
print()
