"""Generators and iterators."""


def forever():
    while True:
        yield 1


def next_of_a_generator(n=500_000):
    it = forever()
    for _ in range(n):
        next(it)


def numbers(n):
    for i in range(n):
        yield i


def doubled(items):
    for item in items:
        yield item * 2


def without_threes(items):
    for item in items:
        if item % 3:
            yield item


def pipeline(n=200_000):
    x = 0
    for item in without_threes(doubled(numbers(n))):
        x += item
    return x


def generator_expressions(n=400_000):
    return sum(i * i for i in range(n)) + sum(1 for i in range(n // 2) if i & 1)


class Tree:
    def __init__(self, depth):
        self.left = Tree(depth - 1) if depth else None
        self.right = Tree(depth - 1) if depth else None
        self.depth = depth

    def __iter__(self):
        if self.left:
            yield from self.left
        yield self.depth
        if self.right:
            yield from self.right


def yield_from_a_tree(n=13):
    return sum(Tree(n)) if n else 0


def averager():
    total = count = 0
    average = None
    while True:
        value = yield average
        total += value
        count += 1
        average = total / count


def sending(n=300_000):
    running = averager()
    next(running)
    x = 0
    for i in range(n):
        x = running.send(i)
    return x


class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n <= 0:
            raise StopIteration
        self.n -= 1
        return self.n


def iterator_of_a_class(n=200_000):
    x = 0
    for i in Countdown(n):
        x += i
    return x


def short_lived(n=80_000):
    x = 0
    for _ in range(n):
        for i in numbers(3):
            x += i
    return x
