"""Sockets and transports of the event loop (S-AIO-64)."""
import selectors
import sys
import _cost
import _socket

from . import base_events, events, log, tasks
from .selector_transports import _SelectorSocketTransport

_charge = _cost.charge
_READ = selectors.EVENT_READ
_WRITE = selectors.EVENT_WRITE


def _is_address(host):
    parts = host.split(".")
    return len(parts) == 4 and all(part.isdigit() for part in parts) or ":" in host


class BaseSelectorEventLoop(base_events.BaseEventLoop):
    """An event loop that waits in a selector."""

    def __init__(self, selector=None):
        super().__init__()
        self._selector = selectors.DefaultSelector() if selector is None else selector
        if "logging" in sys.modules:
            log.get().debug("Using selector: %s", type(self._selector).__name__)
        # The self-pipe that ends a sleeping select.
        self._inside, self._outside = _socket.pair()
        self._internal_fds += 1
        self._transports = {}
        self._add_reader(self._inside, self._read_from_self)

    def close(self):
        if self.is_running():
            raise RuntimeError("Cannot close a running event loop")
        if self._closed:
            return
        self._remove_reader(self._inside)
        outside, self._outside = self._outside, None
        _socket.close(self._inside)
        _socket.close(outside)
        self._internal_fds -= 1
        for sig in list(self._signal_handlers):
            self.remove_signal_handler(sig)
        super().close()
        self._selector.close()
        self._selector = None

    def _read_from_self(self):
        while data := _socket.recv(self._inside, 4096):
            if self._signal_handlers:
                for number in data:
                    # Zeros only wake.
                    if number:
                        self._handle_signal(number)

    def _write_to_self(self):
        outside = self._outside
        if outside is not None:
            _charge("asyncio.wake")
            try:
                _socket.send(outside, b"\0")
            except OSError:
                # Closed by the loop's own thread in this moment.
                pass

    def _process_events(self, event_list):
        self._collect_handles(event_list, self._ready)

    def _collect_handles(self, event_list, queue):
        """Puts the handles of what is readable and writable into a queue."""
        for key, mask in event_list:
            reader, writer = key[3]
            if mask & _READ and reader is not None:
                if reader._cancelled:
                    self._remove_reader(key[0])
                else:
                    queue.append(reader)
            if mask & _WRITE and writer is not None:
                if writer._cancelled:
                    self._remove_writer(key[0])
                else:
                    queue.append(writer)

    # Readiness callbacks

    def _ensure_fd_no_transport(self, fd):
        fileno = fd
        if not isinstance(fileno, int):
            try:
                fileno = int(fileno.fileno())
            except (AttributeError, TypeError, ValueError):
                raise ValueError(f"Invalid file object: {fd!r}") from None
        reference = self._transports.get(fileno)
        transport = None if reference is None else reference()
        if transport is not None and not transport.is_closing():
            raise RuntimeError(f"File descriptor {fd!r} is used by transport {transport!r}")

    def _watch(self, fd, event, callback, args):
        self._check_closed()
        handle = events.Handle(callback, args, self, None)
        try:
            key = self._selector.get_key(fd)
        except KeyError:
            self._selector.register(fd, event, (handle, None) if event == _READ else (None, handle))
            return handle
        reader, writer = key[3]
        if event == _READ:
            previous, pair = reader, (handle, writer)
        else:
            previous, pair = writer, (reader, handle)
        self._selector.modify(fd, key[2] | event, pair)
        if previous is not None:
            previous.cancel()
        return handle

    def _unwatch(self, fd, event):
        if self._closed:
            return False
        try:
            key = self._selector.get_key(fd)
        except KeyError:
            return False
        reader, writer = key[3]
        if event == _READ:
            previous, pair = reader, (None, writer)
        else:
            previous, pair = writer, (reader, None)
        mask = key[2] & ~event
        if mask:
            self._selector.modify(fd, mask, pair)
        else:
            self._selector.unregister(fd)
        if previous is None:
            return False
        previous.cancel()
        return True

    def _add_reader(self, fd, callback, *args):
        return self._watch(fd, _READ, callback, args)

    def _remove_reader(self, fd):
        return self._unwatch(fd, _READ)

    def _add_writer(self, fd, callback, *args):
        return self._watch(fd, _WRITE, callback, args)

    def _remove_writer(self, fd):
        return self._unwatch(fd, _WRITE)

    def add_reader(self, fd, callback, *args):
        self._ensure_fd_no_transport(fd)
        self._add_reader(fd, callback, *args)

    def remove_reader(self, fd):
        self._ensure_fd_no_transport(fd)
        return self._remove_reader(fd)

    def add_writer(self, fd, callback, *args):
        self._ensure_fd_no_transport(fd)
        self._add_writer(fd, callback, *args)

    def remove_writer(self, fd):
        self._ensure_fd_no_transport(fd)
        return self._remove_writer(fd)

    # Socket operations as coroutines

    async def _sock_wait(self, sock, event, reason, attempt):
        """Calls `attempt` until it does not raise BlockingIOError, each time the socket is ready."""
        if self._debug and sock.gettimeout() != 0:
            raise ValueError("the socket must be non-blocking")
        try:
            return attempt()
        except BlockingIOError:
            pass
        fut = self.create_future()
        fut._waits_for = reason
        fd = sock.fileno()
        self._ensure_fd_no_transport(fd)

        def ready():
            if fut.done():
                return
            try:
                result = attempt()
            except BlockingIOError:
                return
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException as error:
                fut.set_exception(error)
            else:
                fut.set_result(result)

        def done(fut):
            if not handle.cancelled():
                self._unwatch(fd, event)

        handle = self._watch(fd, event, ready, ())
        fut.add_done_callback(done)
        return await fut

    async def sock_recv(self, sock, n):
        return await self._sock_wait(sock, _READ, "data", lambda: sock.recv(n))

    async def sock_recv_into(self, sock, buf):
        return await self._sock_wait(sock, _READ, "data", lambda: sock.recv_into(buf))

    async def sock_sendall(self, sock, data):
        rest = memoryview(bytes(data))
        while len(rest):
            sent = await self._sock_wait(sock, _WRITE, "room to send", lambda: sock.send(rest))
            rest = rest[sent:]

    async def sock_accept(self, sock):
        conn, address = await self._sock_wait(sock, _READ, "connection", sock.accept)
        conn.setblocking(False)
        return conn, address

    async def sock_recvfrom(self, sock, bufsize):
        return await self._sock_wait(sock, _READ, "data", lambda: sock.recvfrom(bufsize))

    async def sock_sendto(self, sock, data, address):
        return await self._sock_wait(sock, _WRITE, "room to send", lambda: sock.sendto(data, address))

    async def sock_connect(self, sock, address):
        if self._debug and sock.gettimeout() != 0:
            raise ValueError("the socket must be non-blocking")
        if isinstance(address, tuple):
            infos = await self._ensure_resolved(address, family=sock.family, type=sock.type, loop=self)
            address = infos[0][4]
        try:
            sock.connect(address)
            return
        except BlockingIOError:
            pass
        fut = self.create_future()
        fut._waits_for = "connection"
        fd = sock.fileno()

        def decided():
            if fut.done():
                return
            number = _socket.error_of(fd)
            if number:
                fut.set_exception(OSError(number, f"Connect call failed {address}"))
            else:
                fut.set_result(None)

        def done(fut):
            if not handle.cancelled():
                self._remove_writer(fd)

        handle = self._add_writer(fd, decided)
        fut.add_done_callback(done)
        try:
            await fut
        finally:
            # The exception's traceback must not keep the future.
            fut = None

    # Names

    async def getaddrinfo(self, host, port, *, family=0, type=0, proto=0, flags=0):
        import socket

        return await self.run_in_executor(None, socket.getaddrinfo, host, port, family, type, proto, flags)

    async def getnameinfo(self, sockaddr, flags=0):
        import socket

        return await self.run_in_executor(None, socket.getnameinfo, sockaddr, flags)

    async def _ensure_resolved(self, address, *, family=0, type=1, proto=0, flags=0, loop=None):
        host, port = address[0], address[1]
        if isinstance(host, str) and _is_address(host):
            # Addresses are not looked up, so that no thread is needed.
            import socket

            return socket.getaddrinfo(host, port, family, type, proto, flags)
        return await self.getaddrinfo(host, port, family=family, type=type, proto=proto, flags=flags)

    # Connections

    async def create_connection(
        self, protocol_factory, host=None, port=None, *, ssl=None, family=0, proto=0, flags=0, sock=None,
        local_addr=None, server_hostname=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None,
        happy_eyeballs_delay=None, interleave=None, all_errors=False,
    ):
        _refuse_tls(ssl)
        if host is not None or port is not None:
            if sock is not None:
                raise ValueError("host/port and sock can not be specified at the same time")
            infos = await self._ensure_resolved((host, port), family=family, proto=proto, flags=flags, loop=self)
            sock = await self._connect_first(infos, all_errors)
        elif sock is None:
            raise ValueError("host and port was not specified and no sock specified")
        sock.setblocking(False)
        _charge("asyncio.connection")
        protocol = protocol_factory()
        waiter = self.create_future()
        waiter._waits_for = "connection"
        transport = self._make_socket_transport(sock, protocol, waiter)
        try:
            await waiter
        except BaseException:
            transport.close()
            raise
        return transport, protocol

    async def _connect_first(self, infos, all_errors):
        """A socket connected to the first of the addresses that answers."""
        import socket

        failures = []
        for info in infos:
            sock = socket.socket(*info[:3])
            sock.setblocking(False)
            try:
                await self.sock_connect(sock, info[4])
                return sock
            except OSError as error:
                sock.close()
                failures.append(error)
            except BaseException:
                sock.close()
                raise
        try:
            if not failures:
                raise OSError("getaddrinfo() returned empty list")
            if all_errors:
                raise ExceptionGroup("create_connection failed", failures)
            texts = [str(error) for error in failures]
            if texts.count(texts[0]) == len(texts):
                raise failures[0]
            raise OSError(f"Multiple exceptions: {', '.join(texts)}")
        finally:
            failures = None

    def _make_socket_transport(self, sock, protocol, waiter=None, *, extra=None, server=None):
        return _SelectorSocketTransport(self, sock, protocol, waiter, extra, server)

    async def connect_accepted_socket(self, protocol_factory, sock, *, ssl=None, **kwargs):
        return await self.create_connection(protocol_factory, sock=sock, ssl=ssl)

    async def create_datagram_endpoint(
        self, protocol_factory, local_addr=None, remote_addr=None, *, family=0, proto=0, flags=0,
        reuse_port=None, allow_broadcast=None, sock=None,
    ):
        from .datagrams import create_endpoint

        return await create_endpoint(
            self, protocol_factory, local_addr, remote_addr, family, proto, reuse_port, allow_broadcast, sock
        )

    async def start_tls(self, *args, **kwargs):
        _refuse_tls(True)

    # Servers

    async def _create_server_getaddrinfo(self, host, port, family, flags):
        infos = await self._ensure_resolved((host, port), family=family, flags=flags, loop=self)
        if not infos:
            raise OSError(f"getaddrinfo({host!r}) returned empty list")
        return infos

    async def create_server(
        self, protocol_factory, host=None, port=None, *, family=0, flags=1, sock=None, backlog=100, ssl=None,
        reuse_address=None, reuse_port=None, keep_alive=None, ssl_handshake_timeout=None,
        ssl_shutdown_timeout=None, start_serving=True,
    ):
        import socket

        if isinstance(ssl, bool):
            raise TypeError("ssl argument must be an SSLContext or None")
        _refuse_tls(ssl)
        if host is not None or port is not None:
            if sock is not None:
                raise ValueError("host/port and sock can not be specified at the same time")
            hosts = [None] if host == "" or host is None else [host] if isinstance(host, str) else host
            found = await tasks.gather(
                *[self._create_server_getaddrinfo(each, port, family, flags) for each in hosts]
            )
            sockets = []
            try:
                for info in dict.fromkeys(info for infos in found for info in infos):
                    listener = socket.socket(*info[:3])
                    sockets.append(listener)
                    try:
                        listener.bind(info[4])
                        listener.listen(backlog)
                    except OSError as error:
                        text = str(error.strerror).lower()
                        if base_events._VERSION >= (3, 12):
                            text = str(error).lower()
                        raise OSError(
                            error.errno, f"error while attempting to bind on address {info[4]!r}: {text}"
                        ) from None
            except BaseException:
                for listener in sockets:
                    listener.close()
                raise
        else:
            if sock is None:
                raise ValueError("Neither host/port nor sock were specified")
            sockets = [sock]
        for listener in sockets:
            listener.setblocking(False)
        server = base_events.Server(self, sockets, protocol_factory, backlog)
        if start_serving:
            server._start_serving()
            await tasks.sleep(0)
        return server

    def _start_serving(self, protocol_factory, sock, server=None, backlog=100):
        self._add_reader(sock.fileno(), self._accept_connection, protocol_factory, sock, server, backlog)

    def _stop_serving(self, sock):
        self._remove_reader(sock.fileno())
        sock.close()

    def _accept_connection(self, protocol_factory, sock, server=None, backlog=100):
        # One handle takes as many connections as wait, up to the backlog.
        for _ in range(backlog):
            try:
                conn, address = sock.accept()
            except BlockingIOError:
                return
            conn.setblocking(False)
            _charge("asyncio.accept")
            self.create_task(self._accept_connection2(protocol_factory, conn, {"peername": address}, server))

    async def _accept_connection2(self, protocol_factory, conn, extra, server=None):
        protocol = transport = None
        try:
            _charge("asyncio.connection")
            protocol = protocol_factory()
            waiter = self.create_future()
            waiter._waits_for = "connection"
            transport = self._make_socket_transport(conn, protocol, waiter, extra=extra, server=server)
            try:
                await waiter
            except BaseException:
                transport.close()
                raise
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            if self._debug:
                self.call_exception_handler(
                    {
                        "message": "Error on transport creation for incoming connection",
                        "exception": error,
                        "protocol": protocol,
                        "transport": transport,
                    }
                )


def _refuse_tls(ssl):
    if ssl:
        raise NotImplementedError("TLS is not part of the simulated network")
