# python: 3.13
# Type parameters with defaults, and keys that are read only.
import typing
from typing import Generic, ParamSpec, ReadOnly, TypedDict, TypeVar

T = TypeVar("T", default=int)
U = TypeVar("U")
P = ParamSpec("P", default=[int])
print(T.has_default(), U.has_default(), T.__default__, U.__default__, typing.NoDefault, P.__default__)


class Pair(Generic[U, T]):
    pass


class Box[A, B = str]:
    pass


class Film(TypedDict):
    title: ReadOnly[str]
    year: int


print(Pair[str], Pair[str, bytes], Box[int], Box.__type_params__[1].__default__)
print(Film.__readonly_keys__, Film.__mutable_keys__)
for make in (lambda: Pair[()], lambda: Pair[int, str, int]):
    try:
        print(make())
    except TypeError as e:
        print(e)
try:

    class Bad(Generic[T, U]):
        pass
except TypeError as e:
    print(e)
