"""Instruments: objects whose methods the run calls as it goes."""

import logging

from .._abc import Instrument
from ._run_context import current_runner

INSTRUMENT_LOGGER = logging.getLogger("trio.abc.Instrument")
_HOOKS = tuple(name for name in vars(Instrument) if not name.startswith("_"))


class Instruments:
    """The instruments of a run, by the hooks that each of them has."""

    def __init__(self, incoming):
        self._all = {}
        self.hooks = {}
        for instrument in incoming:
            self.add_instrument(instrument)

    def add_instrument(self, instrument):
        if instrument in self._all:
            return
        self._all[instrument] = None
        for name in _HOOKS:
            method = getattr(instrument, name, None)
            if method is not None and getattr(method, "__func__", None) is not getattr(Instrument, name):
                self.hooks.setdefault(name, {})[instrument] = None

    def remove_instrument(self, instrument):
        self._all.pop(instrument)
        for name, instruments in list(self.hooks.items()):
            if instrument in instruments:
                del instruments[instrument]
                if not instruments:
                    del self.hooks[name]

    def call(self, name, *args):
        for instrument in list(self.hooks[name]):
            try:
                getattr(instrument, name)(*args)
            except BaseException:
                self.remove_instrument(instrument)
                INSTRUMENT_LOGGER.exception(
                    "Exception raised when calling %r on instrument %r. Instrument has been disabled.",
                    name,
                    instrument,
                )


def add_instrument(instrument):
    current_runner().instruments.add_instrument(instrument)


def remove_instrument(instrument):
    current_runner().instruments.remove_instrument(instrument)
