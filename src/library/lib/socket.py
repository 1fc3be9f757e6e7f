"""Sockets over the simulated loopback network: TCP and UDP."""

import _socket
import _time
from enum import IntEnum

AddressFamily = IntEnum("AddressFamily", {"AF_UNSPEC": 0, "AF_UNIX": 1, "AF_INET": 2, "AF_INET6": 10})
AF_UNSPEC, AF_UNIX, AF_INET, AF_INET6 = AddressFamily
SocketKind = IntEnum(
    "SocketKind", {"SOCK_STREAM": 1, "SOCK_DGRAM": 2, "SOCK_RAW": 3, "SOCK_NONBLOCK": 2048, "SOCK_CLOEXEC": 524288}
)
SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, SOCK_NONBLOCK, SOCK_CLOEXEC = SocketKind
SOL_SOCKET, SO_REUSEADDR, SO_ERROR, SO_SNDBUF, SO_RCVBUF, SO_KEEPALIVE, SO_REUSEPORT = 1, 2, 4, 7, 8, 9, 15
SO_BROADCAST, SO_LINGER, SO_RCVTIMEO, SO_SNDTIMEO = 6, 13, 20, 21
IPPROTO_IP, IPPROTO_ICMP, IPPROTO_TCP, IPPROTO_UDP, IPPROTO_IPV6 = 0, 1, 6, 17, 41
TCP_NODELAY, TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT, TCP_QUICKACK, IPV6_V6ONLY = 1, 4, 5, 6, 12, 26
SHUT_RD, SHUT_WR, SHUT_RDWR = 0, 1, 2
SOMAXCONN = 4096
AI_PASSIVE, AI_ADDRCONFIG, NI_MAXHOST = 1, 32, 1025
EAI_NONAME = -2
MSG_PEEK, MSG_DONTWAIT = 2, 64
INADDR_ANY, INADDR_BROADCAST, INADDR_LOOPBACK = 0, 0xFFFFFFFF, 0x7F000001
has_ipv6 = False

error = OSError
timeout = TimeoutError


class herror(OSError):
    """An address error of the resolver."""


class gaierror(OSError):
    """A name that cannot be resolved."""


_default_timeout = None
_MESSAGES = {
    0: "Success",
    9: "Bad file descriptor",
    11: "Resource temporarily unavailable",
    89: "Destination address required",
    95: "Operation not supported",
    22: "Invalid argument",
    32: "Broken pipe",
    98: "Address already in use",
    104: "Connection reset by peer",
    106: "Transport endpoint is already connected",
    107: "Transport endpoint is not connected",
    111: "Connection refused",
    115: "Operation now in progress",
}


def _fail(number):
    raise OSError(number, _MESSAGES.get(number, f"Unknown error {number}"))


def _member(kind, number):
    try:
        return kind(number)
    except ValueError:
        return number


class socket:
    """One endpoint of TCP or UDP, blocking unless told otherwise."""

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        self.family = AF_INET if family == -1 else _member(AddressFamily, family)
        self.type = SOCK_STREAM if type == -1 else _member(SocketKind, type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC))
        self.proto = 0 if proto == -1 else proto
        self._is_datagram = self.type == SOCK_DGRAM
        if fileno is not None:
            self._fd = fileno
        else:
            self._fd = _socket.open_datagrams() if self._is_datagram else _socket.open_stream()
        self._bound = None
        self._timeout = _default_timeout
        self._closed = False
        self._n_files = 0
        self._options = {}

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()

    def __repr__(self):
        state = " [closed]" if self._closed else ""
        text = f"<socket.socket{state} fd={self._fd}, family={int(self.family)}, type={int(self.type)}, proto={self.proto}"
        if self._fd >= 0:
            for label, ask in (("laddr", self.getsockname), ("raddr", self.getpeername)):
                try:
                    text += f", {label}={ask()}"
                except OSError:
                    pass
        return text + ">"

    def fileno(self):
        return self._fd

    def _open_fd(self):
        if self._fd < 0:
            _fail(9)
        return self._fd

    # Addresses

    def bind(self, address):
        if self._fd < 0:
            _fail(9)
        if self._bound is not None:
            _fail(22)
        if self.family == AF_UNIX:
            self._bound = self._publish(address)
            return
        host, port = address[0], address[1]
        if not isinstance(port, int):
            raise TypeError(f"'{type(port).__name__}' object cannot be interpreted as an integer")
        if not 0 <= port <= 65535:
            raise OverflowError("bind(): port must be 0-65535.")
        host = _first_address(host or "0.0.0.0")
        bind = _socket.bind_datagrams if self._is_datagram else _socket.bind
        self._bound = (host, bind(self._fd, port))

    def _publish(self, path):
        import _unix_address

        if self._is_datagram:
            raise NotImplementedError("Unix sockets of datagrams are not simulated: use streams, or AF_INET")
        return _unix_address.publish(path, _socket.bind(self._fd, 0))

    def listen(self, backlog=128):
        if self._fd < 0:
            _fail(9)
        if self._is_datagram:
            _fail(95)
        if _socket.name_of(self._fd)[1] == 0:
            self.bind(("", 0))
        _socket.listen(self._fd, max(backlog, 0))

    def getsockname(self):
        if self._fd < 0:
            _fail(9)
        if self._bound is not None:
            return self._bound
        if self.family == AF_UNIX:
            return ""
        name = _socket.name_of(self._fd)
        # The kernel gives a port to a socket of datagrams that sends; its address stays open until it is connected.
        is_open = name[1] == 0 or self._is_datagram and not self._is_connected()
        return ("0.0.0.0", name[1]) if is_open else name

    def _is_connected(self):
        try:
            _socket.peer_of(self._fd)
        except OSError:
            return False
        return True

    def getpeername(self):
        name = _socket.peer_of(self._open_fd())
        return self._peer if self.family == AF_UNIX else name

    def setsockopt(self, level, option, value, *rest):
        self._options[level, option] = value
        if (level, option) == (IPPROTO_TCP, TCP_NODELAY) and value:
            _socket.no_delay(self._open_fd())

    def getsockopt(self, level, option, *rest):
        if (level, option) == (SOL_SOCKET, SO_ERROR):
            return _socket.error_of(self._fd) if self._fd >= 0 else 0
        return self._options.get((level, option), 0)

    # Modes

    def setblocking(self, flag):
        self._timeout = None if flag else 0.0

    def getblocking(self):
        return self._timeout != 0.0

    def settimeout(self, value):
        if value is not None:
            value = float(value)
            if value < 0:
                raise ValueError("Timeout value out of range")
        self._timeout = value

    def gettimeout(self):
        return self._timeout

    timeout = property(gettimeout)

    def _retry(self, attempt, write):
        """Repeats a non-blocking operation until it succeeds, waiting as the mode allows."""
        done = attempt()
        if done is not None:
            return done
        limit = self._timeout
        if limit == 0.0:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        deadline = None if limit is None else _time.monotonic() + limit
        while done is None:
            left = None if deadline is None else deadline - _time.monotonic()
            if left is not None and left <= 0 or not _socket.wait(self._fd, write, left):
                raise TimeoutError("timed out")
            done = attempt()
        return done

    # Connections

    def accept(self):
        fd = self._open_fd()
        number, address = self._retry(lambda: _socket.accept(fd), False)
        made = socket(self.family, self.type, self.proto, fileno=number)
        if self.family == AF_UNIX:
            made._bound, address = self._bound, ""
        return made, address

    def _start_connect(self, address):
        if self._fd < 0:
            _fail(9)
        if self._is_datagram:
            _socket.connect_datagrams(self._fd, address[1])
            return
        if self.family == AF_UNIX:
            import _unix_address

            port = _unix_address.port_of(address)
            if not port:
                _fail(111)
            self._peer = address
        else:
            host, port = address[0], address[1]
            _first_address(host)
        _socket.connect(self._fd, port)

    def connect(self, address):
        self._start_connect(address)
        if self._is_datagram:
            return
        limit = self._timeout
        if limit == 0.0 and self.family != AF_UNIX:
            raise BlockingIOError(115, "Operation now in progress")
        if not _socket.wait(self._fd, True, limit or None):
            raise TimeoutError("timed out")
        number = _socket.error_of(self._fd)
        if number:
            _fail(number)

    def connect_ex(self, address):
        try:
            self.connect(address)
        except OSError as failed:
            return failed.errno if failed.errno is not None else 11
        return 0

    # Data

    def send(self, data, flags=0):
        fd = self._open_fd()
        send = _socket.send_to if self._is_datagram else _socket.send
        return self._retry(lambda: send(fd, data), True)

    def sendall(self, data, flags=0):
        rest = bytes(data)
        while rest:
            rest = rest[self.send(rest) :]

    def recv(self, size, flags=0):
        if self._is_datagram:
            return self.recvfrom(size)[0]
        fd = self._open_fd()
        return self._retry(lambda: _socket.recv(fd, size), False)

    def recv_into(self, buffer, nbytes=0, flags=0):
        data = self.recv(nbytes or len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def sendto(self, data, *flags_and_address):
        if not 1 <= len(flags_and_address) <= 2:
            raise TypeError(f"sendto() takes 2 or 3 arguments ({1 + len(flags_and_address)} given)")
        address = flags_and_address[-1]
        if not self._is_datagram:
            return self.send(data)
        if not isinstance(address, tuple):
            raise TypeError(f"sendto(): AF_INET address must be tuple, not {type(address).__name__}")
        _first_address(address[0])
        fd = self._open_fd()
        return self._retry(lambda: _socket.send_to(fd, data, address[1]), True)

    def recvfrom(self, size, flags=0):
        if not self._is_datagram:
            return self.recv(size), None
        fd = self._open_fd()
        if _socket.name_of(fd)[1] == 0:
            # Whoever receives before having a port waits for a message that cannot come.
            _socket.bind_datagrams(fd, 0)
        return self._retry(lambda: _socket.recv_from(fd, size), False)

    def recvfrom_into(self, buffer, nbytes=0, flags=0):
        data, address = self.recvfrom(nbytes or len(buffer))
        buffer[: len(data)] = data
        return len(data), address

    def makefile(self, mode="r", buffering=None, *, encoding=None, errors=None, newline=None):
        from _socketfile import make

        return make(self, mode, buffering, encoding, errors, newline)

    # The end

    def shutdown(self, how):
        fd = self._open_fd()
        if how != SHUT_RD:
            _socket.shutdown(fd)

    def close(self):
        self._closed = True
        if self._n_files == 0:
            fd, self._fd = self._fd, -1
            if fd >= 0:
                _socket.close(fd)

    def _release(self):
        """A file made of it is closed; whoever closes last ends the connection."""
        self._n_files -= 1
        if self._closed:
            self.close()

    def detach(self):
        self._closed = True
        fd, self._fd = self._fd, -1
        return fd

    def __del__(self):
        fd = getattr(self, "_fd", -1)
        if fd >= 0:
            self._fd = -1
            _socket.close(fd)


SocketType = socket


def __getattr__(name):
    if name == "SocketIO":
        from _socketfile import SocketIO

        return SocketIO
    raise AttributeError(f"module 'socket' has no attribute '{name}'")


def _is_address(host):
    parts = host.split(".")
    if len(parts) == 4:
        return all(part.isdigit() and int(part) < 256 for part in parts)
    return ":" in host


def _addresses(host):
    if host is None or host == "" or _is_address(host):
        return [host or "127.0.0.1"]
    try:
        found = _socket.resolve(host)
    except OSError:
        found = []
    if not found:
        _tell_of(host)
        raise gaierror(EAI_NONAME, "Name or service not known")
    return found


_told = set()


def _tell_of(host):
    """Says once of every name in the internet why it is not found here."""
    if "." in host and not host.endswith((".invalid", ".test", ".local", ".localhost")) and host not in _told:
        _told.add(host)
        import sys

        sys.stderr.write(
            f"{host}: the simulated network has no internet, only localhost; let a process of the scenario serve what "
            "is fetched (http.server, uvicorn) and use its address\n"
        )


def _first_address(host):
    return _addresses(host)[0]


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    """The addresses of a name; asking the resolver blocks without the GIL."""
    if host is None and flags & AI_PASSIVE:
        host = "0.0.0.0"
    number = 0 if port is None else int(port)
    found = []
    for address in _addresses(host):
        six = ":" in address
        kind = AF_INET6 if six else AF_INET
        if family not in (AF_UNSPEC, kind):
            continue
        where = (address, number, 0, 0) if six else (address, number)
        for each, protocol in ((SOCK_STREAM, IPPROTO_TCP), (SOCK_DGRAM, IPPROTO_UDP)):
            if type in (0, each):
                found.append((kind, each, protocol, "", where))
    if not found:
        raise gaierror(EAI_NONAME, "Name or service not known")
    return found


def gethostbyname(host):
    return _first_address(host)


def getnameinfo(address, flags):
    return address[0], str(address[1])


def gethostname():
    return "localhost"


getfqdn = gethostname


def socketpair(family=None, type=SOCK_STREAM, proto=0):
    left, right = _socket.pair()
    return tuple(socket(AF_UNIX if family is None else family, type, proto, fileno=fd) for fd in (left, right))


def create_connection(address, timeout=..., source_address=None, *, all_errors=False):
    failures = []
    for info in getaddrinfo(address[0], address[1], 0, SOCK_STREAM):
        sock = socket(*info[:3])
        if timeout is not ...:
            sock.settimeout(timeout)
        try:
            sock.connect(info[4])
            return sock
        except OSError as failed:
            failures.append(failed)
            sock.close()
    if all_errors:
        raise ExceptionGroup("create_connection failed", failures)
    raise failures[-1]


def create_server(address, *, family=AF_INET, backlog=None, reuse_port=False, dualstack_ipv6=False):
    sock = socket(family)
    sock.bind(address)
    sock.listen(128 if backlog is None else backlog)
    return sock


def getdefaulttimeout():
    return _default_timeout


def setdefaulttimeout(value):
    global _default_timeout
    _default_timeout = value


def inet_aton(text):
    return bytes(int(part) for part in text.split("."))


def inet_ntoa(packed):
    return ".".join(str(part) for part in packed)


def inet_pton(family, text):
    if family != AF_INET or not _is_address(text):
        raise OSError("illegal IP address string passed to inet_pton")
    return inet_aton(text)


def inet_ntop(family, packed):
    if family != AF_INET or len(packed) != 4:
        raise ValueError("invalid length of packed IP address string")
    return inet_ntoa(packed)


def htons(number):
    return (number & 255) << 8 | number >> 8


def htonl(number):
    return int.from_bytes(number.to_bytes(4, "little"), "big")


ntohs = htons
ntohl = htonl
