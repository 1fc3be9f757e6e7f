"""Functions in worker processes, which are kept for the next call, as many as there are cores."""

import math
import os
from collections import deque

from . import to_thread
from ._backend import cancelled_class
from ._exceptions import BrokenWorkerProcess
from ._limiter import CapacityLimiter
from ._scopes import CancelScope, checkpoint
from .lowlevel import RunVar

_idle_workers = RunVar("_process_pool_idle_workers")
_default_limiter = RunVar("_default_process_limiter")
# The threads that wait for workers are not counted among the worker threads.
_waits = RunVar("_process_waits")


def _work(connection):
    """What a worker does: one call after another, until nobody asks any more."""
    while True:
        try:
            func, args = connection.recv()
        except EOFError:
            return
        try:
            reply = (True, func(*args))
        except BaseException as error:
            reply = (False, error)
        connection.send(reply)


class _Worker:
    def __init__(self):
        import multiprocessing

        context = multiprocessing.get_context("spawn")
        self.connection, other = context.Pipe()
        self.process = context.Process(target=_work, args=(other,), daemon=True, name="AnyIO worker process")
        self.process.start()
        other.close()

    def call(self, func, args):
        self.connection.send((func, args))
        return self.connection.recv()

    def kill(self):
        self.process.kill()
        self.connection.close()


def current_default_process_limiter():
    limiter = _default_limiter.get(None)
    if limiter is None:
        limiter = CapacityLimiter(os.cpu_count() or 2)
        _default_limiter.set(limiter)
    return limiter


def _of_run(var, make):
    value = var.get(None)
    if value is None:
        value = make()
        var.set(value)
    return value


async def run_sync(func, *args, cancellable=False, limiter=None):
    await checkpoint()
    idle = _of_run(_idle_workers, deque)
    waits = _of_run(_waits, lambda: CapacityLimiter(math.inf))
    async with limiter or current_default_process_limiter():
        worker = None
        while idle and worker is None:
            worker = idle.pop()
            if not worker.process.is_alive():
                worker = None
        if worker is None:
            worker = await to_thread.run_sync(_Worker, limiter=waits)
        try:
            with CancelScope(shield=not cancellable):
                done, value = await to_thread.run_sync(
                    worker.call, func, args, limiter=waits, abandon_on_cancel=cancellable
                )
        except cancelled_class():
            worker.kill()
            raise
        except (EOFError, ConnectionError) as error:
            raise BrokenWorkerProcess("the worker process ended before it had answered") from error
        idle.append(worker)
    if done:
        return value
    raise value

