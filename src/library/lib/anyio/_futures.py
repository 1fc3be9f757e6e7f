"""Futures, and results of several coroutines at once (releases since 4.14)."""

from contextlib import asynccontextmanager
from enum import Enum, auto
from inspect import iscoroutine

from ._exceptions import (
    BrokenResourceError,
    FutureAlreadyFinished,
    FutureCancelled,
    FutureFailed,
    FutureNotFinished,
)
from ._sync import Event
from ._tasks import coroutine_name, create_task_group
from .streams.memory import create_memory_object_stream


class Future:
    """A value that somebody will set."""

    class Status(Enum):
        PENDING = auto()
        FINISHED = auto()
        CANCELLED = auto()
        FAILED = auto()

    def __init__(self, *, name=None):
        self._finished_event = Event()
        self._exception = None
        self._cancelled = False
        self._name = name

    def __class_getitem__(cls, item):
        return cls

    @property
    def status(self):
        if not self._finished_event.is_set():
            return Future.Status.PENDING
        if self._cancelled:
            return Future.Status.CANCELLED
        return Future.Status.FINISHED if self._exception is None else Future.Status.FAILED

    def _check_pending(self):
        if self._cancelled:
            raise FutureCancelled("future was cancelled")
        if self._finished_event.is_set():
            how = "has already finished" if self._exception is None else "already failed"
            raise FutureAlreadyFinished(f"future {how}")

    def _check_done(self):
        if self.status is Future.Status.PENDING:
            raise FutureNotFinished("the future has not finished yet")
        if self.status is Future.Status.CANCELLED:
            raise FutureCancelled("the future was cancelled")

    async def wait(self):
        await self._finished_event.wait()

    def cancel(self):
        if self.status is Future.Status.PENDING:
            self._cancelled = True
            self._finished_event.set()

    @property
    def exception(self):
        self._check_done()
        return self._exception

    @exception.setter
    def exception(self, exception):
        self._check_pending()
        self._exception = exception
        self._finished_event.set()

    @property
    def return_value(self):
        self._check_done()
        if self._exception is not None:
            raise FutureFailed("the future raised an exception") from self._exception
        return self._return_value

    @return_value.setter
    def return_value(self, value):
        self._check_pending()
        self._return_value = value
        self._finished_event.set()

    def __await__(self):
        yield from self.wait().__await__()
        return self.return_value

    def __repr__(self):
        return f"<{type(self).__name__} {self.status.name.lower()} name={self._name!r}>"


async def gather(*coros):
    handles = []
    async with create_task_group() as group:
        handles.extend([group.create_task(coro) for coro in coros])
    return tuple([handle.return_value for handle in handles])


async def amap(func, args):
    handles = []
    async with create_task_group() as group:
        handles.extend([group.start_soon(func, arg) for arg in args])
    return [handle.return_value for handle in handles]


@asynccontextmanager
async def as_completed(*awaitables):
    """Yields a stream of task handles, in the order in which they end."""
    if not awaitables:
        raise ValueError("as_completed() takes at least one awaitable")
    sender, receiver = create_memory_object_stream(len(awaitables))
    handles = []

    async def runner(awaitable, index, sender):
        async with sender:
            try:
                return await awaitable
            finally:
                try:
                    sender.send_nowait(handles[index])
                except BrokenResourceError:
                    pass

    async with receiver, create_task_group() as group:
        async with sender:
            for index, awaitable in enumerate(awaitables):
                name = coroutine_name(awaitable) if iscoroutine(awaitable) else None
                handles.append(group.start_soon(runner, awaitable, index, sender.clone(), name=name))
        try:
            yield receiver
        finally:
            group.cancel_scope.cancel()
