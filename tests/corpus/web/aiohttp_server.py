# /// script
# dependencies = ["aiohttp"]
# ///
"""aiohttp's server: routes, views, middlewares, errors, streams, start-up and cleanup."""

import asyncio, aiohttp, time
from aiohttp import web

routes = web.RouteTableDef()


@routes.get("/")
async def hello(request):
    return web.Response(text="Hello, world")


@routes.get("/u/{name}")
async def u(request):
    return web.json_response(
        {
            "name": request.match_info["name"],
            "q": request.query.get("x"),
            "m": request.method,
            "p": request.path,
            "app": request.app["db"],
        }
    )


@routes.post("/p")
async def p(request):
    d = await request.json()
    return web.json_response(d, status=201)


@routes.post("/f")
async def f(request):
    d = await request.post()
    return web.Response(text=d["a"])


@routes.get("/slow")
async def slow(r):
    await asyncio.sleep(0.2)
    return web.Response(text="slow")


@routes.get("/forbid")
async def forbid(r):
    raise web.HTTPForbidden(text="no way")


@routes.get("/redir")
async def redir(r):
    raise web.HTTPFound("/")


@routes.get("/stream")
async def stream(r):
    resp = web.StreamResponse(headers={"Content-Type": "text/plain"})
    await resp.prepare(r)
    for i in range(3):
        await resp.write(f"{i}\n".encode())
    await resp.write_eof()
    return resp


class V(web.View):
    async def get(self):
        return web.Response(text="view get")

    async def post(self):
        return web.Response(text="view post")


@web.middleware
async def mw(request, handler):
    resp = await handler(request)
    resp.headers["X-MW"] = "1"
    return resp


async def start(app):
    print("startup")
    app["db"] = "DB"


async def clean(app):
    print("cleanup")


async def ctx(app):
    print("ctx in")
    yield
    print("ctx out")


async def main():
    app = web.Application(middlewares=[mw])
    app.add_routes(routes)
    app.router.add_view("/v", V)
    app.add_routes([web.get("/lam", hello)])
    app.on_startup.append(start)
    app.on_cleanup.append(clean)
    app.cleanup_ctx.append(ctx)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 8081)
    await site.start()
    async with aiohttp.ClientSession("http://127.0.0.1:8081") as s:
        for path in ("/", "/u/bob?x=1", "/nope", "/forbid", "/redir", "/stream", "/v", "/lam", "/p"):
            async with s.get(path) as r:
                print(r.status, r.content_type, r.headers.get("X-MW"), repr(await r.text()))
        async with s.post("/p", json={"a": 1}) as r:
            print(r.status, await r.json())
        async with s.post("/f", data={"a": "b"}) as r:
            print(await r.text())
        async with s.post("/v") as r:
            print(await r.text())
        async with s.delete("/v") as r:
            print(r.status, r.headers["Allow"])
        t = time.perf_counter()
        rs = await asyncio.gather(*[s.get("/slow") for _ in range(5)])
        print([await r.text() for r in rs], time.perf_counter() - t < 0.4)
    await runner.cleanup()


asyncio.run(main())
