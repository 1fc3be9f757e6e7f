# python: 3.13
# What is underlined of a loop whose iterator fails, and other words of Python 3.13.
import traceback
from abc import ABC, abstractmethod


class Failing:
    def __iter__(self):
        return self

    def __next__(self):
        raise ValueError("next")


def loop():
    for x in Failing():
        print(x)


def comprehension():
    return [x for x in Failing()]


def generator():
    return sum(x for x in Failing())


def no_iterable():
    for x in 5:
        print(x)


for function in (loop, comprehension, generator, no_iterable):
    try:
        function()
    except (ValueError, TypeError) as e:
        print("".join(traceback.format_tb(e.__traceback__)[1:2]))


class Shape(ABC):
    @abstractmethod
    def area(self): ...

    @abstractmethod
    def name(self): ...


try:
    Shape()
except TypeError as e:
    print(e)
for text in ("f'{}'", "f'{x'", "f'}'", "f'{a b}'", "f'{x!z}'", "f'{a[}'", "f'abc", "f'{x = 1}'", "f'{lambda x: 1}'",
             "f'{x:{y}'", "f'{*}'", "print(f'{a}' f'{b')"):
    try:
        compile(text, "<text>", "exec")
    except SyntaxError as e:
        print(text, "|", e.msg)
