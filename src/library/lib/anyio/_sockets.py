"""TCP streams and listeners, on either loop."""

import asyncio
import socket
from collections import deque

from ._abstract import (
    ByteStream,
    Listener,
    TypedAttributeProvider,
    TypedAttributeSet,
    aclose_forcefully,
    typed_attribute,
)
from ._backend import on_trio, running_loop
from ._era import ERA
from ._exceptions import BrokenResourceError, ClosedResourceError, ConnectionFailed, EndOfStream
from ._scopes import cancel_shielded_checkpoint, checkpoint, checkpoint_if_cancelled, move_on_after
from ._sync import Event, ResourceGuard
from ._tasks import create_task_group


class SocketAttribute(TypedAttributeSet):
    family: int = typed_attribute()
    local_address: tuple = typed_attribute()
    local_port: int = typed_attribute()
    raw_socket: socket.socket = typed_attribute()
    remote_address: tuple = typed_attribute()
    remote_port: int = typed_attribute()


class _SocketProvider(TypedAttributeProvider):
    @property
    def extra_attributes(self):
        sock = self._raw_socket
        known = {
            SocketAttribute.family: lambda: sock.family,
            SocketAttribute.local_address: sock.getsockname,
            SocketAttribute.raw_socket: lambda: sock,
            SocketAttribute.local_port: lambda: sock.getsockname()[1],
        }
        try:
            peer = sock.getpeername()
        except OSError:
            return known
        known[SocketAttribute.remote_address] = lambda: peer
        known[SocketAttribute.remote_port] = lambda: peer[1]
        return known


class SocketStream(ByteStream, _SocketProvider):
    """A TCP connection."""


class SocketListener(Listener, _SocketProvider):
    async def serve(self, handler, task_group=None):
        if task_group is None:
            async with create_task_group() as task_group:
                await self._serve(handler, task_group)
        else:
            await self._serve(handler, task_group)

    async def _serve(self, handler, task_group):
        while True:
            stream = await self.accept()
            task_group.start_soon(handler, stream)


class _StreamProtocol(asyncio.Protocol):
    exception = None
    is_at_eof = False

    def connection_made(self, transport):
        self.read_queue = deque()
        self.read_event = asyncio.Event()
        self.write_event = asyncio.Event()
        self.write_event.set()
        transport.set_write_buffer_limits(0)

    def connection_lost(self, exc):
        if exc:
            self.exception = exc
        self.read_event.set()
        self.write_event.set()

    def data_received(self, data):
        self.read_queue.append(bytes(data))
        self.read_event.set()

    def eof_received(self):
        self.is_at_eof = True
        self.read_event.set()
        return True

    def pause_writing(self):
        self.write_event = asyncio.Event()

    def resume_writing(self):
        self.write_event.set()


class _AsyncioStream(SocketStream):
    def __init__(self, transport, protocol):
        self._transport = transport
        self._protocol = protocol
        self._receive_guard = ResourceGuard("reading from")
        self._send_guard = ResourceGuard("writing to")
        self._closed = False

    @property
    def _raw_socket(self):
        return self._transport.get_extra_info("socket")

    async def receive(self, max_bytes=65536):
        if max_bytes < 1:
            raise ValueError("max_bytes must be a positive integer")
        protocol = self._protocol
        with self._receive_guard:
            if not protocol.read_event.is_set() and not self._transport.is_closing() and not protocol.is_at_eof:
                self._transport.resume_reading()
                try:
                    await protocol.read_event.wait()
                finally:
                    self._transport.pause_reading()
            else:
                await checkpoint()
            if not protocol.read_queue:
                if self._closed:
                    raise ClosedResourceError
                if protocol.exception:
                    raise BrokenResourceError from protocol.exception
                raise EndOfStream
            chunk = protocol.read_queue.popleft()
            if len(chunk) > max_bytes:
                chunk, rest = chunk[:max_bytes], chunk[max_bytes:]
                protocol.read_queue.appendleft(rest)
            if not protocol.read_queue:
                protocol.read_event.clear()
            return chunk

    def _check(self):
        if self._closed:
            raise ClosedResourceError
        if self._protocol.exception is not None:
            raise BrokenResourceError from self._protocol.exception

    async def send(self, item):
        with self._send_guard:
            if ERA:
                await checkpoint()
            else:
                await checkpoint_if_cancelled()
                waits = not self._protocol.write_event.is_set()
                if waits:
                    await self._protocol.write_event.wait()
            self._check()
            try:
                self._transport.write(item)
            except RuntimeError as exc:
                if self._transport.is_closing():
                    raise BrokenResourceError from exc
                raise
            if not self._protocol.write_event.is_set():
                await self._protocol.write_event.wait()
                self._check()
            elif not ERA and not waits:
                await cancel_shielded_checkpoint()

    async def send_eof(self):
        try:
            self._transport.write_eof()
        except OSError:
            pass

    async def aclose(self):
        if not ERA:
            self._closed = True
            self._transport.abort()
            await checkpoint()
        elif not self._transport.is_closing():
            self._closed = True
            try:
                self._transport.write_eof()
            except OSError:
                pass
            self._transport.close()
            await checkpoint()
            self._transport.abort()


class _AsyncioListener(SocketListener):
    def __init__(self, raw_socket):
        self._raw_socket = raw_socket
        self._loop = asyncio.get_running_loop()
        self._accept_guard = ResourceGuard("accepting connections from")
        self._accepting = None
        self._closed = False

    async def accept(self):
        if self._closed:
            raise ClosedResourceError
        with self._accept_guard:
            await checkpoint()
            self._accepting = asyncio.ensure_future(self._loop.sock_accept(self._raw_socket))
            try:
                client, _ = await self._accepting
            except asyncio.CancelledError:
                if self._closed:
                    raise ClosedResourceError from None
                self._accepting.cancel()
                raise
            finally:
                self._accepting = None
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        transport, protocol = await self._loop.connect_accepted_socket(_StreamProtocol, client)
        transport.pause_reading()
        return _AsyncioStream(transport, protocol)

    async def aclose(self):
        if self._closed:
            return
        self._closed = True
        if self._accepting is not None:
            self._accepting.cancel()
            await checkpoint()
        self._raw_socket.close()


class _TrioSocket:
    """What Trio's errors are called here."""

    def __init__(self, trio_socket):
        self._trio_socket = trio_socket
        self._closed = False

    @property
    def _raw_socket(self):
        return self._trio_socket._sock

    async def aclose(self):
        self._closed = True
        self._trio_socket.close()
        await checkpoint()

    def _translate(self, exc):
        import trio

        if isinstance(exc, trio.ClosedResourceError):
            raise ClosedResourceError from exc
        if self._trio_socket.fileno() < 0 and self._closed:
            raise ClosedResourceError from None
        if isinstance(exc, OSError):
            raise BrokenResourceError from exc
        raise exc


class _TrioStream(_TrioSocket, SocketStream):
    def __init__(self, trio_socket):
        super().__init__(trio_socket)
        self._receive_guard = ResourceGuard("reading from")
        self._send_guard = ResourceGuard("writing to")

    async def receive(self, max_bytes=65536):
        if max_bytes < 1:
            raise ValueError("max_bytes must be a positive integer")
        with self._receive_guard:
            try:
                data = await self._trio_socket.recv(max_bytes)
            except BaseException as exc:
                self._translate(exc)
            if not data:
                raise EndOfStream
            return data

    async def send(self, item):
        with self._send_guard:
            rest = bytes(item)
            while rest:
                try:
                    sent = await self._trio_socket.send(rest)
                except BaseException as exc:
                    self._translate(exc)
                rest = rest[sent:]

    async def send_eof(self):
        self._trio_socket.shutdown(socket.SHUT_WR)


class _TrioListener(_TrioSocket, SocketListener):
    def __init__(self, raw_socket):
        import trio

        super().__init__(trio.socket.from_stdlib_socket(raw_socket))
        self._accept_guard = ResourceGuard("accepting connections from")

    async def accept(self):
        with self._accept_guard:
            try:
                sock, _ = await self._trio_socket.accept()
            except BaseException as exc:
                self._translate(exc)
        return _TrioStream(sock)


async def _connect(host, port):
    if on_trio():
        import trio

        sock = trio.socket.socket(socket.AF_INET)
        try:
            await sock.connect((host, port))
        except BaseException:
            sock.close()
            raise
        return _TrioStream(sock)
    loop = asyncio.get_running_loop()
    transport, protocol = await loop.create_connection(_StreamProtocol, host, port)
    transport.pause_reading()
    return _AsyncioStream(transport, protocol)


async def connect_tcp(
    remote_host, remote_port, *, local_host=None, local_port=None, tls=False, ssl_context=None,
    tls_standard_compatible=True, tls_hostname=None, happy_eyeballs_delay=0.25,
):  # fmt: skip
    """Connects to the first address that answers; the next one is tried when it fails or takes too long."""
    if tls or ssl_context or tls_hostname:
        _refuse_tls()
    running_loop()
    connected = None

    async def try_connect(host, event):
        nonlocal connected
        try:
            stream = await _connect(host, remote_port)
        except OSError as exc:
            failures.append(exc)
            return
        else:
            if connected is None:
                connected = stream
                group.cancel_scope.cancel()
            else:
                await stream.aclose()
        finally:
            event.set()

    host = str(remote_host)
    if socket._is_address(host):
        hosts = [host]
    else:
        hosts = [info[4][0] for info in await getaddrinfo(host, remote_port, type=socket.SOCK_STREAM)]
    failures = []
    try:
        async with create_task_group() as group:
            for address in hosts:
                event = Event()
                group.start_soon(try_connect, address, event)
                with move_on_after(happy_eyeballs_delay):
                    await event.wait()
        if connected is None:
            cause = failures[0]
            if len(failures) > 1:
                cause = ExceptionGroup("multiple connection attempts failed", failures)
            raise OSError("All connection attempts failed") from cause
    except BaseException:
        if connected is not None:
            await aclose_forcefully(connected)
        raise
    finally:
        # The failures hold this frame.
        failures = []
    return connected


async def create_tcp_listener(*, local_host=None, local_port=0, family=0, backlog=65536, reuse_port=False, **options):
    from .streams.stapled import MultiListener

    running_loop()
    host = "0.0.0.0" if local_host is None else str(local_host)
    infos = await getaddrinfo(host, local_port, family=family, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    listeners = []
    try:
        for info in dict.fromkeys(infos):
            raw_socket = socket.socket(*info[:2])
            raw_socket.setblocking(False)
            raw_socket.bind(info[4])
            raw_socket.listen(min(backlog, 65536))
            listeners.append(_TrioListener(raw_socket) if on_trio() else _AsyncioListener(raw_socket))
    except BaseException:
        for listener in listeners:
            await listener.aclose()
        raise
    return MultiListener(listeners)


async def getaddrinfo(host, port, *, family=0, type=0, proto=0, flags=0):
    if on_trio():
        import trio

        return await trio.socket.getaddrinfo(host, port, family, type, proto, flags)
    loop = asyncio.get_running_loop()
    return await loop.getaddrinfo(host, port, family=family, type=type, proto=proto, flags=flags)


async def getnameinfo(sockaddr, flags=0):
    if on_trio():
        import trio

        return await trio.socket.getnameinfo(sockaddr, flags)
    return await asyncio.get_running_loop().getnameinfo(sockaddr, flags)


async def _wait(sock, readable):
    if on_trio():
        from trio import lowlevel

        await (lowlevel.wait_readable(sock) if readable else lowlevel.wait_writable(sock))
        return
    await checkpoint()
    loop = asyncio.get_running_loop()
    event = asyncio.Event()
    add, remove = (loop.add_reader, loop.remove_reader) if readable else (loop.add_writer, loop.remove_writer)
    add(sock, event.set)
    try:
        await event.wait()
    finally:
        remove(sock)


async def wait_readable(obj):
    await _wait(obj, True)


async def wait_writable(obj):
    await _wait(obj, False)


wait_socket_readable = wait_readable
wait_socket_writable = wait_writable


class TCPConnectable:
    """Where to connect to, to be passed on."""

    def __init__(self, host, port):
        if not 1 <= port <= 65535:
            raise ValueError("TCP port number out of range")
        self.host = host
        self.port = port

    def __repr__(self):
        return f"TCPConnectable(host={self.host!r}, port={self.port!r})"

    async def connect(self):
        try:
            return await connect_tcp(self.host, self.port)
        except OSError as exc:
            raise ConnectionFailed(f"error connecting to {self.host}:{self.port}: {exc}") from exc


def _refuse_tls():
    raise NotImplementedError("TLS is not part of the simulated network; connect without it")


async def connect_unix(path):
    raise NotImplementedError("Unix sockets with names are not simulated; use connect_tcp")


async def create_unix_listener(path, **options):
    raise NotImplementedError("Unix sockets with names are not simulated; use create_tcp_listener")


async def create_udp_socket(**options):
    raise NotImplementedError("datagrams are not part of the simulated network; use connect_tcp")


async def create_connected_udp_socket(*args, **options):
    raise NotImplementedError("datagrams are not part of the simulated network; use connect_tcp")
