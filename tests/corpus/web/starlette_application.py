# /// script
# dependencies = ["starlette","httpx"]
# ///
"""Starlette: routes, convertors, endpoints, middleware, background tasks, forms, WebSockets, URLs."""

import asyncio, time
from starlette.applications import Starlette
from starlette.routing import Route, Mount, WebSocketRoute, Router
from starlette.responses import *
from starlette.requests import Request
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.endpoints import HTTPEndpoint, WebSocketEndpoint
from starlette.background import BackgroundTask, BackgroundTasks
from starlette.exceptions import HTTPException
from starlette.testclient import TestClient
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, QueryParams, URL, State, MutableHeaders


class A:
    def __init__(self, app, n):
        self.app = app
        self.n = n

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        print("in", self.n)

        async def s(m):
            if m["type"] == "http.response.start":
                m["headers"].append((b"x-" + self.n.encode(), b"1"))
            await send(m)

        await self.app(scope, receive, s)
        print("out", self.n)


class E(HTTPEndpoint):
    async def get(self, request):
        return PlainTextResponse("E get " + request.path_params["x"])

    def post(self, request):
        return JSONResponse({"e": 1})


class W(WebSocketEndpoint):
    encoding = "text"

    async def on_connect(self, ws):
        await ws.accept()
        print("conn")

    async def on_receive(self, ws, d):
        await ws.send_text("got " + d)

    async def on_disconnect(self, ws, code):
        print("disc", code)


async def home(r):
    return HTMLResponse("<b>hi</b>")


def syn(r):
    return PlainTextResponse("sync")


async def i(r):
    return JSONResponse({"id": r.path_params["id"], "t": type(r.path_params["id"]).__name__})


async def form(r):
    f = await r.form()
    return JSONResponse(dict(f))


async def bgt(r):
    t = BackgroundTasks()
    t.add_task(print, "bg1")
    t.add_task(asyncio.sleep, 0)
    return JSONResponse({"ok": 1}, background=t)


async def url(r):
    return PlainTextResponse(str(r.url_for("item", id=5)) + " " + r.app.url_path_for("item", id=6))


async def herr(r):
    raise HTTPException(status_code=400, detail="bad")


async def err(r):
    raise RuntimeError("x")


async def stream(r):
    return StreamingResponse((f"{k}," for k in range(3)), media_type="text/plain")


async def nf(request, exc):
    return PlainTextResponse("custom 404", 404)


app = Starlette(
    routes=[
        Route("/", home),
        Route("/s", syn, methods=["GET", "POST"]),
        Route("/i/{id:int}", i, name="item"),
        Route("/f/{id:float}", i),
        Route("/p/{id:path}", i),
        Route("/form", form, methods=["POST"]),
        Route("/bg", bgt),
        Route("/url", url),
        Route("/herr", herr),
        Route("/err", err),
        Route("/stream", stream),
        Route("/e/{x}", E),
        WebSocketRoute("/ws", W),
        Mount("/m", routes=[Route("/x", syn, name="mx")], name="m"),
    ],
    middleware=[Middleware(A, n="a"), Middleware(A, n="b")],
    exception_handlers={404: nf},
)
c = TestClient(app, raise_server_exceptions=False)
for p in [
    "/",
    "/s",
    "/i/5",
    "/i/x",
    "/f/1.5",
    "/p/a/b",
    "/bg",
    "/url",
    "/herr",
    "/err",
    "/stream",
    "/e/q",
    "/m/x",
    "/m/y",
    "/none",
    "/s/",
]:
    r = c.get(p)
    print(p, r.status_code, r.headers.get("content-type"), r.text, r.headers.get("x-a"))
print(
    c.post("/form", data={"a": "1", "b": "2"}).json(),
    c.post("/e/q").json(),
    c.put("/e/q").status_code,
    c.put("/e/q").headers["allow"],
    c.head("/s").status_code,
)
with c.websocket_connect("/ws") as w:
    w.send_text("a")
    print(w.receive_text())
h = MutableHeaders({"A": "1"})
h["B"] = "2"
h.append("b", "3")
print(
    h.getlist("b"),
    "a" in h,
    h.raw,
    QueryParams("a=1&a=2&b=").multi_items(),
    URL("http://h:80/p?q=1").replace(path="/z"),
    URL("/a").include_query_params(x=1),
)
