# sched.scheduler: order, cancelling, and running what is due.
import sched, time
s = sched.scheduler(time.monotonic, time.sleep)
t0 = time.monotonic()
def ev(n): print(n, round(time.monotonic() - t0, 1))
s.enter(.4, 1, ev, ("b",)); s.enter(.2, 1, ev, ("a",)); e = s.enter(.3, 1, ev, ("x",)); s.enterabs(t0 + .4, 0, ev, argument=("first",))
print(len(s.queue), s.empty()); s.cancel(e); s.run(); print(s.empty())
try: s.cancel(e)
except ValueError as e: print(repr(e))
print(s.run(blocking=False))
