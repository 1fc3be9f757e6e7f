"""The life of a process that `subprocess` started: its streams, its surroundings, its program.

Programs are Python, and the commands of a shell that need no host (`_commands`).
"""
import os
import sys

import _cost
import _socket
import _sys
from _commands import COMMANDS
from _sys import frameless as _frameless

_HOME = "/home/user"
# An address of a stream beside the descriptors of pipes.
INHERITED, NOWHERE = -1, -2
_streams = []


def send_all(fd, data):
    """Sends all of it; False when nobody reads any more."""
    view = data
    while view:
        try:
            sent = _socket.send(fd, view)
        except OSError:
            return False
        if sent is None:
            _socket.wait(fd, True, None)
        else:
            view = view[sent:]
    return True


def receive(fd, size):
    """Bytes as soon as there are any; none at the end."""
    while True:
        data = _socket.recv(fd, size)
        if data is not None:
            return data
        _socket.wait(fd, False, None)


class _Out:
    """A stream into a pipe: text is kept back until there is much of it, a line of errors until its end."""

    encoding = "utf-8"
    newlines = None
    closed = False
    mode = "w"

    def __init__(self, fd, name, errors, by_lines):
        self._fd = fd
        self.name = name
        self.errors = errors
        self.line_buffering = by_lines
        self.write_through = False
        self._kept = []
        self._n_kept = 0
        self.buffer = _OutBytes(self)

    def _keep(self, data, ends_line):
        self._kept.append(data)
        self._n_kept += len(data)
        if self.write_through or self._n_kept >= 8192 or self.line_buffering and ends_line:
            self.flush()

    def write(self, text, /):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if text:
            self._keep(text.encode("utf-8", self.errors), "\n" in text)
        return len(text)

    def writelines(self, lines, /):
        for line in lines:
            self.write(line)

    def flush(self):
        if self._kept:
            data, self._kept, self._n_kept = b"".join(self._kept), [], 0
            if self._fd >= 0 and not send_all(self._fd, data):
                raise BrokenPipeError(32, "Broken pipe")

    def reconfigure(self, **options):
        self.line_buffering = options.get("line_buffering", self.line_buffering)
        self.write_through = options.get("write_through", self.write_through)

    def close(self):
        self.flush()

    def isatty(self):
        return False

    def fileno(self):
        return 2 if self.name == "<stderr>" else 1

    def readable(self):
        return False

    def writable(self):
        return True

    def seekable(self):
        return False

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        pass

    def __repr__(self):
        return f"<_io.TextIOWrapper name={self.name!r} mode='w' encoding='utf-8'>"


class _OutBytes:
    """What is under it."""

    def __init__(self, text):
        self._text = text
        self.name = text.name

    def write(self, data, /):
        data = bytes(data)
        self._text._keep(data, b"\n" in data)
        return len(data)

    def flush(self):
        self._text.flush()

    def fileno(self):
        return self._text.fileno()

    def isatty(self):
        return False


class _In:
    """`sys.stdin` from a pipe."""

    encoding = "utf-8"
    name = "<stdin>"
    closed = False
    mode = "r"

    def __init__(self, fd):
        self._fd = fd
        self._ahead = b""
        self.buffer = _InBytes(self)

    def _more(self):
        data = receive(self._fd, 65536)
        self._ahead += data
        return bool(data)

    def _bytes(self, size):
        while (size < 0 or len(self._ahead) < size) and self._more():
            pass
        end = len(self._ahead) if size < 0 else size
        data, self._ahead = self._ahead[:end], self._ahead[end:]
        return data

    def _line(self):
        while b"\n" not in self._ahead and self._more():
            pass
        end = self._ahead.find(b"\n") + 1 or len(self._ahead)
        return self._bytes(end)

    def read(self, size=-1, /):
        if size is None or size < 0:
            return self._bytes(-1).decode()
        data = self._bytes(size)
        while True:
            try:
                return data.decode()
            except UnicodeDecodeError:
                data += self._bytes(1)

    def readline(self, size=-1, /):
        return self._line().decode()

    def readlines(self, hint=-1, /):
        return list(self)

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def isatty(self):
        return False

    def fileno(self):
        return 0

    def readable(self):
        return True

    def close(self):
        pass


class _InBytes:
    """What is under it."""

    def __init__(self, text):
        self._text = text

    def read(self, size=-1, /):
        return self._text._bytes(-1 if size is None else size)

    def readline(self, size=-1, /):
        return self._text._line()

    def readlines(self):
        return list(iter(self.readline, b""))

    def __iter__(self):
        return iter(self.readline, b"")

    def fileno(self):
        return 0


def set_up(given):
    """The streams, the folder and the environment that the parent chose."""
    stdin, stdout, stderr = given["fds"]
    # `sys.__stdout__` stays the machine's own stream: that is how `print` knows it.
    if isinstance(stdin, tuple):
        sys.stdin = open(stdin[0], encoding="utf-8")
        sys.stdin.seek(stdin[1])
    elif stdin >= 0:
        sys.stdin = _In(stdin)
    if stdout != INHERITED:
        sys.stdout = _out(stdout, "<stdout>", "strict", False)
        _streams.append(sys.stdout)
    if stderr != INHERITED:
        sys.stderr = sys.stdout if isinstance(stderr, tuple) and stderr == stdout else _out(
            stderr, "<stderr>", "backslashreplace", True
        )
        _streams.append(sys.stderr)
    if given["env"] is not None:
        os.environ.clear()
        os.environ.update(given["env"])
    if given["cwd"] is not None:
        os.chdir(given["cwd"])
    if "u" in given["flags"] or os.environ.get("PYTHONUNBUFFERED"):
        for stream in (sys.stdout, sys.stderr):
            stream.write_through = True


def _out(place, name, errors, by_lines):
    """A stream into a pipe, or to the end of a file: (path, position)."""
    if isinstance(place, tuple):
        return open(place[0], "a", encoding="utf-8", errors=errors, buffering=1 if by_lines else -1)
    return _Out(place, name, errors, by_lines)


def finish():
    """What is still kept back goes out, to whoever reads."""
    for stream in _streams:
        try:
            stream.flush()
        except OSError:
            pass


@_frameless
def start(given):
    """Runs the program; an exception of it goes to the caller."""
    _cost.charge("subprocess.python" if given["kind"] != "command" else "subprocess.command")
    sys.argv[:] = given["argv"]
    if given["kind"] == "code":
        _run_text(given["code"], "<string>")
    elif given["kind"] == "module":
        name = given["code"]
        parent = name.rpartition(".")[0] or name
        if parent != name or _sys.is_package(name):
            __import__(parent)
        _sys.run_module(name)
    elif given["kind"] == "stdin":
        _run_text(sys.stdin.read(), "<stdin>")
    elif given["kind"] == "file":
        _run_file(given["code"])
    else:
        raise SystemExit(run_command(given["argv"]))


@_frameless
def _run_text(text, filename):
    import types

    main = sys.modules["__main__"] = types.ModuleType("__main__")
    main.__builtins__ = __import__("builtins")
    if filename[0] != "<":
        main.__file__ = filename
    exec(compile(text, filename, "exec"), main.__dict__)


def own_name(path):
    """What a path to one of the scenario's own files is called by the interpreter."""
    path = os.path.abspath(path)
    if path.startswith(_HOME + "/") and path.endswith(".py"):
        own = path[len(_HOME) + 1 :]
        name = own[:-3].replace("/", ".").removesuffix(".__init__")
        return own if _sys.own_file(name) == own else None
    return None


@_frameless
def _run_file(path):
    own = own_name(path)
    if own is not None:
        _sys.run_main(own)
        return
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except OSError as error:
        sys.stderr.write(
            f"{sys.executable}: can't open file '{os.path.abspath(path)}': [Errno {error.errno}] {error.strerror}\n"
        )
        raise SystemExit(2) from None
    _run_text(text, path)


# --- commands ---


def command_name(program):
    """The name of a simulated command, or None."""
    folder, _, name = program.rpartition("/")
    return name if name in COMMANDS and folder in ("", "/bin", "/usr/bin") else None


def run_command(argv):
    return COMMANDS[command_name(argv[0])](argv[1:])


def run_line(line):
    """Commands behind each other, with `;`, `&&` and `||`; those of a pipeline run at the same time."""
    import shlex

    words = shlex.shlex(line, posix=True, punctuation_chars="&|;<>")
    words.whitespace_split = True
    words.commenters = ""
    pipelines = [([[]], None)]
    for word in words:
        if word in (";", "&&", "||"):
            pipelines.append(([[]], word))
        elif word == "|":
            pipelines[-1][0].append([])
        else:
            pipelines[-1][0][-1].append(word)
    status = 0
    for pipeline, link in pipelines:
        if not pipeline[-1] or link == "&&" and status != 0 or link == "||" and status == 0:
            continue
        if len(pipeline) == 1 and pipeline[0][0] == "exit":
            return int(pipeline[0][1]) & 255 if len(pipeline[0]) > 1 else status
        try:
            status = _run_simple(pipeline[0]) if len(pipeline) == 1 else _run_pipeline(pipeline)
        except _NotUnderstood as error:
            sys.stderr.write(f"sh: `{error}` is not simulated: start the processes from Python and connect their pipes\n")
            return 2
    return status


class _NotUnderstood(Exception):
    """A word of the shell that this one does not know."""


def _redirected(words):
    """A command without its redirections, and where they lead: (path, mode), or the number of another stream."""
    command = []
    places = {}
    words = [os.path.expandvars(word) for word in words]
    at = 0
    while at < len(words):
        word = words[at]
        at += 1
        if word not in (">", ">>", "<", ">&", "&>"):
            if word[:1] in "&<>" and word:
                raise _NotUnderstood(word)
            command.append(word)
            continue
        if at == len(words):
            raise _NotUnderstood(word)
        stream = 0 if word == "<" else 1
        if word != "<" and command and command[-1] in ("1", "2"):
            stream = int(command.pop())
        target = words[at]
        at += 1
        if word == ">&":
            if target not in ("1", "2"):
                raise _NotUnderstood(word + target)
            places[stream] = int(target)
        else:
            places[stream] = (target, {"<": "r", ">>": "a"}.get(word, "w"))
            if word == "&>":
                places[2] = 1
    return command, places


def _run_simple(words):
    """One command: its status."""
    command, places = _redirected(words)
    streams = [sys.stdin, sys.stdout, sys.stderr]
    given = list(streams)
    opened = []
    for stream, place in places.items():
        if isinstance(place, int):
            given[stream] = given[place]
            continue
        try:
            given[stream] = open(*place) if place[0] != os.devnull else _Out(NOWHERE, "<stdout>", "strict", False)
        except OSError as error:
            sys.stderr.write(f"sh: 1: cannot open {place[0]}: {error.strerror}\n")
            return 2
        opened.append(given[stream])
    sys.stdin, sys.stdout, sys.stderr = given
    try:
        return run_words(command)
    finally:
        sys.stdin, sys.stdout, sys.stderr = streams
        for stream in opened:
            stream.close()


def _run_pipeline(commands):
    """Commands that run at the same time, each reading what the one before it writes: the status of the last."""
    import subprocess

    sys.stdout.flush()
    before = None
    running = []
    for at, words in enumerate(commands):
        command, places = _redirected(words)
        if any(place != 1 for place in places.values()):
            raise _NotUnderstood("| with files")
        is_last = at == len(commands) - 1
        out = sys.stdout if is_last else subprocess.PIPE
        err = subprocess.STDOUT if places.get(2) == 1 else sys.stderr
        try:
            process = subprocess.Popen(command, stdin=before, stdout=out, stderr=err)
        except FileNotFoundError:
            sys.stderr.write(f"/bin/sh: 1: {command[0]}: not found\n")
            return 127
        if before is not None:
            before.close()
        before = process.stdout
        running.append(process)
    return [process.wait() for process in running][-1]


def run_words(command):
    """A command and its arguments: its status."""
    name = command[0]
    if command_name(name) is not None:
        return run_command(command)
    if is_python(name):
        return _run_python(command)
    sys.stderr.write(f"/bin/sh: 1: {name}: not found\n")
    return 127


def _run_python(command):
    import subprocess

    sys.stdout.flush()
    return subprocess.call(command, stdout=sys.stdout, stderr=sys.stderr)


def is_python(program):
    return program == sys.executable or program.rpartition("/")[2] in (
        "python",
        "python3",
        "python%d.%d" % sys.version_info[:2],
    )


def python_program(argv):
    """What a command line of Python runs: its kind, the code or name, `sys.argv`, and flags."""
    at = 1
    flags = ""
    while at < len(argv):
        arg = argv[at]
        if arg == "-c":
            return "code", argv[at + 1], ["-c", *argv[at + 2 :]], flags
        if arg == "-m":
            return "module", argv[at + 1], argv[at + 1 :], flags
        if arg == "-":
            return "stdin", None, ["-", *argv[at + 1 :]], flags
        if arg in ("-V", "--version"):
            return "code", f"print('Python {sys.version.split()[0]}')", ["-c"], flags
        if arg in ("-X", "-W"):
            at += 2
        elif arg.startswith("-"):
            flags += arg[1:]
            at += 1
        else:
            return "file", arg, argv[at:], flags
    return "stdin", None, [""], flags
