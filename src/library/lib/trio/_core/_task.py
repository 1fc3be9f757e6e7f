"""Tasks: a coroutine, and what the run needs to resume and to cancel it (S-TRIO-01)."""

from itertools import count

from outcome import capture

from .._era import ERA
from .._util import NoPublicConstructor, final
from ._exceptions import Cancelled, TrioInternalError
from ._traps import Abort

_counter = count()


@final
class Task(metaclass=NoPublicConstructor):
    """Made by `start_soon` and its relatives; `trio.lowlevel` shows it."""

    def __init__(self, coro, parent_nursery, runner, name, context, ki_protected):
        self._parent_nursery = parent_nursery
        self.coro = coro
        self._runner = runner
        self.name = name
        self.context = context
        self._counter = next(_counter)
        self._ki_protected = ki_protected
        # How to resume: `coro.send`, or `coro.throw` for an exception; with what.
        self._next_send_fn = None
        self._next_send = None
        # Set exactly while the task may be cancelled.
        self._abort_func = None
        self.custom_sleep_data = None
        self._child_nurseries = []
        self._eventual_parent_nursery = None
        self._cancel_points = 0
        self._schedule_points = 0
        self._cancel_status = None
        # What the picture shows: the journal's subject, and reason and subject of the next wait.
        self._subject = None
        self._waits = None

    def __repr__(self):
        return f"<Task {self.name!r} at {id(self):#x}>"

    @property
    def parent_nursery(self):
        return self._parent_nursery

    @property
    def eventual_parent_nursery(self):
        return self._eventual_parent_nursery

    @property
    def child_nurseries(self):
        return list(self._child_nurseries)

    def iter_await_frames(self):
        """The frames of the suspended coroutine with their lines, outermost first."""
        coro = self.coro
        while coro is not None:
            if hasattr(coro, "cr_frame"):
                frame, coro = coro.cr_frame, coro.cr_await
            elif hasattr(coro, "gi_frame"):
                frame, coro = coro.gi_frame, coro.gi_yieldfrom
            else:
                return
            if frame is not None:
                yield frame, frame.f_lineno

    # Cancellation

    def _activate_cancel_status(self, status):
        if self._cancel_status is not None:
            del self._cancel_status._tasks[self]
        self._cancel_status = status
        if status is not None:
            status._tasks[self] = None
            if status.effectively_cancelled:
                self._attempt_delivery_of_any_pending_cancel()

    def _attempt_abort(self, raise_cancel):
        success = self._abort_func(raise_cancel)
        if type(success) is not Abort:
            raise TrioInternalError("abort function must return Abort enum")
        self._abort_func = None
        if success is Abort.SUCCEEDED:
            self._runner.reschedule(self, capture(raise_cancel))

    def _attempt_delivery_of_any_pending_cancel(self):
        if self._abort_func is None or not self._cancel_status.effectively_cancelled:
            return
        reason = self._cancel_status._scope._cancel_reason

        def raise_cancel():
            if ERA:
                raise Cancelled._create()
            if reason is None:
                raise Cancelled._create(source="unknown", reason="misnesting")
            raise Cancelled._create(source=reason.source, source_task=reason.source_task, reason=reason.reason)

        self._runner.show_cancelled(self, self._cancel_status._scope)
        self._attempt_abort(raise_cancel)

    def _attempt_delivery_of_pending_ki(self):
        if self._abort_func is None:
            return

        def raise_cancel():
            self._runner.ki_pending = False
            raise KeyboardInterrupt

        self._attempt_abort(raise_cancel)
