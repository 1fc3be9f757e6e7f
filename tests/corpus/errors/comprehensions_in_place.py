# python: 3.12
"""From 3.12 on a comprehension has no frame of its own."""

import sys
import traceback


def names(function):
    try:
        function()
    except Exception:
        traceback.print_exc(file=sys.stdout)


def in_a_list():
    return [1 / (n - 1) for n in range(3)]


def nested():
    return {n: [1 / m for m in range(n)] for n in range(3)}


def raised_again():
    try:
        return {1 / n for n in range(3)}
    except ZeroDivisionError:
        raise


def in_a_class():
    class C:
        made = [1 / n for n in range(3)]


def caller():
    return sys._getframe(1).f_code.co_name


def of_a_generator():
    return list(1 / n for n in range(3))


names(in_a_list)
names(nested)
names(raised_again)
names(in_a_class)
names(of_a_generator)
names(lambda: [1 / 0 for _ in "a"])
print([caller() for _ in "ab"], (lambda: [caller() for _ in "a"])())
print([lambda: 0 for _ in "a"][0].__qualname__)


def check(x):
    assert x == [1], f"x is {x}"


names(lambda: check(2))
