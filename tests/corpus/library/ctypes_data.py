# Data and functions of C as ctypes has them: values, errors, layouts, pointers, callbacks.
import ctypes
from ctypes import *
def show(s, g=globals()):
    try: print(s, "->", repr(eval(s, g)))
    except Exception as e: print(s, "!!", type(e).__name__, e)
class P(Structure): _fields_=[("x",c_int),("y",c_double),("c",c_char),("n",c_char*4),("s",c_char_p)]
class U(Union): _fields_=[("i",c_int),("b",c_ubyte*4)]
class N(Structure): _fields_=[("p",P),("a",c_int*2)]
class My(c_int): pass
T=c_int*3
for s in """c_int(2.5)
c_int(None)
c_int(1,2)
c_uint(-1)
c_byte(200)
c_ushort(-1)
c_float('x')
c_char(b'ab')
c_char(65)
c_char('a')
c_wchar('a')
c_wchar('ab')
c_char_p(b'abc').value
c_char_p('abc')
c_char_p()
c_void_p()
c_void_p(10)
c_void_p('x')
c_int(3) == c_int(3)
bool(c_int(0)), bool(c_int(2)), bool(c_double(0))
c_int(3) + 1
hash(c_int(3)) is not None
type(c_int), type(T), type(P), type(U)
c_int.__mro__
T.__mro__
P.__mro__
T._type_, T._length_, c_int._type_
T(1,2,3,4)
T(1,'a')
T()[:]
list(T(4,5))
T(1,2,3)[::2]
(c_char*4)(b'a', b'b')[:]
(c_char*4)(*b'ab').value
(c_char*4)(*b'abcd').raw
(c_char*2)(*b'ab').value
sizeof(P), alignment(P), sizeof(U), sizeof(N)
P().x, P().y, P().c, P().n, P().s
P(1,2,b'z',b'ab',b'xyz').n
P(1,2,b'z',b'ab',b'xyz').s
P(x=1, x2=3).x2
P(1, x=2)
P.x, P.y.offset, P.n.size
N((1,2.0),(3,4)).a[:]
N((1,2.0),(3,4)).p.x
U(i=258).b[:]
sizeof(5)
sizeof(int)
c_int*-1
c_int*'a'
c_int.from_buffer_copy(b'\\1\\0\\0\\0')
c_int.from_buffer_copy(b'\\1')
P._fields_[0]
My(3).value
create_string_buffer(3).raw
create_string_buffer(b'ab', 5).raw
create_string_buffer('ab')
create_unicode_buffer('hé').value
pointer(c_int(3)).contents
POINTER(c_int)
bool(POINTER(c_int)())
POINTER(c_int)().contents
POINTER(c_int).__mro__
pointer(3)
byref(3)
cast(T(1,2,3), POINTER(c_int))[1]
string_at(b'abc')
string_at(b'abc', 2)
addressof(c_int(3)) > 0
bytes(c_int(258))
bytes(P(1))
bytearray(T(1,2,3))
len(T()), len(create_string_buffer(4))
setattr(P(), 'n', b'abcde')
setattr(P(), 'c', 'x')
setattr(P(), 'x', 2.5)
setattr(P(), 'zz', 5)
P().zz
CFUNCTYPE(c_int, c_int)
CFUNCTYPE(c_int, c_int)(lambda x: x*2)(21)
c_longlong, c_int64, c_size_t, c_int8, c_uint32, c_ssize_t, c_time_t if 'c_time_t' in globals() else 0
py_object([1]).value
py_object()
c_int(True)
c_bool('a').value
T(1,2,3) == T(1,2,3)
Structure()
P() == P()
repr(P())[:20]
repr(T())[:30]
c_int.__doc__, c_int.__module__
cdll.LoadLibrary('libc.so.6').abs(-3)
CDLL(None)['abs'](-3)
get_errno()
set_errno(3)
ctypes.util
c_int(5).value.__class__
P.__name__
sizeof(c_int), sizeof(c_int(3))""".splitlines(): show(s)
import ctypes.util
show("ctypes.util.find_library('c')"); show("ctypes.util.find_library('m')"); show("ctypes.util.find_library('nothing')")
libm=CDLL("libm.so.6"); libm.sqrt.restype=c_double
show("libm.sqrt(c_double(2))"); libm.sqrt.argtypes=[c_double]; show("libm.sqrt(2)"); show("libm.sqrt('a')"); show("libm.sqrt()"); show("libm.sqrt(1,2)")
libc=CDLL('libc.so.6'); show('libc.abs(-3)'); show('libc.abs(None)')
libc.abs.argtypes=[c_int]; show("libc.abs('x')"); show("libc.abs(2.5)"); show("libc.abs(c_int(-3))"); show("libc.abs(c_double(-3))"); show("libc.abs(My(-3))")
libc.qsort.argtypes=[c_void_p,c_size_t,c_size_t,c_void_p]; libc.qsort.restype=None
arr=(c_int*5)(5,1,4,2,3)
CMP=CFUNCTYPE(c_int,POINTER(c_int),POINTER(c_int))
libc.qsort.argtypes=None
libc.qsort(arr,len(arr),sizeof(c_int),CMP(lambda a,b:a[0]-b[0])); print(list(arr))
show("arr[1:3]"); show("arr['a']"); show("arr[5]"); show("arr[-6]"); arr[1:3]=[9,9]; print(arr[:])
try: arr[1:3]=[1]
except Exception as e: print(type(e),e)
buf=create_string_buffer(b"hello",10); libc.strcpy(buf,b"bye"); print(buf.value, buf.raw)
import pickle; show("pickle.loads(pickle.dumps(c_int(5)))"); show("pickle.loads(pickle.dumps(T(1,2,3)))[:]"); show("pickle.dumps(c_char_p(b'x'))"); show("pickle.loads(pickle.dumps(P)).x")
import copy; show("copy.copy(c_int(5))"); show("copy.deepcopy(T(1,2,3))[:]")
memmove(buf, b"zz", 2); print(buf.value); memset(buf, 65, 3); print(buf.value)
p=pointer(arr); show("p.contents[0]"); q=cast(arr,POINTER(c_int)); show("q[2]"); q[2]=77; show("arr[2]"); show("q[:3]"); i=c_int(3); r=pointer(i); r.contents=c_int(8); show("r[0], i.value"); show("r[0:2]"[:0] or "r.contents")
class Node(Structure): pass
Node._fields_=[("v",c_int),("next",POINTER(Node))]
a=Node(1); b=Node(2,pointer(a)); show("b.next.contents.v"); show("bool(a.next)"); show("a.next.contents")
class Packed(Structure): _pack_=1; _fields_=[("a",c_char),("b",c_int)]
show("sizeof(Packed)"); 
class D(P): _fields_=[("z",c_int)]
show("D(1,2,b'c',b'd',b's',9).z"); show("sizeof(D)")
