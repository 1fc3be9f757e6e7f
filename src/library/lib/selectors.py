"""`selectors`: readiness of file descriptors over the simulated epoll (S-OS-08).

The native poller rounds a timeout up to whole milliseconds and returns descriptors in the order they became ready.
"""
import _select

EVENT_READ = 1
EVENT_WRITE = 2


class SelectorKey(tuple):
    """What a registration consists of: `fileobj`, `fd`, `events`, `data`."""

    def __new__(cls, fileobj, fd, events, data):
        return tuple.__new__(cls, (fileobj, fd, events, data))

    fileobj = property(lambda self: self[0])
    fd = property(lambda self: self[1])
    events = property(lambda self: self[2])
    data = property(lambda self: self[3])

    def __repr__(self):
        return f"SelectorKey(fileobj={self[0]!r}, fd={self[1]!r}, events={self[2]!r}, data={self[3]!r})"


def _fd_of(fileobj):
    if isinstance(fileobj, int):
        fd = fileobj
    else:
        try:
            fd = int(fileobj.fileno())
        except (AttributeError, TypeError, ValueError):
            raise ValueError(f"Invalid file object: {fileobj!r}") from None
    if fd < 0:
        raise ValueError(f"Invalid file descriptor: {fd}")
    return fd


class BaseSelector:
    """The interface of all selectors; what `isinstance` checks name."""

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()


class EpollSelector(BaseSelector):
    """A set of descriptors with the events of interest."""

    def __init__(self):
        self._poller = _select.new()
        self._keys = {}

    def fileno(self):
        return self._poller

    def _lookup(self, fileobj):
        try:
            return _fd_of(fileobj)
        except ValueError:
            # A closed socket no longer knows its number; its key still does.
            for key in self._keys.values():
                if key[0] is fileobj:
                    return key[1]
            raise

    def register(self, fileobj, events, data=None):
        if not events or events & ~(EVENT_READ | EVENT_WRITE):
            raise ValueError(f"Invalid events: {events!r}")
        fd = self._lookup(fileobj)
        if fd in self._keys:
            raise KeyError(f"{fileobj!r} (FD {fd}) is already registered")
        key = self._keys[fd] = SelectorKey(fileobj, fd, events, data)
        _select.set(self._poller, fd, events)
        return key

    def unregister(self, fileobj):
        fd = self._lookup(fileobj)
        try:
            key = self._keys.pop(fd)
        except KeyError:
            raise KeyError(f"{fileobj!r} is not registered") from None
        try:
            _select.set(self._poller, fd, 0)
        except OSError:
            # The descriptor was closed first; closing removed it from the poller.
            pass
        return key

    def modify(self, fileobj, events, data=None):
        fd = self._lookup(fileobj)
        try:
            key = self._keys[fd]
        except KeyError:
            raise KeyError(f"{fileobj!r} is not registered") from None
        if events != key[2]:
            _select.set(self._poller, fd, events)
        key = self._keys[fd] = SelectorKey(fileobj, fd, events, data)
        return key

    def select(self, timeout=None):
        if timeout is not None and timeout < 0:
            timeout = 0
        found = _select.wait(self._poller, timeout)
        if not found:
            return []
        keys = self._keys
        ready = []
        for fd, mask in found:
            key = keys.get(fd)
            if key is not None:
                ready.append((key, mask & key[2]))
        return ready

    def close(self):
        if self._poller is not None:
            _select.close(self._poller)
            self._poller = None
        self._keys = {}

    def get_key(self, fileobj):
        try:
            return self._keys[self._lookup(fileobj)]
        except KeyError:
            raise KeyError(f"{fileobj!r} is not registered") from None

    def get_map(self):
        if self._poller is None:
            return None
        return {key[0]: key for key in self._keys.values()}


DefaultSelector = PollSelector = SelectSelector = EpollSelector
