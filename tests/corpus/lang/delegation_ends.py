# `yield from`: an iterator's result, and a receiver that is closed, swallows it, or yields again.
def inner():
    try:
        yield 1
    except GeneratorExit:
        print("inner is closed")


def outer():
    try:
        yield from inner()
        print("never here")
    finally:
        print("outer ends")


g = outer()
next(g)
g.close()
g = outer()
next(g)
try:
    g.throw(GeneratorExit("mine"))
except GeneratorExit as e:
    print(repr(e))


def stubborn():
    try:
        yield 1
    except GeneratorExit:
        yield 2


def around():
    yield from stubborn()


g = around()
next(g)
try:
    g.close()
except RuntimeError as e:
    print(e)


class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if not self.n:
            raise StopIteration("lift-off")
        self.n -= 1
        return self.n


def count():
    result = yield from Countdown(2)
    print("result", result)


print(list(count()))


async def job():
    try:
        await Pause()
    except GeneratorExit:
        print("job closed")


class Pause:
    def __await__(self):
        yield "pause"


async def run():
    try:
        await job()
        print("never here")
    finally:
        print("run ends")


c = run()
print(c.send(None))
c.close()

d = {"a": 1, "b": 2}
try:
    for key in d:
        del d[key]
        d[key] = 1
except RuntimeError as e:
    print(e)
try:
    for key in d:
        d[key + "!"] = 1
except RuntimeError as e:
    print(e)
