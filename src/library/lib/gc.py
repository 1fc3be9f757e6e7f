"""The collector of cycles. It collects when it is asked to and at the end of the program, never by itself: where CPython
would depends on every object that the interpreter has made. The counts of `get_count` stay at nothing. What its work costs
where servers and clients keep objects alive is charged all the same (`_cost.keep`)."""
import _cost
import _gc
from _bootstrap import collect as collect_cycles, unraisable

DEBUG_STATS, DEBUG_COLLECTABLE, DEBUG_UNCOLLECTABLE, DEBUG_SAVEALL, DEBUG_LEAK = 1, 2, 4, 32, 38
callbacks = []
garbage = []
_enabled = True
_threshold = (700, 10, 10)
_debug = 0
_collecting = False
_stats = [{"collections": 0, "collected": 0, "uncollectable": 0} for _ in range(3)]


def enable():
    global _enabled
    _enabled = True
    _cost.collects(True)


def disable():
    global _enabled
    _enabled = False
    _cost.collects(False)


def isenabled():
    return _enabled


def collect(generation=2):
    if not 0 <= generation <= 2:
        raise ValueError("invalid generation")
    if _collecting:
        return 0
    _tell("start", {"generation": generation, "collected": 0, "uncollectable": 0})
    n = _collect(generation)
    _tell("stop", {"generation": generation, "collected": n, "uncollectable": 0})
    return n


def _collect(generation):
    global _collecting
    _collecting = True
    try:
        n = collect_cycles()
    finally:
        _collecting = False
    _stats[generation]["collections"] += 1
    _stats[generation]["collected"] += n
    return n


def _tell(phase, info):
    for callback in callbacks:
        try:
            callback(phase, info)
        except BaseException as exc:
            unraisable(exc)


def get_threshold():
    return _threshold


def set_threshold(threshold0, *more):
    global _threshold
    _threshold = (threshold0, *more, *_threshold[1 + len(more) :])


def get_count():
    return (0, 0, 0)


def get_debug():
    return _debug


def set_debug(flags):
    global _debug
    _debug = flags


def get_objects(generation=None):
    return _gc.objects()


def get_referrers(*objs):
    return _gc.referrers(*objs)


def get_referents(*objs):
    return _gc.referents(*objs)


def is_tracked(obj, /):
    return _gc.is_tracked(obj)


def is_finalized(obj, /):
    return _gc.is_finalized(obj)


def freeze():
    pass


def unfreeze():
    pass


def get_freeze_count():
    return 0


def get_stats():
    return [dict(generation) for generation in _stats]
