"""Tracebacks of threads at their worst: nothing here crashes below Python."""
import sys


_is_enabled = False


def enable(file=None, all_threads=True):
    global _is_enabled
    _is_enabled = True


def disable():
    global _is_enabled
    was, _is_enabled = _is_enabled, False
    return was


def is_enabled():
    return _is_enabled


def dump_traceback(file=None, all_threads=True):
    """The calling thread's frames, innermost first."""
    stream = sys.stderr if file is None else file
    import threading

    lines = [f"Current thread {threading.get_ident():#018x} (most recent call first):\n"]
    frame = sys._getframe(1)
    while frame is not None:
        code = frame.f_code
        lines.append(f'  File "{code.co_filename}", line {frame.f_lineno} in {code.co_name}\n')
        frame = frame.f_back
    stream.write("".join(lines))


def dump_traceback_later(timeout, repeat=False, file=None, exit=False):
    raise NotImplementedError("faulthandler.dump_traceback_later() is not simulated: the picture shows every thread's line")


def cancel_dump_traceback_later():
    pass


def register(signum, file=None, all_threads=True, chain=False):
    raise NotImplementedError("faulthandler.register() is not simulated: the picture shows every thread's line")


def unregister(signum):
    return False
