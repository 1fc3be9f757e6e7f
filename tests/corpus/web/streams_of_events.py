# /// script
# dependencies = ["fastapi", "httpx"]
# ///
# Endpoints that yield: server-sent events, lines of JSON, chunks; compressed answers; scopes; headers that repeat.
from collections.abc import AsyncIterable, Iterable
from typing import Annotated

from fastapi import Depends, FastAPI, Header, HTTPException, Security
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.responses import PlainTextResponse, StreamingResponse
from fastapi.security import HTTPBearer, OAuth2PasswordBearer, SecurityScopes
from fastapi.sse import EventSourceResponse, ServerSentEvent
from fastapi.testclient import TestClient
from pydantic import BaseModel, ConfigDict

app = FastAPI()
app.add_middleware(GZipMiddleware, minimum_size=100, compresslevel=5)


class Item(BaseModel):
    name: str
    price: float = 1


class Headers(BaseModel):
    model_config = ConfigDict(extra="forbid")
    x_tag: str


@app.get("/events", response_class=EventSourceResponse)
async def events() -> AsyncIterable[Item]:
    yield Item(name="a")
    yield {"name": "b", "price": "2.5"}


@app.get("/raw-events", response_class=EventSourceResponse)
def raw_events():
    yield ServerSentEvent(data={"n": 1}, event="number", id="1", retry=10, comment="two\nlines")
    yield ServerSentEvent(raw_data="as it is")
    yield "text"


@app.get("/lines")
async def lines() -> AsyncIterable[Item]:
    for name in "ab":
        yield Item(name=name)


@app.get("/sync-lines")
def sync_lines() -> Iterable[int]:
    yield from range(3)


@app.get("/chunks", response_class=StreamingResponse)
async def chunks():
    yield b"one "
    yield "two"


@app.get("/long", response_class=PlainTextResponse)
async def long():
    return "spam " * 100


class Digest(HTTPBearer):
    def make_not_authenticated_error(self):
        return HTTPException(403, "Not you")


@app.get("/mine")
async def mine(user: Annotated[object, Depends(Digest())]):
    return user


bearer = OAuth2PasswordBearer(tokenUrl="token", scopes={"me": "", "items": ""})


def current(scopes: SecurityScopes, token: Annotated[str, Depends(bearer)]):
    return scopes.scope_str, token


def active(user: Annotated[tuple, Security(current, scopes=["me"])]):
    return user


@app.get("/scopes")
async def scopes(user: Annotated[tuple, Security(active, scopes=["items"])], other=Depends(current)):
    return user, other


@app.get("/headers")
async def headers(given: Annotated[Headers, Header()]):
    return given


client = TestClient(app)
for path in ("/events", "/raw-events", "/lines", "/sync-lines", "/chunks", "/mine"):
    response = client.get(path)
    print(path, response.status_code, dict(response.headers))
    print(response.text)
response = client.get("/long")
print(response.headers["content-encoding"], response.headers["vary"], len(response.text))
response = client.get("/long", headers={"accept-encoding": "identity"})
print(dict(response.headers), len(response.text))
print(client.get("/mine", headers={"authorization": "Bearer abc"}).json())
print(client.get("/scopes", headers={"authorization": "Bearer abc"}).json())
print(client.get("/headers", headers=[("x-tag", "a"), ("x-more", "b"), ("x-more", "c")]).json())
try:
    ServerSentEvent(data=1, raw_data="x")
except ValueError as error:
    print(error)
try:
    ServerSentEvent(event="two\nlines")
except ValueError as error:
    print(error)
