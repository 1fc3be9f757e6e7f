# /// script
# dependencies = ["fastapi", "httpx"]
# ///
# What an application says of itself: models in and out, parameters, bodies, security, answers, routers, webhooks.
import datetime
import decimal
import enum
import json
import uuid
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Cookie, Depends, FastAPI, Form, Header, Path, Query, Security, UploadFile
from fastapi.security import APIKeyHeader, HTTPBasic, HTTPBearer, OAuth2PasswordBearer
from fastapi.testclient import TestClient
from pydantic import BaseModel, Field, TypeAdapter, computed_field


class Color(str, enum.Enum):
    red = "red"
    blue = "blue"


class Part(BaseModel):
    """A part of something."""

    name: str = Field(min_length=1, max_length=20, description="What it is called", examples=["wheel"])
    weight: float = Field(gt=0, le=1000)
    parts: list["Part"] = []


class Item(BaseModel):
    id: uuid.UUID
    color: Color = Color.red
    price: decimal.Decimal | None = None
    kind: Literal["a", "b"] = "a"
    part: Part | None = Field(default=None, title="The part")
    pairs: dict[str, tuple[int, str]] = {}
    tags: set[str] = set()
    made: datetime.datetime | None = None
    length: datetime.timedelta = datetime.timedelta(hours=1)
    extra: Any = None

    model_config = {"json_schema_extra": {"examples": [{"id": "0"}]}}

    @computed_field
    @property
    def label(self) -> str:
        return f"{self.color}"


class Filter(BaseModel):
    limit: int = Field(100, gt=0, le=100)
    order_by: Literal["created_at", "updated_at"] = "created_at"


bearer = OAuth2PasswordBearer(tokenUrl="token", scopes={"read": "Read things"})
app = FastAPI(
    title="Shop", version="1.2.3", summary="Things", description="All *things*.", openapi_tags=[{"name": "items"}],
    contact={"name": "Me"}, license_info={"name": "MIT"}, servers=[{"url": "https://example.com"}],
)
router = APIRouter(prefix="/parts", tags=["parts"], responses={404: {"description": "No such part"}})


def paging(skip: int = 0, limit: Annotated[int, Query(le=100, description="How many")] = 10):
    return skip, limit


@app.get("/items/{item_id}", tags=["items"], response_model=Item, responses={409: {"model": Part}})
async def read_item(
    item_id: Annotated[int, Path(title="The number", ge=1)],
    q: Annotated[str | None, Query(alias="item-query", max_length=50, pattern="^f", deprecated=True)] = None,
    x_token: Annotated[list[str] | None, Header()] = None,
    session: Annotated[str | None, Cookie()] = None,
    page: tuple = Depends(paging),
):
    """Reads an item.

    In two paragraphs.
    \f
    Not for readers.
    """


@app.post("/items/", status_code=201, response_description="The new item", summary="Make one")
async def create_item(item: Item, importance: Annotated[int, Body(gt=0)], token: Annotated[str, Depends(bearer)]) -> Item:
    return item


@app.put("/items/")
async def replace(items: list[Part]) -> dict[str, Part]: ...


@app.get("/search")
async def search(query: Annotated[Filter, Query()], key: str = Security(APIKeyHeader(name="X-Key"))) -> list[Part]: ...


@app.delete("/items/{path:path}", status_code=204, deprecated=True, operation_id="remove")
async def remove(path: str, user=Depends(HTTPBasic()), other=Depends(HTTPBearer(description="A token"))): ...


@app.post("/upload")
async def upload(file: UploadFile, note: Annotated[str, Form()]): ...


@router.get("/{name}")
async def part(name: Color, verbose: bool = False) -> Part | None: ...


@router.get("/hidden", include_in_schema=False)
async def hidden(): ...


@app.webhooks.post("new-item")
def new_item(body: Part):
    """Somebody made one."""


app.include_router(router, prefix="/v1")
for line in json.dumps(app.openapi(), indent=1).splitlines():
    print(line)
client = TestClient(app)
print(client.get("/openapi.json").json() == json.loads(json.dumps(app.openapi())))
for path in ("/docs", "/redoc", "/docs/oauth2-redirect"):
    response = client.get(path)
    print(path, response.status_code, response.headers["content-type"], "<title>" in response.text)
for schema in (Item.model_json_schema(), Item.model_json_schema(mode="serialization"), TypeAdapter(list[Part]).json_schema()):
    print(json.dumps(schema))
