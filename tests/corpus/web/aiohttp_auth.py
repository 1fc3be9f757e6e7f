# /// script
# dependencies = ["aiohttp"]
# ///
"""aiohttp: a name and a password, as an object, of a session, and as a header."""

import asyncio, aiohttp
from aiohttp import web
async def h(r):
    return web.Response(text=r.headers.get("Authorization", "-"))
async def main():
    app = web.Application(); app.router.add_get("/", h)
    runner = web.AppRunner(app); await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 8099).start()
    async with aiohttp.ClientSession() as s:
        b = aiohttp.BasicAuth("u", "p")
        print(b, b.encode(), aiohttp.BasicAuth.decode(b.encode()))
        async with s.get("http://127.0.0.1:8099/", auth=b) as r:
            print(await r.text())
        r = await s.get("http://127.0.0.1:8099/",
             auth=b)
        print(await r.text())
    async with aiohttp.ClientSession(auth=b) as s:
        async with s.get("http://127.0.0.1:8099/") as r:
            print(await r.text())
        print(aiohttp.encode_basic_auth("u", "p"))
        try: aiohttp.BasicAuth("a:b")
        except ValueError as e: print(e)
        try: aiohttp.BasicAuth.decode("Bearer x")
        except ValueError as e: print(e)
    await runner.cleanup()
asyncio.run(main())
