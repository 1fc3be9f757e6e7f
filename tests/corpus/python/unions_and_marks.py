# Hints that are equal in two spellings, and marks that hints lose when they are asked for.
from collections import ChainMap, UserDict
from dataclasses import dataclass, field
from typing import Annotated, NotRequired, Optional, Required, TypedDict, Union, get_type_hints


class Film(TypedDict, total=False):
    title: Required[str]
    year: NotRequired[int]
    tags: list[Annotated[str, "short"]]


print(int | str == Union[int, str], Union[int, None] == int | None, hash(int | str) == hash(Union[str, int]))
print(get_type_hints(Film))
print(get_type_hints(Film, include_extras=True))
print({"a": 1} | ChainMap({"b": 2}), ChainMap({"b": 2}) | {"b": 3}, {"a": 1} | UserDict(b=2))


@dataclass(slots=True)
class Counter:
    name: str
    count: int = field(default=0, init=False)
    parent: Optional["Counter"] = None


print(Counter("a"), Counter.name, Counter("b").count)
