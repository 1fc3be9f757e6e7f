"""Profilers need every call told to them, which the simulated interpreter does not do: the picture of the run shows
where time goes."""

__all__ = ["run", "runctx", "Profile"]

_TEXT = "profilers are not simulated: the picture of the run shows where time goes; use timeit or perf_counter for numbers"


class Profile:
    def __init__(self, *args, **kwargs):
        raise NotImplementedError(f"cProfile.Profile: {_TEXT}")


def run(statement, filename=None, sort=-1):
    raise NotImplementedError(f"cProfile.run(): {_TEXT}")


def runctx(statement, globals, locals, filename=None, sort=-1):
    raise NotImplementedError(f"cProfile.runctx(): {_TEXT}")
