"""`sched.scheduler`: events in order of time and priority, run by one thread that sleeps in between."""
import threading
from heapq import heapify, heappop, heappush
from time import monotonic
from time import sleep as _sleep

_numbers = 0
_MISSING = object()


class Event(tuple):
    """A call to come: `time`, `priority`, `sequence`, `action`, `argument`, `kwargs`; compared by the first three."""

    __slots__ = ()

    def __new__(cls, time, priority, sequence, action, argument, kwargs):
        return tuple.__new__(cls, (time, priority, sequence, action, argument, kwargs))

    time = property(lambda self: self[0])
    priority = property(lambda self: self[1])
    sequence = property(lambda self: self[2])
    action = property(lambda self: self[3])
    argument = property(lambda self: self[4])
    kwargs = property(lambda self: self[5])

    def __repr__(self):
        names = ("time", "priority", "sequence", "action", "argument", "kwargs")
        return f"Event({', '.join(f'{name}={value!r}' for name, value in zip(names, self))})"


class scheduler:
    """Runs events; the clock and the way to wait may be replaced."""

    def __init__(self, timefunc=monotonic, delayfunc=_sleep):
        self._queue = []
        self._lock = threading.RLock()
        self.timefunc = timefunc
        self.delayfunc = delayfunc

    def enterabs(self, time, priority, action, argument=(), kwargs=_MISSING):
        global _numbers
        _numbers += 1
        event = Event(time, priority, _numbers - 1, action, argument, {} if kwargs is _MISSING else kwargs)
        with self._lock:
            heappush(self._queue, event)
        return event

    def enter(self, delay, priority, action, argument=(), kwargs=_MISSING):
        return self.enterabs(self.timefunc() + delay, priority, action, argument, kwargs)

    def cancel(self, event):
        with self._lock:
            self._queue.remove(event)
            heapify(self._queue)

    def empty(self):
        with self._lock:
            return not self._queue

    def run(self, blocking=True):
        """Runs what is due, waiting for what is not; without `blocking` returns how long until the next one."""
        while True:
            with self._lock:
                if not self._queue:
                    return None
                event = self._queue[0]
                now = self.timefunc()
                waits = event.time > now
                if not waits:
                    heappop(self._queue)
            if waits:
                if not blocking:
                    return event.time - now
                self.delayfunc(event.time - now)
            else:
                event.action(*event.argument, **event.kwargs)
                # Others get a turn.
                self.delayfunc(0)

    @property
    def queue(self):
        with self._lock:
            events = self._queue[:]
        return [heappop(events) for _ in range(len(events))]
