# anext() with a default, of generators that begin with it.
import asyncio


async def numbers(n):
    for i in range(n):
        yield i


async def main():
    print(await anext(numbers(1), None))
    print(await anext(numbers(0), "nothing"))
    some = numbers(2)
    print([await anext(some, None) for _ in range(3)])
    try:
        await anext(numbers(0))
    except StopAsyncIteration as exc:
        print(repr(exc))


asyncio.run(main())
