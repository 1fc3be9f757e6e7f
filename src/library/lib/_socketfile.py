"""What `socket.makefile()` gives: a connection under the buffers of `io`."""
from _files import BufferedReader, BufferedRWPair, BufferedWriter, TextIOWrapper
from _iobase import DEFAULT_BUFFER_SIZE, RawIOBase

__frameless__ = ("*",)


class SocketIO(RawIOBase):
    """The raw file: a read or write is one of the socket, which stays open for as long as a file of it is."""

    __module__ = "socket"

    def __init__(self, sock, mode):
        self._sock = sock
        self.mode = mode + "b"
        self._is_late = False

    name = property(lambda self: -1 if self.closed else self.fileno())

    def _check(self, what="file"):
        if self.closed:
            raise ValueError(f"I/O operation on closed {what}.")

    def readable(self):
        self._check("socket")
        return "r" in self.mode

    def writable(self):
        self._check("socket")
        return "w" in self.mode

    def fileno(self):
        self._check()
        return self._sock.fileno()

    def read(self, size=-1, /):
        self._check()
        if size is None or size < 0:
            parts = []
            while part := self.read(DEFAULT_BUFFER_SIZE):
                parts.append(part)
            return b"".join(parts)
        if self._is_late:
            raise OSError("cannot read from timed out object")
        try:
            return self._sock.recv(size)
        except BlockingIOError:
            return None
        except TimeoutError:
            self._is_late = True
            raise

    readall = read

    def readinto(self, buffer, /):
        data = self.read(len(buffer))
        if data is None:
            return None
        buffer[: len(data)] = data
        return len(data)

    def write(self, data, /):
        self._check()
        try:
            return self._sock.send(data)
        except BlockingIOError:
            return None

    def close(self):
        if not self.closed:
            self.closed = True
            sock, self._sock = self._sock, None
            sock._release()

    def __del__(self):
        self.close()


def make(sock, mode, buffering, encoding, errors, newline):
    if not set(mode) <= {"r", "w", "b"}:
        raise ValueError(f"invalid mode {mode!r} (only r, w, b allowed)")
    writes, is_binary = "w" in mode, "b" in mode
    reads = "r" in mode or not writes
    if buffering == 0 and not is_binary:
        raise ValueError("unbuffered streams must be binary")
    raw = SocketIO(sock, "r" * reads + "w" * writes)
    sock._n_files += 1
    if buffering == 0:
        return raw
    size = DEFAULT_BUFFER_SIZE if buffering is None or buffering < 0 else buffering
    if reads and writes:
        buffer = BufferedRWPair(raw, raw, size)
    else:
        buffer = (BufferedReader if reads else BufferedWriter)(raw, size)
    if is_binary:
        return buffer
    text = TextIOWrapper(buffer, encoding, errors, newline)
    text.mode = mode
    return text
