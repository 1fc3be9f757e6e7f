# A foreign function runs without the GIL, one of PyDLL with it.
import ctypes, threading, time
from ctypes import CDLL, PyDLL, c_int, c_char_p, c_double, c_size_t, byref, POINTER, pointer, create_string_buffer
libc = CDLL(None)
pyc = PyDLL(None)
def timed(f, n):
    t0 = time.perf_counter()
    ts = [threading.Thread(target=f, args=(200000,)) for _ in range(n)]
    [t.start() for t in ts]; [t.join() for t in ts]
    return round(time.perf_counter() - t0, 1)
print("CDLL", timed(libc.usleep, 3))
print("PyDLL", timed(pyc.usleep, 3))
libc.strlen.argtypes = [c_char_p]; libc.strlen.restype = c_size_t
print(libc.strlen(b"hello"), libc.abs(-5), libc.toupper(ord("a")), libc.atoi(b"42abc"))
import os
print(libc.getpid() == os.getpid())
print(libc.sleep.__name__, type(libc).__name__)
buf = create_string_buffer(10); print(buf.raw, buf.value, len(buf)); buf.value = b"hi"; print(buf.raw)
buf = create_string_buffer(b"abc"); print(ctypes.sizeof(buf), repr(buf.raw))
i = c_int(42); p = pointer(i); print(p.contents, p[0]); p[0] = 7; print(i.value)
try: libc.strlen(5.5)
except ctypes.ArgumentError as e: print(e)
try: libc.abs(2.5)
except ctypes.ArgumentError as e: print(e)
try: CDLL("libnothing.so.9")
except OSError as e: print(e)
