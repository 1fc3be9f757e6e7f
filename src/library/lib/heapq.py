"""Binary heaps on lists."""
from _heapq import heapify, heappop, heappush, heappushpop, heapreplace


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
    return sorted(iterable, key=key)[: max(n, 0)]


def nlargest(n, iterable, key=None):
    return sorted(iterable, key=key, reverse=True)[: max(n, 0)]
