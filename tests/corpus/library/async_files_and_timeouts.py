import asyncio, aiofiles, aiofiles.os, async_timeout, os
from aiofiles import tempfile
async def main():
    async with aiofiles.open("a.txt", "w") as f:
        print(await f.write("one\ntwo\n"), f.name, f.mode, f.closed)
        await f.writelines(["three\n"]); await f.flush()
    async with aiofiles.open("a.txt") as f:
        print(await f.readline(), await f.read())
    async with aiofiles.open("a.txt") as f:
        async for line in f: print(repr(line))
    f = await aiofiles.open("a.txt", "rb"); print(await f.read(3), await f.tell(), await f.seek(0), await f.readlines()); await f.close(); print(f.closed)
    try:
        async with aiofiles.open("none.txt") as f: pass
    except FileNotFoundError as e: print(e)
    print(await aiofiles.os.path.exists("a.txt"), (await aiofiles.os.stat("a.txt")).st_size, await aiofiles.os.listdir(".") != [])
    await aiofiles.os.mkdir("d"); await aiofiles.os.rename("a.txt", "d/b.txt"); print(await aiofiles.os.listdir("d")); await aiofiles.os.remove("d/b.txt"); await aiofiles.os.rmdir("d")
    async with tempfile.NamedTemporaryFile("w+") as t:
        await t.write("tmp"); await t.seek(0); print(await t.read())
    async with tempfile.TemporaryDirectory() as d: print(os.path.isdir(d))
    print(os.path.isdir(d))
    async def w(i):
        async with aiofiles.open(f"f{i}.txt", "w") as f: await f.write(str(i))
        async with aiofiles.open(f"f{i}.txt") as f: return await f.read()
    print(await asyncio.gather(*map(w, range(4))))
    try:
        async with async_timeout.timeout(0.05) as cm: await asyncio.sleep(1)
    except asyncio.TimeoutError: print("timeout", cm.expired)
    async with async_timeout.timeout(0.5) as cm: await asyncio.sleep(0.01); print(cm.expired, cm.deadline is not None)
    async with async_timeout.timeout(None) as cm: await asyncio.sleep(0)
    async with async_timeout.timeout(0.01) as cm: cm.shift(0.2); await asyncio.sleep(0.05)
    async with async_timeout.timeout(0.01) as cm: cm.reject(); await asyncio.sleep(0.05)
    try:
        async with async_timeout.timeout(0): await asyncio.sleep(1)
    except asyncio.TimeoutError: print("at once")
    async def inner():
        async with async_timeout.timeout(5): await asyncio.sleep(10)
    t = asyncio.create_task(inner()); await asyncio.sleep(0.01); t.cancel()
    try: await t
    except asyncio.CancelledError: print("cancelled from outside")
asyncio.run(main())
