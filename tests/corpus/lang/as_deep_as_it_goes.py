# What contains itself many times over ends in an error of the program, not of the interpreter.
from collections import defaultdict, deque
import copy


def nested(wrap, depth=60_000):
    value = wrap(0)
    for _ in range(depth):
        value = wrap(value)
    return value


for wrap in (lambda v: [v], lambda v: (v,), lambda v: {1: v}, lambda v: {1: v}.values(), lambda v: deque([v])):
    value = nested(wrap)
    try:
        repr(value)
    except RecursionError as e:
        print(type(value).__name__, e)

t = nested(lambda v: (v,))
for action in (lambda: isinstance(1, t), lambda: copy.deepcopy(t)):
    try:
        action()
    except RecursionError as e:
        print(str(e)[:32])


class Ring(defaultdict):
    def __init__(self):
        super().__init__(self.make)

    def make(self):
        return []


try:
    [0] * 2**62
except MemoryError as e:
    print(repr(e))
numbers = [1, 2]
try:
    numbers *= 2**62
except MemoryError as e:
    print(repr(e), numbers)
numbers *= 2
print(numbers)


class Hashed:
    def __init__(self, value):
        self.value = value

    def __hash__(self):
        return self.value


print(hash(Hashed(-1)), hash(Hashed(2**61 + 5)), hash(Hashed((1 << 64) + 7)), hash(Hashed(True)))
print(hash((4, 5)) == hash(Hashed(hash((4, 5)))))
