# aclose() of an async generator, awaited: what it swallows and what it does not.
import asyncio
async def plain():
    yield 1
async def tf():
    try: yield 1
    finally: pass
async def tf2():
    try: yield 1
    finally: await asyncio.sleep(0)
async def tf3():
    try: yield 1
    except GeneratorExit: pass
async def main():
    for g in (plain, tf, tf2, tf3):
        ag = g()
        async for x in ag: break
        try:
            await ag.aclose()
            print('ok')
        except BaseException as e: print(g.__name__, repr(e))
asyncio.run(main())


async def stubborn():
    try:
        yield 1
    except GeneratorExit:
        yield 2


async def failing():
    try:
        yield 1
    finally:
        raise ValueError("while closing")


async def more():
    for g in (stubborn, failing):
        ag = g()
        async for x in ag: break
        try:
            await ag.aclose()
            print('ok')
        except BaseException as e: print(g.__name__, repr(e))
    ag = plain()
    await ag.aclose()
    await ag.aclose()
    print(await anext(ag, "over"))

asyncio.run(more())
