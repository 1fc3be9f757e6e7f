"""Measures how long small pieces of Python take, in virtual time: they cost what the cost table says."""
import gc
import itertools
import sys
import time

__all__ = ["Timer", "timeit", "repeat", "default_timer"]

default_number = 1000000
default_repeat = 5
default_timer = time.perf_counter
_globals = globals
_FILE = "<timeit-src>"


def _indented(text, spaces):
    return text.replace("\n", "\n" + " " * spaces)


class Timer:
    """A statement with what comes before it, each a text or something callable."""

    def __init__(self, stmt="pass", setup="pass", timer=default_timer, globals=None):
        self.timer = timer
        variables = {}
        names = _globals() if globals is None else globals
        parameters = "_it, _timer"
        prelude = ""
        if isinstance(setup, str):
            compile(setup, _FILE, "exec")
            prelude = setup + "\n"
            setup = _indented(setup, 4)
        elif callable(setup):
            variables["_setup"] = setup
            parameters += ", _setup=_setup"
            setup = "_setup()"
        else:
            raise ValueError("setup is neither a string nor callable")
        if isinstance(stmt, str):
            compile(prelude + stmt, _FILE, "exec")
            stmt = _indented(stmt, 8)
        elif callable(stmt):
            variables["_stmt"] = stmt
            parameters += ", _stmt=_stmt"
            stmt = "_stmt()"
        else:
            raise ValueError("stmt is neither a string nor callable")
        self.src = (
            f"\ndef inner({parameters}):\n    {setup}\n    _t0 = _timer()\n    for _i in _it:\n"
            f"        {stmt}\n        pass\n    _t1 = _timer()\n    return _t1 - _t0\n"
        )
        exec(compile(self.src, _FILE, "exec"), names, variables)
        self.inner = variables["inner"]

    def print_exc(self, file=None):
        import traceback

        traceback.print_exc(file=file)

    def timeit(self, number=default_number):
        collects = gc.isenabled()
        gc.disable()
        try:
            return self.inner(itertools.repeat(None, number), self.timer)
        finally:
            if collects:
                gc.enable()

    def repeat(self, repeat=default_repeat, number=default_number):
        return [self.timeit(number) for _ in range(repeat)]

    def autorange(self, callback=None):
        """`(number, seconds)` of the first number in 1, 2, 5, 10, 20, 50 … that takes 0.2 s or more."""
        scale = 1
        while True:
            for step in 1, 2, 5:
                number = scale * step
                spent = self.timeit(number)
                if callback:
                    callback(number, spent)
                if spent >= 0.2:
                    return number, spent
            scale *= 10


def timeit(stmt="pass", setup="pass", timer=default_timer, number=default_number, globals=None):
    return Timer(stmt, setup, timer, globals).timeit(number)


def repeat(stmt="pass", setup="pass", timer=default_timer, repeat=default_repeat, number=default_number, globals=None):
    return Timer(stmt, setup, timer, globals).repeat(repeat, number)


def main(args=None):
    """`python -m timeit [-n N] [-r N] [-s S] [-u U] [-p] [-v] statement …`"""
    import getopt

    try:
        options, rest = getopt.getopt(
            sys.argv[1:] if args is None else args,
            "n:u:s:r:pvh",
            ["number=", "setup=", "repeat=", "process", "verbose", "unit=", "help"],
        )
    except getopt.error as error:
        print(error)
        print("use -h/--help for command line help")
        return 2
    number, runs, setup, unit, digits, verbose, timer = 0, default_repeat, [], None, 3, 0, default_timer
    units = {"nsec": 1e-9, "usec": 1e-6, "msec": 1e-3, "sec": 1.0}
    for option, value in options:
        if option in ("-n", "--number"):
            number = int(value)
        elif option in ("-s", "--setup"):
            setup.append(value)
        elif option in ("-r", "--repeat"):
            runs = max(1, int(value))
        elif option in ("-p", "--process"):
            timer = time.process_time
        elif option in ("-u", "--unit"):
            if value not in units:
                print("Unrecognized unit. Please select nsec, usec, msec, or sec.", file=sys.stderr)
                return 2
            unit = value
        elif option in ("-v", "--verbose"):
            digits += verbose > 0
            verbose += 1
        elif option in ("-h", "--help"):
            print(main.__doc__)
            return 0
    measured = Timer("\n".join(rest) or "pass", "\n".join(setup) or "pass", timer)

    def shown(seconds):
        if unit is not None:
            return "%.*g %s" % (digits, seconds / units[unit], unit)
        for name, size in sorted(units.items(), key=lambda pair: -pair[1]):
            if seconds >= size:
                break
        return "%.*g %s" % (digits, seconds / size, name)

    try:
        if number == 0:
            number, _ = measured.autorange()
        spent = measured.repeat(runs, number)
    except BaseException:
        measured.print_exc()
        return 1
    if verbose:
        print("raw times: %s\n" % ", ".join(map(shown, spent)))
    best = min(spent) / number
    print("%d loop%s, best of %d: %s per loop" % (number, "s" if number != 1 else "", runs, shown(best)))
    return None


if __name__ == "__main__":
    sys.exit(main())
