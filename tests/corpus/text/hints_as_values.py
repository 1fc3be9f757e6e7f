# Type hints as objects: how they look, what they accept.
from typing import *
import typing, collections.abc
T = TypeVar('T'); K = TypeVar('K', bound=int); N = TypeVar('N', int, str); P = ParamSpec('P')
class Stack(Generic[T]):
    def __init__(self) -> None: self.items: List[T] = []
    def push(self, x: T) -> None: self.items.append(x)
    def pop(self) -> T: return self.items.pop()
s = Stack[int](); s.push(1); print(s.pop(), Stack[int], Stack.__parameters__, Stack[int].__origin__, Stack[int].__args__, Stack.__orig_bases__, T, K, N, P, repr(T.__constraints__), N.__constraints__, K.__bound__)
print(List[int], Dict[str, int], Optional[int], Union[int, str], Union[int, None], Tuple[int, ...], Callable[[int, str], bool], Callable[..., Any], Any, Literal['a', 1], Type[int], Set[int], Iterable[int], Annotated[int, 'meta'], ClassVar[int], Final[int], list[int], dict[str, list[int]], tuple[int, ...], int | str, int | None, Optional[Union[int, str]], Sequence[T], Awaitable[int], Generator[int, str, bool], NoReturn, Never, Self, Type, List, collections.abc.Callable[[int], str], type[int], Concatenate[int, P])
print(get_origin(List[int]), get_args(Dict[str, int]), get_origin(int | str), get_args(Callable[[int], str]), get_origin(Annotated[int, 1]), Union[int, int], Union[int, Union[str, bytes]], Optional[None], Literal[1, 1, 2], Union[int, str] == Union[str, int], isinstance(1, int | str), isinstance([], list), (int | str).__args__, List[int] == List[int], hash(List[int]) == hash(List[int]))
class Movie(TypedDict, total=False): title: Required[str]; year: int
print(Movie(title='x'), Movie.__annotations__, Movie.__required_keys__, Movie.__optional_keys__, Movie.__total__)
class Emp(NamedTuple):
    name: str
    id: int = 3
    def hello(self): return f'hi {self.name}'
e = Emp('Bo'); print(e, e.id, e.hello(), Emp._fields, Emp._field_defaults, e._asdict(), e._replace(id=9), Emp._make(['a', 1]), Emp.__annotations__, e == ('Bo', 3))
UserId = NewType('UserId', int); print(UserId(5), UserId, UserId.__name__, UserId.__supertype__)
@runtime_checkable
class Closeable(Protocol):
    def close(self) -> None: ...
class Fl:
    def close(self): pass
class Quack(Protocol):
    def quack(self): ...
print(isinstance(Fl(), Closeable), isinstance(1, Closeable), issubclass(Fl, Closeable))
for bad in (lambda: isinstance(1, Quack), lambda: isinstance(1, List[int]), lambda: isinstance([], list[int]), lambda: Quack(), lambda: List[1, 2], lambda: Dict[int], lambda: Stack[int, str], lambda: Optional[1], lambda: Union[()], lambda: Any(), lambda: Union(), lambda: int[str], lambda: Generic[int], lambda: TypeVar('X', int), lambda: T(), lambda: Emp(), lambda: setattr(e, 'name', 1), lambda: Literal(), lambda: cast(int), lambda: Movie(), lambda: isinstance(1, Union[int, List[int]]), lambda: Callable[int], lambda: ClassVar[1, 2], lambda: List(), lambda: isinstance(1, Any), lambda: Optional, lambda: issubclass(int, Union[int, str]), lambda: assert_never(1)):
    try: print(bad())
    except Exception as ex: print(type(ex).__name__, ex)
def f(a: int, b: 'str' = 'x', *args: float, **kw: Optional[int]) -> List['Stack']: pass
print(f.__annotations__, get_type_hints(f))
class C: x: int; y: 'Optional[C]' = None
print(get_type_hints(C), C.__annotations__)
@overload
def g(x: int) -> int: ...
@overload
def g(x: str) -> str: ...
def g(x): return x
print(g(1), cast(int, 'a'), TYPE_CHECKING, final(C) is C, no_type_check(f) is f, reveal_type(1))
def deco(fn: Callable[P, T]) -> Callable[P, T]:
    def inner(*args: P.args, **kwargs: P.kwargs) -> T: return fn(*args, **kwargs)
    return inner
print(deco(len)('abc'), P.args, P.kwargs)
Vec: TypeAlias = list[float]; print(Vec, Point := NamedTuple('Point', [('x', int), ('y', int)]), Point(1, 2), TypedDict('TD', {'a': int})(a=1))
class Pair(Generic[T, N]): pass
print(Pair[int, str], Pair[T, int], Pair[T, int][str], Pair.__mro__[1:]); print(Text, AnyStr, SupportsInt, isinstance(3, SupportsInt), Hashable, Mapping[str, int], typing.get_overloads(g) != [], Tuple[()], Tuple, Counter[str], Deque[int], DefaultDict[str, int], AsyncIterator[int], ContextManager[int], Pattern[str], IO[str])
