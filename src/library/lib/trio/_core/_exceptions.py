"""The exception classes of Trio (S-TRIO-05)."""

from .._era import ERA
from .._util import NoPublicConstructor, final


class TrioInternalError(Exception):
    """Trio itself, or something that reached into it, is broken."""


class RunFinishedError(RuntimeError):
    """The run that was to be asked for something is over."""


class WouldBlock(Exception):
    """A `_nowait` operation would have to wait."""


@final
class Cancelled(BaseException, metaclass=NoPublicConstructor):
    """Thrown by every checkpoint in a cancelled scope."""

    def __init__(self, source="unknown", source_task=None, reason=None):
        self.source = source
        self.source_task = source_task
        self.reason = reason

    if ERA:

        def __str__(self):
            return "Cancelled"

        def __repr__(self):
            return "Cancelled()"

    else:

        def __str__(self):
            text = f"cancelled due to {self.source}"
            if self.reason is not None:
                text += f" with reason {self.reason!r}"
            if self.source_task is not None:
                text += f" from task {self.source_task}"
            return text

        def __repr__(self):
            return f"Cancelled(source={self.source!r}, source_task={self.source_task!r}, reason={self.reason!r})"


class BusyResourceError(Exception):
    """Two tasks use at once what only one may."""


class ClosedResourceError(Exception):
    """What is used was closed on this side."""


class BrokenResourceError(Exception):
    """What is used no longer works, for instance because the other side closed it."""


class EndOfChannel(Exception):
    """All senders are closed and nothing is left to receive."""


class TrioDeprecationWarning(FutureWarning):
    """Something of Trio will go; shown by default."""
