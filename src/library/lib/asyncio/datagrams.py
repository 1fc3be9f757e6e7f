"""The transport of datagrams (S-AIO-64)."""
import collections

from . import transports
from .selector_transports import _SelectorTransport


class _SelectorDatagramTransport(_SelectorTransport, transports.DatagramTransport):
    """A socket of datagrams: every message that arrives goes to the protocol, one that finds no room waits."""

    def __init__(self, loop, sock, protocol, address=None, waiter=None, extra=None):
        super().__init__(loop, sock, protocol, extra, collections.deque())
        self._address = address
        self._begin(waiter)

    def get_write_buffer_size(self):
        return sum(len(data) for data, _ in self._buffer)

    # Receiving

    def _read_ready(self):
        if self._conn_lost:
            return
        try:
            data, address = self._sock.recvfrom(self.max_size)
        except (BlockingIOError, InterruptedError):
            pass
        except OSError as error:
            self._protocol.error_received(error)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            self._fatal_error(error, "Fatal read error on datagram transport")
        else:
            self._protocol.datagram_received(data, address)

    # Sending

    def sendto(self, data, addr=None):
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError(f"data argument must be a bytes-like object, not {type(data).__name__!r}")
        if not data:
            return
        if self._address:
            if addr not in (None, self._address):
                raise ValueError(f"Invalid address: must be None or {self._address}")
            addr = self._address
        if self._conn_lost and self._address:
            self._conn_lost += 1
            return
        if not self._buffer:
            try:
                self._send(data, addr)
                return
            except (BlockingIOError, InterruptedError):
                self._loop._add_writer(self._sock_fd, self._sendto_ready)
            except OSError as error:
                self._protocol.error_received(error)
                return
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException as error:
                self._fatal_error(error, "Fatal write error on datagram transport")
                return
        self._buffer.append((bytes(data), addr))
        self._maybe_pause_protocol()

    def _send(self, data, addr):
        if self._extra["peername"]:
            self._sock.send(data)
        else:
            self._sock.sendto(data, addr)

    def _sendto_ready(self):
        while self._buffer:
            data, addr = self._buffer.popleft()
            try:
                self._send(data, addr)
            except (BlockingIOError, InterruptedError):
                self._buffer.appendleft((data, addr))
                return
            except OSError as error:
                self._protocol.error_received(error)
                return
        self._maybe_resume_protocol()
        self._loop._remove_writer(self._sock_fd)
        if self._closing:
            self._call_connection_lost(None)


async def create_endpoint(loop, protocol_factory, local_addr, remote_addr, family, proto, reuse_port, allow_broadcast, sock):
    """`loop.create_datagram_endpoint`: a transport and its protocol."""
    import socket

    if sock is not None:
        if sock.type == socket.SOCK_STREAM:
            raise ValueError(f"A datagram socket was expected, got {sock!r}")
        if local_addr or remote_addr or family or proto or reuse_port or allow_broadcast:
            given = dict(
                local_addr=local_addr, remote_addr=remote_addr, family=family, proto=proto, flags=0,
                reuse_port=reuse_port, allow_broadcast=allow_broadcast,
            )
            problems = ", ".join(f"{name}={value}" for name, value in given.items() if value)
            raise ValueError(f"socket modifier keyword arguments can not be used when sock is specified. ({problems})")
        sock.setblocking(False)
        remote = None
    else:
        if not (local_addr or remote_addr):
            if family == 0:
                raise ValueError("unexpected address family")
        for address in (local_addr, remote_addr):
            if address is not None and not (isinstance(address, tuple) and len(address) == 2):
                raise TypeError("2-tuple is expected")
        found = {}
        for which, address in ((0, local_addr), (1, remote_addr)):
            if address is not None:
                infos = await loop._ensure_resolved(
                    address, family=family, type=socket.SOCK_DGRAM, proto=proto, loop=loop
                )
                if not infos:
                    raise OSError("getaddrinfo() returned empty list")
                found[which] = infos[0][4]
        remote = found.get(1)
        sock = socket.socket(family=family or socket.AF_INET, type=socket.SOCK_DGRAM, proto=proto)
        try:
            sock.setblocking(False)
            if 0 in found:
                sock.bind(found[0])
            if remote is not None and not allow_broadcast:
                sock.connect(remote)
        except OSError:
            sock.close()
            raise
    protocol = protocol_factory()
    waiter = loop.create_future()
    transport = _SelectorDatagramTransport(loop, sock, protocol, remote, waiter)
    try:
        await waiter
    except:
        transport.close()
        raise
    return transport, protocol
