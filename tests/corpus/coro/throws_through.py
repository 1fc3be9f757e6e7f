# An exception that is thrown through what a coroutine awaits has the exception as its context that the coroutine handles.
import asyncio
import random
from string import Template


def chain(error):
    while error is not None:
        yield repr(error)
        error = error.__context__


async def asleep():
    await asyncio.sleep(5)


async def handles(what):
    try:
        raise KeyError("handled")
    except KeyError:
        await what()


async def deadline():
    async with asyncio.timeout(0.1):
        await asleep()


async def main():
    task = asyncio.create_task(handles(asleep))
    await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError as error:
        print(*chain(error))
    for what in (deadline, lambda: asyncio.wait_for(asleep(), 0.1)):
        try:
            await handles(what)
        except TimeoutError as error:
            print(*chain(error))


asyncio.run(main())


def inner():
    yield


def outer():
    try:
        raise KeyError("a")
    except KeyError:
        yield from inner()


generator = outer()
next(generator)
try:
    generator.throw(ValueError("thrown"))
except ValueError as error:
    print(*chain(error))


# What drives a coroutine by hand.
class Waits:
    def __await__(self):
        try:
            got = yield
            yield got * 2
        finally:
            print("closed")


async def waits():
    await Waits()


driven = waits().__await__()
next(driven)
print(driven.send(4))
driven.close()


async def numbers():
    got = yield 1
    yield got * 10


async def first():
    made = numbers()
    for sent in (None, 7):
        try:
            made.__anext__().send(sent)
        except StopIteration as stop:
            print(stop.value)
    try:
        numbers().__anext__().send(3)
    except TypeError as error:
        print(error)


asyncio.run(first())


# Generators of random numbers that a program writes itself.
class Linear(random.Random):
    state = 7

    def random(self):
        self.state = (self.state * 1103515245 + 12345) % 2**31
        return self.state / 2**31


class Bits(Linear):
    def getrandbits(self, k):
        return 5 % 2**k


linear = Linear()
print([linear.randint(1, 6) for _ in range(8)], linear.choice("abcdef"), linear.sample(range(20), 4))
print([Bits().randrange(10) for _ in range(3)])
try:
    random.randrange(10, step=2)
except TypeError as error:
    print(error)
print(Template("$a and $$ and ${b}").is_valid(), Template("$a $ b").is_valid(), Template("$a ${b} $a").get_identifiers())
