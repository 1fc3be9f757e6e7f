"""Calls into a run from other threads: a queue, and a byte that ends the run's sleep."""

import threading
from collections import deque

import _cost
import _socket

from .._util import NoPublicConstructor, final
from ._exceptions import Cancelled, RunFinishedError
from ._io import wait_readable
from ._run_context import current_runner, current_task


class EntryQueue:
    def __init__(self):
        self.queue = deque()
        self.idempotent_queue = {}
        self._inside, self._outside = _socket.pair()
        self.done = False
        self.lock = threading.RLock()

    async def task(self):
        """Runs what is queued, a bounded number at a time so that other tasks get their turns."""

        def run_cb(sync_fn, args):
            try:
                sync_fn(*args)
            except BaseException as error:

                async def kill_everything(error):
                    raise error

                try:
                    current_runner().spawn_system_task(kill_everything, error)
                except RuntimeError:
                    # The system nursery is closed: this task's own will do.
                    current_task().parent_nursery.start_soon(kill_everything, error)

        def run_all_bounded():
            for _ in range(len(self.queue)):
                run_cb(*self.queue.popleft())
            for job in list(self.idempotent_queue):
                del self.idempotent_queue[job]
                run_cb(*job)

        from ._run import checkpoint

        try:
            while True:
                run_all_bounded()
                if not self.queue and not self.idempotent_queue:
                    await wait_readable(self._inside)
                    while _socket.recv(self._inside, 4096):
                        pass
                else:
                    await checkpoint()
        except Cancelled:
            with self.lock:
                self.done = True
            run_all_bounded()

    def close(self):
        _socket.close(self._inside)
        _socket.close(self._outside)

    def size(self):
        return len(self.queue) + len(self.idempotent_queue)

    def run_sync_soon(self, sync_fn, *args, idempotent=False):
        with self.lock:
            if self.done:
                raise RunFinishedError("run() has exited")
            if idempotent:
                self.idempotent_queue[sync_fn, args] = None
            else:
                self.queue.append((sync_fn, args))
            _cost.charge("trio.wake")
            _socket.send(self._outside, b"\0")


@final
class TrioToken(metaclass=NoPublicConstructor):
    """What another thread needs to call into the run."""

    def __init__(self, entry_queue):
        self._reentry_queue = entry_queue

    def run_sync_soon(self, sync_fn, *args, idempotent=False):
        self._reentry_queue.run_sync_soon(sync_fn, *args, idempotent=idempotent)
