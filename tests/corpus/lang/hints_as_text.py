"""Annotations that are kept as text."""
from __future__ import annotations

import dataclasses
import inspect


def f(a: dict[str,int], b: "Node", c: Callable[ [int], str ]=1, d: Literal["a", 'b', 1, -2, None, True]=2, e: int|None=3,
      g: a.b.C [X , ...]=4, h: int|(str|None)=5, i: tuple[()]=6, j: tuple[int,]=7, *args: *Ts, k: Annotated[int, Field(gt=0)]=8, **kw: "it's") -> Optional["Node"]:
    pass


for name, hint in f.__annotations__.items():
    print(name, hint)
print(inspect.signature(f))


@dataclasses.dataclass
class Node:
    value: int|str
    next: "Node|None" = None
    items: list["Node"] = dataclasses.field(default_factory=list)


print([(field.name, field.type) for field in dataclasses.fields(Node)], Node.__annotations__)
