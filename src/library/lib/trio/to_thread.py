"""`trio.to_thread`: blocking functions in worker threads."""

from ._threads import current_default_thread_limiter
from ._threads import to_thread_run_sync as run_sync
