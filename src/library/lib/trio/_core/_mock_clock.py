"""A clock for tests: it stands, runs at any rate, or jumps to the next deadline (S-TRIO-07)."""

from math import inf

from _time import perf_counter

from .._abc import Clock
from .._util import final
from ._run_context import GLOBAL_RUN_CONTEXT


@final
class MockClock(Clock):
    def __init__(self, rate=0.0, autojump_threshold=inf):
        self._real_base = 0.0
        self._virtual_base = 0.0
        self._rate = 0.0
        self.rate = rate
        self.autojump_threshold = autojump_threshold

    def __repr__(self):
        return f"<MockClock, time={self.current_time():.7f}, rate={self._rate} @ {id(self):#x}>"

    @property
    def rate(self):
        return self._rate

    @rate.setter
    def rate(self, new_rate):
        if new_rate < 0:
            raise ValueError("rate must be >= 0")
        real = perf_counter()
        self._virtual_base = self._to_virtual(real)
        self._real_base = real
        self._rate = float(new_rate)

    @property
    def autojump_threshold(self):
        return self._autojump_threshold

    @autojump_threshold.setter
    def autojump_threshold(self, value):
        self._autojump_threshold = float(value)
        self._tell_runner()

    def _tell_runner(self):
        runner = getattr(GLOBAL_RUN_CONTEXT, "runner", None)
        if runner is not None:
            if runner.is_guest:
                runner.force_guest_tick_asap()
            if runner.clock is self:
                runner.clock_autojump_threshold = self._autojump_threshold

    def _autojump(self):
        jump = GLOBAL_RUN_CONTEXT.runner.deadlines.next_deadline() - self.current_time()
        if 0 < jump < inf:
            self.jump(jump)

    def _to_virtual(self, real):
        return self._virtual_base + self._rate * (real - self._real_base)

    def start_clock(self):
        self._tell_runner()

    def current_time(self):
        return self._to_virtual(perf_counter())

    def deadline_to_sleep_time(self, deadline):
        left = deadline - self.current_time()
        if left <= 0:
            return 0
        return left / self._rate if self._rate > 0 else 999999999

    def jump(self, seconds):
        if seconds < 0:
            raise ValueError("time can't go backwards")
        self._virtual_base += seconds
