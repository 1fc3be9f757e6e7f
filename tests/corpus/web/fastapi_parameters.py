# /// script
# dependencies = ["fastapi", "httpx"]
# ///
"""FastAPI: path, query, body, header, cookie and form parameters, and what it says of bad ones."""

from enum import Enum
from typing import Annotated, Any, Literal, Optional, Union
from fastapi import (
    FastAPI,
    Query,
    Path,
    Body,
    Header,
    Cookie,
    Form,
    Depends,
    HTTPException,
    status,
    Request,
    Response,
)
from fastapi.testclient import TestClient
from pydantic import BaseModel, Field, EmailStr, HttpUrl
from uuid import UUID
import datetime

app = FastAPI()


class ModelName(str, Enum):
    alexnet = "alexnet"
    resnet = "resnet"
    lenet = "lenet"


@app.get("/")
async def root():
    return {"message": "Hello World"}


@app.get("/items/{item_id}")
async def read_item(item_id: int):
    return {"item_id": item_id}


@app.get("/users/me")
async def me():
    return {"user_id": "the current user"}


@app.get("/users/{user_id}")
async def user(user_id: str):
    return {"user_id": user_id}


@app.get("/models/{model_name}")
async def get_model(model_name: ModelName):
    if model_name is ModelName.alexnet:
        return {"model_name": model_name, "message": "Deep Learning FTW!"}
    return {"model_name": model_name}


@app.get("/files/{file_path:path}")
async def f(file_path: str):
    return {"file_path": file_path}


@app.get("/q/")
async def q(skip: int = 0, limit: int = 10, short: bool = False, q: str | None = None, needy: float = 1.5):
    return dict(skip=skip, limit=limit, short=short, q=q, needy=needy)


@app.get("/req/")
async def req(needy: str, n: int):
    return needy


class Item(BaseModel):
    name: str
    description: str | None = None
    price: float
    tax: float | None = None
    tags: set[str] = set()


class User(BaseModel):
    username: str
    full_name: Optional[str] = None


@app.post("/items/")
async def create(item: Item):
    d = item.model_dump()
    if item.tax is not None:
        d.update(price_with_tax=item.price + item.tax)
    return d


@app.put("/items/{item_id}")
async def upd(
    item_id: Annotated[int, Path(title="x", ge=0, le=1000)],
    item: Item,
    user: User,
    importance: Annotated[int, Body(gt=0)],
    q: str | None = None,
):
    return {"item_id": item_id, "item": item, "user": user, "importance": importance, "q": q}


@app.put("/emb/{item_id}")
async def emb(item_id: int, item: Annotated[Item, Body(embed=True)]):
    return {"item_id": item_id, "item": item}


@app.get("/val/")
async def val(
    q: Annotated[str | None, Query(min_length=3, max_length=5)] = None,
    n: Annotated[int, Query(gt=0, lt=10)] = 5,
    l: Annotated[list[str] | None, Query()] = None,
    a: Annotated[str | None, Query(alias="item-query")] = None,
):
    return {"q": q, "n": n, "l": l, "a": a}


@app.get("/hdr/")
async def hdr(
    user_agent: Annotated[str | None, Header()] = None,
    x_token: Annotated[list[str] | None, Header()] = None,
    ads_id: Annotated[str | None, Cookie()] = None,
):
    return {"ua": user_agent, "x": x_token, "ads": ads_id}


@app.post("/login/")
async def login(username: Annotated[str, Form()], password: Annotated[str, Form()]):
    return {"username": username}


class Img(BaseModel):
    url: HttpUrl
    name: str


class Deep(BaseModel):
    images: list[Img] | None = None
    weights: dict[int, float] = {}
    when: datetime.datetime | None = None
    kind: Literal["a", "b"] = "a"
    uid: UUID | None = None


@app.post("/deep/")
async def deep(d: Deep):
    return d


class UserIn(BaseModel):
    username: str
    password: str
    email: str


class UserOut(BaseModel):
    username: str
    email: str


@app.post("/user/", response_model=UserOut, status_code=201)
async def cu(user: UserIn) -> Any:
    return user


@app.get("/ritems", response_model=list[Item], response_model_exclude_unset=True)
async def ri():
    return [{"name": "a", "price": 1}, {"name": "b", "price": 2, "tax": None}]


@app.get("/err/{i}")
async def err(i: int):
    if i == 0:
        raise HTTPException(status_code=404, detail="Item not found", headers={"X-Error": "yes"})
    if i == 1:
        raise HTTPException(status_code=status.HTTP_403_FORBIDDEN)
    if i == 2:
        raise HTTPException(418, detail={"a": [1]})
    return i


@app.get("/ret/{k}")
async def ret(k: str, response: Response):
    response.headers["x-k"] = k
    response.set_cookie("c", "v")
    response.status_code = 202
    return {"s": "str", "n": None, "l": [1, 2], "i": 5}.get(k)


c = TestClient(app)


def show(r):
    print(r.status_code, r.headers.get("content-type"), r.text)


for p in [
    "/",
    "/items/5",
    "/items/foo",
    "/items/4.2",
    "/users/me",
    "/users/bob",
    "/models/alexnet",
    "/models/xx",
    "/files/home/a.txt",
    "/q/?skip=2&short=yes&q=a&needy=3",
    "/q/?skip=x&short=maybe&needy=z",
    "/req/",
    "/req/?needy=a",
    "/req?needy=a&n=3",
    "/val/?q=fixed",
    "/val/?q=fi",
    "/val/?q=fixxxx",
    "/val/?n=0",
    "/val/?n=10",
    "/val/?n=a",
    "/val/?l=a&l=b",
    "/val/?item-query=z",
    "/nope",
    "/err/0",
    "/err/1",
    "/err/2",
    "/ritems",
    "/ret/s",
    "/ret/n",
    "/ret/l",
    "/ret/i",
]:
    show(c.get(p))
show(c.post("/"))
show(c.get("/err/0"))
print(c.get("/err/0").headers["x-error"], c.get("/ret/s").headers["x-k"], c.get("/ret/s").cookies.get("c"))
for b in [
    {"name": "Foo", "price": 45.2},
    {"name": "Foo", "price": "45.2", "tax": 3.5, "tags": ["a", "a"]},
    {"name": 1, "price": "x"},
    {},
    [],
    "s",
    None,
    {"name": None, "price": True},
]:
    show(c.post("/items/", json=b))
show(c.post("/items/"))
show(c.post("/items/", content="{bad", headers={"content-type": "application/json"}))
show(c.post("/items/", content='{"name":"a","price":1}'))
show(
    c.put(
        "/items/5?q=z", json={"item": {"name": "a", "price": 1}, "user": {"username": "u"}, "importance": 5}
    )
)
show(c.put("/items/5000", json={"item": {"name": "a"}, "importance": 0}))
show(c.put("/emb/5", json={"item": {"name": "a", "price": 1}}))
show(c.put("/emb/5", json={"name": "a", "price": 1}))
show(c.get("/hdr/", headers=[("X-Token", "a"), ("X-Token", "b")]))
show(c.get("/hdr/", headers={"cookie": "ads_id=5"}))
show(c.post("/login/", data={"username": "u", "password": "p"}))
show(c.post("/login/", data={"username": "u"}))
show(c.post("/login/", json={"username": "u"}))
show(
    c.post(
        "/deep/",
        json={
            "images": [{"url": "http://x.com/a", "name": "n"}],
            "weights": {"1": 2},
            "when": "2020-01-01T10:00:00Z",
            "kind": "b",
            "uid": "12345678123456781234567812345678",
        },
    )
)
show(
    c.post(
        "/deep/",
        json={
            "images": [{"url": "nope", "name": 1}],
            "weights": {"x": "y"},
            "when": "zz",
            "kind": "c",
            "uid": "q",
        },
    )
)
show(c.post("/deep/", json={"images": 5, "weights": [], "when": True}))
show(c.post("/user/", json={"username": "u", "password": "p", "email": "e@x.org"}))
