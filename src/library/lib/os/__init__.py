"""The process and its surroundings. There is no file system, and no other program to start."""
import sys

import _process
import _sys
from os import path

name = "posix"
sep = "/"
altsep = None
extsep = "."
pathsep = ":"
linesep = "\n"
curdir = "."
pardir = ".."
devnull = "/dev/null"

error = OSError
O_RDONLY, O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND, O_NONBLOCK = 0, 1, 2, 64, 512, 1024, 2048

_VERSION = sys.version_info[:2]


class _Environ(dict):
    """The variables of the process, all text."""

    def __setitem__(self, key, value):
        for what in (key, value):
            if not isinstance(what, str):
                raise TypeError(f"str expected, not {type(what).__name__}")
        dict.__setitem__(self, key, value)

    def __repr__(self):
        return f"environ({dict.__repr__(self)})"


environ = _Environ(_sys.environ())


def getenv(key, default=None):
    return environ.get(key, default)


def putenv(key, value):
    environ[key] = value


def unsetenv(key):
    environ.pop(key, None)


def cpu_count():
    """The number of cores of the simulated machine."""
    return _sys.cpu_count()


if _VERSION >= (3, 13):

    def process_cpu_count():
        return _sys.cpu_count()


def sched_getaffinity(pid, /):
    return set(range(_sys.cpu_count()))


def getloadavg():
    raise OSError("Load averages are unobtainable")


def getpid():
    return _sys.process_id()


def getppid():
    return 1


def getcwd():
    return "/"


def getuid():
    return 1000


getgid = geteuid = getegid = getuid


def getlogin():
    return "user"


def urandom(size, /):
    """Bytes of the run's own stream: the same in every run with the same seed."""
    import _random

    return _random.Random().getrandbits(8 * size).to_bytes(size, "little")


def _exit(status):
    _sys.exit_process(status)


def fspath(path):
    if isinstance(path, (str, bytes)):
        return path
    convert = getattr(type(path), "__fspath__", None)
    if convert is None:
        raise TypeError(f"expected str, bytes or os.PathLike object, not {type(path).__name__}")
    return convert(path)


def fsencode(filename):
    filename = fspath(filename)
    return filename.encode() if isinstance(filename, str) else filename


def fsdecode(filename):
    filename = fspath(filename)
    return filename.decode() if isinstance(filename, bytes) else filename


def strerror(code):
    import errno

    return errno._TEXTS.get(code, f"Unknown error {code}")


def kill(pid, sig):
    import signal

    if pid == getpid():
        signal.raise_signal(sig)
    elif sig == 0:
        if _process.status(pid) is not None:
            raise ProcessLookupError(3, "No such process")
    elif not _process.kill(pid, int(sig)):
        raise ProcessLookupError(3, "No such process")


_fork_hooks = {"before": [], "after_in_child": [], "after_in_parent": []}


def register_at_fork(*, before=None, after_in_child=None, after_in_parent=None):
    given = {"before": before, "after_in_child": after_in_child, "after_in_parent": after_in_parent}
    if all(hook is None for hook in given.values()):
        raise TypeError("At least one argument is required.")
    for name, hook in given.items():
        if hook is not None:
            _fork_hooks[name].append(hook)


def _after_fork_in_child():
    for hook in _fork_hooks["after_in_child"]:
        hook()


def fork():
    raise NotImplementedError(
        "os.fork() is not simulated: one call would have to return twice; use multiprocessing.Process with the "
        "start method 'fork'"
    )


class terminal_size(tuple):
    columns = property(lambda self: self[0])
    lines = property(lambda self: self[1])

    def __repr__(self):
        return f"os.terminal_size(columns={self[0]}, lines={self[1]})"


def get_terminal_size(fd=1):
    return terminal_size((80, 24))


class uname_result(tuple):
    sysname = property(lambda self: self[0])
    nodename = property(lambda self: self[1])
    release = property(lambda self: self[2])
    version = property(lambda self: self[3])
    machine = property(lambda self: self[4])


def uname():
    return uname_result(("Linux", "localhost", "6.1.0", "#1", "x86_64"))


class PathLike:
    """Something with a path."""

    def __class_getitem__(cls, item):
        return cls
