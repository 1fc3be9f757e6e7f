# PyThreadState_SetAsyncExc: another thread raises at its next check point; what blocks is not interrupted.
import ctypes, threading, time, sys
class StopNow(Exception): pass
def kill(t, exc):
    n = ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_long(t.ident), ctypes.py_object(exc))
    return n
class Worker(threading.Thread):
    def __init__(self): super().__init__(); self.n = 0; self.log = []
    def run(self):
        try:
            while True:
                self.n += 1
                time.sleep(0.01)
        except StopNow as e:
            self.log.append(repr(e))
        finally:
            self.log.append("finally")
w = Worker(); w.start(); time.sleep(0.1)
print(kill(w, StopNow)); w.join(); print(w.log, w.is_alive(), w.n > 5)
def busy():
    try:
        i = 0
        while True: i += 1
    except SystemExit: print("busy stopped")
t = threading.Thread(target=busy); t.start(); time.sleep(0.05)
print(kill(t, SystemExit)); t.join(); print(t.is_alive())
print(kill(t, SystemExit), ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_long(123456789), ctypes.py_object(KeyError)))
def sleeper():
    t0 = time.monotonic()
    try: time.sleep(0.5)
    except StopNow: print("interrupted late", round(time.monotonic() - t0, 1))
t = threading.Thread(target=sleeper); t.start(); time.sleep(0.1); kill(t, StopNow); t.join()
def uncaught():
    while True:
        time.sleep(0.001)
t = threading.Thread(target=uncaught, name="U"); t.start(); time.sleep(0.01); kill(t, ZeroDivisionError); t.join()
def me():
    try:
        kill(threading.current_thread(), KeyError)
        for i in range(1000): pass
        print("not reached?")
    except KeyError as e: print("self", repr(e))
me()
