"""Threads and what they wait for, over the locks of `_thread`.

Follows S-THR-04 to S-THR-14, S-GIL-19 (the child runs first) and S-GIL-21 (what happens at exit).
"""
import _cost
import _thread
import sys
from _sys import frameless as _frameless
from _time import monotonic as _time

_VERSION = sys.version_info[:2]

get_ident = _thread.get_ident
get_native_id = _thread.get_native_id
stack_size = _thread.stack_size
TIMEOUT_MAX = _thread.TIMEOUT_MAX
ThreadError = _thread.error
Lock = _thread.allocate_lock if _VERSION < (3, 13) else getattr(_thread, "lock", _thread.allocate_lock)
RLock = _thread.RLock
_allocate_lock = _thread.allocate_lock


def _address(obj):
    cls = obj.__class__
    return f"<{cls.__module__}.{cls.__qualname__} at {id(obj):#x}"


class Condition:
    """A lock and a queue of waiters, each asleep on a lock of its own (S-THR-05)."""

    # What waiting for it is in the picture.
    _purpose = "notification"

    def __init__(self, lock=None):
        if lock is None:
            lock = RLock()
        self._lock = lock
        self.acquire = lock.acquire
        self.release = lock.release
        if hasattr(lock, "_release_save"):
            self._release_save = lock._release_save
            self._acquire_restore = lock._acquire_restore
            self._is_owned = lock._is_owned
        if _VERSION >= (3, 14) and hasattr(lock, "locked"):
            self.locked = lock.locked
        self._waiters = _deque()

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *args):
        return self._lock.__exit__(*args)

    def __repr__(self):
        return f"<Condition({self._lock}, {len(self._waiters)})>"

    def _release_save(self):
        self._lock.release()

    def _acquire_restore(self, state):
        self._lock.acquire()

    def _is_owned(self):
        # A plain lock has no owner: taking it tells whether anybody holds it.
        if self._lock.acquire(False):
            self._lock.release()
            return False
        return True

    def wait(self, timeout=None):
        if not self._is_owned():
            raise RuntimeError("cannot wait on un-acquired lock")
        _cost.charge("threading.condition.wait")
        waiter = _allocate_lock()
        waiter.acquire()
        _thread._stands_for(waiter, self._purpose)
        self._waiters.append(waiter)
        state = self._release_save()
        gotit = False
        try:
            if timeout is None:
                waiter.acquire()
                gotit = True
            elif timeout > 0:
                gotit = waiter.acquire(True, timeout)
            else:
                gotit = waiter.acquire(False)
            return gotit
        finally:
            self._acquire_restore(state)
            if not gotit:
                try:
                    self._waiters.remove(waiter)
                except ValueError:
                    pass

    def wait_for(self, predicate, timeout=None):
        end = None
        left = timeout
        result = predicate()
        while not result:
            if left is not None:
                if end is None:
                    end = _time() + left
                else:
                    left = end - _time()
                    if left <= 0:
                        break
            self.wait(left)
            result = predicate()
        return result

    def notify(self, n=1):
        if not self._is_owned():
            raise RuntimeError("cannot notify on un-acquired lock")
        waiters = self._waiters
        if waiters:
            _cost.charge("threading.condition.notify")
        while waiters and n > 0:
            waiter = waiters[0]
            try:
                waiter.release()
            except RuntimeError:
                # Its owner gave up by timeout and has not yet left the queue: it does not count.
                pass
            else:
                n -= 1
            try:
                waiters.remove(waiter)
            except ValueError:
                pass

    def notify_all(self):
        self.notify(len(self._waiters))

    notifyAll = notify_all


class Semaphore:
    """A counter that cannot go below zero (S-THR-06)."""

    def __init__(self, value=1):
        if value < 0:
            raise ValueError("semaphore initial value must be >= 0")
        self._cond = Condition(_allocate_lock())
        self._cond._purpose = "semaphore"
        self._value = value

    def __repr__(self):
        return f"{_address(self)}: value={self._value}>"

    def acquire(self, blocking=True, timeout=None):
        if not blocking and timeout is not None:
            raise ValueError("can't specify timeout for non-blocking acquire")
        _cost.charge("threading.semaphore")
        rc = False
        end = None
        with self._cond:
            while self._value == 0:
                if not blocking:
                    break
                if timeout is not None:
                    if end is None:
                        end = _time() + timeout
                    else:
                        timeout = end - _time()
                        if timeout <= 0:
                            break
                self._cond.wait(timeout)
            else:
                self._value -= 1
                rc = True
        return rc

    __enter__ = acquire

    def release(self, n=1):
        if n < 1:
            raise ValueError("n must be one or more")
        _cost.charge("threading.semaphore")
        with self._cond:
            self._value += n
            self._notify(n)

    def _notify(self, n):
        if _VERSION < (3, 12):
            for _ in range(n):
                self._cond.notify()
        else:
            self._cond.notify(n)

    def __exit__(self, t, v, tb):
        self.release()


class BoundedSemaphore(Semaphore):
    """A semaphore that refuses to be released more often than it was acquired."""

    def __init__(self, value=1):
        super().__init__(value)
        self._initial_value = value

    def __repr__(self):
        return f"{_address(self)}: value={self._value}/{self._initial_value}>"

    def release(self, n=1):
        if n < 1:
            raise ValueError("n must be one or more")
        _cost.charge("threading.semaphore")
        with self._cond:
            if self._value + n > self._initial_value:
                raise ValueError("Semaphore released too many times")
            self._value += n
            self._notify(n)


class Event:
    """A flag to wait for (S-THR-07)."""

    def __init__(self):
        self._cond = Condition(_allocate_lock())
        self._cond._purpose = "event"
        self._flag = False

    def __repr__(self):
        return f"{_address(self)}: {'set' if self._flag else 'unset'}>"

    def is_set(self):
        return self._flag

    isSet = is_set

    def set(self):
        with self._cond:
            self._flag = True
            self._cond.notify_all()

    def clear(self):
        with self._cond:
            self._flag = False

    def wait(self, timeout=None):
        with self._cond:
            signaled = self._flag
            if not signaled:
                signaled = self._cond.wait(timeout)
            return signaled


class BrokenBarrierError(RuntimeError):
    pass


class Barrier:
    """Threads meet here; the state is 0 filling, 1 draining, -1 resetting, -2 broken (S-THR-08)."""

    def __init__(self, parties, action=None, timeout=None):
        if _VERSION >= (3, 13) and parties < 1:
            raise ValueError("parties must be > 0")
        self._cond = Condition(_allocate_lock())
        self._cond._purpose = "barrier"
        self._action = action
        self._timeout = timeout
        self._parties = parties
        self._state = 0
        self._count = 0

    def __repr__(self):
        if self.broken:
            return f"{_address(self)}: broken>"
        return f"{_address(self)}: waiters={self.n_waiting}/{self.parties}>"

    def wait(self, timeout=None):
        if timeout is None:
            timeout = self._timeout
        with self._cond:
            while self._state in (-1, 1):
                self._cond.wait()
            if self._state < 0:
                raise BrokenBarrierError
            index = self._count
            self._count += 1
            try:
                if index + 1 == self._parties:
                    self._release()
                else:
                    self._wait(timeout)
                return index
            finally:
                self._count -= 1
                self._exit()

    def _release(self):
        try:
            if self._action:
                self._action()
            self._state = 1
            self._cond.notify_all()
        except:
            self._break()
            raise

    def _wait(self, timeout):
        if not self._cond.wait_for(lambda: self._state != 0, timeout):
            self._break()
            raise BrokenBarrierError
        if self._state < 0:
            raise BrokenBarrierError
        assert self._state == 1

    def _exit(self):
        if self._count == 0 and self._state in (-1, 1):
            self._state = 0
            self._cond.notify_all()

    def _break(self):
        self._state = -2
        self._cond.notify_all()

    def reset(self):
        with self._cond:
            if self._count > 0:
                if self._state in (0, -2):
                    self._state = -1
            else:
                self._state = 0
            self._cond.notify_all()

    def abort(self):
        with self._cond:
            self._break()

    @property
    def parties(self):
        return self._parties

    @property
    def n_waiting(self):
        return self._count if self._state == 0 else 0

    @property
    def broken(self):
        return self._state == -2


if _VERSION < (3, 11):
    # Only later versions describe their states.
    del Semaphore.__repr__, BoundedSemaphore.__repr__, Event.__repr__, Barrier.__repr__


# --- threads -------------------------------------------------------------------------------------

_active_limbo_lock = RLock()
_active = {}
_limbo = {}
_counter = 0
_threading_atexits = []
_SHUTTING_DOWN = False


def _newname(template):
    global _counter
    _counter += 1
    return template % _counter


class Thread:
    """A thread of the operating system and what it is to run (S-THR-09)."""

    _initialized = False
    _is_given_up = False

    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None, context=None):
        assert group is None, "group argument must be None for now"
        if kwargs is None:
            kwargs = {}
        if name:
            name = str(name)
        else:
            name = _newname("Thread-%d")
            if target is not None and _VERSION >= (3, 10):
                try:
                    name += f" ({target.__name__})"
                except AttributeError:
                    pass
        self._target = target
        self._name = name
        self._args = args
        self._kwargs = kwargs
        self._context = context
        self._daemonic = daemon if daemon is not None else current_thread().daemon
        self._ident = None
        self._native_id = None
        self._started = Event()
        self._started._cond._purpose = "start"
        self._is_stopped = False
        # Held from start to end, and released as the last thing the thread does: what `join` waits for.
        self._done_lock = None
        self._stderr = sys.stderr
        self._invoke_excepthook = invoke_excepthook
        self._initialized = True

    def __repr__(self):
        assert self._initialized, "Thread.__init__() was not called"
        status = "initial"
        if self._started.is_set():
            status = "started"
        if self._stopped():
            status = "stopped"
        if self._daemonic:
            status += " daemon"
        if self._ident is not None:
            status += f" {self._ident}"
        return f"<{self.__class__.__name__}({self._name}, {status})>"

    def start(self):
        if not self._initialized:
            raise RuntimeError("thread.__init__() not called")
        if self._started.is_set():
            raise RuntimeError("threads can only be started once")
        with _active_limbo_lock:
            _limbo[self] = self
        if _VERSION >= (3, 14) and self._context is None and getattr(sys.flags, "thread_inherit_context", 0):
            import contextvars

            self._context = contextvars.copy_context()
        self._done_lock = _allocate_lock()
        self._done_lock.acquire()
        _thread._stands_for(self._done_lock, "join")
        try:
            _thread.start_new_thread(self._bootstrap, ())
        except Exception:
            with _active_limbo_lock:
                del _limbo[self]
            raise
        self._started.wait()

    def run(self):
        try:
            if self._target is not None:
                self._target(*self._args, **self._kwargs)
        finally:
            # A thread that keeps its own object in its arguments would else live for ever.
            del self._target, self._args, self._kwargs

    @_frameless
    def _bootstrap(self):
        _thread._name_thread(self._name)
        self._bootstrap_inner()

    def _bootstrap_inner(self):
        try:
            self._ident = get_ident()
            self._native_id = get_native_id()
            _thread._stands_for(self._done_lock, "join", self._ident)
            self._started.set()
            with _active_limbo_lock:
                _active[self._ident] = self
                del _limbo[self]
            try:
                if self._context is None:
                    self.run()
                else:
                    self._context.run(self.run)
            except:
                self._invoke_excepthook(self)
        finally:
            self._is_stopped = True
            with _active_limbo_lock:
                _active.pop(get_ident(), None)
            self._done_lock.release()

    def _stopped(self):
        return self._is_stopped

    def join(self, timeout=None):
        if not self._initialized:
            raise RuntimeError("Thread.__init__() not called")
        if not self._started.is_set():
            raise RuntimeError("cannot join thread before it is started")
        if self is current_thread():
            raise RuntimeError("cannot join current thread")
        if self._is_given_up:
            return
        lock = self._done_lock
        try:
            if timeout is None:
                got = lock.acquire()
            else:
                got = lock.acquire(True, max(timeout, 0)) if timeout > 0 else lock.acquire(False)
        except BaseException:
            if (3, 9) <= sys.version_info < (3, 13):
                # A join that a signal's handler ends takes the thread for stopped (CPython's issue 89437).
                self._is_stopped = self._is_given_up = True
            raise
        if got:
            lock.release()

    def is_alive(self):
        assert self._initialized, "Thread.__init__() not called"
        return self._started.is_set() and not self._is_stopped

    @property
    def name(self):
        assert self._initialized, "Thread.__init__() not called"
        return self._name

    @name.setter
    def name(self, name):
        assert self._initialized, "Thread.__init__() not called"
        self._name = str(name)
        if self._ident == get_ident():
            _thread._name_thread(self._name)

    @property
    def ident(self):
        assert self._initialized, "Thread.__init__() not called"
        return self._ident

    @property
    def native_id(self):
        assert self._initialized, "Thread.__init__() not called"
        return self._native_id

    @property
    def daemon(self):
        assert self._initialized, "Thread.__init__() not called"
        return self._daemonic

    @daemon.setter
    def daemon(self, daemonic):
        if not self._initialized:
            raise RuntimeError("Thread.__init__() not called")
        if self._started.is_set():
            raise RuntimeError("cannot set daemon status of active thread")
        self._daemonic = daemonic

    def isDaemon(self):
        return self.daemon

    def setDaemon(self, daemonic):
        self.daemon = daemonic

    def getName(self):
        return self.name

    def setName(self, name):
        self.name = name


class _ExceptHookArgs(tuple):
    """What `threading.excepthook` is called with."""

    exc_type = property(lambda self: self[0])
    exc_value = property(lambda self: self[1])
    exc_traceback = property(lambda self: self[2])
    thread = property(lambda self: self[3])

    def __repr__(self):
        names = ("exc_type", "exc_value", "exc_traceback", "thread")
        return "_thread._ExceptHookArgs(" + ", ".join(f"{n}={v!r}" for n, v in zip(names, self)) + ")"


ExceptHookArgs = _ExceptHookArgs


def excepthook(args, /):
    if args[0] is SystemExit:
        return
    thread = args[3]
    stderr = sys.stderr
    if stderr is None:
        stderr = thread._stderr if thread is not None else None
        if stderr is None:
            return
    import _traceback

    name = thread.name if thread is not None else get_ident()
    stderr.write(f"Exception in thread {name}:\n" + "".join(_traceback.format(args[1])))
    stderr.flush()


_usual_excepthook = excepthook
if _VERSION >= (3, 10):
    __excepthook__ = excepthook


def invoke_excepthook(thread):
    hook = excepthook
    if hook is None:
        hook = _usual_excepthook
    kind, value, tb = sys.exc_info()
    try:
        hook(_ExceptHookArgs((kind, value, tb, thread)))
    except BaseException as error:
        # The exception that the hook was called for is not worth mentioning.
        error.__suppress_context__ = True
        if sys.stderr is not None:
            sys.stderr.write("Exception in threading.excepthook:\n")
        sys.excepthook(type(error), error, error.__traceback__)


class Timer(Thread):
    """Calls a function after a while, unless cancelled before (S-THR-14)."""

    def __init__(self, interval, function, args=None, kwargs=None):
        Thread.__init__(self)
        self.interval = interval
        self.function = function
        self.args = args if args is not None else []
        self.kwargs = kwargs if kwargs is not None else {}
        self.finished = Event()

    def cancel(self):
        self.finished.set()

    def run(self):
        self.finished.wait(self.interval)
        if not self.finished.is_set():
            self.function(*self.args, **self.kwargs)
        self.finished.set()


class _MainThread(Thread):
    def __init__(self):
        Thread.__init__(self, name="MainThread", daemon=False)
        self._started._flag = True
        self._ident = get_ident()
        self._native_id = get_native_id()
        self._done_lock = _allocate_lock()
        self._done_lock.acquire()
        _active[self._ident] = self


class _DummyThread(Thread):
    """Stands for a thread that was not started by this module."""

    def __init__(self):
        Thread.__init__(self, name=_newname("Dummy-%d"), daemon=True)
        self._started._flag = True
        self._ident = get_ident()
        self._native_id = get_native_id()
        self._done_lock = _allocate_lock()
        self._done_lock.acquire()
        _active[self._ident] = self

    def is_alive(self):
        return True

    def join(self, timeout=None):
        raise RuntimeError("cannot join a dummy thread")


def current_thread():
    try:
        return _active[get_ident()]
    except KeyError:
        return _DummyThread()


currentThread = current_thread


def active_count():
    with _active_limbo_lock:
        return len(_active) + len(_limbo)


activeCount = active_count


def settrace(func):
    """`None`, which is what there is anyway, is taken; anything else would never be called."""
    if func is not None:
        raise NotImplementedError("threading.settrace() is not simulated: lines and calls are told to no function")


def setprofile(func):
    if func is not None:
        raise NotImplementedError("threading.setprofile() is not simulated: calls are told to no function")


def gettrace():
    return None


getprofile = gettrace


def enumerate():
    with _active_limbo_lock:
        return list(_active.values()) + list(_limbo.values())


def main_thread():
    return _main_thread


# --- data of one thread --------------------------------------------------------------------------

_MISSING = object()
_n_locals = 0


def _local_dict(self):
    thread_dict = _thread._thread_dict()
    key = object.__getattribute__(self, "_local_key")
    found = thread_dict.get(key)
    if found is None:
        found = thread_dict[key] = {}
        args, kwargs = object.__getattribute__(self, "_local_args")
        cls = type(self)
        if cls.__init__ is not object.__init__:
            cls.__init__(self, *args, **kwargs)
    return found


def _data_descriptor(cls, name):
    if cls is local:
        return None
    for base in cls.__mro__:
        if name in base.__dict__:
            found = base.__dict__[name]
            return found if hasattr(type(found), "__set__") else None
    return None


class local:
    """Attributes that every thread has its own of (S-THR-13)."""

    __slots__ = ("_local_key", "_local_args", "__dict__")

    def __new__(cls, /, *args, **kwargs):
        global _n_locals
        if (args or kwargs) and cls.__init__ is object.__init__:
            raise TypeError("Initialization arguments are not supported")
        self = object.__new__(cls)
        _n_locals += 1
        object.__setattr__(self, "_local_key", _n_locals)
        object.__setattr__(self, "_local_args", (args, kwargs))
        # The creating thread gets its dictionary now: `__init__` is about to be called for it.
        _thread._thread_dict()[_n_locals] = {}
        return self

    def __getattribute__(self, name):
        values = _local_dict(self)
        if name == "__dict__":
            return values
        found = values.get(name, _MISSING)
        if found is not _MISSING and _data_descriptor(type(self), name) is None:
            return found
        try:
            return object.__getattribute__(self, name)
        except AttributeError:
            cls = type(self)
            shown = "_thread._local" if cls is local else cls.__name__
            if name in cls.__dict__:
                raise
        raise AttributeError(f"{shown!r} object has no attribute {name!r}", name=name, obj=self)

    def __setattr__(self, name, value):
        if name == "__dict__":
            raise AttributeError(f"{type(self).__name__!r} object attribute '__dict__' is read-only")
        values = _local_dict(self)
        found = _data_descriptor(type(self), name)
        if found is not None:
            found.__set__(self, value)
        else:
            values[name] = value

    def __delattr__(self, name):
        if name == "__dict__":
            raise AttributeError(f"{type(self).__name__!r} object attribute '__dict__' is read-only")
        values = _local_dict(self)
        if name not in values:
            shown = "_thread._local" if type(self) is local else type(self).__name__
            raise AttributeError(f"{shown!r} object has no attribute {name!r}")
        del values[name]


def _after_fork():
    """In a forked child: the calling thread is the only one, and the main one (S-MP-03)."""
    global _active_limbo_lock, _main_thread
    _active_limbo_lock = RLock()
    current = _active.get(get_ident())
    if current is None:
        current = _MainThread()
    for thread in list(_active.values()) + list(_limbo):
        if thread is not current and thread is not None:
            thread._is_stopped = True
            thread._done_lock = _allocate_lock()
    _limbo.clear()
    _active.clear()
    _active[get_ident()] = current
    _main_thread = current


local.__module__, local.__name__, local.__qualname__ = "_thread", "_local", "_local"


# --- end of the process --------------------------------------------------------------------------


def _register_atexit(func, *arg, **kwargs):
    if _SHUTTING_DOWN:
        raise RuntimeError("can't register atexit after shutdown")
    _threading_atexits.append((func, arg, kwargs))


def _shutdown():
    """Called by the machine when the main module has ended: hooks in reverse, then joins (S-GIL-21)."""
    global _SHUTTING_DOWN
    if _SHUTTING_DOWN:
        return
    _SHUTTING_DOWN = True
    _main_thread._is_stopped = True
    _main_thread._done_lock.release()
    for func, args, kwargs in reversed(_threading_atexits):
        func(*args, **kwargs)
    while True:
        waiting = [t for t in enumerate() if not t.daemon and t is not _main_thread and t.is_alive()]
        if not waiting:
            return
        for thread in waiting:
            lock = thread._done_lock
            lock.acquire()
            lock.release()


from _collections import deque as _deque

_main_thread = _MainThread()
