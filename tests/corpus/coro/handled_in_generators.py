# A generator handles what it handles across its yields, whatever its callers handle then; what they handle is seen
# through it, but does not stay with it.
import sys
import traceback
from contextlib import contextmanager


def name():
    return type(sys.exc_info()[1]).__name__


def keeper(error):
    try:
        raise error
    except type(error):
        yield name()
        yield name()
        try:
            raise
        except type(error) as again:
            yield f"again {again!r}"
        yield traceback.format_exc().splitlines()[-1]
    yield name()


# The same exception inside and outside.
shared = KeyError("shared")
kept = keeper(shared)
try:
    raise shared
except KeyError:
    print(next(kept), name())
    print(next(kept), name())
print(next(kept), name())
print(next(kept), name())
print(next(kept), name())


def visitor():
    yield name()
    try:
        raise OSError("own")
    except OSError:
        yield name()
    yield name()
    yield name()


# What the caller handles while the generator enters its handler is not what it handles afterwards.
guest = visitor()
try:
    raise ValueError("outside")
except ValueError:
    print(next(guest), name())
    print(next(guest), name())
print(next(guest), name())
try:
    raise LookupError("elsewhere")
except LookupError:
    print(next(guest), name())


def through():
    yield from visitor()


nested = through()
print(next(nested), name())
try:
    raise ZeroDivisionError
except ZeroDivisionError:
    print(next(nested), next(nested), next(nested), name())


@contextmanager
def retold():
    try:
        yield
    except KeyError:
        try:
            raise
        except KeyError as error:
            print("inside", name(), error is sys.exc_info()[1])
        raise RuntimeError("told") from None


try:
    try:
        raise shared
    except KeyError as error:
        with retold():
            raise error
except RuntimeError as error:
    print(repr(error), repr(error.__context__))


# A class that makes no exception.
class Odd(Exception):
    def __new__(cls, *args):
        return cls


class Picky(Exception):
    def __init__(self, needed):
        pass


def patient():
    while True:
        try:
            yield
        except TypeError as error:
            print(error)


waiting = patient()
next(waiting)
waiting.throw(Odd)
waiting.throw(Picky)
try:
    raise Odd
except TypeError as error:
    print(error)
