"""The old unbounded queue, deprecated for memory channels without bound."""

from .._util import Record, deprecated, final
from ._exceptions import WouldBlock
from ._parking_lot import ParkingLot
from ._run import checkpoint_if_cancelled
from ._traps import cancel_shielded_checkpoint


class UnboundedQueueStatistics(Record):
    _fields = ("qsize", "tasks_waiting")


@final
class UnboundedQueue:
    def __init__(self):
        deprecated("trio.lowlevel.UnboundedQueue", "0.9.0", 497, "trio.open_memory_channel(math.inf)")
        self._lot = ParkingLot("item")
        self._data = []
        self._can_get = False

    def __class_getitem__(cls, item):
        return cls

    def __repr__(self):
        return f"<UnboundedQueue holding {len(self._data)} items>"

    def qsize(self):
        return len(self._data)

    def empty(self):
        return not self._data

    def put_nowait(self, obj):
        if not self._data:
            if self._lot:
                self._lot.unpark(count=1)
            else:
                self._can_get = True
        self._data.append(obj)

    def _take(self):
        data, self._data = self._data, []
        self._can_get = False
        return data

    def get_batch_nowait(self):
        if not self._can_get:
            raise WouldBlock
        return self._take()

    async def get_batch(self):
        await checkpoint_if_cancelled()
        if not self._can_get:
            await self._lot.park()
            return self._take()
        try:
            return self._take()
        finally:
            await cancel_shielded_checkpoint()

    def statistics(self):
        return UnboundedQueueStatistics(len(self._data), len(self._lot))

    def __aiter__(self):
        return self

    async def __anext__(self):
        return await self.get_batch()
