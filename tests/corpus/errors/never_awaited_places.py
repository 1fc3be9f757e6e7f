# Where a coroutine that nobody awaited is said to have died: with operands in its own frame, with the variables
# of a failed call when the exception goes.
import sys
import warnings


def show(message, category, filename, lineno, file=None, line=None):
    print(f"line {lineno}: {message}")


warnings.showwarning = show


async def operand():
    pass


async def variable():
    pass


async def at_end():
    pass


def add():
    return operand() + 1


def fail():
    kept = variable()
    raise ValueError(type(kept).__name__)


try:
    add()
except TypeError as error:
    print(error)
    print("added")

try:
    fail()
except ValueError as error:
    print(error)
    print("still there")
print("gone")


def numbers():
    late = at_end()
    yield 1
    yield late is not None


for n in numbers():
    print(n)
print("end")
