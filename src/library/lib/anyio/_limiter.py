"""CapacityLimiter: tokens, borrowers and their queue (S-ANY-20)."""

import math
from collections import OrderedDict, namedtuple

import _cost
import _journal
from ._backend import current_task, waiter
from ._era import ERA
from ._exceptions import WouldBlock
from ._scopes import cancel_shielded_checkpoint, checkpoint_if_cancelled

CapacityLimiterStatistics = namedtuple(
    "CapacityLimiterStatistics", "borrowed_tokens total_tokens borrowers tasks_waiting"
)


class CapacityLimiter:
    def __init__(self, total_tokens):
        self._total_tokens = 0
        self._borrowers = {}
        self._wait_queue = OrderedDict()
        self._subject = None
        self.total_tokens = total_tokens
        self._subject = _journal.born("pool", "limiter")
        _journal.count(self._subject, "tokens", self._shown_total())

    async def __aenter__(self):
        await self.acquire_on_behalf_of(current_task())

    async def __aexit__(self, exc_type, exc_val, exc_tb):
        self.release_on_behalf_of(current_task())

    def _shown_total(self):
        return -1 if self._total_tokens == math.inf else self._total_tokens

    @property
    def total_tokens(self):
        return self._total_tokens

    @total_tokens.setter
    def total_tokens(self, value):
        if not isinstance(value, int) and not math.isinf(value):
            raise TypeError("total_tokens must be an int or math.inf")
        if ERA:
            if value < 1:
                raise ValueError("total_tokens must be >= 1")
        elif value < 0:
            raise ValueError("total_tokens must be >= 0")
        more = value - self._total_tokens
        self._total_tokens = value
        if self._subject is not None:
            _journal.count(self._subject, "tokens", self._shown_total())
        if ERA:
            while self._wait_queue and more > 0:
                self._wait_queue.popitem(last=False)[1].set_result(None)
                more -= 1
        else:
            while self._wait_queue and len(self._borrowers) < value:
                self._hand_over()

    def _hand_over(self):
        borrower, future = self._wait_queue.popitem(last=False)
        if not ERA:
            self._borrowers[borrower] = None
        if not future.done():
            future.set_result(None)

    @property
    def borrowed_tokens(self):
        return len(self._borrowers)

    @property
    def available_tokens(self):
        return self._total_tokens - len(self._borrowers)

    def acquire_nowait(self):
        self.acquire_on_behalf_of_nowait(current_task())

    def acquire_on_behalf_of_nowait(self, borrower):
        if borrower in self._borrowers:
            raise RuntimeError("this borrower is already holding one of this CapacityLimiter's tokens")
        if self._wait_queue or len(self._borrowers) >= self._total_tokens:
            raise WouldBlock
        self._borrowers[borrower] = None
        _journal.count(self._subject, "tokens in use", len(self._borrowers))

    async def acquire(self):
        await self.acquire_on_behalf_of(current_task())

    async def acquire_on_behalf_of(self, borrower):
        _cost.charge("anyio.limiter")
        await checkpoint_if_cancelled()
        try:
            self.acquire_on_behalf_of_nowait(borrower)
        except WouldBlock:
            await self._wait_turn(borrower)
        else:
            try:
                await cancel_shielded_checkpoint()
            except BaseException:
                self.release_on_behalf_of(borrower)
                raise

    async def _wait_turn(self, borrower):
        queue = self._wait_queue
        future = queue[borrower] = waiter("token", self._subject)
        _journal.count(self._subject, "waiting", len(queue))
        request = getattr(borrower, "_request", None)
        if request is not None:
            _journal.state(request, "waiting", "token", self._subject)
        try:
            await future
        except BaseException:
            queue.pop(borrower, None)
            if not ERA and future.done() and not future.cancelled():
                self._borrowers.pop(borrower, None)
                if queue and len(self._borrowers) < self._total_tokens:
                    self._hand_over()
            _journal.count(self._subject, "waiting", len(queue))
            raise
        if ERA:
            self._borrowers[borrower] = None
        _journal.count(self._subject, "tokens in use", len(self._borrowers))
        _journal.count(self._subject, "waiting", len(queue))

    def release(self):
        self.release_on_behalf_of(current_task())

    def release_on_behalf_of(self, borrower):
        try:
            del self._borrowers[borrower]
        except KeyError:
            raise RuntimeError("this borrower isn't holding any of this CapacityLimiter's tokens") from None
        if self._wait_queue and len(self._borrowers) < self._total_tokens:
            self._hand_over()
        _journal.count(self._subject, "tokens in use", len(self._borrowers))

    def statistics(self):
        return CapacityLimiterStatistics(
            len(self._borrowers), self._total_tokens, tuple(self._borrowers), len(self._wait_queue)
        )
