"""Binary heaps on lists."""
import sys
from _heapq import heapify, heappop, heappush, heappushpop, heapreplace
from _heapq import heapify_max as _heapify_max, heapreplace_max as _heapreplace_max

if sys.version_info >= (3, 14):
    from _heapq import heapify_max, heappop_max, heappush_max, heappushpop_max, heapreplace_max


class _Reversed:
    """Orders an entry the other way round, for the functions that want the largest first."""

    __slots__ = ("entry",)

    def __init__(self, entry):
        self.entry = entry

    def __eq__(self, other):
        return self.entry == other.entry

    def __lt__(self, other):
        return other.entry < self.entry


def merge(*iterables, key=None, reverse=False):
    """Merges sorted inputs into one sorted stream; equal items keep the order of their inputs."""
    heap = []
    for order, iterable in enumerate(iterables):
        step = iter(iterable).__next__
        try:
            value = step()
        except StopIteration:
            continue
        rank = value if key is None else key(value)
        heap.append([_Reversed(rank) if reverse else rank, order, value, step])
    heapify(heap)
    while heap:
        entry = heap[0]
        yield entry[2]
        try:
            value = entry[3]()
        except StopIteration:
            heappop(heap)
            continue
        rank = value if key is None else key(value)
        entry[0] = _Reversed(rank) if reverse else rank
        entry[2] = value
        heapreplace(heap, entry)


def nsmallest(n, iterable, key=None):
    if n == 1:
        return _only(min, iterable, key)
    if _takes_all(n, iterable):
        return sorted(iterable, key=key)[:n]
    return _select(n, iterable, key, False)


def nlargest(n, iterable, key=None):
    if n == 1:
        return _only(max, iterable, key)
    if _takes_all(n, iterable):
        return sorted(iterable, key=key, reverse=True)[:n]
    return _select(n, iterable, key, True)


def _only(extreme, iterable, key):
    missing = object()
    found = extreme(iterable, default=missing, key=key)
    return [] if found is missing else [found]


def _takes_all(n, iterable):
    try:
        return n >= len(iterable)
    except (TypeError, AttributeError):
        return False


def _select(n, iterable, key, largest):
    # A heap of the best so far, the worst of them on top; what comes later counts as worse than its equals.
    step = -1 if largest else 1
    it = iter(iterable)
    best = [(item if key is None else key(item), step * place, item) for place, item in zip(range(n), it)]
    if not best:
        return best
    if largest:
        heapify(best)
    else:
        _heapify_max(best)
    top = best[0][0]
    place = step * n
    for item in it:
        rank = item if key is None else key(item)
        if top < rank if largest else rank < top:
            (heapreplace if largest else _heapreplace_max)(best, (rank, place, item))
            top = best[0][0]
            place += step
    best.sort(reverse=largest)
    return [item for _, _, item in best]
