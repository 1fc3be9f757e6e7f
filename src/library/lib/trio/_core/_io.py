"""Waiting for input and output: the run's poller and the tasks that wait for each descriptor (S-TRIO-01)."""

import _select
import _socket

from .._util import Record
from ._exceptions import BusyResourceError, ClosedResourceError
from ._run_context import current_runner, current_task
from ._traps import Abort, wait_for, wait_task_rescheduled
from outcome import Error

_READ, _WRITE = 1, 2


class EpollStatistics(Record):
    _fields = ("tasks_waiting_read", "tasks_waiting_write", "backend")


EpollStatistics.__qualname__ = "_EpollStatistics"


class _Waiters:
    __slots__ = ("read_task", "write_task", "mask")

    def __init__(self):
        self.read_task = self.write_task = None
        self.mask = 0


class IOManager:
    """One poller; a descriptor is in it for as long as somebody waits for it."""

    def __init__(self):
        self._poller = _select.new()
        self._registered = {}
        # Ends a wait of a guest run.
        self._inside, self._outside = _socket.pair()
        _select.set(self._poller, self._inside, _READ)

    def close(self):
        _select.close(self._poller)
        _socket.close(self._inside)
        _socket.close(self._outside)

    def statistics(self):
        waiters = self._registered.values()
        return EpollStatistics(
            sum(waiter.read_task is not None for waiter in waiters),
            sum(waiter.write_task is not None for waiter in waiters),
            "epoll",
        )

    def force_wakeup(self):
        _socket.send(self._outside, b"\0")

    def get_events(self, timeout):
        return _select.wait(self._poller, timeout) or []

    def process_events(self, events, reschedule):
        for fd, mask in events:
            if fd == self._inside:
                while _socket.recv(self._inside, 4096):
                    pass
                continue
            waiters = self._registered.get(fd)
            if waiters is None:
                continue
            if mask & ~_READ and waiters.write_task is not None:
                reschedule(waiters.write_task)
                waiters.write_task = None
            if mask & ~_WRITE and waiters.read_task is not None:
                reschedule(waiters.read_task)
                waiters.read_task = None
            self._update(fd, waiters)

    def _update(self, fd, waiters):
        mask = (_READ if waiters.read_task is not None else 0) | (_WRITE if waiters.write_task is not None else 0)
        if mask != waiters.mask:
            waiters.mask = mask
            try:
                _select.set(self._poller, fd, mask)
            except OSError as error:
                self._registered.pop(fd, None)
                _wake_all(waiters, error)
                return
        if not mask:
            self._registered.pop(fd, None)

    async def wait(self, fd, attribute, reason):
        fd = _number(fd)
        waiters = self._registered.get(fd)
        if waiters is None:
            waiters = self._registered[fd] = _Waiters()
        if getattr(waiters, attribute) is not None:
            raise BusyResourceError("another task is already reading / writing this fd")
        setattr(waiters, attribute, current_task())
        self._update(fd, waiters)

        def abort(_):
            setattr(waiters, attribute, None)
            self._update(fd, waiters)
            return Abort.SUCCEEDED

        wait_for(reason)
        await wait_task_rescheduled(abort)

    def notify_closing(self, fd):
        fd = _number(fd)
        waiters = self._registered.pop(fd, None)
        if waiters is not None:
            _wake_all(waiters, ClosedResourceError("another task closed this fd"))
            try:
                _select.set(self._poller, fd, 0)
            except OSError:
                pass


def _number(fd):
    return fd if isinstance(fd, int) else fd.fileno()


def _wake_all(waiters, error):
    tasks = dict.fromkeys(task for task in (waiters.read_task, waiters.write_task) if task is not None)
    waiters.read_task = waiters.write_task = None
    for task in tasks:
        task._runner.reschedule(task, Error(error))


async def wait_readable(fd):
    await current_runner().io_manager.wait(fd, "read_task", "data")


async def wait_writable(fd):
    await current_runner().io_manager.wait(fd, "write_task", "send buffer")


def notify_closing(fd):
    current_runner().io_manager.notify_closing(fd)
