"""Calls of functions of every kind."""


def recursion(n=24):
    def fib(n):
        return n if n < 2 else fib(n - 1) + fib(n - 2)

    return fib(n) if n else 0


def add(a, b):
    return a + b


def plain(n=300_000):
    x = 0
    for i in range(n):
        x = add(x, i)
    return x


def scaled(value, factor=2, *, offset=0):
    return value * factor + offset


def keywords_and_defaults(n=100_000):
    x = 0
    for i in range(n):
        x += scaled(i) + scaled(i, factor=3) + scaled(i, offset=1)
    return x


def gathered(*args, **kwargs):
    return len(args) + len(kwargs)


def spread(n=80_000):
    args, kwargs = (1, 2, 3), {"a": 4, "b": 5}
    x = 0
    for i in range(n):
        x += gathered(*args, **kwargs) + gathered(i, i)
    return x


def closures(n=300_000):
    total = 0

    def count(by):
        nonlocal total
        total += by

    for i in range(n):
        count(i)
    return total


def builtins(n=100_000):
    x = 0
    for i in range(n):
        x += len("abc") + abs(-i) + max(i, 3) + isinstance(i, int)
    return x


def higher_order(n=200_000):
    return sum(map(lambda x: x * 2, filter(lambda x: x % 3, range(n))))
