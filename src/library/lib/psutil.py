"""What the simulated machine can say of its cores and processes."""
import os
import time

import _sys

__version__ = "7.1.3"
_START = time.time()
# Memory is not simulated: these are what a small machine and a small interpreter have.
_MEMORY = 8 << 30
_RESIDENT = 12 << 20


class Error(Exception):
    pass


class NoSuchProcess(Error):
    def __init__(self, pid, name=None, msg=None):
        super().__init__(f"process no longer exists (pid={pid})" if msg is None else msg)
        self.pid, self.name = pid, name


class AccessDenied(Error):
    pass


class TimeoutExpired(Error):
    pass


class ZombieProcess(NoSuchProcess):
    pass


def _record(name, fields):
    from collections import namedtuple

    return namedtuple(name, fields)


def cpu_count(logical=True):
    return _sys.cpu_count()


def cpu_times(percpu=False):
    kind = _record("scputimes", "user nice system idle")
    spent = time.process_time()
    return kind(spent, 0.0, 0.0, max(0.0, (time.time() - _START) * _sys.cpu_count() - spent))


_last = {}


def _percent(key, interval, cores):
    """Time on cores in proportion to time that passed since the last question, or in the interval."""
    if interval is not None and interval < 0:
        raise ValueError(f"interval is not positive (got {interval})")
    if interval:
        before = time.monotonic(), time.process_time()
        time.sleep(interval)
    else:
        before = _last.get(key)
    now = time.monotonic(), time.process_time()
    _last[key] = now
    if before is None or now[0] <= before[0]:
        return 0.0
    return round((now[1] - before[1]) / (now[0] - before[0]) * 100 / cores, 1)


def cpu_percent(interval=None, percpu=False):
    total = _percent("machine", interval, _sys.cpu_count())
    return [total] * _sys.cpu_count() if percpu else total


def cpu_freq(percpu=False):
    return None


def virtual_memory():
    kind = _record("svmem", "total available percent used free")
    used = 1 << 30
    return kind(_MEMORY, _MEMORY - used, round(used / _MEMORY * 100, 1), used, _MEMORY - used)


def swap_memory():
    return _record("sswap", "total used free percent")(0, 0, 0, 0.0)


def boot_time():
    return _START


def pids():
    return [os.getpid()]


def pid_exists(pid):
    import _process

    return pid == os.getpid() or _process.status(pid) is None and pid > 0


class Process:
    """This process; others are known by their number alone."""

    def __init__(self, pid=None):
        self.pid = os.getpid() if pid is None else pid
        self._is_own = self.pid == os.getpid()

    def __repr__(self):
        return f"psutil.Process(pid={self.pid}, name={self.name()!r}, status='running')"

    def __eq__(self, other):
        return isinstance(other, Process) and self.pid == other.pid

    def __hash__(self):
        return hash(self.pid)

    def _own(self, what):
        if not self._is_own:
            raise NotImplementedError(f"psutil: {what} of another process is not simulated: ask inside that process")

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        pass

    def oneshot(self):
        return self

    def name(self):
        return "python3"

    def exe(self):
        import sys

        return sys.executable

    def cmdline(self):
        import sys

        self._own("the command line")
        return [sys.executable, *sys.argv]

    def cwd(self):
        self._own("the folder")
        return os.getcwd()

    def ppid(self):
        self._own("the parent")
        return os.getppid()

    def status(self):
        return "running"

    def create_time(self):
        return _START

    def is_running(self):
        return pid_exists(self.pid)

    def num_threads(self):
        import threading

        self._own("the number of threads")
        return threading.active_count()

    def threads(self):
        import threading

        self._own("the threads")
        kind = _record("pthread", "id user_time system_time")
        return [kind(thread.native_id, 0.0, 0.0) for thread in threading.enumerate()]

    def cpu_times(self):
        self._own("the time on cores")
        kind = _record("pcputimes", "user system children_user children_system iowait")
        return kind(time.process_time(), 0.0, 0.0, 0.0, 0.0)

    def cpu_percent(self, interval=None):
        self._own("the time on cores")
        return _percent(self.pid, interval, 1)

    def cpu_affinity(self, cpus=None):
        if cpus is not None:
            raise NotImplementedError("psutil: cores cannot be chosen in the simulation: set how many the machine has")
        return list(range(_sys.cpu_count()))

    def nice(self, value=None):
        return 0

    def memory_info(self):
        kind = _record("pmem", "rss vms shared text lib data dirty")
        return kind(_RESIDENT, 2 * _RESIDENT, _RESIDENT // 2, 0, 0, _RESIDENT, 0)

    memory_full_info = memory_info

    def memory_percent(self, memtype="rss"):
        return _RESIDENT / _MEMORY * 100

    def children(self, recursive=False):
        import sys

        self._own("the children")
        multiprocessing = sys.modules.get("multiprocessing.process")
        return [Process(child.pid) for child in (multiprocessing.active_children() if multiprocessing else ())]

    def terminate(self):
        os.kill(self.pid, 15)

    def kill(self):
        os.kill(self.pid, 9)

    def wait(self, timeout=None):
        raise NotImplementedError("psutil.Process.wait() is not simulated: join the process that started it")


def process_iter(attrs=None, ad_value=None):
    yield Process()
