"""Memory is not simulated: nothing was allocated that could be traced."""

__all__ = ()
_is_tracing = False
_TEXT = "tracemalloc: memory is not simulated, so there is nothing true to show: measure under CPython"


def start(nframe=1, /):
    global _is_tracing
    _is_tracing = True


def stop():
    global _is_tracing
    _is_tracing = False


def is_tracing():
    return _is_tracing


def clear_traces():
    pass


def reset_peak():
    pass


def get_tracemalloc_memory():
    return 0


def get_traceback_limit():
    return 1


def get_object_traceback(obj, /):
    return None


def get_traced_memory():
    raise NotImplementedError(_TEXT)


def take_snapshot():
    if not _is_tracing:
        raise RuntimeError("the tracemalloc module must be tracing memory allocations to take a snapshot")
    raise NotImplementedError(_TEXT)
