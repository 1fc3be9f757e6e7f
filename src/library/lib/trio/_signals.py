"""Signals as an asynchronous iterator."""

import signal
from collections import OrderedDict
from contextlib import contextmanager

from ._core import ParkingLot, checkpoint, current_trio_token
from ._util import ConflictDetector, is_main_thread


class SignalReceiver:
    def __init__(self):
        self._pending = OrderedDict()
        self._lot = ParkingLot("signal")
        self._conflict_detector = ConflictDetector("only one task can iterate on a signal receiver at a time")
        self._closed = False

    def _add(self, signum):
        if self._closed:
            signal.raise_signal(signum)
        else:
            self._pending[signum] = None
            self._lot.unpark()

    def _redeliver_remaining(self):
        self._closed = True
        while self._pending:
            signal.raise_signal(self._pending.popitem(last=False)[0])

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self._closed:
            raise RuntimeError("open_signal_receiver block already exited")
        with self._conflict_detector:
            if not self._pending:
                await self._lot.park()
            else:
                await checkpoint()
            return self._pending.popitem(last=False)[0]


@contextmanager
def open_signal_receiver(*signals):
    if not signals:
        raise TypeError("No signals were provided")
    if not is_main_thread():
        raise RuntimeError(
            "Sorry, open_signal_receiver is only possible when running in Python interpreter's main thread"
        )
    token = current_trio_token()
    receiver = SignalReceiver()

    def handler(signum, frame):
        token.run_sync_soon(receiver._add, signum, idempotent=True)

    before = {signum: signal.signal(signum, handler) for signum in dict.fromkeys(signals)}
    try:
        yield receiver
    finally:
        for signum, old in before.items():
            signal.signal(signum, old)
        receiver._redeliver_remaining()
