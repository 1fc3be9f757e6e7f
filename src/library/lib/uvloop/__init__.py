"""`uvloop`: an event loop with the phases of libuv and cheaper handles (S-UVL-01 to S-UVL-03).

Tasks, futures, locks and streams are asyncio's. One iteration is: timers that are due run, then what is ready, then
the poll, whose input and output is handled in it and not in the next iteration. Time has the granularity of a
millisecond.
"""
import asyncio as _asyncio
from collections import deque as _deque
from heapq import heappop as _heappop, heappush as _heappush

import _time
from asyncio import base_events as _base
from asyncio.events import TimerHandle as _TimerHandle
from asyncio.unix_events import _UnixDefaultEventLoopPolicy, _UnixSelectorEventLoop

__version__ = "0.21.0"


class Loop(_UnixSelectorEventLoop):
    """The event loop of uvloop."""

    _cost_pass = "uvloop.pass"
    _cost_call_soon = "uvloop.call_soon"
    _cost_call_later = "uvloop.call_later"
    _cost_handle = "uvloop.handle"
    _cost_timer = "uvloop.timer"
    _cost_send = "uvloop.send"
    _cost_receive = "uvloop.receive"
    _cost_stream = "uvloop.stream"

    def __init__(self):
        super().__init__()
        # (millisecond, order of start, handle): timers of one millisecond run in the order they were started.
        self._timers = []
        self._timers_started = 0
        self._now_ms = 0
        self._update_time()

    def __repr__(self):
        return (
            f"<uvloop.Loop running={self.is_running()} closed={self.is_closed()} debug={self.get_debug()}>"
        )

    def _update_time(self):
        self._now_ms = int(_time.monotonic() * 1000)

    def time(self):
        return self._now_ms / 1000

    def call_later(self, delay, callback, *args, context=None):
        # Banker's rounding, as Python's `round` has it.
        delay_ms = round(delay * 1000)
        if delay_ms <= 0:
            return self.call_soon(callback, *args, context=context)
        self._check_closed()
        if self._debug:
            self._check_thread()
            self._check_callback(callback, "call_later")
        timer = _TimerHandle((self._now_ms + delay_ms) / 1000, callback, args, self, context)
        _base._charge(self._cost_call_later)
        self._timers_started += 1
        _heappush(self._timers, (self._now_ms + delay_ms, self._timers_started, timer))
        return timer

    def call_at(self, when, callback, *args, context=None):
        return self.call_later(when - self.time(), callback, *args, context=context)

    def _run_once(self):
        subject = self._subject
        _base._charge(self._cost_pass)
        self._update_time()
        timers = self._timers
        while timers and timers[0][0] <= self._now_ms:
            _base._charge(self._cost_timer)
            self._run_handles(_deque((_heappop(timers)[2],)), 1)
        ready = self._ready
        total = len(ready)
        if total != self._ready_seen:
            self._ready_seen = total
            _base._count(subject, "ready queue", total)
        self._run_handles(ready, total)

        while timers and timers[0][2]._cancelled:
            _heappop(timers)
        if ready or self._stopping:
            timeout = 0
        elif timers:
            timeout = max(0, timers[0][0] - self._now_ms) / 1000
        else:
            timeout = None
        if timeout == 0:
            found = self._selector.select(0)
        else:
            if self._ready_seen:
                self._ready_seen = 0
                _base._count(subject, "ready queue", 0)
            _base._state(subject, "waiting", "events and timers" if timers else "events")
            found = self._selector.select(timeout)
            _base._state(subject, "running")
        _base._mark(subject, "pass")
        if len(timers) != self._timers_seen:
            self._timers_seen = len(timers)
            _base._count(subject, "timers", len(timers))
        if found:
            self._update_time()
            arrived = _deque()
            self._collect_handles(found, arrived)
            self._run_handles(arrived, len(arrived))


class EventLoopPolicy(_UnixDefaultEventLoopPolicy):
    """Makes the loops of uvloop."""

    _loop_factory = Loop


def new_event_loop():
    return Loop()


def install():
    _asyncio.set_event_loop_policy(EventLoopPolicy())


def run(main, *, loop_factory=new_event_loop, debug=None):
    with _asyncio.Runner(loop_factory=loop_factory, debug=debug) as runner:
        return runner.run(main)
