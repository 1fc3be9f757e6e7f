"""Socket objects whose methods wait without blocking the run."""

import socket as _stdlib

import _cost

from ._core import RunVar, checkpoint, notify_closing, wait_readable, wait_writable
from ._core._run import checkpoint_if_cancelled
from ._core._traps import cancel_shielded_checkpoint
from ._threads import to_thread_run_sync

_resolver = RunVar("hostname_resolver")
_socket_factory = RunVar("socket_factory")


def set_custom_hostname_resolver(hostname_resolver):
    old = _resolver.get(None)
    _resolver.set(hostname_resolver)
    return old


def set_custom_socket_factory(socket_factory):
    old = _socket_factory.get(None)
    _socket_factory.set(socket_factory)
    return old


async def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    await checkpoint_if_cancelled()
    text = host.decode("ascii") if isinstance(host, bytes) else host
    if text is None or _stdlib._is_address(text):
        # Nothing to look up.
        try:
            return _stdlib.getaddrinfo(text, port, family, type, proto, flags)
        finally:
            await cancel_shielded_checkpoint()
    resolver = _resolver.get(None)
    if resolver is not None:
        return await resolver.getaddrinfo(text.encode("ascii"), port, family, type, proto, flags)
    return await to_thread_run_sync(
        _stdlib.getaddrinfo, text, port, family, type, proto, flags, abandon_on_cancel=True
    )


async def getnameinfo(sockaddr, flags):
    resolver = _resolver.get(None)
    if resolver is not None:
        return await resolver.getnameinfo(sockaddr, flags)
    return await to_thread_run_sync(_stdlib.getnameinfo, sockaddr, flags, abandon_on_cancel=True)


def from_stdlib_socket(sock):
    return _SocketType(sock)


def socketpair(family=None, type=_stdlib.SOCK_STREAM, proto=0):
    left, right = _stdlib.socketpair(family, type, proto)
    return _SocketType(left), _SocketType(right)


def socket(family=_stdlib.AF_INET, type=_stdlib.SOCK_STREAM, proto=0, fileno=None):
    factory = _socket_factory.get(None) if fileno is None else None
    if factory is not None:
        return factory.socket(family, type, proto)
    return _SocketType(_stdlib.socket(family, type, proto, fileno))


class SocketType:
    """What `isinstance` asks for; `socket` makes the objects."""

    def __init__(self):
        if type(self) is SocketType:
            raise TypeError(
                "SocketType is an abstract class; use trio.socket.socket if you want to construct a socket object"
            )


class _SocketType(SocketType):
    def __init__(self, sock):
        if type(sock) is not _stdlib.socket:
            raise TypeError(f"expected object of type 'socket.socket', not '{type(sock).__name__}'")
        self._sock = sock
        sock.setblocking(False)
        self._did_shutdown_SHUT_WR = False

    family = property(lambda self: self._sock.family)
    type = property(lambda self: self._sock.type)
    proto = property(lambda self: self._sock.proto)
    did_shutdown_SHUT_WR = property(lambda self: self._did_shutdown_SHUT_WR)

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        return self._sock.__exit__(exc_type, exc_value, traceback)

    def __repr__(self):
        return repr(self._sock).replace("socket.socket", "trio.socket.socket")

    def detach(self):
        return self._sock.detach()

    def fileno(self):
        return self._sock.fileno()

    def getpeername(self):
        return self._sock.getpeername()

    def getsockname(self):
        return self._sock.getsockname()

    def getsockopt(self, level, optname, *rest):
        return self._sock.getsockopt(level, optname, *rest)

    def setsockopt(self, level, optname, value, *rest):
        return self._sock.setsockopt(level, optname, value, *rest)

    def listen(self, backlog=128):
        return self._sock.listen(backlog)

    def close(self):
        if self._sock.fileno() != -1:
            notify_closing(self._sock)
        self._sock.close()

    def shutdown(self, flag):
        self._sock.shutdown(flag)
        if flag in (_stdlib.SHUT_WR, _stdlib.SHUT_RDWR):
            self._did_shutdown_SHUT_WR = True

    async def _resolve(self, address, flags):
        if not isinstance(address, tuple) or len(address) < 2:
            raise ValueError("address should be a (host, port) tuple")
        host, port = address[0] or None, address[1]
        if host is not None and isinstance(port, int) and _stdlib._is_address(host):
            return address
        found = await getaddrinfo(host, port, self.family, self.type, self.proto, flags)
        return found[0][4]

    async def bind(self, address):
        address = await self._resolve(address, _stdlib.AI_PASSIVE)
        await checkpoint()
        return self._sock.bind(address)

    async def wait_writable(self):
        await wait_writable(self._sock)

    async def _retry(self, wait, method, *args):
        """Tries at once, then whenever the descriptor is ready."""
        await checkpoint_if_cancelled()
        try:
            result = method(*args)
        except BlockingIOError:
            pass
        except BaseException:
            await cancel_shielded_checkpoint()
            raise
        else:
            await cancel_shielded_checkpoint()
            return result
        while True:
            await wait(self._sock)
            try:
                return method(*args)
            except BlockingIOError:
                pass

    async def accept(self):
        sock, address = await self._retry(wait_readable, self._sock.accept)
        return _SocketType(sock), address

    async def connect(self, address):
        address = await self._resolve(address, 0)
        await checkpoint_if_cancelled()
        try:
            self._sock.connect(address)
        except BlockingIOError:
            pass
        except BaseException:
            await cancel_shielded_checkpoint()
            raise
        else:
            await cancel_shielded_checkpoint()
            return
        try:
            await wait_writable(self._sock)
        except BaseException:
            # Nobody knows how far the connection got.
            self.close()
            raise
        number = self._sock.getsockopt(_stdlib.SOL_SOCKET, _stdlib.SO_ERROR)
        if number:
            raise OSError(number, f"Error connecting to {address!r}: {_stdlib._MESSAGES.get(number, number)}")

    async def recv(self, buflen, flags=0, /):
        _cost.charge("trio.receive")
        return await self._retry(wait_readable, self._sock.recv, buflen, flags)

    async def recv_into(self, buffer, nbytes=0, flags=0):
        _cost.charge("trio.receive")
        return await self._retry(wait_readable, self._sock.recv_into, buffer, nbytes, flags)

    async def send(self, data, flags=0, /):
        _cost.charge("trio.send")
        return await self._retry(wait_writable, self._sock.send, data, flags)

    async def sendto(self, *args):
        raise NotImplementedError("datagrams are not part of the simulated network; use SOCK_STREAM")

    recvfrom = sendto
