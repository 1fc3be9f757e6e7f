"""The pool of interpreters: threads, each of which runs its calls in an interpreter of its own (from 3.14 on)."""
import itertools
import threading

from concurrent.futures.thread import BrokenThreadPool, ThreadPoolExecutor
from concurrent.interpreters import ExecutionFailed, create

_counter = itertools.count()
_here = threading.local()


class BrokenInterpreterPool(BrokenThreadPool):
    """A worker's interpreter or its initializer failed."""


class _Owned:
    """An interpreter that ends with the thread that it belongs to."""

    def __init__(self):
        self.interpreter = create()

    def __del__(self):
        self.interpreter.close()


def _begin(initializer, initargs):
    _here.owned = _Owned()
    if initializer is not None:
        _here.owned.interpreter.call(initializer, *initargs)


def _run(function, args, kwargs):
    succeeded, result, told = _here.owned.interpreter._run(function, args, kwargs)
    if succeeded:
        return result
    failed = ExecutionFailed(told)
    if result is None:
        raise failed
    raise result from failed


class InterpreterPoolExecutor(ThreadPoolExecutor):
    """Calls functions in interpreters that it keeps, which have a GIL each."""

    def __init__(self, max_workers=None, thread_name_prefix="", initializer=None, initargs=()):
        prefix = thread_name_prefix or f"InterpreterPoolExecutor-{next(_counter)}"
        super().__init__(max_workers, prefix, _begin, (initializer, initargs))

    def submit(self, fn, /, *args, **kwargs):
        if isinstance(fn, str):
            raise TypeError("scripts not supported")
        return super().submit(_run, fn, args, kwargs)
