"""Binding of a synchronisation primitive to the loop that uses it first (S-AIO-46)."""
import sys

from . import events

_VERSION = sys.version_info[:2]


class _LoopBoundMixin:
    _loop = None

    def _bind(self, options):
        """Takes the keyword `loop` of a constructor: 3.9 binds at creation, later versions refuse it."""
        for name in options:
            if name != "loop" or _VERSION >= (3, 11):
                raise TypeError(f"{type(self).__qualname__}.__init__() got an unexpected keyword argument {name!r}")
            if _VERSION >= (3, 10):
                raise TypeError(
                    f"As of 3.10, the *loop* parameter was removed from {type(self).__name__}() since it is no "
                    "longer necessary"
                )
        if _VERSION >= (3, 10):
            return
        self._loop = options.get("loop")
        if self._loop is None:
            self._loop = events.get_event_loop()
        else:
            import warnings

            warnings.warn(
                "The loop argument is deprecated since Python 3.8, and scheduled for removal in Python 3.10.",
                DeprecationWarning,
                stacklevel=events._user_level(),
            )

    def _get_loop(self):
        if _VERSION < (3, 10):
            return self._loop
        loop = events._get_running_loop()
        if self._loop is None:
            self._loop = loop
        if loop is not self._loop:
            raise RuntimeError(f"{self!r} is bound to a different event loop")
        return loop
