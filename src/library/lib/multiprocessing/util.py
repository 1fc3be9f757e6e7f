"""What happens at the end of a process: daemons are terminated, children joined, queues emptied (S-MP-07)."""
import atexit
import itertools
import sys

_finalizers = {}
_counter = itertools.count()
_logger = None


class Finalize:
    """A call that is made at most once: by hand, or when the process ends, higher priorities first."""

    def __init__(self, obj, callback, args=(), kwargs=None, exitpriority=None):
        self._callback = callback
        self._args = args
        self._kwargs = kwargs or {}
        self._key = (exitpriority, next(_counter))
        _finalizers[self._key] = self

    def __call__(self):
        if _finalizers.pop(self._key, None) is not None:
            return self._callback(*self._args, **self._kwargs)

    def cancel(self):
        _finalizers.pop(self._key, None)

    def still_active(self):
        return self._key in _finalizers


def _run_finalizers(minimum=None):
    keys = [key for key in _finalizers if key[0] is not None and (minimum is None or key[0] >= minimum)]
    for key in sorted(keys, reverse=True):
        finalizer = _finalizers.get(key)
        if finalizer is not None:
            try:
                finalizer()
            except Exception:
                import traceback

                traceback.print_exc()


def _forget_finalizers():
    global _exiting
    _exiting = False
    _finalizers.clear()


_exiting = False


def _exit_function():
    global _exiting
    from .process import active_children

    if _exiting:
        return
    _exiting = True
    info("process shutting down")
    debug('running all "atexit" finalizers with priority >= 0')
    _run_finalizers(0)
    for child in active_children():
        if child.daemon:
            info("calling terminate() for daemon %s", child.name)
            child._popen.terminate()
    for child in active_children():
        info("calling join() for process %s", child.name)
        child.join()
    debug('running the remaining "atexit" finalizers')
    _run_finalizers()


atexit.register(_exit_function)


def _flush_std_streams():
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, ValueError):
            pass


SUBDEBUG, SUBWARNING = 5, 25


def get_logger():
    global _logger
    if _logger is None:
        import logging

        _logger = logging.getLogger("multiprocessing")
        _logger.propagate = 0
        # What is written while a process ends is written before logging ends.
        atexit.unregister(_exit_function)
        atexit.register(_exit_function)
    return _logger


def log_to_stderr(level=None):
    import logging

    logger = get_logger()
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("[%(levelname)s/%(processName)s] %(message)s"))
    logger.addHandler(handler)
    if level:
        logger.setLevel(level)
    return logger


def debug(message, *args):
    if _logger:
        _logger.debug(message, *args)


def info(message, *args):
    if _logger:
        _logger.info(message, *args)
