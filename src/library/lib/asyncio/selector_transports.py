"""The transports of sockets that the loop's selector watches: what all share, and that of a TCP connection (S-AIO-64)."""
import selectors
import socket
import _cost
import _socket
import _weakref

from . import constants, futures, log, protocols, transports, trsock

_charge = _cost.charge
_READ = selectors.EVENT_READ
_WRITE = selectors.EVENT_WRITE


class _SelectorTransport(transports._FlowControlMixin):
    """A socket, the protocol it belongs to, and what waits to be sent."""

    max_size = 256 * 1024

    def __init__(self, loop, sock, protocol, extra, buffer, server=None):
        super().__init__(extra, loop)
        self._sock = sock
        self._sock_fd = fd = sock.fileno()
        self._extra["socket"] = trsock.TransportSocket(sock)
        for name, ask in (("sockname", sock.getsockname), ("peername", sock.getpeername)):
            if name not in self._extra:
                try:
                    self._extra[name] = ask()
                except OSError:
                    self._extra[name] = None
        self._server = server
        self._buffer = buffer
        self._conn_lost = 0
        self._closing = False
        self._paused = False
        self.set_protocol(protocol)
        if server is not None:
            server._attach(self)
        loop._transports[fd] = _weakref.ref(self)

    def _begin(self, waiter):
        """Reading starts when connection_made has been called, and only then the waiter wakes."""
        self._loop.call_soon(self._protocol.connection_made, self)
        self._loop.call_soon(self._add_reader, self._sock_fd, self._read_ready)
        if waiter is not None:
            self._loop.call_soon(futures._set_result_unless_cancelled, waiter, None)

    def __repr__(self):
        info = [type(self).__name__]
        if self._sock is None:
            info.append("closed")
        elif self._closing:
            info.append("closing")
        info.append(f"fd={self._sock_fd}")
        if self._loop is not None and not self._loop.is_closed():
            try:
                watched = self._loop._selector.get_key(self._sock_fd).events
            except KeyError:
                watched = 0
            info.append("read=polling" if watched & _READ else "read=idle")
            writing = "polling" if watched & _WRITE else "idle"
            info.append(f"write=<{writing}, bufsize={self.get_write_buffer_size()}>")
        return f"<{' '.join(info)}>"

    def __del__(self):
        if self._sock is not None:
            import warnings

            warnings.warn(f"unclosed transport {self!r}", ResourceWarning, source=self)
            self._sock.close()

    def set_protocol(self, protocol):
        self._protocol = protocol

    def get_protocol(self):
        return self._protocol

    def is_reading(self):
        return not self._closing and not self._paused

    def _add_reader(self, fd, callback):
        if self.is_reading():
            self._loop._add_reader(fd, callback)

    # The end

    def is_closing(self):
        return self._closing

    def close(self):
        if self._closing:
            return
        self._closing = True
        self._loop._remove_reader(self._sock_fd)
        if not self._buffer:
            self._conn_lost += 1
            self._loop._remove_writer(self._sock_fd)
            self._loop.call_soon(self._call_connection_lost, None)

    def abort(self):
        self._force_close(None)

    def _fatal_error(self, error, message):
        if not isinstance(error, OSError):
            self._loop.call_exception_handler(
                {"message": message, "exception": error, "transport": self, "protocol": self._protocol}
            )
        self._force_close(error)

    def _force_close(self, error):
        if self._conn_lost:
            return
        if self._buffer:
            self._buffer.clear()
            self._loop._remove_writer(self._sock_fd)
        if not self._closing:
            self._closing = True
            self._loop._remove_reader(self._sock_fd)
        self._conn_lost += 1
        self._loop.call_soon(self._call_connection_lost, error)

    def _call_connection_lost(self, error):
        try:
            self._protocol.connection_lost(error)
        finally:
            self._sock.close()
            self._sock = None
            self._loop._transports.pop(self._sock_fd, None)
            self._protocol = None
            self._loop = None
            server, self._server = self._server, None
            if server is not None:
                server._detach(self)


class _SelectorSocketTransport(_SelectorTransport):
    """A TCP connection: reads when there is data, writes at once and buffers what does not fit."""

    def __init__(self, loop, sock, protocol, waiter=None, extra=None, server=None):
        self._eof = False
        super().__init__(loop, sock, protocol, extra, bytearray(), server)
        # As `base_events._set_nodelay`: a socket that was made without naming the protocol keeps Nagle's algorithm.
        if sock.proto == socket.IPPROTO_TCP:
            _socket.no_delay(self._sock_fd)
        self._begin(waiter)

    def set_protocol(self, protocol):
        super().set_protocol(protocol)
        self._buffered = isinstance(protocol, protocols.BufferedProtocol)

    # Reading

    def pause_reading(self):
        if self.is_reading():
            self._paused = True
            self._loop._remove_reader(self._sock_fd)

    def resume_reading(self):
        if not self._closing and self._paused:
            self._paused = False
            self._add_reader(self._sock_fd, self._read_ready)

    def _read_ready(self):
        if self._conn_lost:
            return
        try:
            data = _socket.recv(self._sock_fd, self.max_size)
        except OSError as error:
            self._fatal_error(error, "Fatal read error on socket transport")
            return
        if data is None:
            return
        _charge(self._loop._cost_receive)
        try:
            what = "eof_received"
            if not data:
                # A protocol that answers true keeps the writing side open.
                if self._protocol.eof_received():
                    self._loop._remove_reader(self._sock_fd)
                else:
                    self.close()
            elif self._buffered:
                what = "get_buffer"
                self._feed(data)
            else:
                what = "data_received"
                self._protocol.data_received(data)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            self._fatal_error(error, f"Fatal error: protocol.{what}() call failed.")

    def _feed(self, data):
        """Gives data to a protocol that provides the buffers."""
        while data:
            buffer = self._protocol.get_buffer(-1)
            size = min(len(buffer), len(data))
            if not size:
                raise RuntimeError("get_buffer() returned an empty buffer")
            buffer[:size] = data[:size]
            data = data[size:]
            self._protocol.buffer_updated(size)

    # Writing

    def get_write_buffer_size(self):
        return len(self._buffer)

    def write(self, data):
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError(f"data argument must be a bytes-like object, not {type(data).__name__!r}")
        if self._eof:
            raise RuntimeError("Cannot call write() after write_eof()")
        if not data:
            return
        if self._conn_lost:
            if self._conn_lost >= constants.LOG_THRESHOLD_FOR_CONNLOST_WRITES:
                log.get().warning("socket.send() raised exception.")
            self._conn_lost += 1
            return
        if self._buffer:
            _charge(self._loop._cost_send)
        else:
            try:
                sent = _socket.send(self._sock_fd, data)
            except OSError as error:
                self._fatal_error(error, "Fatal write error on socket transport")
                return
            # Charged here because over the loopback the data has arrived when the sender goes on.
            _charge(self._loop._cost_send)
            if sent is not None:
                if sent == len(data):
                    return
                data = data[sent:]
            self._loop._add_writer(self._sock_fd, self._write_ready)
        self._buffer.extend(data)
        self._maybe_pause_protocol()

    def _write_ready(self):
        if self._conn_lost:
            return
        try:
            sent = _socket.send(self._sock_fd, bytes(self._buffer))
        except OSError as error:
            self._loop._remove_writer(self._sock_fd)
            self._buffer.clear()
            self._fatal_error(error, "Fatal write error on socket transport")
            return
        if not sent:
            return
        del self._buffer[:sent]
        self._maybe_resume_protocol()
        if not self._buffer:
            self._loop._remove_writer(self._sock_fd)
            if self._closing:
                self._call_connection_lost(None)
            elif self._eof:
                _socket.shutdown(self._sock_fd)

    def can_write_eof(self):
        return True

    def write_eof(self):
        if self._closing or self._eof:
            return
        self._eof = True
        if not self._buffer:
            _socket.shutdown(self._sock_fd)
