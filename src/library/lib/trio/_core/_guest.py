"""A run as a guest of another event loop."""

import _journal
from outcome import Error, Value, capture
from sniffio import thread_local as sniffio_library

from .._util import deprecated
from ._exceptions import TrioInternalError
from ._nursery import _GROUP_ADVICE
from ._run import setup_runner, unrolled_run
from ._thread_cache import start_thread_soon

_state = _journal.state


class GuestState:
    """A run whose passes are functions in another event loop."""

    def __init__(self, runner, soon_threadsafe, soon_not_threadsafe, done_callback, passes):
        self.runner = runner
        self.run_sync_soon_threadsafe = soon_threadsafe
        self.run_sync_soon_not_threadsafe = soon_not_threadsafe
        self.done_callback = done_callback
        self.passes = passes
        self.next_send = Value([])

    def guest_tick(self):
        outside, sniffio_library.name = sniffio_library.name, "trio"
        runner = self.runner
        try:
            timeout = self.next_send.send(self.passes)
        except StopIteration:
            self.done_callback(runner.main_task_outcome)
            return
        except TrioInternalError as error:
            self.done_callback(Error(error))
            return
        finally:
            sniffio_library.name = outside
        events = capture(runner.io_manager.get_events, 0)
        if timeout <= 0 or isinstance(events, Error) or events.value:
            self.next_send = events
            runner.guest_tick_scheduled = True
            self.run_sync_soon_not_threadsafe(self.guest_tick)
            return
        # A thread waits, so that the host's loop need not.
        runner.guest_tick_scheduled = False
        _state(runner._subject, "waiting", "events and timers")

        def deliver(events):
            def in_main_thread():
                self.next_send = events
                runner.guest_tick_scheduled = True
                _state(runner._subject, "running")
                self.guest_tick()

            self.run_sync_soon_threadsafe(in_main_thread)

        start_thread_soon(lambda: runner.io_manager.get_events(timeout), deliver)


def start_guest_run(
    async_fn,
    *args,
    run_sync_soon_threadsafe,
    done_callback,
    run_sync_soon_not_threadsafe=None,
    host_uses_signal_set_wakeup_fd=False,
    clock=None,
    instruments=(),
    restrict_keyboard_interrupt_to_checkpoints=False,
    strict_exception_groups=True,
):
    if strict_exception_groups is not None and not strict_exception_groups:
        deprecated("trio.start_guest_run(..., strict_exception_groups=False)", "0.25.0", 2929, _GROUP_ADVICE)
    runner = setup_runner(clock, instruments, restrict_keyboard_interrupt_to_checkpoints, strict_exception_groups)
    runner.is_guest = True
    runner.guest_tick_scheduled = True
    soon = run_sync_soon_not_threadsafe or run_sync_soon_threadsafe
    passes = unrolled_run(runner, async_fn, args)
    state = GuestState(runner, run_sync_soon_threadsafe, soon, done_callback, passes)
    # The run is ready for `spawn_system_task` and the like when this returns.
    events = None
    for _ in range(5):
        if runner.system_nursery is not None:
            break
        passes.send(events)
        events = []
    state.next_send = Value(events)
    soon(state.guest_tick)
