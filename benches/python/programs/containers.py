"""Lists, dicts, sets, tuples, and what goes through them."""

from collections import defaultdict, deque


def lists(n=200_000):
    items = []
    for i in range(n):
        items.append(i)
        items[-1] += items[i // 2]
    while items:
        items.pop()
    return len(items)


def dicts(n=300_000):
    d = {}
    for i in range(n):
        d[i & 1023] = i
        d.get(i & 511)
        if i in d:
            d[i] += 1
    return len(d)


def dicts_of_strings(n=200_000):
    words = "the quick brown fox jumps over the lazy dog and runs away from the other dog".split()
    counts = {}
    for i in range(n):
        word = words[i % 16]
        counts[word] = counts.get(word, 0) + 1
    for key, value in counts.items():
        counts[key] = value + 1
    return counts


def sets(n=300_000):
    seen = set()
    hits = 0
    for i in range(n):
        if i * 7 % 1024 in seen:
            hits += 1
        seen.add(i & 511)
    return hits + len(seen & set(range(100)))


def tuples(n=400_000):
    a, b, c = 0, 1, 2
    pair = (0, 0)
    for i in range(n):
        a, b, c = b, c, i
        pair = (pair[1], i)
    return a, b, c, pair


def tuples_as_keys(n=150_000):
    grid = {}
    for i in range(n):
        grid[i % 100, i // 100 % 100] = i
    return sum(grid[x, x] for x in range(100) if (x, x) in grid)


def comprehensions(n=20_000):
    x = 0
    for i in range(n):
        x += len([j * 2 for j in range(10) if j & 1])
        x += len({j: j for j in range(5)})
        x += len({j for j in range(5)})
    return x


def slices(n=150_000):
    items = list(range(20))
    x = 0
    for i in range(n):
        x += len(items[2:10]) + len(items[::-1])
        items[3:5] = [i, i]
    return x


def enumerate_and_zip(n=20_000):
    names, ages = list("abcdefghij"), list(range(10))
    x = 0
    for _ in range(n):
        for i, name in enumerate(names):
            x += i
        for name, age in zip(names, ages):
            x += age
    return x


def matrices(n=80):
    a = [[i * j % 7 for j in range(n)] for i in range(n)]
    b = [[i + j for j in range(n)] for i in range(n)]
    product = [[0] * n for _ in range(n)]
    for i in range(n):
        for j in range(n):
            x = 0
            for k in range(n):
                x += a[i][k] * b[k][j]
            product[i][j] = x
    return product


def queues(n=200_000):
    queue = deque()
    waiting = defaultdict(list)
    for i in range(n):
        queue.append(i)
        waiting[i & 15].append(i)
        if len(queue) > 100:
            queue.popleft()
    return len(queue), len(waiting)
