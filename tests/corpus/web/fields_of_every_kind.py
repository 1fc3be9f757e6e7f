# /// script
# dependencies = ["pydantic"]
# ///
# Every kind of field with values that fit, that can be made to fit, and that do not.
from pydantic import BaseModel, Field, ValidationError, field_validator, ConfigDict, TypeAdapter, model_validator, EmailStr, HttpUrl, SecretStr, PositiveInt, conint, constr
from typing import *
import datetime as dt, enum, uuid, decimal, pathlib
class C(enum.Enum): R = "r"; G = "g"
class Sub(BaseModel): a: int; b: str = "x"
class M(BaseModel):
    i: int; f: float = 1.5; s: str = "s"; b: bool = False; o: Optional[int] = None; l: List[int] = []; d: Dict[str, Sub] = {}; t: Tuple[int, str] = (1, "a"); u: Union[int, str] = 0; c: C = C.R; dtm: Optional[dt.datetime] = None; da: Optional[dt.date] = None; ti: Optional[dt.time] = None; td: Optional[dt.timedelta] = None; uid: Optional[uuid.UUID] = None; dec: Optional[decimal.Decimal] = None; p: Optional[pathlib.Path] = None; any: Any = None; by: bytes = b""; lit: Literal["x", 1] = "x"; fs: FrozenSet[int] = frozenset(); sub: Optional[Sub] = None; pos: PositiveInt = 1; cs: constr(min_length=2, to_upper=True) = "AB"
def t(**k):
    try: m = M(**k); print(m.model_dump(exclude_unset=True), m.model_dump_json(exclude_unset=True))
    except ValidationError as e: print(e)
t(i="5", f="2.5", b="yes", o="3", l=("1", 2), d={"k": {"a": "1"}}, t=["2", "z"], u="5", c="g")
t(i=1, dtm="2024-01-02T03:04:05+02:00", da="2024-01-02", ti="10:11:12", td="P1DT2H", uid="12345678123456781234567812345678", dec="1.10", p="/a/b", by="bytes", lit=1, fs=[1, 1, 2])
t(i="x", f="y", s=1, b="maybe", o="z", l="notlist", d=[1], t=(1,), u=[], c="zz")
t(i=1.5, l=[1, "a", None], d={"k": {"b": 1}}, t=(1, 2, 3), dtm="x", da="2024-13-01", ti="99:00", td="zz", uid="nope", dec="abc", lit="q", fs=["a"], sub={"a": []}, pos=-1, cs="a")
t(i=True, f=True, s="", b=1, u="abc", sub=Sub(a=1), extra=1)
t()
class N(BaseModel):
    model_config = ConfigDict(extra="allow", str_strip_whitespace=True, frozen=True)
    name: str = Field(alias="Name", min_length=1); age: int = Field(ge=0, lt=150, default=3)
    @field_validator("age")
    @classmethod
    def even(cls, v, info): 
        if v % 2 == 0 and "name" in info.data: raise ValueError(f"{info.field_name} must be odd for {info.data['name']}")
        return v
n = N(Name="  bob ", more=1); print(n, n.model_extra, n.model_dump(by_alias=True), n == N(Name="bob", more=1))
for k in ({"Name": " "}, {"Name": "x", "age": 4}, {"Name": "x", "age": 200}, {}):
    try: N(**k)
    except ValidationError as e: print(e.error_count(), e.errors(include_url=False))
try: n.name = "z"
except ValidationError as e: print(e)
print(TypeAdapter(list[int]).validate_python(["1", 2]), TypeAdapter(dict[str, Sub]).validate_json('{"a": {"a": 1}}'))
try: TypeAdapter(int).validate_python("a")
except ValidationError as e: print(e)
print(M.model_validate({"i": 1}).i, M.model_validate_json('{"i": 2}').i, M(i=1).model_copy(update={"i": 9}).i, repr(Sub(a=1)), Sub.model_fields["b"])
try: M.model_validate_json('{"i": ')
except ValidationError as e: print(e)
try: M.model_validate([1])
except ValidationError as e: print(e)
class P(BaseModel):
    a: int; b: int
    @model_validator(mode="before")
    @classmethod
    def pre(cls, d): return {"a": d, "b": d} if isinstance(d, int) else d
    @model_validator(mode="after")
    def post(self):
        if self.a > self.b: raise ValueError("a > b")
        return self
print(P.model_validate(3), P(a=1, b=2))
try: P(a=3, b=2)
except ValidationError as e: print(e)
class E(BaseModel): e: EmailStr; h: HttpUrl; s: SecretStr
print(E(e="A@B.com", h="http://x.com", s="pw"))
try: E(e="bad", h="ftp://x", s=1)
except ValidationError as e: print(e)
