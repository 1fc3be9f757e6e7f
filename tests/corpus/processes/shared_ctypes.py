# Data of ctypes in memory that processes share.
from multiprocessing import Process, Lock
from multiprocessing.sharedctypes import Value, Array, RawValue, RawArray, copy, synchronized
from ctypes import Structure, c_double, c_int, c_char, c_bool, sizeof, c_long, c_short, c_ubyte, c_longlong, c_float, c_char_p, c_wchar
import ctypes

class Point(Structure):
    _fields_ = [('x', c_double), ('y', c_double)]

def modify(n, x, s, A):
    n.value **= 2
    x.value **= 2
    s.value = s.value.upper()
    for a in A:
        a.x **= 2
        a.y **= 2

if __name__ == '__main__':
    lock = Lock()
    n = Value('i', 7)
    x = Value(c_double, 1.0/3.0, lock=False)
    s = Array('c', b'hello world', lock=lock)
    A = Array(Point, [(1.875,-6.25), (-5.75,2.0), (2.375,9.5)], lock=lock)
    p = Process(target=modify, args=(n, x, s, A))
    p.start()
    p.join()
    print(n.value)
    print(x.value)
    print(s.value)
    print([(a.x, a.y) for a in A])
    print(n, x, type(A), type(s), type(x))
    print(sizeof(c_int), sizeof(Point), sizeof(c_int * 5), sizeof(c_char), sizeof(c_long), sizeof(c_bool))
    print(c_int(5), c_double(2.5), c_bool(1), c_char(b"x"), c_int(), c_long(3), c_ubyte(300), c_short(70000))
    b = Value(c_bool, False); print(b.value); b.value = 3; print(b.value)
    arr = Array(c_int, range(5)); print(arr[:], arr[1:3], len(arr)); arr[1] = 10; print(list(arr))
    arr[0:2] = [7, 8]; print(list(arr))
    try: arr[9] = 1
    except IndexError as e: print(e)
    try: n.value = "x"
    except TypeError as e: print(e)
    try: c_int("x")
    except TypeError as e: print(e)
    T = c_int * 3
    t = T(1, 2, 3); print(T, T.__name__, list(t), t[1], len(t)); t[-1] = 9; print(t[:])
    try: t[3]
    except IndexError as e: print(e)
    q = Point(1, y=2); print(q.x, q.y, Point.x, Point.y); q.x = 5; print(q.x)
    try: q.x = "a"
    except TypeError as e: print(e)
    try: Point(1, 2, 3)
    except TypeError as e: print(e)
    z = copy(A[0]); z.x = 3; print(z.x, A[0].x)
    pv = Value(Point, 1, 2); print(pv.x, pv.y); pv.x = 9; print(pv.x, pv.get_obj().x)
    rv = RawValue('i', 3); print(rv.value, rv); ra = RawArray('i', 3); print(ra[:])
    print(ctypes.c_int.__name__, c_longlong, c_float(1.1).value)
    c = c_int(2**31); print(c.value); c.value += 5; print(c)
