"""Readiness of descriptors, over the selectors."""
from selectors import EVENT_READ, EVENT_WRITE, DefaultSelector

error = OSError
POLLIN, POLLPRI, POLLOUT, POLLERR, POLLHUP, POLLNVAL = 1, 2, 4, 8, 16, 32
EPOLLIN, EPOLLPRI, EPOLLOUT, EPOLLERR, EPOLLHUP, EPOLLET, EPOLLONESHOT = 1, 2, 4, 8, 16, 1 << 31, 1 << 30


def _fd_of(file):
    fd = file if isinstance(file, int) else getattr(file, "fileno", None)
    if fd is None:
        raise TypeError("argument must be an int, or have a fileno() method.")
    fd = fd if isinstance(fd, int) else fd()
    if fd < 0:
        raise ValueError(f"file descriptor cannot be a negative integer ({fd})")
    return fd


def select(rlist, wlist, xlist, timeout=None, /):
    """Those of the descriptors that can be read and written now, in the order given."""
    rlist, wlist = list(rlist), list(wlist)
    if timeout is not None and timeout < 0:
        raise ValueError("timeout must be non-negative")
    wanted = {}
    for files, event in ((rlist, EVENT_READ), (wlist, EVENT_WRITE)):
        for file in files:
            fd = _fd_of(file)
            wanted[fd] = wanted.get(fd, 0) | event
    with DefaultSelector() as selector:
        for fd, events in wanted.items():
            selector.register(fd, events)
        ready = {key.fd: events for key, events in selector.select(timeout)}
    readable = [file for file in rlist if ready.get(_fd_of(file), 0) & EVENT_READ]
    writable = [file for file in wlist if ready.get(_fd_of(file), 0) & EVENT_WRITE]
    return readable, writable, []


class _Poll:
    """Registered descriptors; masks are of POLLIN and POLLOUT. Those of epoll have the same numbers."""

    _unit = 1000

    def __init__(self):
        self._selector = DefaultSelector()

    def register(self, fd, eventmask=POLLIN | POLLPRI | POLLOUT):
        events = (EVENT_READ if eventmask & POLLIN else 0) | (EVENT_WRITE if eventmask & POLLOUT else 0)
        self._selector.register(_fd_of(fd), events)

    def modify(self, fd, eventmask):
        self.unregister(fd)
        self.register(fd, eventmask)

    def unregister(self, fd):
        self._selector.unregister(_fd_of(fd))

    def poll(self, timeout=None):
        if timeout is not None:
            timeout = None if timeout < 0 else timeout / self._unit
        found = []
        for key, events in self._selector.select(timeout):
            found.append((key.fd, (POLLIN if events & EVENT_READ else 0) | (POLLOUT if events & EVENT_WRITE else 0)))
        return found


class epoll(_Poll):
    _unit = 1

    def __init__(self, sizehint=-1, flags=0):
        super().__init__()
        self.closed = False

    def poll(self, timeout=None, maxevents=-1):
        return super().poll(timeout)

    def close(self):
        self.closed = True
        self._selector.close()

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()


def poll():
    return _Poll()
