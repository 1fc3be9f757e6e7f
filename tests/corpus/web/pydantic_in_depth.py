# /// script
# dependencies = ["pydantic"]
# ///
# Models in depth: aliases, constraints, unions with tags, adapters, serializers, generics, errors.
from pydantic import BaseModel, Field, ValidationError, field_validator, model_validator, field_serializer, model_serializer, computed_field, ConfigDict, PrivateAttr, TypeAdapter, AliasChoices, AliasPath, BeforeValidator, AfterValidator, WrapValidator, PlainSerializer, Discriminator, RootModel, create_model, constr, conint, PositiveInt, NonNegativeFloat, SecretStr, Json, HttpUrl, AnyUrl, StrictInt, StrictStr, UUID4, validate_call, ValidationInfo, field_validator
from typing import Annotated, Literal, Union, Optional, Any, Generic, TypeVar
from datetime import datetime, date, timedelta
from decimal import Decimal
from enum import Enum
import json
def show(f):
    try: print(f())
    except ValidationError as e: print(e.error_count(), e.title, [(d["type"], d["loc"], d["msg"], d["input"]) for d in e.errors(include_url=False)])
    except Exception as e: print(type(e).__name__, e)
class Addr(BaseModel): street: str; zip: constr(pattern=r"^\d{5}$") = "00000"
class User(BaseModel):
    model_config = ConfigDict(extra="forbid", validate_assignment=True, frozen=False, populate_by_name=True)
    id: PositiveInt; name: Annotated[str, Field(min_length=1, max_length=5, alias="userName")]; email: str | None = None
    tags: list[str] = Field(default_factory=list, max_length=2); addr: Addr | None = None; born: date | None = None; score: float = Field(0, ge=0, lt=10, multiple_of=0.5); role: Literal["a", "b"] = "a"
    _secret: int = PrivateAttr(default=7)
    @field_validator("email")
    @classmethod
    def mail(cls, v, info: ValidationInfo):
        if v is not None and "@" not in v: raise ValueError(f"{info.field_name} needs @")
        return v
    @model_validator(mode="before")
    @classmethod
    def pre(cls, d): return {k: v for k, v in d.items() if k != "junk"} if isinstance(d, dict) else d
    @computed_field
    @property
    def label(self) -> str: return f"{self.id}:{self.name}"
u = User(id="3", userName="bob", addr={"street": "x"}, born="2020-02-03", junk=1); print(u, repr(u), u._secret); print(u.model_dump(), u.model_dump(exclude_unset=True, by_alias=True), u.model_dump_json(exclude={"tags"}, exclude_none=True)); print(sorted(u.model_fields_set), u == User(id=3, name="bob", addr=Addr(street="x"), born=date(2020, 2, 3)), u.model_copy(update={"id": 9}).id)
for f in (lambda: User(), lambda: User(id=-1, userName="toolong", extra=1), lambda: User(id="x", userName="", email="nope", tags=["a", "b", "c"], addr={"zip": "1"}, score=10.25, role="z", born="2020-13-01"), lambda: setattr(u, "id", "bad"), lambda: setattr(u, "nope", 1), lambda: User.model_validate_json('{"id": 1, "userName": "z"}').id, lambda: User.model_validate_json('{"id": 1,'), lambda: User.model_validate("str")): show(f)
class Cat(BaseModel): kind: Literal["cat"]; lives: int = 9
class Dog(BaseModel): kind: Literal["dog"]; good: bool = True
class Zoo(BaseModel): pets: list[Annotated[Union[Cat, Dog], Field(discriminator="kind")]]; best: Union[Cat, Dog, int, str] = 0
print(Zoo(pets=[{"kind": "cat"}, {"kind": "dog", "good": "no"}], best={"kind": "dog"})); show(lambda: Zoo(pets=[{"kind": "cow"}, {}, 5])); show(lambda: Zoo(pets=[], best=[1]))
ta = TypeAdapter(dict[str, list[int]]); show(lambda: ta.validate_python({"a": ["1", 2.0]})); show(lambda: ta.validate_python({1: ["x", 2.5]})); show(lambda: ta.dump_json({"a": [1]})); show(lambda: TypeAdapter(tuple[int, str]).validate_python((1,))); show(lambda: TypeAdapter(Optional[datetime]).validate_python("2024-01-02T03:04:05+02:00")); show(lambda: TypeAdapter(timedelta).validate_python("P1DT2H")); show(lambda: TypeAdapter(Decimal).validate_python("1.10")); show(lambda: TypeAdapter(bool).validate_python("maybe")); show(lambda: TypeAdapter(set[int]).validate_python([1, "1", 2])); show(lambda: TypeAdapter(Annotated[int, Field(gt=3, le=5)]).validate_python(6)); show(lambda: TypeAdapter(bytes).validate_python("hé")); show(lambda: TypeAdapter(StrictInt).validate_python("1")); show(lambda: TypeAdapter(int).validate_python(1.5)); show(lambda: TypeAdapter(float).validate_python("abc")); show(lambda: TypeAdapter(list[int]).validate_python("12")); show(lambda: TypeAdapter(UUID4).validate_python("x"))
class Color(Enum): RED = "r"; BLUE = "b"
class M(BaseModel):
    model_config = ConfigDict(use_enum_values=True, str_to_lower=True, arbitrary_types_allowed=True); c: Color = Color.RED; pw: SecretStr = SecretStr("hush"); j: Json[list[int]] = "[1]"; up: Annotated[str, AfterValidator(str.upper)] = "x"; n: Annotated[int, BeforeValidator(lambda v: v.strip("#") if isinstance(v, str) else v)] = 0; d: datetime = datetime(2024, 1, 1); any: Any = None; al: int = Field(1, validation_alias=AliasChoices("al", "AL2")); ser: Annotated[float, PlainSerializer(lambda x: f"{x:.1f}", return_type=str)] = 1.25
    @field_serializer("d")
    def sd(self, v, _info): return v.year
m = M(c="b", up="abc", n="#5", j="[3, 4]", AL2=8); print(m, m.model_dump(), m.model_dump(mode="json")); show(lambda: M(c="x", j="{", n="#z"))
T = TypeVar("T")
class Resp(BaseModel, Generic[T]): data: T; meta: dict[str, int] = {}
print(Resp[int](data="5"), Resp[list[Addr]].__name__, Resp[User].model_fields["data"].annotation.__name__); show(lambda: Resp[int](data="x"))
class L(RootModel[list[int]]):
    def __iter__(self): return iter(self.root)
print(L([1, "2"]), L.model_validate(["3"]).model_dump(), list(L([5]))); Dyn = create_model("Dyn", a=(int, ...), b=(str, "d")); print(Dyn(a=1), Dyn.model_fields)
@validate_call
def f(a: int, *, b: Annotated[str, Field(min_length=2)] = "zz") -> int: return a * len(b)
print(f("3", b="abc")); show(lambda: f("x", b="a"))
print(json.dumps(User.model_json_schema(), sort_keys=True)[:900]); print(list(User.model_fields))
class Node(BaseModel): v: int; kids: list["Node"] = []
print(Node(v=1, kids=[{"v": 2, "kids": [{"v": 3}]}])); show(lambda: Node(v=1, kids=[{"v": "x"}]))
class Frozen(BaseModel): model_config = ConfigDict(frozen=True); a: int
fz = Frozen(a=1); show(lambda: setattr(fz, "a", 2)); print(hash(fz) == hash(Frozen(a=1)), {fz: 1}); show(lambda: fz.zzz)
class Base(BaseModel):
    a: int
    @model_validator(mode="after")
    def chk(self): 
        if self.a == 13: raise ValueError("unlucky")
        return self
class Sub(Base): b: int = 2
show(lambda: Sub(a=13)); show(lambda: Sub.model_construct(a="raw", b=3)); print(Sub(a=1).model_dump_json(indent=2)); print(str(ValidationError) , issubclass(ValidationError, ValueError))
try: Sub(a="q", b="w")
except ValidationError as e: print(e)
class Where(BaseModel):
    lat: float = Field(validation_alias=AliasPath("place", "at", 0))
    who: str = Field(validation_alias=AliasChoices("who", AliasPath("names", 1)), default="nobody")
print(Where.model_validate({"place": {"at": [1.5, 2]}, "names": ["a", "b"]}), Where.model_validate({"place": {"at": ["3"]}, "who": "c"})); show(lambda: Where.model_validate({"place": {}}))
def double(value, handler): return handler(value) * 2
print(TypeAdapter(Annotated[int, WrapValidator(double)]).validate_python("4")); show(lambda: TypeAdapter(Annotated[int, WrapValidator(double)]).validate_python("x"))
