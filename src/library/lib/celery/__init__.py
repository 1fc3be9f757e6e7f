"""Celery over Redis, small: tasks, results, workers with processes or threads (S-CEL).

5.3.6 in the library set L2024, else 5.7.0.
"""

import _sys

from .app import Celery
from .canvas import Signature, chain, chord, chunks, group, maybe_signature, signature, xmap, xstarmap
from .result import AsyncResult, GroupResult
from .app.task import Task

__version__ = "5.3.6" if _sys.library_set() == "L2024" else "5.7.0"


def shared_task(*args, **options):
    """A task of whichever application is there, or comes."""
    from .app import current_app

    return current_app().task(*args, **options)


def _proxy_of(find):
    class Proxy:
        """Stands for what is found when it is used."""

        def __getattr__(self, name):
            return getattr(find(), name)

        def __bool__(self):
            return find() is not None

        def __repr__(self):
            return repr(find())

        __class__ = property(lambda self: type(find()))

    return Proxy()


def __getattr__(name):
    if name == "current_app":
        from .app import current_app

        return _proxy_of(current_app)
    if name == "current_task":
        from .app.task import current_task

        return _proxy_of(current_task)
    raise AttributeError(f"module 'celery' has no attribute {name!r}")
