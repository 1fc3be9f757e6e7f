# `list[int]` and what is derived of it; what dir() tells of objects of all kinds.
class L(list): pass
class G(tuple): pass
print(list[int], L[int], G[int, str], dict[str, int], tuple[int, ...], set[int], frozenset[str], list[int]([1]), type(list[int]), L[int]([1]))
class S(list[int]): pass
print(S([1]), S.__orig_bases__, S.__mro__[1])
import collections, typing
print(collections.deque[int], collections.Counter[str], collections.defaultdict[str, int], collections.OrderedDict[int, str], type[int], typing.List[int])
class P(dict[str, int]): pass
print(P(a=1), isinstance(P(), dict))
T = typing.TypeVar("T")
class B(list, typing.Generic[T]): pass
print(B[int], B([1]))
try: int[str]
except TypeError as e: print(e)
try: str[int]
except TypeError as e: print(e)
print(int.__doc__ is None or True, (5).__doc__ is None or True, hasattr(list, "__class_getitem__"), list.__class_getitem__(int))
match [1, 2]:
    case list(x): print(x)
def f(x: list[int] = [], *a: tuple[int]) -> dict[str, list[int]]: pass
print(f.__annotations__, typing.get_type_hints(f))
from dataclasses import dataclass
@dataclass
class D:
    a: list[int]; b: "list[D] | None" = None
print(D([1]), typing.get_type_hints(D))


class Plain:
    pass


def names(thing):
    return sorted(set(dir(thing)) - set(dir(object)))


print(dir(object()))
for thing in ([], {}, (), set(), 5, Plain(), Plain, f, ValueError(), (i for i in ())):
    print(names(thing))
