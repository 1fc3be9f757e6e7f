"""Child processes whose streams are read and written with `await`."""
import subprocess

from . import events, streams, tasks

__all__ = ("create_subprocess_exec", "create_subprocess_shell")

PIPE = subprocess.PIPE
STDOUT = subprocess.STDOUT
DEVNULL = subprocess.DEVNULL


class SubprocessStreamProtocol(streams.StreamReaderProtocol):
    """A pipe: nothing goes the other way, so its end is the end of the connection."""

    def eof_received(self):
        super().eof_received()
        return False


class Process:
    """A child process."""

    def __init__(self, popen, limit, loop):
        self._popen = popen
        self._loop = loop
        self._waiters = []
        self.pid = popen.pid
        self.stdin = self.stdout = self.stderr = None
        self._transports = []
        if popen.stdin is not None:
            transport, protocol, reader = self._connect(popen.stdin, limit)
            self.stdin = streams.StreamWriter(transport, protocol, reader, loop)
        if popen.stdout is not None:
            self.stdout = self._connect(popen.stdout, limit)[2]
        if popen.stderr is not None:
            self.stderr = self._connect(popen.stderr, limit)[2]
        loop.add_reader(popen._sentinel, self._exited)

    def _connect(self, pipe, limit):
        import socket

        raw = pipe.raw
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, raw.fileno())
        sock.setblocking(False)
        # The descriptor is the socket's from here on.
        raw.closed = True
        reader = streams.StreamReader(limit=limit, loop=self._loop)
        protocol = SubprocessStreamProtocol(reader, loop=self._loop)
        transport = self._loop._make_socket_transport(sock, protocol)
        self._transports.append((transport, protocol))
        return transport, protocol, reader

    def _exited(self):
        self._loop.remove_reader(self._popen._sentinel)
        self._popen.poll()
        waiters, self._waiters = self._waiters, []
        for waiter in waiters:
            if not waiter.cancelled():
                waiter.set_result(self.returncode)

    def __repr__(self):
        return f"<{type(self).__name__} {self.pid}>"

    @property
    def returncode(self):
        return self._popen.returncode

    async def wait(self):
        """The exit status, as soon as there is one."""
        if self.returncode is not None:
            return self.returncode
        waiter = self._loop.create_future()
        waiter._waits_for = f"process {self.pid}"
        self._waiters.append(waiter)
        return await waiter

    def _check(self):
        if self.returncode is not None:
            raise ProcessLookupError()

    def send_signal(self, signal):
        self._check()
        self._popen.send_signal(signal)

    def terminate(self):
        self._check()
        self._popen.terminate()

    def kill(self):
        self._check()
        self._popen.kill()

    async def _feed_stdin(self, input):
        try:
            if input is not None:
                self.stdin.write(input)
            await self.stdin.drain()
        except (BrokenPipeError, ConnectionResetError):
            # The child does not want to know more.
            pass
        self.stdin.close()

    async def _noop(self):
        return None

    async def communicate(self, input=None):
        feed = self._noop() if self.stdin is None else self._feed_stdin(input)
        stdout = self._noop() if self.stdout is None else self.stdout.read()
        stderr = self._noop() if self.stderr is None else self.stderr.read()
        _, stdout, stderr = await tasks.gather(feed, stdout, stderr)
        await self.wait()
        return stdout, stderr


def _plain(universal_newlines=False, shell=None, bufsize=0, encoding=None, errors=None, text=None, **kwds):
    """What is left of the options when those that only files with text know are refused."""
    if universal_newlines:
        raise ValueError("universal_newlines must be False")
    if bufsize != 0:
        raise ValueError("bufsize must be 0")
    if text:
        raise ValueError("text must be False")
    if encoding is not None:
        raise ValueError("encoding must be None")
    if errors is not None:
        raise ValueError("errors must be None")
    return kwds


async def create_subprocess_exec(
    program, *args, stdin=None, stdout=None, stderr=None, limit=streams._DEFAULT_LIMIT, **kwds
):
    if kwds.get("shell"):
        raise ValueError("shell must be False")
    loop = events.get_running_loop()
    popen = subprocess.Popen((program, *args), stdin=stdin, stdout=stdout, stderr=stderr, **_plain(**kwds))
    process = Process(popen, limit, loop)
    await tasks.sleep(0)
    return process


async def create_subprocess_shell(
    cmd, stdin=None, stdout=None, stderr=None, limit=streams._DEFAULT_LIMIT, **kwds
):
    if not isinstance(cmd, (bytes, str)):
        raise ValueError("cmd must be a string")
    if not kwds.get("shell", True):
        raise ValueError("shell must be True")
    loop = events.get_running_loop()
    popen = subprocess.Popen(cmd, shell=True, stdin=stdin, stdout=stdout, stderr=stderr, **_plain(**kwds))
    process = Process(popen, limit, loop)
    await tasks.sleep(0)
    return process
