# /// script
# dependencies = ["pydantic"]
# ///
# Models with everything: constraints, validators, serializers, unions, generics, and what is said of bad values.
from pydantic import *
from pydantic import BaseModel, Field, ValidationError, field_validator, model_validator, field_serializer, ConfigDict, computed_field, TypeAdapter, PrivateAttr, SecretStr, conint, constr, PositiveInt, AfterValidator, BeforeValidator
from typing import *
from datetime import datetime, date, time, timedelta
from enum import Enum
from decimal import Decimal
from uuid import UUID
from pathlib import Path
class Role(str, Enum): admin = 'admin'; user = 'user'
class Addr(BaseModel): street: str; zip: Annotated[str, Field(pattern=r'^\d{5}$')]
class User(BaseModel):
    id: int; name: str = Field('Jane', max_length=8, alias='userName', description='n'); email: str | None = None; role: Role = Role.user; tags: List[str] = Field(default_factory=list); addr: Optional[Addr] = None; meta: dict[str, Any] = {}; signup: datetime | None = None; score: float = Field(ge=0, le=10, default=5); friends: list['User'] = []; opt: Union[int, str] = 0; kind: Literal['a', 'b'] = 'a'; pair: tuple[int, str] = (1, 'x'); nums: set[int] = set(); _priv: int = PrivateAttr(default=3)
    @field_validator('email')
    @classmethod
    def ck(cls, v):
        if v and '@' not in v: raise ValueError('no at')
        return v
    @model_validator(mode='after')
    def both(self):
        if self.id == 13: raise ValueError('unlucky')
        return self
    @computed_field
    @property
    def label(self) -> str: return f'{self.id}:{self.name}'
    @field_serializer('score')
    def ser(self, v): return round(v, 1)
u = User(id='5', userName='Bob', addr={'street': 's', 'zip': '12345'}, signup='2024-01-02T03:04:05', friends=[{'id': 1}], opt='7', nums=[1, 1, 2], meta={'a': [1]})
print(u); print(repr(u)); print(u.model_dump()); print(u.model_dump_json()); print(u.model_dump(exclude={'friends'}, by_alias=True, exclude_none=True)['userName'], u.model_dump(include={'id', 'addr'}), u.model_dump_json(indent=2, include={'id': True}), u.model_copy(update={'id': 9}).id, u == u.model_copy(), u._priv, User.model_fields['name'].alias, list(User.model_fields))
def bad(**k):
    try: print(User(**k))
    except ValidationError as e: print(e.error_count(), e); print([(x['type'], x['loc'], x['msg'], x['input']) for x in e.errors()])
bad(); bad(id='x'); bad(id=1.5, userName='x' * 20, email='bad', role='zz', tags='no', addr={'street': 1, 'zip': '1'}, meta=[], signup='nope', score=11, friends=[{}], opt=[], kind='q', pair=(1,), nums=['a']); bad(id=13); bad(id=None); bad(id=1, score='abc', addr=5, pair=['x', 2, 3])
print(User.model_validate({'id': 1, 'userName': 'Z'}).name, User.model_validate_json('{"id": 2}').id, TypeAdapter(list[int]).validate_python(['1', 2]), User.model_construct(id='raw').id)
for f in (lambda: User.model_validate_json('{bad'), lambda: User.model_validate([1]), lambda: TypeAdapter(int).validate_python('x'), lambda: setattr(u, 'nope', 1), lambda: u.missing, lambda: TypeAdapter(dict[str, int]).validate_python({'a': 'b'})):
    try: print(f())
    except Exception as e: print(type(e).__name__, str(e)[:300])
class Fr(BaseModel):
    model_config = ConfigDict(frozen=True, extra='forbid'); x: PositiveInt; y: conint(gt=1, lt=5) = 2; s: SecretStr = 'pw'
f = Fr(x=1); print(f, f.s.get_secret_value(), hash(f) == hash(Fr(x=1)))
for g in (lambda: setattr(f, 'x', 2), lambda: Fr(x=0), lambda: Fr(x=1, z=3), lambda: Fr(x=1, y=9)):
    try: g()
    except ValidationError as e: print(e)
class VA(BaseModel): model_config = ConfigDict(validate_assignment=True, from_attributes=True); n: int; d: date = date(2024, 1, 1); t: timedelta = timedelta(0); p: Path = Path('x'); dec: Decimal = Decimal('1'); u: UUID | None = None; b: bool = False; by: bytes = b''
v = VA(n=1, d='2024-05-06', t='PT1H', p='a/b', dec='1.50', b='yes', by='abc', u='12345678-1234-5678-1234-567812345678'); print(repr(v)); print(v.model_dump_json(), v.model_dump(mode='json'))
try: v.n = 'x'
except ValidationError as e: print(e)
class O: n = 4
print(VA.model_validate(O()), VA(n=True).n)
Double = Annotated[int, AfterValidator(lambda x: x * 2)]; T = TypeVar('T')
class Box(BaseModel, Generic[T]): item: T; dbl: Double = 1
print(Box[int](item='3', dbl=4), Box[str].__name__)
try: Box[int](item='x')
except ValidationError as e: print(e)
class Cat(BaseModel): t: Literal['cat']; m: int
class Dog(BaseModel): t: Literal['dog']; b: str
class Pet(BaseModel): p: Union[Cat, Dog] = Field(discriminator='t')
print(Pet(p={'t': 'dog', 'b': 'w'}))
for x in ({'t': 'fish'}, {'m': 1}, {'t': 'cat', 'm': 'q'}):
    try: Pet(p=x)
    except ValidationError as e: print(e)
class Child(User): extra: int = 1; name: str = 'kid'
print(Child(id=1).label, issubclass(Child, User)); print(User.__name__, User.model_json_schema()['title'] if hasattr(User, 'model_json_schema') else '')
