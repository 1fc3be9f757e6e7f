"""Exceptions, and statements that deal with them."""


def raised_and_caught(n=200_000):
    for i in range(n):
        try:
            raise ValueError(i)
        except ValueError:
            pass


def not_raised(n=600_000):
    x = 0
    for i in range(n):
        try:
            x += i
        except ValueError:
            x = 0
        finally:
            x += 1
    return x


def fails(depth):
    if depth:
        return fails(depth - 1)
    raise KeyError(depth)


def through_frames(n=25_000):
    for _ in range(n):
        try:
            fails(10)
        except KeyError:
            pass


def of_builtins(n=20_000):
    d, x = {}, 0
    for i in range(n):
        try:
            x += d[i]
        except KeyError as error:
            x += len(error.args)
        try:
            x += int("x")
        except ValueError:
            x += 1
    return x


class Refused(Exception):
    def __init__(self, what, why):
        super().__init__(what)
        self.why = why


def of_a_class(n=80_000):
    x = 0
    for i in range(n):
        try:
            raise Refused("door", i)
        except (TypeError, Refused) as refused:
            x += refused.why
    return x


class Managed:
    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        return kind is KeyError


def with_statements(n=150_000):
    managed = Managed()
    for i in range(n):
        with managed:
            if i % 8 == 0:
                raise KeyError


def chained(n=60_000):
    for _ in range(n):
        try:
            try:
                raise ValueError("inner")
            except ValueError as error:
                raise RuntimeError("outer") from error
        except RuntimeError as error:
            error.__cause__
