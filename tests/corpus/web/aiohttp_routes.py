# /// script
# dependencies = ["aiohttp"]
# ///
# Routes by pattern, views, cookies, redirects and limits of connections.
import asyncio, time
from aiohttp import web, ClientSession, ClientTimeout, TCPConnector
import aiohttp, json
async def delay(r): await asyncio.sleep(float(r.query.get("t", .01))); return web.json_response({"path": r.path, "n": r.match_info.get("n")})
async def post(r):
    if r.content_type == "application/json": return web.json_response({"json": await r.json()})
    return web.json_response({"form": dict(await r.post()), "raw": r.content_type})
async def cookies(r): resp = web.Response(text=str(dict(r.cookies))); resp.set_cookie("k", "v"); return resp
async def hdr(r): return web.json_response({k: v for k, v in r.headers.items() if k.startswith("X-")}, headers={"X-Out": "1"}, status=203)
async def redir(r): raise web.HTTPFound("/d/1")
routes = web.RouteTableDef()
@routes.get("/rt/{x:\\d+}")
async def rt(r): return web.Response(text="int " + r.match_info["x"])
@routes.view("/view")
class V(web.View):
    async def get(self): return web.Response(text="view get")
    async def post(self): return web.Response(text="view post " + self.request.method)
async def main():
    app = web.Application(); app.add_routes([web.get("/d/{n}", delay), web.post("/p", post), web.get("/c", cookies), web.get("/h", hdr), web.get("/r", redir)]); app.add_routes(routes)
    run = web.AppRunner(app); await run.setup(); await web.TCPSite(run, "127.0.0.1", 8085).start()
    async with ClientSession("http://127.0.0.1:8085", headers={"X-S": "s"}, connector=TCPConnector(limit=2)) as s:
        t = time.monotonic(); r = await asyncio.gather(*(s.get(f"/d/{i}", params={"t": "0.1"}) for i in range(4))); print(0.1 < time.monotonic() - t < 5, [(await x.json())["n"] for x in r])
        async with s.post("/p", json={"a": [1]}) as r: print(await r.json())
        async with s.post("/p", data={"a": "1"}) as r: print(await r.json())
        async with s.get("/c") as r: print(await r.text(), r.cookies.get("k").value)
        async with s.get("/c") as r: print(await r.text())
        async with s.get("/h", headers={"X-R": "r"}) as r: print(await r.json(), r.status, r.headers["X-Out"], r.ok)
        async with s.get("/r") as r: print(r.url, [h.status for h in r.history])
        async with s.get("/r", allow_redirects=False) as r: print(r.status, r.headers["Location"])
        async with s.get("/rt/5") as r: print(await r.text())
        async with s.get("/rt/x") as r: print(r.status)
        async with s.get("/view") as r: print(await r.text())
        async with s.post("/view") as r: print(await r.text())
        async with s.put("/view") as r: print(r.status, r.headers.get("Allow"))
        try: await s.get("/d/1", params={"t": "1"}, timeout=ClientTimeout(total=.05))
        except asyncio.TimeoutError as e: print("timeout", repr(e))
        async with s.get("/d/1") as r: d = await r.read(); print(d, r.content_length, r.charset, r.content_type, r.method, r.version)
        sem = asyncio.Semaphore(2)
        async def one(i):
            async with sem, s.get(f"/d/{i}") as r: return (await r.json())["n"]
        print(await asyncio.gather(*map(one, range(5))))
    await run.cleanup()
asyncio.run(main())
