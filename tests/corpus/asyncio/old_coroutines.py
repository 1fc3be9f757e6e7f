# Generator-based coroutines and coroutines given to wait(), through 3.10.
# python: 3.10
import warnings; warnings.simplefilter("ignore", DeprecationWarning)
import asyncio
@asyncio.coroutine
def old():
    yield from asyncio.sleep(.01)
    return 5
print(asyncio.run(old()))
async def c(n): await asyncio.sleep(.01 * n); return n
async def main():
    done, pending = await asyncio.wait([c(1)])
    print([d.result() for d in done])
asyncio.run(main())
