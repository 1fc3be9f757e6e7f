# python: 3.12
"""Type parameters in brackets: functions, classes, aliases."""
from typing import Callable, Protocol


def first[T](items: list[T], default: T | None = None, *, strict: bool = False) -> T | None:
    for item in items:
        return item
    return default


class Stack[T]:
    """A stack of things."""

    def __init__(self) -> None:
        self._items: list[T] = []

    def push(self, item: T) -> "Stack[T]":
        self._items.append(item)
        return self

    def pop(self) -> T:
        return self._items.pop()

    def map[U](self, change: Callable[[T], U]) -> "Stack[U]":
        result = Stack[U]()
        for item in self._items:
            result.push(change(item))
        return result


class Named[K: str, V](dict[K, V]):
    kind = "named"

    def show(self) -> str:
        return f"{super().__len__()} of {self.kind}"


class Sized(Protocol):
    def size(self) -> int: ...


def biggest[S: Sized](*things: S) -> S:
    return max(things, key=lambda thing: thing.size())


def pick[A: (int, str), **P, *Ts](a: A, f: Callable[P, A], *rest) -> A:
    return f(a) if rest else a


type Pair[T] = tuple[T, T]
type Tree = int | list[Tree]
type Handler[**P, R] = Callable[P, R]


class Box:
    def __init__(self, n: int):
        self.n = n

    def size(self):
        return self.n


print(first([3, 4]), first([], 7), first([], strict=True), first.__name__, first.__qualname__)
print(first.__type_params__, first.__defaults__, first.__kwdefaults__)
stack = Stack[int]().push(1).push(2)
print(stack.map(str).pop() * 2, stack.pop(), Stack.__type_params__, Stack.__doc__, Stack.__name__, Stack.__qualname__)
print(Stack.map.__qualname__, Stack.map.__type_params__)
named = Named(a=1, b=2)
print(named.show(), named["a"], Named.__mro__[1].__name__)
print(biggest(Box(2), Box(5), Box(3)).n, biggest.__type_params__[0].__bound__ is Sized)
print(pick(2, lambda n: n + 1), pick(2, lambda n: n + 1, "x"), pick.__type_params__)
print(pick.__type_params__[0].__constraints__)
print(Pair, Pair.__name__, Pair.__type_params__, Tree.__value__, Handler.__type_params__)
print(type(first.__type_params__[0]).__name__, Pair.__value__)
