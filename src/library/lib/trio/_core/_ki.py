"""Control-C: raised at once in the program's code, and at a checkpoint of the main task out of Trio's."""

import signal
import sys

from .._util import is_main_thread
from ._run_context import GLOBAL_RUN_CONTEXT

# Whether code is protected, by the identity of the code object, which is kept alive here.
_protection = {}


def enable_ki_protection(fn, /):
    _protection[id(fn.__code__)] = (fn.__code__, True)
    return fn


def disable_ki_protection(fn, /):
    _protection[id(fn.__code__)] = (fn.__code__, False)
    return fn


def ki_protection_enabled(frame):
    task = getattr(GLOBAL_RUN_CONTEXT, "task", None)
    task_code = None if task is None else getattr(task.coro, "cr_code", None)
    while frame is not None:
        known = _protection.get(id(frame.f_code))
        if known is not None:
            return known[1]
        if frame.f_code.co_name == "__del__":
            return True
        if frame.f_code is task_code:
            return task._ki_protected
        frame = frame.f_back
    return True


def currently_ki_protected():
    return ki_protection_enabled(sys._getframe(1))


class KIManager:
    handler = None

    def install(self, deliver_cb, restrict_keyboard_interrupt_to_checkpoints):
        if not is_main_thread() or signal.getsignal(signal.SIGINT) != signal.default_int_handler:
            return

        def handler(signum, frame):
            if restrict_keyboard_interrupt_to_checkpoints or ki_protection_enabled(frame):
                deliver_cb()
            else:
                raise KeyboardInterrupt

        self.handler = handler
        signal.signal(signal.SIGINT, handler)

    def close(self):
        if self.handler is not None:
            if signal.getsignal(signal.SIGINT) is self.handler:
                signal.signal(signal.SIGINT, signal.default_int_handler)
            self.handler = None
