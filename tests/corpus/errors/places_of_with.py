# python: 3.13
"""From 3.13 on `with` stands at its context manager in tracebacks."""

import asyncio
import sys
import traceback


class Manager:
    def __enter__(self):
        return self

    def __exit__(self, *exc):
        if exc[0] is None:
            raise ValueError("left")


def leave():
    with Manager(), Manager() as second:
        print("inside")


def check(x):
    assert x and x == [1], f"x is {x}"


async def fail():
    raise KeyError("task")


async def group():
    async with asyncio.TaskGroup() as tg:
        tg.create_task(fail())


for function in (leave, lambda: check(2), lambda: open(5, "z")):
    try:
        function()
    except Exception:
        traceback.print_exc(file=sys.stdout)
try:
    asyncio.run(group())
except ExceptionGroup as error:
    entry = traceback.extract_tb(error.__traceback__)[-1]
    print(entry.name, entry.line)
    entry = traceback.extract_tb(error.__traceback__)[-2]
    print(entry.name, entry.line, entry.colno, entry.end_colno)
