"""Test functions that are asynchronous."""

from functools import partial, wraps

from .._abc import Clock, Instrument
from .._core import run


def trio_test(fn):
    @wraps(fn)
    def wrapper(*args, **kwargs):
        clocks = [value for value in kwargs.values() if isinstance(value, Clock)]
        if len(clocks) > 1:
            raise ValueError("too many clocks spoil the broth!")
        instruments = [value for value in kwargs.values() if isinstance(value, Instrument)]
        return run(partial(fn, *args, **kwargs), clock=clocks[0] if clocks else None, instruments=instruments)

    return wrapper
