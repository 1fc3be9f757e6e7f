"""Several interpreters in one process, each with a GIL of its own.

Here each is a process of the simulated machine, which is what has a GIL; it goes by its maker's number. What passes
between them is copied by way of `pickle`.
"""
import itertools
import os
import sys
import threading

import _process
import multiprocessing
from multiprocessing import popen, util
from multiprocessing.process import BaseProcess
from queue import Empty, Full

if sys.version_info < (3, 14):
    raise ImportError(
        "cannot import name 'interpreters' from 'concurrent' (unknown location)", name="concurrent.interpreters"
    )

_ids = itertools.count(1)
_living = {}
# What the interpreter of a child knows itself by.
_own_id = 0


class InterpreterError(Exception):
    """Something about an interpreter went wrong."""


class InterpreterNotFoundError(InterpreterError):
    """There is no such interpreter any more."""


class NotShareableError(TypeError):
    """An object cannot be copied to another interpreter."""


class ExecutionFailed(InterpreterError):
    """What ran in an interpreter raised, and nobody there caught it."""

    def __init__(self, excinfo):
        super().__init__(f"{excinfo.type.__name__}: {excinfo.msg}" if excinfo.msg else excinfo.type.__name__)
        self.excinfo = excinfo

    def __str__(self):
        return f"{super().__str__()}\n\nUncaught in the interpreter:\n\n{self.excinfo.errdisplay.strip()}"


class _Name:
    def __init__(self, name):
        self.__name__ = self.__qualname__ = name


class _Raised:
    """What is told of an exception."""

    def __init__(self, exc):
        import traceback

        self.type = type(exc)
        self.msg = str(exc)
        self.formatted = f"{self.type.__name__}: {self.msg}"
        # Without the frames that called it.
        self.errdisplay = "".join(traceback.format_exception(type(exc), exc, _below(exc.__traceback__)))

    def __reduce__(self):
        return _retold, (self.type.__name__, self.msg, self.formatted, self.errdisplay)


def _retold(name, *told):
    made = object.__new__(_Raised)
    made.type = _Name(name)
    made.msg, made.formatted, made.errdisplay = told
    return made


def _below(traceback):
    while traceback is not None and traceback.tb_frame.f_globals.get("__name__") == __name__:
        traceback = traceback.tb_next
    return traceback


class _Beginning(popen.Spawn):
    """A new interpreter without the program's main module."""

    runs_main = False


class _Process(BaseProcess):
    _start_method = "spawn"

    @staticmethod
    def _Popen(process_obj):
        return _Beginning(process_obj)


def _serve(connection, number, pid, main_file):
    """The life of an interpreter: it does what it is told until nobody is there to tell."""
    import pickle

    global _own_id
    _own_id = number
    os.getpid = lambda: pid
    sys.argv[:] = [""]
    sys.modules["__main__"] = type(sys)("__main__")
    has_main = False
    while True:
        try:
            data = connection.recv_bytes()
        except EOFError:
            return
        try:
            try:
                task = pickle.loads(data)
            except AttributeError:
                # It means something of the program, which is loaded now.
                if has_main or not main_file:
                    raise
                has_main = True
                _load(main_file)
                task = pickle.loads(data)
            function, args, kwargs = task
            answer = (True, function(*args, **kwargs), None)
        except BaseException as exc:
            answer = (False, exc, _Raised(exc))
        sys.stdout.flush()
        try:
            data = pickle.dumps(answer)
        except Exception as exc:
            failed = NotShareableError(f"object could not be unpickled: {exc}") if answer[0] else None
            data = pickle.dumps((False, failed, answer[2] or _Raised(failed)))
        connection.send_bytes(data)


def _load(main_file):
    """Gives the interpreter's main module the names of the program's."""
    import _sys

    main = sys.modules["__main__"]
    _sys.run_main(main_file, "<fake __main__>")
    loaded, sys.modules["__main__"] = sys.modules["__main__"], main
    for name, value in vars(loaded).items():
        vars(main).setdefault(name, value)


def _exec(code):
    import textwrap

    exec(compile(textwrap.dedent(code), "<string>", "exec"), vars(sys.modules["__main__"]))


def _prepare(values):
    vars(sys.modules["__main__"]).update(values)


class Interpreter:
    """One interpreter; it runs nothing by itself."""

    def __init__(self, id, /):
        self._id = id

    @property
    def id(self):
        return self._id

    @property
    def whence(self):
        return "runtime init" if self._id == 0 else "_interpreters module"

    def __repr__(self):
        return f"Interpreter({self._id})"

    def __eq__(self, other):
        return isinstance(other, Interpreter) and self._id == other._id

    def __hash__(self):
        return hash(self._id)

    def _state(self):
        if self._id not in _living:
            raise InterpreterNotFoundError(f"unrecognized interpreter ID {self._id}")
        return _living[self._id]

    def is_running(self):
        return self._id == _own_id or self._state()["lock"].locked()

    def close(self):
        state = self._state()
        if state["lock"].locked():
            raise InterpreterError("interpreter running")
        del _living[self._id]
        state["connection"].close()
        state["process"].join()

    def _run(self, function, args, kwargs):
        """What came of a call there: the exception itself, where it could be copied, beside what is told of it."""
        import pickle

        state = self._state()
        try:
            data = pickle.dumps((function, args, kwargs))
        except Exception as exc:
            raise NotShareableError("object could not be pickled") from exc
        if not state["lock"].acquire(blocking=False):
            raise InterpreterError("interpreter already running")
        # So that what is printed stands in the order in which it was.
        sys.stdout.flush()
        try:
            state["connection"].send_bytes(data)
            return pickle.loads(state["connection"].recv_bytes())
        finally:
            state["lock"].release()

    def _result(self, function, args, kwargs):
        succeeded, result, told = self._run(function, args, kwargs)
        if not succeeded:
            raise ExecutionFailed(told)
        return result

    def prepare_main(self, ns=None, /, **kwargs):
        self._result(_prepare, ({**(ns or {}), **kwargs},), {})

    def exec(self, code, /):
        if callable(code):
            return self._result(code, (), {})
        self._result(_exec, (code,), {})

    def call(self, callable, /, *args, **kwargs):
        return self._result(callable, args, kwargs)

    def call_in_thread(self, callable, /, *args, **kwargs):
        thread = threading.Thread(target=self.call, args=(callable, *args), kwargs=kwargs)
        thread.start()
        return thread


def create():
    """A new interpreter."""
    from _child import own_name

    if not _living:
        util.Finalize(None, _close_all, exitpriority=10)
    ours, theirs = multiprocessing.Pipe()
    number = next(_ids)
    main_file = own_name(getattr(sys.modules["__main__"], "__file__", "") or "") or ""
    process = _Process(target=_serve, args=(theirs, number, os.getpid(), main_file), name=f"interpreter-{number}")
    process.start()
    theirs.close()
    _living[number] = {"connection": ours, "process": process, "lock": threading.Lock()}
    return Interpreter(number)


def _close_all():
    while _living:
        _living.popitem()[1]["connection"].close()


def list_all():
    return [get_main(), *map(Interpreter, _living)]


def get_current():
    return Interpreter(_own_id)


def get_main():
    return Interpreter(0)


def is_shareable(obj):
    if isinstance(obj, tuple):
        return all(map(is_shareable, obj))
    return obj is None or type(obj) in (bool, int, float, str, bytes, memoryview, Queue)


class QueueEmpty(Empty):
    """There is nothing to get."""


class QueueFull(Full):
    """There is no room."""


# How often who waits at a queue looks again [s].
_DELAY = 0.01
_UNLIMITED = 65536


class Queue:
    """Passes copies between interpreters. Its items lie in memory that all of them have."""

    def __init__(self, id, maxsize, lock, memory):
        self._id = id
        self._maxsize = maxsize
        self._lock = lock
        # How many were taken, how many were put, and a ring of the places of those between.
        self._memory = memory

    @property
    def id(self):
        return self._id

    @property
    def maxsize(self):
        return self._maxsize

    def __repr__(self):
        return f"Queue({self._id})"

    def __eq__(self, other):
        return isinstance(other, Queue) and self._id == other._id

    def __hash__(self):
        return hash(self._id)

    def __reduce__(self):
        return _queue_of, (self._id, self._maxsize, _process.lock_number(self._lock), self._memory)

    @property
    def _n_places(self):
        return self._maxsize if self._maxsize > 0 else _UNLIMITED

    def _waiting(self, attempt, block, timeout):
        """What the attempt gives once it does not give `None`; `None` when it is time to give up."""
        import time

        deadline = None if timeout is None else time.monotonic() + timeout
        while True:
            with self._lock:
                done = attempt(*_process.load(self._memory, 0, 2))
            if done is not None or not block or deadline is not None and time.monotonic() >= deadline:
                return done
            time.sleep(_DELAY)

    def put(self, obj, block=True, timeout=None):
        import pickle

        try:
            data = pickle.dumps(obj)
        except Exception as exc:
            raise NotShareableError("object could not be pickled") from exc

        def attempt(n_taken, n_put):
            if n_put - n_taken >= self._n_places:
                return None
            _process.store(self._memory, 2 + n_put % self._n_places, [_process.new_memory([data])])
            _process.store(self._memory, 1, [n_put + 1])
            return True

        if self._waiting(attempt, block, timeout) is None:
            raise QueueFull

    def get(self, block=True, timeout=None):
        import pickle

        def attempt(n_taken, n_put):
            if n_taken == n_put:
                return None
            (place,) = _process.load(self._memory, 2 + n_taken % self._n_places, 1)
            (data,) = _process.load(place, 0, 1)
            _process.store(place, 0, [None])
            _process.store(self._memory, 0, [n_taken + 1])
            return data

        data = self._waiting(attempt, block, timeout)
        if data is None:
            raise QueueEmpty
        return pickle.loads(data)

    def put_nowait(self, obj):
        self.put(obj, block=False)

    def get_nowait(self):
        return self.get(block=False)

    def qsize(self):
        n_taken, n_put = _process.load(self._memory, 0, 2)
        return n_put - n_taken

    def empty(self):
        return self.qsize() == 0

    def full(self):
        return self._maxsize > 0 and self.qsize() >= self._maxsize


def _queue_of(id, maxsize, lock, memory):
    return Queue(id, maxsize, _process.shared_lock(lock), memory)


_queue_ids = itertools.count(1)


def create_queue(maxsize=0):
    made = Queue(next(_queue_ids), maxsize, _process.shared_lock(), None)
    made._memory = _process.new_memory([0, 0] + [0] * made._n_places)
    return made
