# /// script
# dependencies = ["pydantic"]
# ///
# Dataclasses whose arguments pydantic checks, alone and inside of models.
from pydantic.dataclasses import dataclass
from pydantic import Field, ValidationError, BaseModel, TypeAdapter
from dataclasses import field, asdict
from datetime import datetime
from typing import Optional, List
@dataclass
class Item:
    name: str
    price: float = Field(gt=0, default=1.0)
    tags: List[str] = field(default_factory=list)
    when: Optional[datetime] = None
@dataclass
class Order:
    id: int
    items: list[Item] = field(default_factory=list)
    def total(self): return sum(i.price for i in self.items)
i = Item('a', '2.5', when='2024-01-01T00:00:00'); print(i, asdict(i))
o = Order(id='3', items=[{'name': 'x', 'price': 3}, i]); print(o, o.total())
for f in (lambda: Item('a', -1), lambda: Item(price=1), lambda: Item(name=5), lambda: Order('x', [{'price': 1}]), lambda: Item()):
    try: print(f())
    except ValidationError as e: print(e)
class M(BaseModel): o: Order
print(M(o={'id': 1, 'items': [{'name': 'q'}]}).model_dump())
