# /// script
# dependencies = ["fastapi", "httpx"]
# ///
"""FastAPI: lifespan, handlers, dependencies, routers, background tasks, CORS, WebSockets."""

import asyncio, time
from contextlib import asynccontextmanager
from typing import Annotated
from fastapi import (
    FastAPI,
    Depends,
    HTTPException,
    Header,
    APIRouter,
    BackgroundTasks,
    Request,
    WebSocket,
    WebSocketDisconnect,
    Query,
    Response,
)
from fastapi.responses import (
    JSONResponse,
    PlainTextResponse,
    HTMLResponse,
    RedirectResponse,
    StreamingResponse,
    FileResponse,
    ORJSONResponse,
)
from fastapi.exceptions import RequestValidationError
from fastapi.exception_handlers import http_exception_handler, request_validation_exception_handler
from starlette.exceptions import HTTPException as SHE
from fastapi.middleware.cors import CORSMiddleware
from fastapi.encoders import jsonable_encoder
from fastapi.testclient import TestClient
from pydantic import BaseModel


@asynccontextmanager
async def lifespan(app):
    print("startup")
    app.state.db = {"x": 1}
    yield {"shared": 5}
    print("shutdown")


app = FastAPI(lifespan=lifespan, title="T")
app.add_middleware(
    CORSMiddleware,
    allow_origins=["http://localhost"],
    allow_credentials=True,
    allow_methods=["*"],
    allow_headers=["*"],
)


class UnicornException(Exception):
    def __init__(self, name):
        self.name = name


@app.exception_handler(UnicornException)
async def uh(request, exc):
    return JSONResponse(status_code=418, content={"message": f"Oops! {exc.name} did something."})


@app.exception_handler(RequestValidationError)
async def vh(request, exc):
    print("body", exc.body, exc.errors())
    return PlainTextResponse(str(len(exc.errors())), status_code=400)


@app.exception_handler(SHE)
async def sh(request, exc):
    print("http exc", repr(exc))
    return await http_exception_handler(request, exc)


@app.get("/unicorns/{name}")
async def u(name):
    if name == "yolo":
        raise UnicornException(name=name)
    return {"n": name}


@app.get("/v/{i}")
async def v(i: int):
    if i == 3:
        raise HTTPException(418, "Nope! I don't like 3.")
    return i


async def common(q: str | None = None, skip: int = 0):
    print("common")
    return {"q": q, "skip": skip}


CommonDep = Annotated[dict, Depends(common)]


class CQ:
    def __init__(self, q: str | None = None, limit: int = 100):
        self.q = q
        self.limit = limit


def sub(q: str | None = None):
    print("sub")
    return q


def sub2(
    s: Annotated[str, Depends(sub)],
    t: Annotated[str, Depends(sub)],
    u: Annotated[str, Depends(sub, use_cache=False)],
):
    return s, t, u


async def verify(x_token: Annotated[str, Header()]):
    if x_token != "secret":
        raise HTTPException(400, "X-Token header invalid")


async def getdb():
    print("db open")
    try:
        yield "DB"
    except HTTPException as e:
        print("db saw", e.detail)
        raise
    finally:
        print("db close")


def syncdb(db=Depends(getdb)):
    print("sync open")
    yield db + "2"
    print("sync close")


class Checker:
    def __init__(self, f):
        self.f = f

    def __call__(self, q: str = ""):
        return self.f in q


chk = Checker("bar")


@app.get("/c")
async def c1(c: CommonDep, d: CommonDep, cq: Annotated[CQ, Depends()], s=Depends(sub2)):
    return {"c": c, "same": c is d, "cq": cq.limit, "s": s}


@app.get("/dec", dependencies=[Depends(verify)])
async def dec():
    return [1]


@app.get("/db")
async def db(d=Depends(syncdb), fail: bool = False):
    if fail:
        raise HTTPException(500, "from endpoint")
    print("endpoint", d)
    return d


@app.get("/chk")
async def ck(r: Annotated[bool, Depends(chk)]):
    return r


router = APIRouter(
    prefix="/r", tags=["r"], dependencies=[Depends(sub)], responses={404: {"description": "x"}}
)


@router.get("/a")
async def ra():
    return "ra"


@router.post("/a", status_code=201)
def rb(x: list[int]):
    return sum(x)


app.include_router(router)
app.include_router(router, prefix="/v2")


def write(m, x=""):
    print("bg", m, x)


async def awrite(m):
    print("abg", m)


@app.post("/bg/{e}")
async def bg(e: str, bt: BackgroundTasks):
    bt.add_task(write, e, x="note")
    bt.add_task(awrite, e)
    return {"m": "sent"}


@app.get("/html", response_class=HTMLResponse)
async def html():
    return "<h1>x</h1>"


@app.get("/txt", response_class=PlainTextResponse)
def txt():
    return "plain"


@app.get("/redir")
async def redir():
    return RedirectResponse("/txt")


@app.get("/stream")
async def stream():
    async def g():
        for i in range(3):
            yield f"{i} "

    return StreamingResponse(g(), media_type="text/plain")


@app.get("/state")
async def st(request: Request):
    return {
        "db": request.app.state.db,
        "sh": request.state.shared,
        "c": request.client.host,
        "q": dict(request.query_params),
        "u": str(request.url),
        "b": str(request.base_url),
        "h": request.headers["host"],
        "p": request.path_params,
        "m": request.method,
    }


@app.post("/raw")
async def raw(request: Request):
    b = await request.body()
    return {"len": len(b), "j": await request.json()}


@app.get("/boom")
async def boom():
    raise RuntimeError("boom")


@app.websocket("/ws/{n}")
async def ws(w: WebSocket, n: int, q: str | None = None):
    await w.accept()
    try:
        while True:
            d = await w.receive_text()
            await w.send_text(f"{n} {q} {d}")
    except WebSocketDisconnect as e:
        print("disc", e.code)


@app.websocket("/wj")
async def wj(w: WebSocket):
    await w.accept()
    d = await w.receive_json()
    await w.send_json({"got": d})
    await w.close()


@app.api_route("/multi", methods=["GET", "POST"])
async def multi(request: Request):
    return request.method


subapp = FastAPI()


@subapp.get("/s")
def ss(request: Request):
    return request.scope["root_path"]


app.mount("/sub", subapp)


def show(r):
    print(r.status_code, r.headers.get("content-type"), r.text)


with TestClient(app) as c:
    for p in [
        "/unicorns/yolo",
        "/unicorns/x",
        "/v/a",
        "/v/3",
        "/v/4",
        "/c?q=z",
        "/dec",
        "/db",
        "/db?fail=1",
        "/chk?q=foobar",
        "/r/a",
        "/v2/r/a",
        "/html",
        "/txt",
        "/redir",
        "/stream",
        "/state?a=1&b=2",
        "/multi",
        "/sub/s",
        "/sub/none",
        "/missing",
    ]:
        show(c.get(p))
    show(c.get("/dec", headers={"X-Token": "secret"}))
    show(c.get("/dec", headers={"X-Token": "bad"}))
    show(c.post("/r/a", json=[1, 2, 3]))
    show(c.post("/bg/me"))
    show(c.post("/raw", json={"a": 1}))
    show(c.delete("/multi"))
    show(c.post("/multi"))
    show(c.get("/redir", follow_redirects=False))
    r = c.options(
        "/txt",
        headers={
            "Origin": "http://localhost",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "X-A",
        },
    )
    show(r)
    print(sorted((k, v) for k, v in r.headers.items()))
    r = c.get("/txt", headers={"Origin": "http://localhost"})
    print(sorted((k, v) for k, v in r.headers.items()))
    try:
        c.get("/boom")
    except RuntimeError as e:
        print("raised", e)
    with c.websocket_connect("/ws/3?q=x") as w:
        w.send_text("hi")
        print(w.receive_text())
        w.send_text("yo")
        print(w.receive_text())
    with c.websocket_connect("/wj") as w:
        w.send_json({"a": 1})
        print(w.receive_json())
        try:
            w.receive_text()
        except WebSocketDisconnect as e:
            print("closed", e.code)
c2 = TestClient(app, raise_server_exceptions=False)
show(c2.get("/boom"))
