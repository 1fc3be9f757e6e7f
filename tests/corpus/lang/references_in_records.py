# Records whose fields are named by text: what their annotations hold.
import typing
class TD(typing.TypedDict): a: int; b: "str"; c: typing.List["TD"]; d: None
class N(typing.NamedTuple): a: "int"; b: int = 3; c: None = None
F = typing.NamedTuple("F", [("a", "int"), ("b", None)])
T2 = typing.TypedDict("T2", {"x": "int", "y-z": int})
for x in (TD, N, F, T2): print(x.__annotations__, typing.get_type_hints(x), x.__name__)
print(N("x"), N.__new__.__annotations__ if hasattr(N.__new__, "__annotations__") else "", F(1, 2), T2(x=1))
