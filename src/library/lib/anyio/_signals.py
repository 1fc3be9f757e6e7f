"""Signals as an asynchronous iterator."""

import asyncio
from collections import deque
from signal import Signals

from ._backend import on_trio, running_loop


class _SignalReceiver:
    def __init__(self, signals):
        self._signals = signals
        self._loop = asyncio.get_running_loop()
        self._queue = deque()
        self._future = asyncio.Future()
        self._handled = set()

    def _deliver(self, signum):
        self._queue.append(signum)
        if not self._future.done():
            self._future.set_result(None)

    def __enter__(self):
        for signum in dict.fromkeys(self._signals):
            self._loop.add_signal_handler(signum, self._deliver, signum)
            self._handled.add(signum)
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        for signum in self._handled:
            self._loop.remove_signal_handler(signum)

    def __aiter__(self):
        return self

    async def __anext__(self):
        from ._scopes import checkpoint

        await checkpoint()
        if not self._queue:
            self._future = asyncio.Future()
            self._future._waits_for = "signal"
            await self._future
        return self._queue.popleft()


class _TrioSignalReceiver:
    def __init__(self, signals):
        self._signals = signals

    def __enter__(self):
        import trio

        self._cm = trio.open_signal_receiver(*self._signals)
        self._receiver = self._cm.__enter__()
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        return self._cm.__exit__(exc_type, exc_val, exc_tb)

    def __aiter__(self):
        return self

    async def __anext__(self):
        return Signals(await self._receiver.__anext__())


def open_signal_receiver(*signals):
    running_loop()
    return _TrioSignalReceiver(signals) if on_trio() else _SignalReceiver(signals)
