"""Calls from a worker thread, or from any thread through a portal, into the event loop (S-ANY-23)."""

import asyncio
import threading
from concurrent.futures import Future
from contextlib import contextmanager
from contextvars import copy_context
from inspect import isawaitable

import _cost
from . import _worker
from ._backend import cancelled_class
from ._era import ERA
from ._exceptions import NoEventLoopError, RunFinishedError
from ._scopes import CancelScope
from ._sync import Event
from ._tasks import TaskStatus, create_task_group
from .lowlevel import current_token


def _not_a_worker():
    if ERA:
        return RuntimeError("This function can only be run from an AnyIO worker thread")
    return NoEventLoopError("Not running inside an AnyIO worker thread, and no event loop token was provided")


def _is_trio(loop):
    return not hasattr(loop, "call_soon_threadsafe")


def _loop_of(token):
    """The loop that is meant: of the token, else the one that this thread works for."""
    if token is not None:
        return token.native_token
    loop = getattr(_worker.local, "loop", None)
    if loop is None:
        raise _not_a_worker()
    return loop


def run(func, *args, token=None):
    loop = _loop_of(token)
    if _is_trio(loop):
        from ._trio import run_from_thread

        return run_from_thread(func, args, loop, token is not None, False)
    if loop.is_closed():
        raise RunFinishedError
    # A task that a worker starts stands in the scope of the task that waits for the worker.
    scope = getattr(_worker.local, "cancel_scope", None) if token is None else None
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


def run_sync(func, *args, token=None):
    loop = _loop_of(token)
    if _is_trio(loop):
        from ._trio import run_from_thread

        return run_from_thread(func, args, loop, token is not None, True)
    if loop.is_closed():
        raise RunFinishedError
    _cost.charge("anyio.from_thread")
    return _call_in_loop(loop, func, args)


def _call_in_loop(loop, func, args):
    if _is_trio(loop):
        from ._trio import run_from_thread

        return run_from_thread(func, args, loop, True, True)
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


def _run_soon(loop, func, args):
    """Queues a call; a loop that is over is no longer interested."""
    try:
        if _is_trio(loop):
            loop.run_sync_soon(copy_context().run, func, *args)
        else:
            loop.call_soon_threadsafe(func, *args)
    except RuntimeError:
        pass


def check_cancelled():
    loop = getattr(_worker.local, "loop", None)
    if loop is not None and _is_trio(loop):
        from trio.from_thread import check_cancelled

        check_cancelled()
        return
    scope = getattr(_worker.local, "cancel_scope", None)
    if scope is None:
        if ERA:
            raise _not_a_worker()
        raise NoEventLoopError("This function can only be called inside an AnyIO worker thread")
    while scope is not None:
        if scope.cancel_called:
            raise asyncio.CancelledError(f"Cancelled {'by' if ERA else 'via'} cancel scope {id(scope):x}")
        if scope.shield:
            return
        scope = scope._parent_scope


class _BlockingContextManager:
    """An asynchronous context manager, entered and left from another thread."""

    def __init__(self, async_cm, portal):
        self._async_cm = async_cm
        self._portal = portal
        self._exit_info = (None, None, None)

    async def _run(self):
        try:
            self._exit_event = Event()
            value = await self._async_cm.__aenter__()
        except BaseException as exc:
            self._entered.set_exception(exc)
            raise
        self._entered.set_result(value)
        try:
            await self._exit_event.wait()
        finally:
            result = await self._async_cm.__aexit__(*self._exit_info)
        return result

    def __enter__(self):
        self._entered = Future()
        self._left = self._portal.start_task_soon(self._run)
        return self._entered.result()

    def __exit__(self, exc_type, exc_value, traceback):
        self._exit_info = exc_type, exc_value, traceback
        self._portal.call(self._exit_event.set)
        return self._left.result()


class _PortalStatus(TaskStatus):
    def __init__(self, future):
        self._future = future

    def started(self, value=None):
        self._future.set_result(value)


class BlockingPortal:
    """A task group of one loop that other threads may start tasks in."""

    def __init__(self):
        self._loop = current_token().native_token
        self._thread = threading.get_ident()
        self._stop_event = Event()
        self._task_group = create_task_group()

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
            self._task_group.cancel_scope.cancel("the blocking portal is shutting down")

    def _check_running(self):
        if self._thread is None:
            raise RuntimeError("This portal is not running")
        if self._thread == threading.get_ident():
            raise RuntimeError("This method cannot be called from the event loop thread")

    async def _call_func(self, func, args, kwargs, future):
        thread = self._thread
        scope = None

        def cancelled(f):
            if f.cancelled() and scope is not None:
                if thread == threading.get_ident():
                    scope.cancel("the future was cancelled")
                elif thread is not None:
                    _run_soon(self._loop, scope.cancel, ("the future was cancelled",))

        try:
            result = func(*args, **kwargs)
            if isawaitable(result):
                with CancelScope() as scope:
                    future.add_done_callback(cancelled)
                    result = await result
        except cancelled_class():
            future.cancel()
            future.set_running_or_notify_cancel()
            if ERA:
                raise
        except BaseException as exc:
            if not future.cancelled():
                future.set_exception(exc)
            if not isinstance(exc, Exception):
                raise
        else:
            if not future.cancelled():
                future.set_result(result)
        finally:
            scope = None

    def call(self, func, *args):
        return self.start_task_soon(func, *args).result()

    def _spawn_from_thread(self, func, args, kwargs, name, future):
        _cost.charge("anyio.from_thread")

        def spawn():
            self._task_group.start_soon(self._call_func, func, args, kwargs, future, name=name)

        _call_in_loop(self._loop, spawn, ())

    def start_task_soon(self, func, *args, name=None):
        self._check_running()
        future = Future()
        self._spawn_from_thread(func, args, {}, name, future)
        return future

    def start_task(self, func, *args, name=None):
        self._check_running()
        started = Future()

        def ended(future):
            if started.done():
                return
            if future.cancelled():
                started.cancel()
            elif future.exception():
                started.set_exception(future.exception())
            else:
                started.set_exception(RuntimeError("Task exited without calling task_status.started()"))

        future = Future()
        future.add_done_callback(ended)
        self._spawn_from_thread(func, args, {"task_status": _PortalStatus(started)}, name, future)
        return future, started.result()

    def wrap_async_context_manager(self, cm):
        return _BlockingContextManager(cm, self)


class BlockingPortalProvider:
    """One portal, made for the first user and stopped after the last."""

    def __init__(self, backend="asyncio", backend_options=None):
        self.backend = backend
        self.backend_options = backend_options
        self._lock = threading.Lock()
        self._leases = 0
        self._portal_cm = None

    def __enter__(self):
        with self._lock:
            if self._portal_cm is None:
                portal_cm = start_blocking_portal(self.backend, self.backend_options)
                self._portal = portal_cm.__enter__()
                self._portal_cm = portal_cm
            self._leases += 1
            return self._portal

    def __exit__(self, exc_type, exc_val, exc_tb):
        portal_cm = None
        with self._lock:
            self._leases -= 1
            if not self._leases:
                portal_cm, self._portal_cm = self._portal_cm, None
                del self._portal
        if portal_cm is not None:
            portal_cm.__exit__(None, None, None)


def create_blocking_portal():
    return BlockingPortal()


@contextmanager
def start_blocking_portal(backend="asyncio", backend_options=None, *, name=None):
    from ._run import run as run_loop

    ready = Future()

    async def serve():
        async with BlockingPortal() as portal:
            if name is None and not ERA:
                threading.current_thread().name = f"{backend}-portal-{id(portal):x}"
            ready.set_result(portal)
            await portal.sleep_until_stopped()

    def main():
        try:
            run_loop(serve, backend=backend, backend_options=backend_options)
        except BaseException as exc:
            if not ready.done():
                ready.set_exception(exc)
            elif ERA:
                raise

    thread = threading.Thread(target=main, name=name or "start_blocking_portal", daemon=not ERA)
    thread.start()
    cancel = False
    try:
        portal = ready.result()
        try:
            yield portal
        except BaseException:
            cancel = True
            raise
        finally:
            try:
                portal.call(portal.stop, cancel)
            except RuntimeError:
                pass
    finally:
        thread.join()
