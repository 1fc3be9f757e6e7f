# /// script
# dependencies = ["fastapi", "httpx"]
# ///
# Answers and refusals: generic and tagged models, credentials, dates and identifiers, classes as dependencies, CORS.
from fastapi import FastAPI, Depends, HTTPException, status, Response, Request, APIRouter, Query, Path, Body
from fastapi.security import HTTPBasic, HTTPBasicCredentials, APIKeyHeader, OAuth2PasswordRequestForm, OAuth2PasswordBearer
from fastapi.testclient import TestClient
from fastapi.middleware.cors import CORSMiddleware
from starlette.middleware.base import BaseHTTPMiddleware
from pydantic import BaseModel, ConfigDict, Field, EmailStr
from typing import Annotated, Generic, TypeVar, Literal, Union
from enum import Enum
import datetime as dt, uuid, decimal
T = TypeVar("T")
class Page(BaseModel, Generic[T]): items: list[T]; total: int
class Cat(BaseModel): kind: Literal["cat"]; lives: int = 9
class Dog(BaseModel): kind: Literal["dog"]; bark: str
class Owner(BaseModel): pet: Annotated[Union[Cat, Dog], Field(discriminator="kind")]
class Level(str, Enum): lo = "lo"; hi = "hi"
class U(BaseModel):
    model_config = ConfigDict(from_attributes=True, populate_by_name=True)
    id: int = Field(alias="userId"); when: dt.datetime | None = None; cost: decimal.Decimal = decimal.Decimal("1.50"); level: Level = Level.lo; tags: set[str] = {"x"}
app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origins=["http://a.com"], allow_methods=["*"], allow_credentials=True)
class Timing(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        r = await call_next(request); r.headers["X-T"] = "t"; return r
app.add_middleware(Timing)
basic = HTTPBasic(); key = APIKeyHeader(name="X-Key", auto_error=False); oauth = OAuth2PasswordBearer(tokenUrl="token")
@app.get("/page", response_model=Page[Cat])
def page(): return {"items": [{"kind": "cat"}], "total": 1}
@app.post("/owner")
def owner(o: Owner) -> Owner: return o
@app.post("/u", response_model=U, response_model_by_alias=False)
def u(u: U): return u
@app.get("/basic")
def b(c: Annotated[HTTPBasicCredentials, Depends(basic)]): return c
@app.get("/key")
def k(v: Annotated[str | None, Depends(key)]): return {"key": v}
@app.post("/token")
def tok(f: Annotated[OAuth2PasswordRequestForm, Depends()]): return {"access_token": f.username, "scopes": f.scopes}
@app.get("/me")
def me(t: Annotated[str, Depends(oauth)]): return t
@app.get("/lvl/{level}/{d}/{i}")
def lvl(level: Level, d: dt.date, i: uuid.UUID): return {"l": level, "d": d, "i": i}
class Svc:
    def __init__(self, q: str = "dq", n: int = Query(1, le=3)): self.q, self.n = q, n
@app.get("/svc")
def svc(s: Annotated[Svc, Depends()], s2: Svc = Depends()): return {"q": s.q, "n": s.n, "same": s is s2}
@app.get("/opt")
def opt(x: int | None = None, y: bool = False, z: Annotated[list[int] | None, Query()] = None, dur: dt.timedelta | None = None): return {"x": x, "y": y, "z": z, "dur": dur}
@app.patch("/body")
def bd(a: Annotated[int, Body()], b: Annotated[str, Body(embed=True)] = "b"): return [a, b]
@app.get("/bytes")
def by(): return Response(b"\x00\x01", media_type="application/octet-stream")
@app.get("/none")
def none(): return None
@app.delete("/del", status_code=204)
def dl(): pass
@app.get("/badresp", response_model=Cat)
def br(): return {"kind": "dog"}
class Plugin(Exception): pass
@app.exception_handler(HTTPException)
async def hx(r: Request, e): return Response(f"custom {e.detail}", status_code=e.status_code)
@app.get("/hx")
def h(): raise HTTPException(status.HTTP_409_CONFLICT, detail={"a": 1})
c = TestClient(app, headers={"Origin": "http://a.com"})
for call in ["c.get('/page')", "c.post('/owner', json={'pet': {'kind': 'dog', 'bark': 'w'}})", "c.post('/owner', json={'pet': {'kind': 'fish'}})", "c.post('/owner', json={'pet': {}})", "c.post('/u', json={'userId': 1, 'when': '2024-01-02T03:04:05Z', 'cost': '2.5', 'level': 'hi', 'tags': ['a']})", "c.post('/u', json={'id': 'x', 'when': 'no', 'cost': 'zz', 'level': 'mid'})", "c.get('/basic', auth=('u', 'p'))", "c.get('/basic')", "c.get('/key')", "c.get('/key', headers={'X-Key': 'k'})", "c.post('/token', data={'username': 'me', 'password': 'pw', 'scope': 'a b'})", "c.post('/token', data={'username': 'me'})", "c.get('/me')", "c.get('/me', headers={'Authorization': 'Bearer t'})", "c.get('/lvl/hi/2024-02-30/abc')", "c.get('/lvl/no/2024-02-03/12345678-1234-5678-1234-567812345678')", "c.get('/svc?n=9')", "c.get('/svc?q=z&n=2')", "c.get('/opt?x=&y=maybe&z=1&z=a&dur=PT5S')", "c.get('/opt?y=on&dur=90')", "c.patch('/body', json={'a': 1})", "c.patch('/body', json=[1])", "c.get('/bytes')", "c.get('/none')", "c.delete('/del')", "c.get('/hx')", "c.options('/page', headers={'Access-Control-Request-Method': 'GET'})"]:
    r = eval(call); print(call, r.status_code, r.text[:600], sorted(k for k in r.headers))
try: c.get("/badresp")
except Exception as e: print(type(e).__name__, e)
