# Partial objects are copied and pickled with what they hold; dispatch takes the most special class of those that fit.
import copy
import functools
import pickle
from collections.abc import Collection, Iterable, Sized


def add(a, b, *, c=0):
    return a + b + c


class Partial(functools.partial):
    pass


for made in (functools.partial(add, 1, c=2), Partial(add, 1)):
    made.note = "kept"
    for other in (copy.copy(made), copy.deepcopy(made), pickle.loads(pickle.dumps(made))):
        print(type(other).__name__, other.func is add, other.args, other.keywords, other(10), vars(other))
    try:
        made.__setstate__((1, 2, 3, 4))
    except TypeError as error:
        print(error)


class Counter:
    def count(self, by, times=1):
        return by * times

    twice = functools.partialmethod(count, times=2)


print(Counter().twice(4), vars(Counter)["twice"].keywords, repr(vars(Counter)["twice"]).split(" at ")[0])


@functools.lru_cache(maxsize=4)
def square(x):
    return x * x


print([square(n) for n in (1, 2, 1)], square.cache_info(), square.cache_info()._asdict(), square.cache_info()._fields)


@functools.singledispatch
def kind(value):
    return "object"


kind.register(Sized, lambda value: "sized")
kind.register(Collection, lambda value: "collection")
kind.register(dict, lambda value: "dict")


class Box:
    def __len__(self):
        return 0


class Listed(Sized):
    def __len__(self):
        return 0

    def __iter__(self):
        return iter(())

    def __contains__(self, value):
        return False


print(kind(Box()), kind(Listed()), kind([]), kind({}), kind(5))


clash = functools.singledispatch(lambda value: None)
clash.register(Iterable, lambda value: "iterable")
clash.register(Sized, lambda value: "sized")
try:
    clash("text")
except RuntimeError as error:
    print(str(error).split(":")[0])
