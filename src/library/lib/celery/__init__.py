"""Celery over Redis, small: tasks, results, workers with processes or threads (S-CEL).

5.3.6 in the library set L2024, else 5.7.0.
"""

import _sys

from .app import Celery
from .canvas import Signature, chain, chord, group, signature
from .result import AsyncResult, GroupResult
from .task import Task

__version__ = "5.3.6" if _sys.library_set() == "L2024" else "5.7.0"


def shared_task(*args, **options):
    """A task of whichever application is there, or comes."""
    from .app import current_app

    return current_app().task(*args, **options)


def __getattr__(name):
    if name == "current_app":
        from .app import current_app

        return current_app()
    if name == "current_task":
        from .task import current_task

        return current_task()
    raise AttributeError(f"module 'celery' has no attribute {name!r}")
