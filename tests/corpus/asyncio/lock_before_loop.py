# A lock made outside the loop belongs to another loop in 3.9.
# python: 3.9
import asyncio
lock = asyncio.Lock()
async def w(i):
    async with lock:
        await asyncio.sleep(.01); print(i)
async def main(): await asyncio.gather(w(1), w(2))
try:
    asyncio.run(main())
except RuntimeError as error:
    print(str(error)[-30:])
