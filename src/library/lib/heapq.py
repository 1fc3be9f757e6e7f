"""Binary heaps on lists. The order in which equal items come out is observable (S-AIO-05), so the two sifts
move items exactly as CPython's do: a push sifts towards the root; a pop moves the last item to the root,
lets the hole sink to a leaf along the smaller children (the right one when the left is not smaller), and then
sifts the item back up."""


def _rise(heap, top, at):
    """Moves the item at `at` up towards `top`."""
    item = heap[at]
    while at > top:
        above = (at - 1) >> 1
        parent = heap[above]
        if not item < parent:
            break
        heap[at] = parent
        at = above
    heap[at] = item


def _sink(heap, at):
    """Moves the item at `at` to a leaf of its subtree, then up again."""
    end = len(heap)
    top = at
    item = heap[at]
    child = 2 * at + 1
    while child < end:
        right = child + 1
        if right < end and not heap[child] < heap[right]:
            child = right
        heap[at] = heap[child]
        at = child
        child = 2 * at + 1
    heap[at] = item
    _rise(heap, top, at)


_siftdown = _rise
_siftup = _sink


def heappush(heap, item):
    heap.append(item)
    _rise(heap, 0, len(heap) - 1)


def heappop(heap):
    if not heap:
        raise IndexError("index out of range")
    last = heap.pop()
    if heap:
        first = heap[0]
        heap[0] = last
        _sink(heap, 0)
        return first
    return last


def heapreplace(heap, item):
    if not heap:
        raise IndexError("index out of range")
    first = heap[0]
    heap[0] = item
    _sink(heap, 0)
    return first


def heappushpop(heap, item):
    if heap and heap[0] < item:
        item, heap[0] = heap[0], item
        _sink(heap, 0)
    return item


def heapify(heap):
    for at in range(len(heap) // 2 - 1, -1, -1):
        _sink(heap, at)


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
