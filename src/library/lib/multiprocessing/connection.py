"""Pipes whose ends may be in different processes, and waiting for several of them (S-MP-06)."""
import _cost
import _pickle
import _select
import _socket

from . import context


class Connection:
    """One end of a pipe: messages with their lengths before them."""

    def __init__(self, handle, readable=True, writable=True):
        self._handle = handle
        self._readable = readable
        self._writable = writable

    def __del__(self):
        if self._handle is not None:
            self.close()

    def __reduce__(self):
        popen = context.get_spawning_popen()
        if popen is None:
            raise RuntimeError("a Connection can only be given to a process when that is started")
        return Connection, (popen.duplicate_for_child(self._handle), self._readable, self._writable)

    def _check(self, ability):
        if self._handle is None:
            raise OSError("handle is closed")
        if ability == "read" and not self._readable:
            raise OSError("connection is write-only")
        if ability == "write" and not self._writable:
            raise OSError("connection is read-only")

    @property
    def closed(self):
        return self._handle is None

    @property
    def readable(self):
        return self._readable

    @property
    def writable(self):
        return self._writable

    def fileno(self):
        self._check(None)
        return self._handle

    def close(self):
        if self._handle is not None:
            handle, self._handle = self._handle, None
            try:
                _socket.close(handle)
            except OSError:
                pass

    def send(self, obj):
        self._check("write")
        self._send(_pickle.dumps(obj))

    def send_bytes(self, buf, offset=0, size=None):
        self._check("write")
        data = bytes(buf)
        end = len(data) if size is None else offset + size
        if offset < 0 or end > len(data):
            raise ValueError("buffer length < offset + size")
        self._send(data[offset:end])

    def _send(self, data):
        _cost.charge("multiprocessing.message")
        left = len(data).to_bytes(4, "big") + data
        while left:
            taken = _socket.send(self._handle, left)
            if taken is None:
                _socket.wait(self._handle, True)
            else:
                left = left[taken:]

    def recv(self):
        self._check("read")
        return _pickle.loads(self._receive())

    def recv_bytes(self, maxlength=None):
        self._check("read")
        return self._receive()

    def recv_bytes_into(self, buf, offset=0):
        data = self.recv_bytes()
        buf[offset : offset + len(data)] = data
        return len(data)

    def _receive(self):
        size = int.from_bytes(self._exactly(4, True), "big")
        data = self._exactly(size, False)
        _cost.charge("multiprocessing.message")
        return data

    def _exactly(self, n, at_start):
        parts = []
        while n:
            data = _socket.recv(self._handle, n)
            if data is None:
                _socket.wait(self._handle, False)
                continue
            if not data:
                if at_start and not parts:
                    raise EOFError
                raise OSError("got end of file during message")
            parts.append(data)
            n -= len(data)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def poll(self, timeout=0.0):
        self._check("read")
        return bool(_socket.wait(self._handle, False, timeout))

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()


def Pipe(duplex=True):
    one, other = _socket.pair()
    if duplex:
        return Connection(one), Connection(other)
    return Connection(one, writable=False), Connection(other, readable=False)


def wait(object_list, timeout=None):
    """Those of the objects that are ready to be read."""
    by_fd = {}
    for obj in object_list:
        by_fd[obj if isinstance(obj, int) else obj.fileno()] = obj
    poller = _select.new()
    try:
        for fd in by_fd:
            _select.set(poller, fd, 1)
        ready = {fd for fd, _ in _select.wait(poller, timeout)}
    finally:
        _select.close(poller)
    return [obj for fd, obj in by_fd.items() if fd in ready]


class Listener:
    """Waits for connections at a port of the simulated network."""

    def __init__(self, address=None, family=None, backlog=1, authkey=None):
        host, port = address or ("127.0.0.1", 0)
        if isinstance(address, str):
            raise NotImplementedError("multiprocessing: addresses that are paths are not simulated; use (host, port)")
        self._fd = _socket.open_stream()
        _socket.bind(self._fd, port)
        _socket.listen(self._fd, max(backlog, 1))
        self._authkey = authkey
        self.last_accepted = None

    @property
    def address(self):
        return _socket.name_of(self._fd)

    def accept(self):
        while True:
            accepted = _socket.accept(self._fd)
            if accepted is not None:
                break
            _socket.wait(self._fd, False)
        fd, self.last_accepted = accepted
        connection = Connection(fd)
        if self._authkey is not None and connection.recv_bytes() != self._authkey:
            connection.close()
            raise context.AuthenticationError("digest received was wrong")
        return connection

    def close(self):
        if self._fd is not None:
            _socket.close(self._fd)
            self._fd = None

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()


def Client(address, family=None, authkey=None):
    host, port = address
    fd = _socket.open_stream()
    _socket.connect(fd, port)
    _socket.wait(fd, True)
    error = _socket.error_of(fd)
    if error:
        _socket.close(fd)
        raise ConnectionRefusedError(error, "Connection refused")
    connection = Connection(fd)
    if authkey is not None:
        connection.send_bytes(authkey)
    return connection
