"""Calls from a worker thread, or from any thread through a portal, into the event loop (S-ANY-23)."""

import asyncio
import threading
from concurrent.futures import CancelledError as FutureCancelled
from concurrent.futures import Future
from contextlib import contextmanager
from inspect import iscoroutine

import _cost
from . import _worker
from ._scopes import CancelScope
from ._sync import Event
from ._tasks import TaskGroup


def _worker_loop(name):
    loop = getattr(_worker.local, "loop", None)
    if loop is None:
        raise RuntimeError("This function can only be run from an AnyIO worker thread")
    return loop


def run(func, *args):
    loop = _worker_loop("run")
    scope = getattr(_worker.local, "cancel_scope", None)
    _cost.charge("anyio.from_thread")

    async def call():
        task = asyncio.current_task()
        if scope is not None:
            task._anyio_scope = scope
            scope._tasks[task] = None
        try:
            return await func(*args)
        finally:
            if scope is not None:
                scope._tasks.pop(task, None)

    return asyncio.run_coroutine_threadsafe(call(), loop).result()


def run_sync(func, *args):
    loop = _worker_loop("run_sync")
    _cost.charge("anyio.from_thread")
    return _call_in_loop(loop, func, args)


def _call_in_loop(loop, func, args):
    future = Future()

    def call():
        try:
            future.set_result(func(*args))
        except BaseException as exc:
            future.set_exception(exc)
            if not isinstance(exc, Exception):
                raise

    loop.call_soon_threadsafe(call)
    return future.result()


def check_cancelled():
    scope = getattr(_worker.local, "cancel_scope", None)
    if scope is None:
        raise RuntimeError("This function can only be run from an AnyIO worker thread")
    while scope is not None:
        if scope.cancel_called:
            raise asyncio.CancelledError(f"Cancelled by cancel scope {id(scope):x}")
        if scope.shield:
            return
        scope = scope._parent_scope


class BlockingPortal:
    """A task group of one loop that other threads may start tasks in."""

    def __init__(self):
        self._loop = asyncio.get_running_loop()
        self._thread = threading.get_ident()
        self._stop_event = Event()
        self._task_group = TaskGroup()

    async def __aenter__(self):
        await self._task_group.__aenter__()
        return self

    async def __aexit__(self, exc_type, exc_val, exc_tb):
        await self.stop()
        return await self._task_group.__aexit__(exc_type, exc_val, exc_tb)

    async def sleep_until_stopped(self):
        await self._stop_event.wait()

    async def stop(self, cancel_remaining=False):
        self._thread = None
        self._stop_event.set()
        if cancel_remaining:
            self._task_group.cancel_scope.cancel()

    def _check_running(self):
        if self._thread is None:
            raise RuntimeError("This portal is not running")
        if self._thread == threading.get_ident():
            raise RuntimeError("This method cannot be called from the event loop thread")

    async def _call_func(self, func, args, kwargs, future):
        def cancelled(f):
            if f.cancelled() and self._thread not in (None, threading.get_ident()):
                self.call(scope.cancel)

        try:
            result = func(*args, **kwargs)
            if iscoroutine(result):
                with CancelScope() as scope:
                    future.add_done_callback(cancelled)
                    result = await result
        except asyncio.CancelledError:
            if not future.cancelled():
                future.cancel()
            raise
        except BaseException as exc:
            if not future.cancelled():
                future.set_exception(exc)
            if not isinstance(exc, Exception):
                raise
        else:
            if not future.cancelled():
                future.set_result(result)

    def call(self, func, *args):
        return self.start_task_soon(func, *args).result()

    def start_task_soon(self, func, *args, name=None):
        self._check_running()
        _cost.charge("anyio.from_thread")
        future = Future()
        _call_in_loop(self._loop, self._spawn, (func, args, future, name))
        return future

    def _spawn(self, func, args, future, name):
        self._task_group.start_soon(self._call_func, func, args, {}, future, name=name)

    def start_task(self, func, *args, name=None):
        self._check_running()
        started = Future()
        future = Future()

        class Status:
            def started(self, value=None):
                started.set_result(value)

        def ended(f):
            if not started.done():
                if f.cancelled():
                    started.cancel()
                elif f.exception():
                    started.set_exception(f.exception())
                else:
                    started.set_exception(RuntimeError("Task exited without calling task_status.started()"))

        future.add_done_callback(ended)
        start = self._task_group.start_soon
        kwargs = {"task_status": Status()}
        _call_in_loop(self._loop, start, (self._call_func, func, args, kwargs, future))
        return future, started.result()


@contextmanager
def start_blocking_portal(backend="asyncio", backend_options=None):
    from ._run import run as run_loop

    ready = Future()

    async def serve():
        async with BlockingPortal() as portal:
            ready.set_result(portal)
            await portal.sleep_until_stopped()

    def main():
        try:
            run_loop(serve, backend=backend)
        except BaseException as exc:
            if ready.done():
                raise
            ready.set_exception(exc)

    thread = threading.Thread(target=main, name="start_blocking_portal")
    thread.start()
    portal = ready.result()
    cancel = False
    try:
        yield portal
    except BaseException:
        cancel = True
        raise
    finally:
        try:
            portal.call(portal.stop, cancel)
        except (RuntimeError, FutureCancelled):
            pass
        thread.join()
