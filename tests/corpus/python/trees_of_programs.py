import ast

SOURCE = '''
"""A module."""
from __future__ import annotations
import os.path as p, sys
from .. import sibling


@decorate(1)
class Box(Base, metaclass=Meta):
    size: int = 3
    (free): str

    def area(self, w, /, h=1, *rest, unit="m", **more) -> float:
        "Area."
        return -w * (h + 2) ** 2 if not rest else rest[1:2, ::3]


async def fetch(urls):
    async with session() as s, other:
        async for url in urls:
            yield await s.get(url)
    data = {k: v for k, v in pairs if k if v} | {**more, "x": 1}
    print(*data, sep="", end=f"{x!r:>{width}} {y=}")
    try:
        raise Oops from None
    except (A, B) as e:
        del e, a[0]
    else:
        pass
    finally:
        assert x, "message"
    match data:
        case [1, "two", *rest] if rest:
            pass
        case {"k": v, **others} | Point(x=0, y=None):
            pass
        case _:
            global g
    while (n := read()) and a < b <= c is not d:
        if n: continue
        elif n > 2: break
        else: lambda a, *, b=1: (a, b)
    a, *b = c = 1, 2.5, 3j, b"x", ..., True, ()
    x += yield_ or z @ w
'''
tree = ast.parse(SOURCE)
print(ast.dump(tree))
print(ast.dump(ast.parse("f(x, *y, k=1)[0].a"), indent=2))
print(ast.dump(ast.parse("é = 'ü' + x", mode="exec"), include_attributes=True))
print(ast.unparse(tree))


class Names(ast.NodeVisitor):
    def __init__(self):
        self.found = []

    def visit_Name(self, node):
        self.found.append((node.id, node.lineno, node.col_offset, type(node.ctx).__name__))

    def visit_FunctionDef(self, node):
        print(node.name, node.lineno, ast.get_docstring(node), [a.arg for a in node.args.args])
        self.generic_visit(node)


names = Names()
names.visit(tree)
print(names.found)


class Doubled(ast.NodeTransformer):
    def visit_Constant(self, node):
        return ast.copy_location(ast.Constant(node.value * 2), node) if isinstance(node.value, int) else node

    def visit_Expr(self, node):
        self.generic_visit(node)
        return [node, ast.Expr(ast.Call(ast.Name("print", ast.Load()), [ast.Constant("again")], []))]


tree = ast.parse("total = 1 + 2\nprint(total)\n\n\nprint(total / 0)")
tree = ast.fix_missing_locations(Doubled().visit(tree))
print(ast.unparse(tree))
try:
    exec(compile(tree, "made.py", "exec"))
except ZeroDivisionError as error:
    print(error, error.__traceback__.tb_next.tb_lineno)
print(eval(compile(ast.parse("6 * 7", mode="eval"), "<made>", "eval")))
print(ast.dump(compile("a or b", "<text>", "eval", ast.PyCF_ONLY_AST)))
for text in ("[1, {'a': (2.5, None, -3)}, {4}]", "1 + 2j", "b'x'", "set()", "name", "1 + 1", "f()", "[", "{**a}"):
    try:
        print(text, ast.literal_eval(text))
    except (ValueError, SyntaxError) as error:
        print(text, type(error).__name__, str(error).partition(" at 0x")[0])
for text in (
    "(a + b) * c - (d - e)", "-a ** -b", "(-a) ** b", "not (a and b or c)", "(a, b)[0], (yield)", "(lambda: 1)()",
    "a if (b if c else d) else e", "(x := 1)", "1 .real + 1.5.real", "(a < b) < c", "a[b:c, d], a[()]", "{*a}, {}",
    "f'{a!r:{w}} {{}} {d[\"k\"]}'", "'it\\'s' \"q\" '\\n'", "lambda *, a=1: a", "~ - + a", "(i for i in (j for j in k))",
    "for a, in b: pass\nelse: c", "if a:\n if b: c\n else: d\nelse:\n if e: f", "def f():\n '''doc\n more'''\n return",
):
    print(ast.unparse(ast.parse(text)))
node = ast.Name("x", ast.Load())
print(node._fields, isinstance(node, ast.expr), ast.dump(node), [type(n).__name__ for n in ast.walk(ast.parse("f(a)"))])
for wrong in (lambda: ast.Name("x", 1, 2), lambda: compile(ast.Expression(node), "", "eval"), lambda: node.lineno):
    try:
        wrong()
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
print(ast.get_source_segment("x = foo(1,\n  2)", ast.parse("x = foo(1,\n  2)").body[0].value))
