# python: 3.13
"""Words that newer versions have for old mistakes, and who is asked first by `+` and `*` of a sequence."""

import traceback


class Slotted:
    __slots__ = ("x",)

    def __index__(self):
        return 3

    def __rmul__(self, other):
        return "times", other

    def __radd__(self, other):
        return "plus", other


class Base: ...


class Derived(Base):
    @classmethod
    def make(cls): ...

    @staticmethod
    def helper(): ...


def tried(function):
    try:
        print(function())
    except Exception as error:
        print(type(error).__name__, error)


tried(lambda: setattr(Slotted(), "z", 1))
tried(lambda: delattr(Slotted(), "z"))
tried(lambda: setattr([], "z", 1))
tried(lambda: type("Both", (Base, Derived), {}))
tried(lambda: compile("def f(a=1, b): pass", "<s>", "exec"))
try:
    from json import loadss
except ImportError as error:
    print(traceback.format_exception_only(error)[-1].rpartition(")")[2].strip())
tried(lambda: "x" * Slotted())
tried(lambda: [1] + Slotted())
tried(lambda: "abc"[Slotted() :])
for wrapped in (vars(Derived)["make"], vars(Derived)["helper"]):
    print(repr(wrapped).split(" at ")[0])


for text in ("import", "from os import", "print(*)", "print(1, *)", "f(a=)", "f(a=, b=1)", "[i for i y]", "f(**k, *a)", "[x for x, y z]"):
    try:
        compile(text, "<mistake>", "exec")
    except SyntaxError as error:
        print(repr(text), error.msg, error.offset, error.end_offset)
