"""The process, its surroundings, and the files of the machine."""
import sys

import _disk
import _process
import _signal
import _sys
from os import path
from os import path as _path

__frameless__ = (
    "putenv", "unsetenv", "cpu_count", "sched_getaffinity", "getloadavg", "getpid", "getppid", "getcwd",
    "getcwdb", "chdir", "getuid", "getlogin", "urandom", "_exit", "fspath", "strerror", "kill",
    "register_at_fork", "fork", "terminal_size", "get_terminal_size", "uname", "_asked", "_absolute", "stat",
    "fstat", "listdir", "DirEntry", "_Scan", "scandir", "mkdir", "rmdir", "remove", "rename", "truncate",
    "access", "chmod", "utime", "fsync", "system", "pipe", "_opened", "open", "read", "write", "close", "lseek",
    "ftruncate", "isatty", "set_blocking", "get_blocking", "get_inheritable", "set_inheritable", "WIFEXITED",
    "WEXITSTATUS", "WIFSIGNALED", "WTERMSIG", "WIFSTOPPED", "waitstatus_to_exitcode", "abort", "nice", "getpgrp",
    "getpgid", "getsid", "waitpid", "wait", "wait3", "wait4", "_write", "_close", "closerange", "dup", "dup2",
    "sched_yield", "sched_setaffinity", "getrandom", "link", "readlink",
)  # fmt: skip

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
O_RDONLY, O_WRONLY, O_RDWR, O_CREAT, O_EXCL, O_TRUNC, O_APPEND, O_NONBLOCK = 0, 1, 2, 64, 128, 512, 1024, 2048
O_SYNC, O_DSYNC, O_CLOEXEC, O_DIRECTORY, O_NOFOLLOW = 1052672, 4096, 524288, 65536, 131072

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
    return _sys.parent_process_id()


_cwd = "/home/user"


def getcwd():
    return _cwd


def getcwdb():
    return _cwd.encode()


def chdir(path):
    global _cwd
    target = _absolute(path)
    if not stat(path).st_mode & 0o040000:
        raise NotADirectoryError(20, "Not a directory", path)
    _cwd = target


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


def kill(pid, sig, /):
    from signal import _sendable

    _sendable(sig)
    if not _signal.send(pid, sig):
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
    """Only the calling thread exists in the child, and no loop runs there (S-MP-03)."""
    modules = sys.modules
    if "threading" in modules:
        modules["threading"]._after_fork()
    if "asyncio.events" in modules:
        modules["asyncio.events"]._on_fork()
    if "random" in modules:
        modules["random"]._inst.seed()
    for hook in _fork_hooks["after_in_child"]:
        hook()


def fork():
    """The child goes on where its parent is, with a copy of everything but the other threads (S-MP-03)."""
    import _cost

    for hook in reversed(_fork_hooks["before"]):
        hook()
    threading = sys.modules.get("threading")
    n_threads = threading.active_count() if threading is not None else 1
    _cost.charge("multiprocessing.fork")
    pid = _process.duplicate("fork")
    if pid == 0:
        _cost.charge("multiprocessing.fork_child")
        _after_fork_in_child()
        return 0
    for hook in _fork_hooks["after_in_parent"]:
        hook()
    if n_threads > 1 and _VERSION >= (3, 12):
        import warnings

        warnings.warn(
            f"This process (pid={getpid()}) is multi-threaded, use of fork() may lead to deadlocks in the child.",
            DeprecationWarning,
            stacklevel=1,
        )
    return pid


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


# --- files ---


def _absolute(path):
    return _path.abspath(fsdecode(path))


def _asked(answer, *names):
    """The answer of the disk, unless it is the number of an error."""
    if isinstance(answer, int) and answer < 0:
        from _files import fail

        fail(answer, *names)
    return answer


class stat_result:
    """What is at a path."""

    def __init__(self, number, is_folder, size, changed):
        import time

        self.st_ino = number + 1
        self.st_mode = 0o040755 if is_folder else 0o100644
        self.st_size = size
        self.st_nlink = 2 if is_folder else 1
        self.st_dev = 1
        self.st_uid = self.st_gid = 1000
        # The disk knows the run's clock; programs see the calendar's.
        start = time.time_ns() - time.perf_counter_ns()
        self.st_mtime_ns = self.st_atime_ns = self.st_ctime_ns = start + changed
        self.st_mtime = self.st_atime = self.st_ctime = self.st_mtime_ns / 1e9
        self.st_blksize = 4096
        self.st_blocks = (size + 511) // 512
        self.st_rdev = 0

    def _values(self):
        times = (int(self.st_atime), int(self.st_mtime), int(self.st_ctime))
        return (self.st_mode, self.st_ino, self.st_dev, self.st_nlink, self.st_uid, self.st_gid, self.st_size, *times)

    def __getitem__(self, index):
        return self._values()[index]

    def __iter__(self):
        return iter(self._values())

    def __len__(self):
        return 10

    def __repr__(self):
        return (
            f"os.stat_result(st_mode={self.st_mode}, st_ino={self.st_ino}, st_dev={self.st_dev}, "
            f"st_nlink={self.st_nlink}, st_uid={self.st_uid}, st_gid={self.st_gid}, st_size={self.st_size}, "
            f"st_atime={int(self.st_atime)}, st_mtime={int(self.st_mtime)}, st_ctime={int(self.st_ctime)})"
        )


def stat(path, *, dir_fd=None, follow_symlinks=True):
    if isinstance(path, int):
        return fstat(path)
    return stat_result(*_asked(_disk.stat(_absolute(path)), path))


lstat = stat


def fstat(fd):
    from _files import _open_files

    if fd not in _open_files:
        raise OSError(9, "Bad file descriptor")
    return stat_result(*_disk.stat_of(_open_files[fd]._file))


def listdir(path="."):
    return _asked(_disk.list(_absolute(path)), path)


class DirEntry:
    """One name in a folder."""

    def __init__(self, folder, name):
        self.name = name
        self.path = _path.join(fspath(folder), name)

    def is_file(self, *, follow_symlinks=True):
        return _path.isfile(self.path)

    def is_dir(self, *, follow_symlinks=True):
        return _path.isdir(self.path)

    def is_symlink(self):
        return False

    def stat(self, *, follow_symlinks=True):
        return stat(self.path)

    def inode(self):
        return self.stat().st_ino

    def __fspath__(self):
        return self.path

    def __repr__(self):
        return f"<DirEntry {self.name!r}>"


class _Scan:
    """What `scandir` gives: an iterator that is a context manager."""

    def __init__(self, entries):
        self._entries = iter(entries)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._entries)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()

    def close(self):
        self._entries = iter(())


def scandir(path="."):
    return _Scan([DirEntry(path, name) for name in listdir(path)])


def mkdir(path, mode=0o777, *, dir_fd=None):
    _asked(_disk.make_folder(_absolute(path)), path)


def makedirs(name, mode=0o777, exist_ok=False):
    head, tail = _path.split(name)
    if not tail:
        head, tail = _path.split(head)
    if head and tail and not _path.exists(head):
        try:
            makedirs(head, exist_ok=exist_ok)
        except FileExistsError:
            pass
    try:
        mkdir(name, mode)
    except OSError:
        if not exist_ok or not _path.isdir(name):
            raise


def rmdir(path, *, dir_fd=None):
    _asked(_disk.remove_folder(_absolute(path)), path)


def removedirs(name):
    rmdir(name)
    head = _path.dirname(name)
    while head:
        try:
            rmdir(head)
        except OSError:
            break
        head = _path.dirname(head)


def remove(path, *, dir_fd=None):
    _asked(_disk.remove(_absolute(path)), path)


unlink = remove


def rename(src, dst, *, src_dir_fd=None, dst_dir_fd=None):
    _asked(_disk.rename(_absolute(src), _absolute(dst)), src, dst)


replace = rename


def renames(old, new):
    head = _path.dirname(new)
    if head and not _path.exists(head):
        makedirs(head)
    rename(old, new)


def truncate(path, length):
    with io_open(path, "r+b") as file:
        file.truncate(length)


def io_open(*args):
    import io

    return io.open(*args)


def access(path, mode, **options):
    return _path.exists(path)


F_OK, X_OK, W_OK, R_OK = 0, 1, 2, 4


def chmod(path, mode, **options):
    stat(path)


def utime(path, times=None, **options):
    stat(path)


def fsync(fd):
    fstat(fd if isinstance(fd, int) else fd.fileno())


fdatasync = fsync


def walk(top, topdown=True, onerror=None, followlinks=False):
    top = fspath(top)
    try:
        names = listdir(top)
    except OSError as error:
        if onerror is not None:
            onerror(error)
        return
    folders = [name for name in names if _path.isdir(_path.join(top, name))]
    files = [name for name in names if name not in folders]
    if topdown:
        yield top, folders, files
    for name in folders:
        yield from walk(_path.join(top, name), topdown, onerror, followlinks)
    if not topdown:
        yield top, folders, files


def system(command):
    """The status as `wait` gives it: the exit status above the signal's number."""
    import subprocess

    status = subprocess.call(command, shell=True)
    return status << 8 if status >= 0 else -status


class _Command:
    """The file that `popen` returns; closing it waits for the command."""

    def __init__(self, stream, process):
        self._stream = stream
        self._process = process

    def close(self):
        self._stream.close()
        status = self._process.wait()
        return None if status == 0 else status << 8 if status > 0 else status

    def __getattr__(self, name):
        return getattr(self._stream, name)

    def __iter__(self):
        return iter(self._stream)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()


def popen(cmd, mode="r", buffering=-1):
    import subprocess

    if not isinstance(cmd, str):
        raise TypeError(f"invalid cmd type ({type(cmd)}, expected string)")
    if mode not in ("r", "w"):
        raise ValueError(f"invalid mode {mode!r}")
    if mode == "r":
        process = subprocess.Popen(cmd, shell=True, text=True, stdout=subprocess.PIPE)
        return _Command(process.stdout, process)
    process = subprocess.Popen(cmd, shell=True, text=True, stdin=subprocess.PIPE)
    return _Command(process.stdin, process)


# --- files and pipes by their numbers ---

SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
# The ends of pipes, which are sockets of the machine.
_pipe_ends = set()


def pipe():
    import _files
    import _socket

    while True:
        reader, writer = _socket.pair()
        if reader not in _files._open_files and writer not in _files._open_files:
            break
    _files._next_descriptor[0] = max(_files._next_descriptor[0], reader + 1, writer + 1)
    _pipe_ends.update((reader, writer))
    return reader, writer


def _opened(fd):
    from _files import _open_files

    if fd not in _open_files:
        raise OSError(9, "Bad file descriptor")
    return _open_files[fd]


# Files that were opened by number alone live as long as they are open.
_kept = {}


def open(path, flags, mode=0o777, *, dir_fd=None):
    from _files import FileIO

    kind = flags & 3
    if flags & O_CREAT and flags & O_EXCL:
        mode = "x"
    elif flags & O_TRUNC:
        if not flags & O_CREAT:
            stat(path)
        mode = "w"
    elif flags & O_APPEND:
        if not flags & O_CREAT:
            stat(path)
        mode = "a"
    elif kind == O_RDONLY:
        mode = "r"
    else:
        if flags & O_CREAT and not _path.exists(path):
            FileIO(path, "w").close()
        mode = "r+"
    if kind == O_RDWR and "+" not in mode:
        mode += "+"
    file = FileIO(path, mode)
    _kept[file.fileno()] = file
    return file.fileno()


def read(fd, length, /):
    fd = _real(fd)
    if fd in _pipe_ends:
        import _child

        return _child.receive(fd, length)
    if fd == 0:
        stdin = getattr(sys.__stdin__, "buffer", None)
        return b"" if stdin is None else stdin.read(length)
    return _opened(fd).read(length)


def write(fd, data, /):
    return _write(_real(fd), data)


def _write(fd, data):
    if fd in (1, 2):
        stream = sys.__stdout__ if fd == 1 else sys.__stderr__
        stream.flush()
        written = stream.buffer.write(data)
        stream.flush()
        return written
    if fd in _pipe_ends:
        import _child

        if not _child.send_all(fd, bytes(data)):
            raise BrokenPipeError(32, "Broken pipe")
        return len(data)
    return _opened(fd).write(data)


def close(fd):
    if not _has_copies or not _descriptors().close(fd):
        _close(fd)


def _close(fd):
    if fd in _pipe_ends:
        import _socket

        _pipe_ends.discard(fd)
        _socket.close(fd)
        return
    _opened(fd).close()
    _kept.pop(fd, None)


def closerange(fd_low, fd_high, /):
    for fd in range(fd_low, fd_high):
        try:
            close(fd)
        except OSError:
            pass


_has_copies = False


def _descriptors():
    import _descriptors

    return _descriptors


def _real(fd):
    return _descriptors().real(fd) if _has_copies else fd


def dup(fd, /):
    global _has_copies
    _has_copies = True
    return _descriptors().dup(fd)


def dup2(fd, fd2, inheritable=True):
    global _has_copies
    _has_copies = True
    return _descriptors().dup2(fd, fd2)


def lseek(fd, position, whence, /):
    return _opened(_real(fd)).seek(position, whence)


def ftruncate(fd, length):
    _opened(fd).truncate(length)


def isatty(fd, /):
    if fd not in (0, 1, 2) and fd not in _pipe_ends:
        _opened(fd)
    return False


def fdopen(fd, mode="r", buffering=-1, encoding=None, *args, **kwargs):
    import io

    fd = _real(fd)
    if fd in _pipe_ends:
        from subprocess import _AsItComes, _PipeEnd

        _pipe_ends.discard(fd)
        reads = "r" in mode
        file = (io.BufferedReader if reads else io.BufferedWriter)(_PipeEnd(fd, reads))
        return file if "b" in mode else io.TextIOWrapper(_AsItComes(file), encoding=encoding)
    _opened(fd)
    return io.open(fd, mode, buffering, encoding, *args, **kwargs)


def set_blocking(fd, blocking, /):
    """Readers of a number wait, as before; those that must not ask `select` first."""


def get_blocking(fd, /):
    return True


def get_inheritable(fd, /):
    return False


def set_inheritable(fd, inheritable, /):
    pass


# --- processes ---

WNOHANG, WUNTRACED, WCONTINUED = 1, 2, 8
EX_OK, EX_USAGE, EX_DATAERR, EX_NOINPUT, EX_NOUSER, EX_NOHOST, EX_UNAVAILABLE = 0, 64, 65, 66, 67, 68, 69
EX_SOFTWARE, EX_OSERR, EX_OSFILE, EX_CANTCREAT, EX_IOERR, EX_TEMPFAIL = 70, 71, 72, 73, 74, 75
EX_PROTOCOL, EX_NOPERM, EX_CONFIG = 76, 77, 78


def WIFEXITED(status):
    return status & 0x7F == 0


def WEXITSTATUS(status):
    return status >> 8 & 0xFF


def WIFSIGNALED(status):
    return 0 < status & 0x7F < 0x7F


def WTERMSIG(status):
    return status & 0x7F


def WIFSTOPPED(status):
    return False


def waitstatus_to_exitcode(status):
    return WEXITSTATUS(status) if WIFEXITED(status) else -WTERMSIG(status)


def waitpid(pid, options, /):
    # Groups are not told apart: every child is in its parent's.
    found = _process.wait(pid if pid > 0 else None, not options & WNOHANG)
    if found is None:
        raise ChildProcessError(10, "No child processes")
    pid, status = found
    return pid, (status & 0xFF) << 8 if status >= 0 else -status


def wait():
    return waitpid(-1, 0)


def wait4(pid, options):
    import resource

    return *waitpid(pid, options), resource.getrusage(resource.RUSAGE_CHILDREN)


def wait3(options):
    return wait4(-1, options)


P_WAIT, P_NOWAIT = 0, 1


def execvpe(file, args, env):
    from _exec import execute

    execute(file, args, env)


def execvp(file, args):
    execvpe(file, args, None)


# The names of commands are looked up in any case.
execv, execve = execvp, execvpe


def execlp(file, *args):
    execvpe(file, args, None)


def execlpe(file, *args):
    execvpe(file, args[:-1], args[-1])


execl, execle = execlp, execlpe


def spawnvp(mode, file, args):
    from _exec import spawn

    return spawn(mode, file, args)


def spawnlp(mode, file, *args):
    return spawnvp(mode, file, args)


spawnv, spawnl = spawnvp, spawnlp


def abort():
    _sys.exit_process(-6)


def nice(increment, /):
    return 0


def getpgrp():
    return getpid()


def getpgid(pid):
    return pid or getpid()


def getsid(pid, /):
    return pid or getpid()


def sched_yield():
    import time

    time.sleep(0)


def sched_setaffinity(pid, mask, /):
    raise NotImplementedError("cores cannot be chosen in the simulation: set how many the machine has")


def getrandom(size, flags=0):
    return urandom(size)


def get_exec_path(env=None):
    return (environ if env is None else env).get("PATH", "/bin:/usr/bin").split(":")


def link(src, dst, **options):
    raise OSError(95, "Operation not supported", src, None, dst)


symlink = link


def readlink(path, *, dir_fd=None):
    stat(path)
    raise OSError(22, "Invalid argument", path)


defpath = "/bin:/usr/bin"
supports_bytes_environ = False
supports_follow_symlinks = supports_fd = supports_dir_fd = supports_effective_ids = frozenset()
