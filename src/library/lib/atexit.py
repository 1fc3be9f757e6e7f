"""Functions called at the end of the process, newest first (S-GIL-21)."""
import sys

_callbacks = []


def register(func, /, *args, **kwargs):
    if not callable(func):
        raise TypeError("the first argument must be callable")
    _callbacks.append((func, args, kwargs))
    return func


def unregister(func, /):
    _callbacks[:] = [entry for entry in _callbacks if entry[0] != func]


def _clear():
    _callbacks.clear()


def _ncallbacks():
    return len(_callbacks)


def _run_exitfuncs():
    """Called by the machine after all non-daemon threads have ended."""
    while _callbacks:
        func, args, kwargs = _callbacks.pop()
        try:
            func(*args, **kwargs)
        except BaseException as exc:
            if not isinstance(exc, SystemExit):
                import _traceback

                before, after = (" ", ":") if sys.version_info >= (3, 13) else (": ", "")
                sys.stderr.write(f"Exception ignored in atexit callback{before}{func!r}{after}\n")
                sys.stderr.write("".join(_traceback.format_ignored(exc)))
