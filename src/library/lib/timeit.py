"""How long a piece of code takes: on virtual time, as costs say."""
import gc
import time

__all__ = ["Timer", "timeit", "repeat", "default_timer"]
default_number = 1000000
default_repeat = 5
default_timer = time.perf_counter
_globals = globals

_TEMPLATE = """def inner(_it, _timer{init}):
    {setup}
    _t0 = _timer()
    for _i in _it:
        {stmt}
        pass
    _t1 = _timer()
    return _t1 - _t0
"""


def _indented(source, n):
    return source.replace("\n", "\n" + " " * n)


class Timer:
    """Runs a statement, or calls a function, again and again."""

    def __init__(self, stmt="pass", setup="pass", timer=default_timer, globals=None):
        from itertools import repeat

        self._repeat = repeat
        self.timer = timer
        names = {}
        space = _globals() if globals is None else globals
        init = ""
        if isinstance(setup, str):
            compile(setup, "<timeit-src>", "exec")
            before = setup + "\n"
            setup = _indented(setup, 4)
        elif callable(setup):
            names["_setup"] = setup
            init += ", _setup=_setup"
            before, setup = "", "_setup()"
        else:
            raise ValueError("setup is neither a string nor callable")
        if isinstance(stmt, str):
            compile(before + stmt, "<timeit-src>", "exec")
            stmt = _indented(stmt, 8)
        elif callable(stmt):
            names["_stmt"] = stmt
            init += ", _stmt=_stmt"
            stmt = "_stmt()"
        else:
            raise ValueError("stmt is neither a string nor callable")
        self.src = _TEMPLATE.format(stmt=stmt, setup=setup, init=init)
        exec(compile(self.src, "<timeit-src>", "exec"), space, names)
        self.inner = names["inner"]

    def print_exc(self, file=None):
        import traceback

        traceback.print_exc(file=file)

    def timeit(self, number=default_number):
        times = self._repeat(None, number)
        collects = gc.isenabled()
        gc.disable()
        try:
            return self.inner(times, self.timer)
        finally:
            if collects:
                gc.enable()

    def repeat(self, repeat=default_repeat, number=default_number):
        return [self.timeit(number) for _ in range(repeat)]

    def autorange(self, callback=None):
        i = 1
        while True:
            for j in 1, 2, 5:
                number = i * j
                taken = self.timeit(number)
                if callback:
                    callback(number, taken)
                if taken >= 0.2:
                    return number, taken
            i *= 10


def timeit(stmt="pass", setup="pass", timer=default_timer, number=default_number, globals=None):
    return Timer(stmt, setup, timer, globals).timeit(number)


def repeat(stmt="pass", setup="pass", timer=default_timer, repeat=default_repeat, number=default_number, globals=None):
    return Timer(stmt, setup, timer, globals).repeat(repeat, number)
