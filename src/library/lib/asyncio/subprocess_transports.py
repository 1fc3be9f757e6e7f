"""A child process whose pipes and end are told to a protocol."""
import socket
import subprocess

from . import protocols, transports
from .subprocess import _plain


class _Pipe(protocols.Protocol):
    """What comes out of one of the child's pipes, passed on with its number."""

    def __init__(self, owner, fd):
        self.owner = owner
        self.fd = fd
        self.disconnected = False

    def connection_made(self, transport):
        self.pipe = transport

    def data_received(self, data):
        self.owner._tell("pipe_data_received", self.fd, data)

    def eof_received(self):
        return False

    def connection_lost(self, exc):
        self.disconnected = True
        self.owner._tell("pipe_connection_lost", self.fd, exc)
        self.owner._try_finish()

    def pause_writing(self):
        self.owner._protocol.pause_writing()

    def resume_writing(self):
        self.owner._protocol.resume_writing()


class _UnixSubprocessTransport(transports.SubprocessTransport):
    """The child, as its protocol sees it."""

    def __init__(self, loop, protocol, popen):
        super().__init__()
        self._loop = loop
        self._protocol = protocol
        self._proc = popen
        self._pid = popen.pid
        self._extra["subprocess"] = popen
        self._closed = False
        self._finished = False
        self._exited = False
        self._pipes = {}
        # What happens before the protocol knows of the child waits for it.
        self._pending = []
        for fd, pipe in enumerate((popen.stdin, popen.stdout, popen.stderr)):
            if pipe is not None:
                self._connect(fd, pipe)
        loop.add_reader(popen._sentinel, self._process_exited)
        loop.call_soon(self._connected)

    def _connect(self, fd, pipe):
        raw = pipe.raw
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, raw.fileno())
        sock.setblocking(False)
        # The descriptor is the socket's from here on.
        raw.closed = True
        self._pipes[fd] = protocol = _Pipe(self, fd)
        self._loop._make_socket_transport(sock, protocol)

    def __repr__(self):
        info = [type(self).__name__]
        if self._closed:
            info.append("closed")
        info.append(f"pid={self._pid}")
        if self._proc.returncode is not None:
            info.append(f"returncode={self._proc.returncode}")
        else:
            info.append("running")
        for fd, name in enumerate(("stdin", "stdout", "stderr")):
            if fd in self._pipes:
                info.append(f"{name}={self._pipes[fd].pipe}")
        return f"<{' '.join(info)}>"

    def _connected(self):
        self._protocol.connection_made(self)
        pending, self._pending = self._pending, None
        for what, *args in pending:
            self._loop.call_soon(getattr(self._protocol, what), *args)

    def _tell(self, what, *args):
        if self._pending is not None:
            self._pending.append((what, *args))
        else:
            self._loop.call_soon(getattr(self._protocol, what), *args)

    def _process_exited(self):
        self._loop.remove_reader(self._proc._sentinel)
        self._proc.poll()
        self._exited = True
        self._tell("process_exited")
        self._try_finish()

    def _try_finish(self):
        if self._exited and not self._finished and all(pipe.disconnected for pipe in self._pipes.values()):
            self._finished = True
            self._loop.call_soon(self._lost)

    def _lost(self):
        protocol, self._protocol = self._protocol, None
        if protocol is not None:
            protocol.connection_lost(None)

    def set_protocol(self, protocol):
        self._protocol = protocol

    def get_protocol(self):
        return self._protocol

    def is_closing(self):
        return self._closed

    def close(self):
        if self._closed:
            return
        self._closed = True
        for pipe in self._pipes.values():
            pipe.pipe.close()
        if not self._exited and self._proc.poll() is None:
            self._proc.kill()

    def get_pid(self):
        return self._pid

    def get_returncode(self):
        return self._proc.returncode if self._exited else None

    def get_pipe_transport(self, fd):
        pipe = self._pipes.get(fd)
        return None if pipe is None else pipe.pipe

    def _check(self):
        if self._exited:
            raise ProcessLookupError()

    def send_signal(self, signal):
        self._check()
        self._proc.send_signal(signal)

    def terminate(self):
        self._check()
        self._proc.terminate()

    def kill(self):
        self._check()
        self._proc.kill()


async def start(loop, protocol_factory, args, shell, stdin, stdout, stderr, options):
    """`loop.subprocess_exec` and `subprocess_shell`: a transport and its protocol."""
    protocol = protocol_factory()
    popen = subprocess.Popen(args, shell=shell, stdin=stdin, stdout=stdout, stderr=stderr, **_plain(**options))
    transport = _UnixSubprocessTransport(loop, protocol, popen)
    connected = loop.create_future()
    loop.call_soon(connected.set_result, None)
    await connected
    return transport, protocol
