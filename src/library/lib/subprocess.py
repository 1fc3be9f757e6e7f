"""Other processes: Python programs, and a few commands that need no host (`echo`, `sleep`, `cat`, `ls`, `true` …).

A child is a process of the simulated machine with an interpreter and a GIL of its own; pipes are pairs of sockets.
"""
import io
import os
import sys
import time

import _child
import _cost
import _process
import _select
import _signal
import _socket

__all__ = [
    "Popen", "PIPE", "STDOUT", "call", "check_call", "getstatusoutput", "getoutput", "check_output", "run",
    "CalledProcessError", "DEVNULL", "SubprocessError", "TimeoutExpired", "CompletedProcess",
]  # fmt: skip

PIPE, STDOUT, DEVNULL = -1, -2, -3


class SubprocessError(Exception):
    pass


class CalledProcessError(SubprocessError):
    """A process ended with a status that is not 0."""

    def __init__(self, returncode, cmd, output=None, stderr=None):
        self.returncode = returncode
        self.cmd = cmd
        self.output = output
        self.stderr = stderr

    def __str__(self):
        if self.returncode and self.returncode < 0:
            import signal

            try:
                return f"Command '{self.cmd}' died with {signal.Signals(-self.returncode)!r}."
            except ValueError:
                return f"Command '{self.cmd}' died with unknown signal {-self.returncode}."
        return f"Command '{self.cmd}' returned non-zero exit status {self.returncode}."

    @property
    def stdout(self):
        return self.output

    @stdout.setter
    def stdout(self, value):
        self.output = value


class TimeoutExpired(SubprocessError):
    """A process took longer than it might."""

    def __init__(self, cmd, timeout, output=None, stderr=None):
        self.cmd = cmd
        self.timeout = timeout
        self.output = output
        self.stderr = stderr

    def __str__(self):
        return f"Command '{self.cmd}' timed out after {self.timeout} seconds"

    @property
    def stdout(self):
        return self.output

    @stdout.setter
    def stdout(self, value):
        self.output = value


class CompletedProcess:
    """What is left of a process that has ended."""

    def __init__(self, args, returncode, stdout=None, stderr=None):
        self.args = args
        self.returncode = returncode
        self.stdout = stdout
        self.stderr = stderr

    def __repr__(self):
        parts = [f"args={self.args!r}", f"returncode={self.returncode!r}"]
        if self.stdout is not None:
            parts.append(f"stdout={self.stdout!r}")
        if self.stderr is not None:
            parts.append(f"stderr={self.stderr!r}")
        return f"{type(self).__name__}({', '.join(parts)})"

    def check_returncode(self):
        if self.returncode:
            raise CalledProcessError(self.returncode, self.args, self.stdout, self.stderr)


class _PipeEnd(io.RawIOBase):
    """The parent's end of a pipe."""

    def __init__(self, fd, reads):
        self._fd = fd
        self._reads = reads
        self.name = fd
        self.mode = "rb" if reads else "wb"
        self.closed = False

    def fileno(self):
        if self.closed:
            raise ValueError("I/O operation on closed file")
        return self._fd

    def readable(self):
        return self._reads

    def writable(self):
        return not self._reads

    def seekable(self):
        return False

    def isatty(self):
        return False

    def read(self, size=-1, /):
        if size is None or size < 0:
            parts = []
            while data := _child.receive(self._fd, 65536):
                parts.append(data)
            return b"".join(parts)
        return _child.receive(self._fd, size)

    readall = read

    def write(self, data, /):
        if not _child.send_all(self._fd, bytes(data)):
            raise BrokenPipeError(32, "Broken pipe")
        return len(data)

    def close(self):
        if not self.closed:
            self.closed = True
            _socket.close(self._fd)


class _AsItComes:
    """A buffered pipe under a text stream: a piece is what is there."""

    def __init__(self, buffered):
        self._buffered = buffered

    def read(self, size=-1, /):
        return self._buffered.read() if size is None or size < 0 else self._buffered.read1(size)

    def __getattr__(self, name):
        return getattr(self._buffered, name)


def _argv(args, shell):
    if shell:
        if not isinstance(args, (str, bytes)):
            args = args[0]
        return ["sh", "-c", os.fsdecode(args)]
    if isinstance(args, (str, bytes)) or hasattr(args, "__fspath__"):
        return [os.fsdecode(args)]
    return [os.fsdecode(arg) if not isinstance(arg, str) else arg for arg in args]


class Popen:
    """A child process."""

    def __init__(
        self,
        args,
        bufsize=-1,
        executable=None,
        stdin=None,
        stdout=None,
        stderr=None,
        preexec_fn=None,
        close_fds=True,
        shell=False,
        cwd=None,
        env=None,
        universal_newlines=None,
        startupinfo=None,
        creationflags=0,
        restore_signals=True,
        start_new_session=False,
        pass_fds=(),
        *,
        user=None,
        group=None,
        extra_groups=None,
        encoding=None,
        errors=None,
        text=None,
        umask=-1,
        pipesize=-1,
        process_group=None,
    ):
        if not isinstance(bufsize, int):
            raise TypeError("bufsize must be an integer")
        if preexec_fn is not None:
            raise NotImplementedError("subprocess: preexec_fn is not simulated: let the child do it at its start")
        self.args = args
        self.stdin = self.stdout = self.stderr = None
        self.pid = None
        self.returncode = None
        self.encoding = encoding
        self.errors = errors
        if text is not None and universal_newlines is not None and bool(universal_newlines) != bool(text):
            raise SubprocessError(
                "Cannot disambiguate when both text and universal_newlines are supplied but different. "
                "Pass one or the other."
            )
        self.text_mode = bool(encoding or errors or text or universal_newlines)
        argv = _argv(args, shell)
        if executable is not None:
            argv[0] = os.fsdecode(executable)
        given = self._program(argv)
        if cwd is not None:
            cwd = os.fspath(cwd)
            if not os.path.isdir(cwd):
                raise FileNotFoundError(2, "No such file or directory", cwd)
        given["cwd"] = os.path.abspath(cwd if cwd is not None else os.getcwd())
        given["env"] = {str(k): str(v) for k, v in (os.environ if env is None else env).items()}
        self._start(given, stdin, stdout, stderr, argv)

    def _program(self, argv):
        if _child.is_python(argv[0]):
            kind, code, child_argv, flags = _child.python_program(argv)
            return {"kind": kind, "code": code, "argv": child_argv, "flags": flags}
        if _child.command_name(argv[0]) is not None:
            return {"kind": "command", "code": None, "argv": argv, "flags": ""}
        error = FileNotFoundError(2, "No such file or directory", argv[0])
        error.add_note(
            "programs of a host are not simulated: start Python programs with sys.executable, "
            f"or one of {', '.join(_child.COMMANDS)}"
        )
        raise error

    def _start(self, given, stdin, stdout, stderr, argv):
        sentinel, child_sentinel = _socket.pair()
        self._sentinel = sentinel
        for_child = [child_sentinel]
        own = []
        fds = []
        for number, wanted in enumerate((stdin, stdout, stderr)):
            parent_end = None
            if wanted is None and os._has_copies:
                wanted = os._descriptors().led(number)
            if wanted is None:
                child_end = _child.INHERITED
                piped = getattr((None, sys.stdout, sys.stderr)[number], "_fd", None)
                if piped is not None:
                    # A child of a child writes where its parent does.
                    child_end = piped
                    if piped >= 0:
                        for_child.append(piped)
            elif wanted == PIPE:
                parent_end, child_end = _socket.pair()
                for_child.append(child_end)
            elif wanted == DEVNULL:
                child_end = _child.NOWHERE
            elif wanted == STDOUT and number == 2:
                child_end = fds[1]
            else:
                child_end = self._file_end(wanted, number, for_child)
            own.append(parent_end)
            fds.append(child_end)
        given["fds"] = tuple(fds)
        sys.stdout.flush()
        _cost.charge("subprocess.popen")
        program = argv[0].rpartition("/")[2]
        name = " ".join([program, *(a for a in argv[1:3] if "\n" not in a)])[:40]
        self.pid = _process.spawn("child", (repr(given),), name, list(dict.fromkeys(for_child)))
        _socket.close(child_sentinel)
        for end, wanted in zip(fds, (stdin, stdout, stderr)):
            if wanted == PIPE:
                _socket.close(end)
        if own[0] is not None:
            self.stdin = self._opened(own[0], False)
        if own[1] is not None:
            self.stdout = self._opened(own[1], True)
        if own[2] is not None:
            self.stderr = self._opened(own[2], True)

    def _file_end(self, wanted, number, for_child):
        """Where a file leads that the child is to have as a stream."""
        if wanted is sys.stdout or wanted is sys.stderr or wanted in (1, 2):
            stream = {1: sys.stdout, 2: sys.stderr}.get(wanted, wanted) if isinstance(wanted, int) else wanted
            piped = getattr(stream, "_fd", None)
            if piped is not None:
                if piped >= 0:
                    for_child.append(piped)
                return piped
            own = 2 if stream is sys.stderr else 1
            if own == number:
                return _child.INHERITED
        fd = wanted if isinstance(wanted, int) else wanted.fileno()
        if isinstance(wanted, io.IOBase) and isinstance(getattr(wanted, "raw", wanted), _PipeEnd):
            for_child.append(fd)
            return fd
        end = getattr(wanted, "buffer", wanted)
        end = getattr(end, "_buffered", end)
        if isinstance(getattr(end, "raw", None), _PipeEnd):
            for_child.append(fd)
            return fd
        if fd in os._pipe_ends:
            for_child.append(fd)
            return fd
        wanted = os._kept.get(fd, wanted)
        name = getattr(wanted, "name", None)
        if isinstance(wanted, io.IOBase) and isinstance(name, str):
            if number:
                wanted.flush()
            return os.path.abspath(name), wanted.tell()
        raise NotImplementedError(
            "subprocess: a child's streams are pipes, files, DEVNULL or those of its parent: "
            "use capture_output=True and write what came to the descriptor"
        )

    def _opened(self, fd, reads):
        raw = _PipeEnd(fd, reads)
        if not reads:
            buffered = io.BufferedWriter(raw)
        else:
            buffered = io.BufferedReader(raw)
        if not self.text_mode:
            return buffered
        return io.TextIOWrapper(
            _AsItComes(buffered), encoding=self.encoding, errors=self.errors, write_through=False, line_buffering=False
        )

    def __repr__(self):
        shown = f"<{type(self).__name__}: returncode: {self.returncode} args: {self.args!r}>"
        return shown if len(shown) <= 80 else shown[:76] + "...>"

    @property
    def universal_newlines(self):
        return self.text_mode

    @universal_newlines.setter
    def universal_newlines(self, value):
        self.text_mode = bool(value)

    def __enter__(self):
        return self

    def __exit__(self, exc_type, value, traceback):
        for stream in (self.stdout, self.stderr):
            if stream:
                stream.close()
        try:
            if self.stdin:
                self.stdin.close()
        finally:
            self.wait()

    def poll(self):
        if self.returncode is None:
            self.returncode = _process.status(self.pid)
            if self.returncode is not None:
                self._ended()
        return self.returncode

    def _ended(self):
        if self._sentinel is not None:
            _socket.close(self._sentinel)
            self._sentinel = None

    def wait(self, timeout=None):
        if self.returncode is None:
            if not _socket.wait(self._sentinel, False, timeout):
                raise TimeoutExpired(self.args, timeout)
            self.poll()
        return self.returncode

    def communicate(self, input=None, timeout=None):
        if input is not None and self.stdin is None:
            raise ValueError("Cannot send input after starting communication")
        deadline = None if timeout is None else time.monotonic() + timeout
        rest = b""
        if self.stdin is not None:
            if input:
                rest = input.encode(self.encoding or "utf-8", self.errors or "strict") if self.text_mode else bytes(input)
            try:
                self.stdin.flush()
            except BrokenPipeError:
                pass
        taken = self.__dict__.setdefault("_taken", {1: [], 2: []})
        open_ends = {}
        for number, stream in ((1, self.stdout), (2, self.stderr)):
            if stream is not None and not stream.closed:
                open_ends[stream.fileno()] = (number, stream)
        self._exchange(rest, open_ends, taken, deadline, timeout)
        left = None if deadline is None else max(0, deadline - time.monotonic())
        self.wait(left)
        return tuple(
            None if stream is None else self._text(b"".join(taken[number]))
            for number, stream in ((1, self.stdout), (2, self.stderr))
        )

    def _text(self, data):
        if not self.text_mode:
            return data
        text = data.decode(self.encoding or "utf-8", self.errors or "strict")
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def _exchange(self, rest, open_ends, taken, deadline, timeout):
        """Sends and receives, whichever is possible, until all ends are at their end."""
        poller = _select.new()
        writer = None
        try:
            if self.stdin is not None and not self.stdin.closed:
                if rest:
                    writer = self.stdin.fileno()
                    _select.set(poller, writer, 2)
                else:
                    self.stdin.close()
            for fd in open_ends:
                _select.set(poller, fd, 1)
            while open_ends or writer is not None:
                left = None if deadline is None else max(0, deadline - time.monotonic())
                ready = _select.wait(poller, left)
                if not ready and deadline is not None and time.monotonic() >= deadline:
                    raise TimeoutExpired(
                        self.args, timeout, b"".join(taken[1]) or None, b"".join(taken[2]) or None
                    )
                for fd, _ in ready:
                    if fd == writer:
                        try:
                            sent = _socket.send(fd, rest)
                        except OSError:
                            sent, rest = 0, b""
                        rest = rest[sent or 0 :]
                        if not rest:
                            _select.set(poller, fd, 0)
                            writer = None
                            self.stdin.close()
                        continue
                    if fd not in open_ends:
                        continue
                    number, stream = open_ends[fd]
                    data = _socket.recv(fd, 65536)
                    if data:
                        taken[number].append(data)
                    elif data is not None:
                        _select.set(poller, fd, 0)
                        del open_ends[fd]
                        stream.close()
        finally:
            _select.close(poller)

    def send_signal(self, sig):
        if self.poll() is None:
            _signal.send(self.pid, sig)

    def terminate(self):
        self.send_signal(15)

    def kill(self):
        self.send_signal(9)


def run(*popenargs, input=None, capture_output=False, timeout=None, check=False, **kwargs):
    if input is not None:
        if kwargs.get("stdin") is not None:
            raise ValueError("stdin and input arguments may not both be used.")
        kwargs["stdin"] = PIPE
    if capture_output:
        if kwargs.get("stdout") is not None or kwargs.get("stderr") is not None:
            raise ValueError("stdout and stderr arguments may not be used with capture_output.")
        kwargs["stdout"] = kwargs["stderr"] = PIPE
    with Popen(*popenargs, **kwargs) as process:
        try:
            stdout, stderr = process.communicate(input, timeout=timeout)
        except TimeoutExpired:
            process.kill()
            process.wait()
            raise
        except:
            process.kill()
            raise
        status = process.poll()
        if check and status:
            raise CalledProcessError(status, process.args, output=stdout, stderr=stderr)
    return CompletedProcess(process.args, status, stdout, stderr)


def call(*popenargs, timeout=None, **kwargs):
    with Popen(*popenargs, **kwargs) as process:
        try:
            return process.wait(timeout=timeout)
        except:
            process.kill()
            raise


def check_call(*popenargs, **kwargs):
    status = call(*popenargs, **kwargs)
    if status:
        raise CalledProcessError(status, kwargs.get("args") or popenargs[0])
    return 0


def check_output(*popenargs, timeout=None, **kwargs):
    for name in ("stdout", "check"):
        if name in kwargs:
            raise ValueError(f"{name} argument not allowed, it will be overridden.")
    return run(*popenargs, stdout=PIPE, timeout=timeout, check=True, **kwargs).stdout


def getstatusoutput(cmd, *, encoding=None, errors=None):
    try:
        text = check_output(cmd, shell=True, text=True, stderr=STDOUT, encoding=encoding, errors=errors)
        status = 0
    except CalledProcessError as error:
        text, status = error.output, error.returncode
    return status, text.removesuffix("\n")


def getoutput(cmd, *, encoding=None, errors=None):
    return getstatusoutput(cmd, encoding=encoding, errors=errors)[1]


def list2cmdline(seq):
    """The words as one command line of Windows."""
    parts = []
    for arg in map(os.fsdecode, seq):
        quoted = ""
        backslashes = ""
        for c in arg:
            if c == "\\":
                backslashes += c
                continue
            quoted += backslashes * 2 + '\\"' if c == '"' else backslashes + c
            backslashes = ""
        if not arg or " " in arg or "\t" in arg:
            parts.append(f'"{quoted}{backslashes * 2}"')
        else:
            parts.append(quoted + backslashes)
    return " ".join(parts)
