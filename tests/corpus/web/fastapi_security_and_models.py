# /// script
# dependencies = ["fastapi", "httpx", "python-multipart"]
# ///
"""FastAPI: security, response models, query models, overrides."""

from typing import Annotated
from fastapi import FastAPI, Depends, HTTPException, status, Response, Request, Query, Body
from fastapi.security import (
    OAuth2PasswordBearer,
    OAuth2PasswordRequestForm,
    HTTPBasic,
    HTTPBasicCredentials,
    HTTPBearer,
    APIKeyHeader,
)
from fastapi.testclient import TestClient
from pydantic import BaseModel, Field
from starlette.responses import JSONResponse

app = FastAPI()
o = OAuth2PasswordBearer(tokenUrl="token")
db = {"johndoe": {"username": "johndoe", "hashed_password": "fakehashedsecret", "disabled": False}}


class User(BaseModel):
    username: str
    disabled: bool | None = None


class UserInDB(User):
    hashed_password: str


async def cur(token: Annotated[str, Depends(o)]):
    if token not in db:
        raise HTTPException(
            status_code=status.HTTP_401_UNAUTHORIZED, detail="Invalid", headers={"WWW-Authenticate": "Bearer"}
        )
    return UserInDB(**db[token])


async def active(u: Annotated[User, Depends(cur)]):
    if u.disabled:
        raise HTTPException(400, "Inactive")
    return u


@app.post("/token")
async def login(f: Annotated[OAuth2PasswordRequestForm, Depends()]):
    if f.username not in db or "fakehashed" + f.password != db[f.username]["hashed_password"]:
        raise HTTPException(400, detail="Incorrect username or password")
    return {"access_token": f.username, "token_type": "bearer"}


@app.get("/users/me", response_model=User)
async def me(u: Annotated[User, Depends(active)]):
    return u


b = HTTPBasic()


@app.get("/basic")
def basic(c: Annotated[HTTPBasicCredentials, Depends(b)]):
    return {"u": c.username, "p": c.password}


k = APIKeyHeader(name="X-Key")


@app.get("/key")
async def key(x: str = Depends(k)):
    return x


hb = HTTPBearer()


@app.get("/bearer")
async def bearer(c=Depends(hb)):
    return c.credentials


items = {
    "foo": {"name": "Foo", "price": 50.2},
    "bar": {"name": "Bar", "description": "The bar", "price": 62, "tax": 20.2},
}


class Item(BaseModel):
    name: str
    description: str | None = None
    price: float
    tax: float = 10.5
    tags: list[str] = []


@app.get("/items/{i}", response_model=Item, response_model_exclude_unset=True)
async def ri(i: str):
    return items[i]


@app.get("/items/{i}/name", response_model=Item, response_model_include={"name", "description"})
async def rn(i: str):
    return items[i]


@app.get("/items/{i}/public", response_model=Item, response_model_exclude={"tax"})
async def rp(i: str):
    return items[i]


@app.patch("/items/{i}")
async def pa(i: str, item: Item):
    stored = Item(**items[i])
    return stored.model_copy(update=item.model_dump(exclude_unset=True))


class Flt(BaseModel):
    model_config = {"extra": "forbid"}
    limit: int = Field(100, gt=0, le=100)
    offset: int = Field(0, ge=0)
    tags: list[str] = []


@app.get("/flt")
async def flt(q: Annotated[Flt, Query()]):
    return q


@app.post("/multi", status_code=status.HTTP_201_CREATED)
def multi(a: Annotated[int, Body()], b: Annotated[str, Body()] = "x"):
    return {"a": a, "b": b}


@app.delete("/n/{i}", status_code=204)
def dele(i: int):
    return None


@app.get("/badresp", response_model=Item)
def badresp():
    return {"name": 1}


@app.get("/union")
def un(x: int | str, y: bool = False):
    return {"x": x, "y": y}


@app.put("/lst")
def lst(x: list[Item], d: dict[int, float] | None = None):
    return x


@app.get("/default", response_class=JSONResponse)
async def dflt():
    return JSONResponse({"a": 1}, status_code=203, headers={"X": "y"})


@app.exception_handler(404)
async def nf(r, e):
    return JSONResponse({"nf": str(r.url.path)}, 404)


@app.exception_handler(ZeroDivisionError)
async def zd(r, e):
    return JSONResponse({"zd": str(e)}, 500)


@app.get("/zd")
def z():
    return 1 / 0


def ov():
    return "orig"


@app.get("/ov")
def ovr(x=Depends(ov)):
    return x


c = TestClient(app)


def show(r):
    print(r.status_code, r.headers.get("www-authenticate"), r.text)


show(c.get("/users/me"))
show(c.get("/users/me", headers={"Authorization": "Bearer x"}))
r = c.post("/token", data={"username": "johndoe", "password": "secret"})
show(r)
show(c.get("/users/me", headers={"Authorization": "Bearer " + r.json()["access_token"]}))
show(c.post("/token", data={"username": "a", "password": "b"}))
show(c.post("/token", data={"username": "a"}))
show(c.get("/basic"))
show(c.get("/basic", auth=("a", "b")))
show(c.get("/key"))
show(c.get("/key", headers={"X-Key": "1"}))
show(c.get("/bearer"))
show(c.get("/bearer", headers={"Authorization": "Bearer t"}))
for p in [
    "/items/foo",
    "/items/bar",
    "/items/bar/name",
    "/items/foo/public",
    "/flt?limit=5&tags=a&tags=b",
    "/flt?limit=0",
    "/flt?tool=x",
    "/union?x=5",
    "/union?x=a&y=on",
    "/default",
    "/nope",
    "/zd",
    "/ov",
]:
    try:
        show(c.get(p))
    except Exception as e:
        print(type(e).__name__)
show(c.patch("/items/foo", json={"name": "N", "price": 1}))
show(c.post("/multi", json={"a": 1}))
show(c.post("/multi", json={"a": "q", "b": 2}))
show(c.delete("/n/1"))
show(c.put("/lst", json=[{"name": "a", "price": 1}]))
show(c.put("/lst", json={"x": [{"name": "a", "price": 1}], "d": {"1": 2}}))
show(c.put("/lst", json={"x": [{"name": "a"}]}))
try:
    show(c.get("/badresp"))
except Exception as e:
    print(type(e).__name__, str(e).splitlines()[0])
app.dependency_overrides[ov] = lambda: "over"
show(c.get("/ov"))
app.dependency_overrides = {}
show(c.get("/ov"))
print(app.url_path_for("ri", i="x"), [r.path for r in app.routes][-3:])
