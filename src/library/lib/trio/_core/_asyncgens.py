"""Asynchronous generators of a run: those that are left over are closed at its end (S-GEN-08)."""

import logging
import sys
import warnings
import weakref

from .._util import name_asyncgen
from ._run_context import GLOBAL_RUN_CONTEXT
from ._scopes import CancelScope, CancelReason
from ._traps import Abort, wait_for, wait_task_rescheduled

ASYNCGEN_LOGGER = logging.getLogger("trio.async_generator_errors")


class AsyncGenerators:
    def __init__(self):
        # Weak references by identity, in the order of the first iteration (S-SIM-03).
        self.alive = {}
        self.foreign = set()
        self.trailing = []
        self.prev_hooks = None

    def install_hooks(self, runner):
        def firstiter(agen):
            if hasattr(GLOBAL_RUN_CONTEXT, "task"):
                key = id(agen)
                self.alive[key] = weakref.ref(agen, lambda gone: self.alive.pop(key, None))
            else:
                self.foreign.add(id(agen))
                if self.prev_hooks.firstiter is not None:
                    self.prev_hooks.firstiter(agen)

        def finalize_in_trio_context(agen, name):
            try:
                runner.spawn_system_task(self._finalize_one, agen, name, name=f"close asyncgen {name} (abandoned)")
            except RuntimeError:
                # The system nursery is closed: the end of the run takes care.
                self.trailing.append(agen)

        def finalizer(agen):
            name = name_asyncgen(agen)
            if id(agen) not in self.foreign:
                self.alive.pop(id(agen), None)
                runner.entry_queue.run_sync_soon(finalize_in_trio_context, agen, name)
                warnings.warn(
                    f"Async generator {name!r} was garbage collected before it had been exhausted. Surround its use "
                    "in 'async with aclosing(...):' to ensure that it gets cleaned up as soon as you're done using it.",
                    ResourceWarning,
                    stacklevel=2,
                    source=agen,
                )
                return
            self.foreign.discard(id(agen))
            if self.prev_hooks.finalizer is not None:
                self.prev_hooks.finalizer(agen)
                return
            try:
                agen.aclose().send(None)
            except StopIteration:
                return
            raise RuntimeError(
                f"Non-Trio async generator {name!r} awaited something during finalization; install a finalization "
                "hook to support this, or wrap it in 'async with aclosing(...):'"
            )

        self.prev_hooks = sys.get_asyncgen_hooks()
        sys.set_asyncgen_hooks(firstiter=firstiter, finalizer=finalizer)

    async def finalize_remaining(self, runner):
        # Whatever was queued before comes first.
        runner.entry_queue.run_sync_soon(runner.reschedule, runner.init_task)
        wait_for("queued calls")
        await wait_task_rescheduled(lambda _: Abort.FAILED)
        while self.alive or self.trailing:
            batch = [agen for agen in [ref() for ref in self.alive.values()] if agen is not None] + self.trailing
            self.alive, self.trailing = {}, []
            for agen in batch:
                await self._finalize_one(agen, name_asyncgen(agen))

    def close(self):
        sys.set_asyncgen_hooks(*self.prev_hooks)

    async def _finalize_one(self, agen, name):
        try:
            with CancelScope(shield=True) as scope:
                why = "disallow async work when closing async generators during trio shutdown"
                scope._cancel(CancelReason("explicit", None, why))
                await agen.aclose()
        except BaseException:
            ASYNCGEN_LOGGER.exception(
                "Exception ignored during finalization of async generator %r -- surround your use of the generator "
                "in 'async with aclosing(...):' to raise exceptions like this in the context where they're generated",
                name,
            )
