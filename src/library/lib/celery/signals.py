"""Functions that are called when something happens to tasks and workers."""

import weakref


class Signal:
    def __init__(self, name, providing_args):
        self.name = name
        self.providing_args = set(providing_args.split())
        self._receivers = []

    def connect(self, *args, sender=None, weak=True, dispatch_uid=None, **unused):
        """With a function, or as a decorator; with a sender, for what comes from that alone."""

        def decorator(function):
            key = dispatch_uid or id(function)
            if all(known != key for known, *_ in self._receivers):
                is_bound = hasattr(function, "__self__")
                kept = (weakref.WeakMethod if is_bound else weakref.ref)(function) if weak else lambda: function
                self._receivers.append((key, kept, sender))
            return function

        return decorator(args[0]) if args and callable(args[0]) else decorator

    def disconnect(self, receiver=None, sender=None, weak=None, dispatch_uid=None):
        key = dispatch_uid or id(receiver)
        before = len(self._receivers)
        self._receivers = [one for one in self._receivers if one[0] != key]
        return len(self._receivers) < before

    def send(self, sender, **named):
        answers = []
        for _, kept, wanted in list(self._receivers):
            receiver = kept()
            if receiver is None or wanted is not None and wanted not in (sender, getattr(sender, "name", None)):
                continue
            try:
                answer = receiver(signal=self, sender=sender, **named)
            except Exception as error:
                answer = error
                from .utils.log import get_logger

                get_logger("celery.utils.dispatch.signal").exception(
                    "Signal handler %r raised: %r", receiver, error
                )
            answers.append((receiver, answer))
        return answers

    send_robust = send

    def __repr__(self):
        return f"<Signal: {self.name} providing_args={self.providing_args!r}>"


_ARGUMENTS = {
    "before_task_publish": "body exchange routing_key headers properties declare retry_policy",
    "after_task_publish": "body exchange routing_key",
    "task_received": "request",
    "task_prerun": "task_id task args kwargs",
    "task_postrun": "task_id task args kwargs retval",
    "task_success": "result",
    "task_failure": "task_id exception args kwargs traceback einfo",
    "task_retry": "request reason einfo",
    "task_revoked": "request terminated signum expired",
    "worker_init": "",
    "worker_ready": "",
    "worker_process_init": "",
    "worker_process_shutdown": "",
    "worker_shutting_down": "",
    "worker_shutdown": "",
    "celeryd_init": "instance conf options",
    "celeryd_after_setup": "instance conf",
    "setup_logging": "loglevel logfile format colorize",
    "after_setup_logger": "logger loglevel logfile format colorize",
    "after_setup_task_logger": "logger loglevel logfile format colorize",
    "beat_init": "",
}
__all__ = list(_ARGUMENTS)
for _name, _providing in _ARGUMENTS.items():
    globals()[_name] = Signal(_name, _providing)
