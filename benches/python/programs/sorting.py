"""Sorting, searching and heaps."""

import bisect
import heapq


def shuffled(n):
    x, items = 1, []
    for _ in range(n):
        x = x * 1103515245 + 12345 & 0x7FFFFFFF
        items.append(x)
    return items


NUMBERS = shuffled(2_000)


def numbers(n=100):
    for _ in range(n):
        sorted(NUMBERS)


def with_a_key(n=60):
    for _ in range(n):
        sorted(NUMBERS, key=lambda x: -x)


TUPLES = [(x % 10, str(x)) for x in NUMBERS]


def tuples(n=40):
    for _ in range(n):
        sorted(TUPLES)


STRINGS = [str(x) for x in NUMBERS]


def strings(n=80):
    for _ in range(n):
        STRINGS.copy().sort(reverse=True)


class Version:
    def __init__(self, number):
        self.number = number

    def __lt__(self, other):
        return self.number < other.number


VERSIONS = [Version(x) for x in NUMBERS[:300]]


def by_method(n=120):
    for _ in range(n):
        sorted(VERSIONS)


def quicksort(items):
    if len(items) <= 1:
        return items
    pivot = items[len(items) // 2]
    return (
        quicksort([x for x in items if x < pivot])
        + [x for x in items if x == pivot]
        + quicksort([x for x in items if x > pivot])
    )


def by_hand(n=12):
    for _ in range(n):
        quicksort(NUMBERS)


def heaps(n=60_000):
    heap = []
    for i in range(n):
        heapq.heappush(heap, (i * 7919 % 10007, i))
        if len(heap) > 100:
            heapq.heappop(heap)


def bisection(n=100_000):
    ordered = sorted(NUMBERS)
    x = 0
    for i in range(n):
        x += bisect.bisect_left(ordered, i * 20_000)
    return x
