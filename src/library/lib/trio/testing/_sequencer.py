"""Numbered blocks that run in the order of their numbers, whatever task they are in."""

from collections import defaultdict
from contextlib import asynccontextmanager

from .._core import Cancelled
from .._sync import Event
from .._util import final


@final
class Sequencer:
    def __init__(self):
        self._sequence_points = defaultdict(Event)
        self._claimed = set()
        self._broken = False

    @asynccontextmanager
    async def __call__(self, position):
        if position in self._claimed:
            raise RuntimeError(f"Attempted to reuse sequence point {position}")
        if self._broken:
            raise RuntimeError("sequence broken!")
        self._claimed.add(position)
        if position != 0:
            try:
                await self._sequence_points[position].wait()
            except Cancelled:
                self._broken = True
                for event in self._sequence_points.values():
                    event.set()
                raise RuntimeError("Sequencer wait cancelled -- sequence broken") from None
            if self._broken:
                raise RuntimeError("sequence broken!")
        try:
            yield
        finally:
            self._sequence_points[position + 1].set()
