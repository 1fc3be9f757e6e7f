"""TCP streams, listeners and servers."""

from contextlib import contextmanager

from . import socket as tsocket
from ._abc import HalfCloseableStream, Listener
from ._core import TASK_STATUS_IGNORED, BrokenResourceError, ClosedResourceError, checkpoint, open_nursery
from ._core._scopes import CancelReason
from ._streams import serve_listeners
from ._sync import Event
from ._timeouts import move_on_after
from ._util import ConflictDetector, final

DEFAULT_RECEIVE_SIZE = 65536
DEFAULT_DELAY = 0.25
_CLOSED = {9, 88}
_IGNORABLE_ACCEPT = {1, 103, 71, 100, 112, 64, 113, 95, 101, 63, 94, 93, 110, 104}


@contextmanager
def _stream_errors():
    try:
        yield
    except OSError as error:
        if error.errno in _CLOSED:
            raise ClosedResourceError("this socket was already closed") from None
        raise BrokenResourceError(f"socket connection broken: {error}") from error


def _check(kind, sock):
    if not isinstance(sock, tsocket.SocketType):
        raise TypeError(f"{kind} requires a Trio socket object")
    if sock.type != tsocket.SOCK_STREAM:
        raise ValueError(f"{kind} requires a SOCK_STREAM socket")


@final
class SocketStream(HalfCloseableStream):
    def __init__(self, socket):
        _check("SocketStream", socket)
        self.socket = socket
        self._sending = ConflictDetector("another task is currently sending data on this SocketStream")
        try:
            self.setsockopt(tsocket.IPPROTO_TCP, tsocket.TCP_NODELAY, True)
        except OSError:
            pass

    async def send_all(self, data):
        if self.socket.did_shutdown_SHUT_WR:
            raise ClosedResourceError("can't send data after sending EOF")
        with self._sending:
            with _stream_errors():
                rest = bytes(memoryview(data))
                if not rest:
                    if self.socket.fileno() == -1:
                        raise ClosedResourceError("socket was already closed")
                    await checkpoint()
                    return
                while rest:
                    rest = rest[await self.socket.send(rest) :]

    async def wait_send_all_might_not_block(self):
        with self._sending:
            if self.socket.fileno() == -1:
                raise ClosedResourceError
            with _stream_errors():
                await self.socket.wait_writable()

    async def send_eof(self):
        with self._sending:
            await checkpoint()
            if self.socket.did_shutdown_SHUT_WR:
                return
            with _stream_errors():
                self.socket.shutdown(tsocket.SHUT_WR)

    async def receive_some(self, max_bytes=None):
        if max_bytes is None:
            max_bytes = DEFAULT_RECEIVE_SIZE
        if max_bytes < 1:
            raise ValueError("max_bytes must be >= 1")
        with _stream_errors():
            return await self.socket.recv(max_bytes)

    async def aclose(self):
        self.socket.close()
        await checkpoint()

    def setsockopt(self, level, option, value, *length):
        return self.socket.setsockopt(level, option, value, *length)

    def getsockopt(self, level, option, *buffersize):
        return self.socket.getsockopt(level, option, *buffersize)


@final
class SocketListener(Listener):
    def __init__(self, socket):
        _check("SocketListener", socket)
        self.socket = socket

    async def accept(self):
        while True:
            try:
                sock, _ = await self.socket.accept()
            except OSError as error:
                if error.errno in _CLOSED:
                    raise ClosedResourceError from None
                if error.errno not in _IGNORABLE_ACCEPT:
                    raise
            else:
                return SocketStream(sock)

    async def aclose(self):
        self.socket.close()
        await checkpoint()


def _host_and_port(host, port):
    host = host.decode("ascii") if isinstance(host, bytes) else host
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


async def open_tcp_stream(host, port, *, happy_eyeballs_delay=DEFAULT_DELAY, local_address=None):
    """Connects to the first address that answers; a new one is tried whenever one fails or takes too long."""
    if not isinstance(host, (str, bytes)):
        raise ValueError(f"host must be str or bytes, not {host!r}")
    if not isinstance(port, int):
        raise TypeError(f"port must be int, not {port!r}")
    if happy_eyeballs_delay is None:
        happy_eyeballs_delay = DEFAULT_DELAY
    targets = await tsocket.getaddrinfo(host, port, type=tsocket.SOCK_STREAM)
    if not targets:
        raise OSError(f"no results found for hostname lookup: {_host_and_port(host, port)}")
    for at in range(2, len(targets)):
        # The second to be tried is of another family, if there is one.
        if targets[at][0] != targets[0][0]:
            targets.insert(1, targets.pop(at))
            break
    failures = []
    opened = {}
    winner = None

    async def attempt_connect(socket_args, address, failed):
        nonlocal winner
        try:
            sock = tsocket.socket(*socket_args)
            opened[sock] = None
            await sock.connect(address)
            winner = sock
            nursery.cancel_scope._cancel(CancelReason("explicit", None, "successfully found a socket"))
        except OSError as error:
            failures.append(error)
            failed.set()

    try:
        async with open_nursery() as nursery:
            for family, kind, proto, _, address in targets:
                failed = Event()
                nursery.start_soon(attempt_connect, (family, kind, proto), address, failed)
                with move_on_after(happy_eyeballs_delay):
                    await failed.wait()
        if winner is None:
            message = f"all attempts to connect to {_host_and_port(host, port)} failed"
            raise OSError(message) from ExceptionGroup(message, failures)
        stream = SocketStream(winner)
        del opened[winner]
        return stream
    finally:
        for sock in opened:
            sock.close()


async def open_tcp_listeners(port, *, host=None, backlog=None):
    if not isinstance(port, int):
        raise TypeError(f"port must be an int not {port!r}")
    if not isinstance(backlog, int) and backlog is not None:
        raise TypeError(f"backlog must be an int or None, not {backlog!r}")
    addresses = await tsocket.getaddrinfo(host, port, type=tsocket.SOCK_STREAM, flags=tsocket.AI_PASSIVE)
    listeners = []
    try:
        for family, kind, proto, _, address in addresses:
            sock = tsocket.socket(family, kind, proto)
            try:
                sock.setsockopt(tsocket.SOL_SOCKET, tsocket.SO_REUSEADDR, 1)
                await sock.bind(address)
                sock.listen(65535 if backlog is None else min(backlog, 65535))
                listeners.append(SocketListener(sock))
            except BaseException:
                sock.close()
                raise
    except BaseException:
        for listener in listeners:
            listener.socket.close()
        raise
    return listeners


async def serve_tcp(
    handler, port, *, host=None, backlog=None, handler_nursery=None, task_status=TASK_STATUS_IGNORED
):
    listeners = await open_tcp_listeners(port, host=host, backlog=backlog)
    await serve_listeners(handler, listeners, handler_nursery=handler_nursery, task_status=task_status)


def _refuse_tls(*args, **kwargs):
    raise NotImplementedError("TLS is not part of the simulated network; use the functions for TCP")


async def open_ssl_over_tcp_stream(*args, **kwargs):
    _refuse_tls()


async def open_ssl_over_tcp_listeners(*args, **kwargs):
    _refuse_tls()


async def serve_ssl_over_tcp(*args, **kwargs):
    _refuse_tls()


async def open_unix_socket(filename):
    raise NotImplementedError("Unix sockets with names are not simulated; use trio.open_tcp_stream")


class SSLStream:
    __init__ = _refuse_tls


class SSLListener:
    __init__ = _refuse_tls


class NeedHandshakeError(Exception):
    """Information was asked for that only the handshake brings."""
