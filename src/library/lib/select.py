"""Waiting for sockets: `select`, and the objects of Linux, over the simulated epoll."""
import _select

__frameless__ = ("*",)

__all__ = ["select", "poll", "epoll", "error"]

error = OSError
PIPE_BUF = 4096

EPOLLIN = POLLIN = 0x001
EPOLLPRI = POLLPRI = 0x002
EPOLLOUT = POLLOUT = 0x004
EPOLLERR = POLLERR = 0x008
EPOLLHUP = POLLHUP = 0x010
POLLNVAL = 0x020
EPOLLRDNORM = POLLRDNORM = 0x040
EPOLLRDBAND = POLLRDBAND = 0x080
EPOLLWRNORM = POLLWRNORM = 0x100
EPOLLWRBAND = POLLWRBAND = 0x200
EPOLLMSG = POLLMSG = 0x400
EPOLLRDHUP = POLLRDHUP = 0x2000
EPOLLEXCLUSIVE, EPOLLONESHOT, EPOLLET = 0x10000000, 0x40000000, 0x80000000
EPOLL_CLOEXEC = 0x80000


def _fd(file):
    if isinstance(file, int):
        fd = file
    else:
        fileno = getattr(file, "fileno", None)
        if fileno is None:
            raise TypeError("argument must be an int, or have a fileno() method.")
        fd = fileno()
    if fd < 0:
        raise ValueError(f"file descriptor cannot be a negative integer ({fd})")
    return fd


def _wait(interest, timeout):
    """`{fd: 1 read, 2 write, 3 both}` of those that are ready."""
    poller = _select.new()
    try:
        for fd, mask in interest.items():
            _select.set(poller, fd, mask)
        return dict(_select.wait(poller, timeout))
    finally:
        _select.close(poller)


def select(rlist, wlist, xlist, timeout=None, /):
    """Those of each list that are ready; nothing exceptional ever happens to a simulated socket."""
    if timeout is not None and timeout < 0:
        raise ValueError("timeout must be non-negative")
    readers = [(file, _fd(file)) for file in rlist]
    writers = [(file, _fd(file)) for file in wlist]
    for file in xlist:
        _fd(file)
    interest = {}
    for _, fd in readers:
        interest[fd] = interest.get(fd, 0) | 1
    for _, fd in writers:
        interest[fd] = interest.get(fd, 0) | 2
    ready = _wait(interest, timeout)
    return (
        [file for file, fd in readers if ready.get(fd, 0) & 1],
        [file for file, fd in writers if ready.get(fd, 0) & 2],
        [],
    )


def _mask(events):
    return (1 if events & (POLLIN | POLLPRI | POLLRDNORM) else 0) | (2 if events & (POLLOUT | POLLWRNORM) else 0)


def _events(mask):
    return (POLLIN if mask & 1 else 0) | (POLLOUT if mask & 2 else 0)


class poll:
    """Descriptors with the events of interest; timeouts are in milliseconds."""

    def __init__(self):
        self._interest = {}

    def register(self, fd, eventmask=POLLIN | POLLPRI | POLLOUT, /):
        self._interest[_fd(fd)] = eventmask

    def modify(self, fd, eventmask, /):
        if _fd(fd) not in self._interest:
            raise FileNotFoundError(2, "No such file or directory")
        self._interest[_fd(fd)] = eventmask

    def unregister(self, fd, /):
        del self._interest[_fd(fd)]

    def poll(self, timeout=None, /):
        seconds = None if timeout is None or timeout < 0 else timeout / 1000
        ready = _wait({fd: _mask(events) for fd, events in self._interest.items()}, seconds)
        return [(fd, _events(ready[fd])) for fd in self._interest if fd in ready]


class epoll:
    """Descriptors with the events of interest; timeouts are in seconds."""

    def __init__(self, sizehint=-1, flags=0):
        self._poller = _select.new()
        self._masks = {}

    @classmethod
    def fromfd(cls, fd, /):
        raise NotImplementedError("select.epoll.fromfd() is not simulated: make a new epoll object")

    @property
    def closed(self):
        return self._poller is None

    def _check(self):
        if self._poller is None:
            raise ValueError("I/O operation on closed epoll object")

    def fileno(self):
        self._check()
        return self._poller

    def register(self, fd, eventmask=EPOLLIN | EPOLLPRI | EPOLLOUT):
        self._check()
        if eventmask & (EPOLLET | EPOLLONESHOT):
            raise NotImplementedError("select.epoll: EPOLLET and EPOLLONESHOT are not simulated: use level-triggered events")
        fd = _fd(fd)
        if fd in self._masks:
            raise FileExistsError(17, "File exists")
        _select.set(self._poller, fd, _mask(eventmask))
        self._masks[fd] = _mask(eventmask)

    def modify(self, fd, eventmask):
        self._check()
        fd = _fd(fd)
        if fd not in self._masks:
            raise FileNotFoundError(2, "No such file or directory")
        _select.set(self._poller, fd, _mask(eventmask))
        self._masks[fd] = _mask(eventmask)

    def unregister(self, fd):
        self._check()
        fd = _fd(fd)
        if fd not in self._masks:
            raise FileNotFoundError(2, "No such file or directory")
        del self._masks[fd]
        try:
            _select.set(self._poller, fd, 0)
        except OSError:
            # The descriptor was closed first; closing removed it from the poller.
            pass

    def poll(self, timeout=None, maxevents=-1):
        self._check()
        seconds = None if timeout is None or timeout < 0 else timeout
        found = [(fd, _events(mask & self._masks.get(fd, 0))) for fd, mask in _select.wait(self._poller, seconds)]
        return found if maxevents < 0 else found[:maxevents]

    def close(self):
        if self._poller is not None:
            _select.close(self._poller)
            self._poller = None

    def __enter__(self):
        self._check()
        return self

    def __exit__(self, *exc):
        self.close()
