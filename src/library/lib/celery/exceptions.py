"""What can go wrong with a task."""


class CeleryError(Exception):
    pass


class TaskError(CeleryError):
    pass


class TimeoutError(CeleryError):
    pass


class NotRegistered(KeyError, CeleryError):
    def __repr__(self):
        return f"NotRegistered({self.args[0]!r})"


class ImproperlyConfigured(ImportError):
    pass


class TaskPredicate(CeleryError):
    pass


class Retry(TaskPredicate):
    """The task is to be tried again."""

    def __init__(self, message=None, exc=None, when=None, is_eager=False, sig=None, **unused):
        super().__init__(message)
        self.message, self.exc, self.when, self.is_eager, self.sig = message, exc, when, is_eager, sig

    def __str__(self):
        if self.message:
            return self.message
        why = f": {self.exc!r}" if self.exc is not None else ""
        return f"Retry in {self.when}s{why}" if self.when is not None else f"Retry{why}"


class Ignore(TaskPredicate):
    pass


class Reject(TaskPredicate):
    def __init__(self, reason=None, requeue=False):
        super().__init__(reason, requeue)


class ChordError(Exception):
    """A part of a chord has failed."""


class MaxRetriesExceededError(TaskError):
    pass


class SoftTimeLimitExceeded(Exception):
    pass


class BackendError(CeleryError):
    pass
