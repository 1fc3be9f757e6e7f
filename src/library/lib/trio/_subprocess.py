"""Child processes: pipes as streams, and waits that other tasks do not notice."""

import contextlib
import socket as _stdlib
import subprocess
import sys

import _process

from . import socket as tsocket
from ._core import TASK_STATUS_IGNORED, BrokenResourceError, CancelScope, open_nursery, wait_readable
from ._core._traps import cancel_shielded_checkpoint
from ._sync import Lock
from ._tcp import SocketStream
from ._timeouts import move_on_after
from ._util import final


def _pipe_stream(pipe):
    """The parent's end of a pipe as a stream."""
    raw = pipe.raw
    sock = _stdlib.socket(_stdlib.AF_UNIX, _stdlib.SOCK_STREAM, 0, raw.fileno())
    # The descriptor is the socket's from here on.
    raw.closed = True
    sock.setblocking(False)
    return SocketStream(tsocket.from_stdlib_socket(sock))


@final
class Process:
    """A child process."""

    def __init__(self, *args):
        raise TypeError("trio.Process has no public constructor")

    @classmethod
    def _create(cls, popen):
        self = object.__new__(cls)
        self._proc = popen
        self.args = popen.args
        self.pid = popen.pid
        self.stdin = None if popen.stdin is None else _pipe_stream(popen.stdin)
        self.stdout = None if popen.stdout is None else _pipe_stream(popen.stdout)
        self.stderr = None if popen.stderr is None else _pipe_stream(popen.stderr)
        self._wait_lock = Lock()
        return self

    @property
    def stdio(self):
        if self.stdin is None or self.stdout is None:
            return None
        from ._streams import StapledStream

        return StapledStream(self.stdin, self.stdout)

    def __repr__(self):
        returncode = self.returncode
        if returncode is None:
            status = f"running with PID {self.pid}"
        elif returncode < 0:
            status = f"exited with signal {-returncode}"
        else:
            status = f"exited with status {returncode}"
        return f"<trio.Process {self.args!r}: {status}>"

    @property
    def returncode(self):
        # Whoever waits for the end has the descriptor that tells it, and gives it back.
        return _process.status(self.pid) if self._wait_lock.locked() else self._proc.poll()

    async def wait(self):
        """The exit status, as soon as there is one."""
        async with self._wait_lock:
            while self._proc.returncode is None:
                if _process.status(self.pid) is None:
                    await wait_readable(self._proc._sentinel)
                self._proc.poll()
        await cancel_shielded_checkpoint()
        return self._proc.returncode

    def poll(self):
        return self.returncode

    def send_signal(self, sig):
        self._proc.send_signal(sig)

    def terminate(self):
        self._proc.terminate()

    def kill(self):
        self._proc.kill()


async def open_process(command, *, stdin=None, stdout=None, stderr=None, **options):
    """Starts a program."""
    for key in ("universal_newlines", "text", "encoding", "errors", "bufsize"):
        if options.get(key):
            raise TypeError(
                f"trio.Process only supports communicating over unbuffered byte streams; the '{key}' option is not supported"
            )
    if isinstance(command, str) and not options.get("shell"):
        raise TypeError("command must be a sequence (not a string or bytes) if shell=False on UNIX systems")
    if not isinstance(command, str) and options.get("shell"):
        raise TypeError("command must be a string or bytes (not a sequence) if shell=True on UNIX systems")
    await cancel_shielded_checkpoint()
    return Process._create(subprocess.Popen(command, stdin=stdin, stdout=stdout, stderr=stderr, **options))


async def _deliver_cancel(process):
    """Asks the process to end, and ends it when it has not after five seconds."""
    process.terminate()
    with move_on_after(5):
        await process.wait()
        return
    process.kill()


async def run_process(
    command, *, stdin=b"", capture_stdout=False, capture_stderr=False, check=True, deliver_cancel=None,
    task_status=TASK_STATUS_IGNORED, **options,
):  # fmt: skip
    """Runs a program to its end."""
    for name in ("stdout", "stderr"):
        if {"stdout": capture_stdout, "stderr": capture_stderr}[name]:
            if name in options:
                raise ValueError(f"can't specify both {name} and capture_{name}")
            options[name] = subprocess.PIPE
    if isinstance(stdin, str):
        raise UnicodeError("process stdin must be bytes, not str")
    if task_status is TASK_STATUS_IGNORED and stdin is subprocess.PIPE:
        raise ValueError("stdout=subprocess.PIPE is only valid with nursery.start, since that's the only way to access the pipe")
    data = None
    if isinstance(stdin, (bytes, bytearray, memoryview)):
        data = stdin
        options["stdin"] = subprocess.PIPE if data else subprocess.DEVNULL
    else:
        options["stdin"] = stdin
    deliver = _deliver_cancel if deliver_cancel is None else deliver_cancel
    chunks = {"stdout": [], "stderr": []}

    async def feed(stream):
        async with stream:
            with contextlib.suppress(BrokenResourceError):
                await stream.send_all(data)

    async def read(stream, into):
        async with stream:
            async for chunk in stream:
                into.append(chunk)

    async with open_nursery() as nursery:
        process = await open_process(command, **options)
        try:
            if data:
                nursery.start_soon(feed, process.stdin)
                process.stdin = None
            if capture_stdout:
                nursery.start_soon(read, process.stdout, chunks["stdout"])
                process.stdout = None
            if capture_stderr:
                nursery.start_soon(read, process.stderr, chunks["stderr"])
                process.stderr = None
            task_status.started(process)
            await process.wait()
        except BaseException:
            with CancelScope(shield=True):
                killer_cancelled = CancelScope(shield=True)

                async def kill():
                    with killer_cancelled:
                        try:
                            await deliver(process)
                        except BaseException as error:
                            print(f"tried to kill process {process!r}, but failed with: {error!r}", file=sys.stderr)
                            raise

                nursery.start_soon(kill)
                await process.wait()
                killer_cancelled.cancel()
                raise
    stdout = b"".join(chunks["stdout"]) if capture_stdout else None
    stderr = b"".join(chunks["stderr"]) if capture_stderr else None
    if process.returncode and check:
        raise subprocess.CalledProcessError(process.returncode, process.args, output=stdout, stderr=stderr)
    return subprocess.CompletedProcess(process.args, process.returncode, stdout, stderr)

