# /// script
# dependencies = ["pydantic"]
# ///
# Models with type parameters, unions that are told apart by a tag, and their schemas.
from pydantic import BaseModel, Field, ValidationError
from typing import *
T = TypeVar("T"); K = TypeVar("K")
class R(BaseModel, Generic[T]):
    data: T | None = None; error: str | None = None; many: list[T] = []
class P(BaseModel, Generic[K, T]): k: K; v: R[T]
class U(BaseModel): n: int
print(R[int](data="5"), R[U](data={"n": "1"}), R[U].__name__, R[list[int]](data=["1"]))
try: R[int](data="x")
except ValidationError as e: print(e)
print(P[str, U](k="a", v={"data": {"n": 2}}), P[str, U].__name__, R(data="raw"))
print(R[U].model_json_schema())
class S(R[int]): z: int = 1
print(S(data=3), S.model_fields.keys())
class A(BaseModel): t: Literal["a"]; x: int = 0
class B(BaseModel): t: Literal["b", "c"]; y: int
class W(BaseModel):
    items: list[Annotated[Union[A, B], Field(discriminator="t")]]
    one: Union[A, B] = Field(discriminator="t")
print(W(items=[{"t": "a"}, {"t": "c", "y": 3}], one={"t": "b", "y": 1}))
try: W(items=[{"t": "z"}, {}], one={"t": "b"})
except ValidationError as e: print(e)
import json; print(json.dumps(W.model_json_schema()))
try: U[int]
except TypeError as e: print(e)
