# /// script
# dependencies = ["pydantic"]
# ///
"""pydantic: validation, errors, validators, dumping."""

import datetime, json
from enum import Enum
from typing import Annotated, Any, Literal, Optional, Union, List, Dict
from uuid import UUID
from pydantic import (
    BaseModel,
    Field,
    ValidationError,
    field_validator,
    model_validator,
    ConfigDict,
    computed_field,
    TypeAdapter,
    PositiveInt,
    field_serializer,
    create_model,
    RootModel,
    validator,
    StrictInt,
    conint,
    constr,
    AfterValidator,
    BeforeValidator,
    PrivateAttr,
)


def t(f):
    try:
        print(f())
    except ValidationError as e:
        print(e)
        print(e.error_count(), [x["type"] for x in e.errors()])
    except Exception as e:
        print(type(e).__name__, e)


class A(BaseModel):
    id: int
    name: str = "J"
    when: Optional[datetime.datetime] = None
    tags: list[str] = []


a = A(id="5", when="2020-01-01 10:00", tags=["x"])
print(a, repr(a), a.model_dump(), a.model_dump_json())
print(A.model_fields["name"].default, sorted(a.model_fields_set))
t(lambda: A(id="x", tags=[1]))
t(lambda: A())
t(lambda: A(id=1.5))
t(lambda: A(id=None, name=5, when="zz"))
t(lambda: A.model_validate({"id": 1, "tags": "abc"}))
t(lambda: A.model_validate_json('{"id":3,"when":"2020-01-01T00:00:00"}'))
t(lambda: A.model_validate_json("{bad}"))
t(lambda: A.model_validate(5))


class B(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)
    x: Annotated[int, Field(gt=0, le=10, description="d")]
    s: str = Field(min_length=2, max_length=4, default="ab")
    f: float = Field(1.0, ge=0.5, multiple_of=0.5)


t(lambda: B(x=11, s="a", f=0.1))
t(lambda: B(x=5, s="  abc ", y=2))
b = B(x=5)
try:
    b.x = 6
except ValidationError as e:
    print(e)


class C(BaseModel):
    a: int
    b: int

    @field_validator("a")
    @classmethod
    def even(cls, v):
        if v % 2:
            raise ValueError("must be even")
        return v

    @field_validator("b", mode="before")
    @classmethod
    def strip(cls, v):
        return v.strip() if isinstance(v, str) else v

    @model_validator(mode="after")
    def chk(self):
        if self.a > self.b:
            raise ValueError("a>b")
        return self

    @computed_field
    @property
    def total(self) -> int:
        return self.a + self.b


t(lambda: C(a=1, b=" 3 "))
t(lambda: C(a=4, b=3))
c = C(a=2, b=" 3 ")
print(c, c.model_dump(), c.model_dump_json(indent=2))


class Color(Enum):
    RED = "red"
    BLUE = "blue"


class D(BaseModel):
    color: Color = Color.RED
    kind: Literal["x", "y"] = "x"
    u: Union[int, str] = 0
    d: Dict[str, float] = {}
    t3: tuple[int, str] = (1, "a")
    uid: Optional[UUID] = None
    day: Optional[datetime.date] = None
    td: Optional[datetime.timedelta] = None
    st: set[int] = set()
    by: bytes = b""
    an: Any = None


d = D(
    color="blue",
    u="5",
    d={"a": "1"},
    t3=[1, "b"],
    uid="12345678123456781234567812345678",
    day="2020-02-03",
    td=90,
    st=[1, 1],
    by="hi",
)
print(d)
print(d.model_dump_json())
print(d.model_dump(mode="json", exclude_none=True, exclude={"st"}))
t(lambda: D(color="g", kind="z", u=[], d={"a": "x"}, t3=[1], uid="zz", day="2020-13-01", td="q", st="a"))


class N(BaseModel):
    inner: A
    many: list[A] = []


t(lambda: N(inner={"id": 1}, many=[{"id": 2}, A(id=3)]))
t(lambda: N(inner={"id": "q"}, many=[{"id": 2}, {"name": 3}]))
n = N(inner=A(id=1))
print(
    n.model_copy(update={"many": [A(id=9)]}),
    n == N(inner=A(id=1)),
    n.model_dump(include={"inner": {"id"}}),
    n.model_dump(exclude={"inner": {"id"}}),
)


class E(BaseModel):
    model_config = ConfigDict(populate_by_name=True, from_attributes=True)
    first: str = Field(alias="firstName")
    n: int = Field(default_factory=lambda: 7)


e = E(firstName="a")
print(e, e.model_dump(by_alias=True), E(first="b"))
t(lambda: E())


class O:
    firstName = "orm"
    n = 3


print(E.model_validate(O()))
ta = TypeAdapter(list[int])
print(ta.validate_python(["1", 2]))
t(lambda: ta.validate_python(["x"]))
print(ta.validate_json("[1,2]"), ta.dump_json([1]))
M = create_model("M", x=(int, ...), y=(str, "d"))
print(M(x=1))


class R(RootModel[list[int]]):
    pass


print(R([1, 2]), R([1]).model_dump(), R.model_validate(["3"]).root)
P = Annotated[int, AfterValidator(lambda v: v * 2)]


class Q(BaseModel):
    p: P = 1
    pos: PositiveInt = 1
    s: StrictInt = 1
    _priv: int = PrivateAttr(default=3)

    @field_serializer("p")
    def ser(self, v):
        return f"<{v}>"


q = Q(p=5)
print(q, q.model_dump(), q._priv)
t(lambda: Q(pos=-1, s="1"))
try:
    q.nope = 1
except ValueError as ex:
    print(ex)
try:
    q.nope2
except AttributeError as ex:
    print(ex)


class Child(A):
    extra: int = 0


print(Child(id=1).model_dump(), list(Child.model_fields), dict(Child(id=2)))
