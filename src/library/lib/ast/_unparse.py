"""The text of a tree, with the brackets that precedence asks for and no others.

Each function gives text; an expression's is asked for at a level, and brackets itself when it binds less tightly.
"""
import ast

# How tightly things bind, from the loosest to what never needs brackets.
(NAMED, TUPLE, YIELD, TEST, OR, AND, NOT, COMPARE, BIT_OR, BIT_XOR, BIT_AND, SHIFT, ARITH, TERM, FACTOR, POWER,
 AWAIT, ATOM) = range(18)

_BINARY = {
    "Add": ("+", ARITH), "Sub": ("-", ARITH), "Mult": ("*", TERM), "MatMult": ("@", TERM), "Div": ("/", TERM),
    "Mod": ("%", TERM), "FloorDiv": ("//", TERM), "LShift": ("<<", SHIFT), "RShift": (">>", SHIFT),
    "BitOr": ("|", BIT_OR), "BitXor": ("^", BIT_XOR), "BitAnd": ("&", BIT_AND), "Pow": ("**", POWER),
}
_UNARY = {"Invert": ("~", FACTOR), "UAdd": ("+", FACTOR), "USub": ("-", FACTOR), "Not": ("not ", NOT)}
_COMPARED = {
    "Eq": "==", "NotEq": "!=", "Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">=", "Is": "is", "IsNot": "is not",
    "In": "in", "NotIn": "not in",
}
# A float literal that overflows stands for infinity.
_INFINITY = "1e309"


def text_of(node):
    return _Text().whole(node)


def text_in_place(node):
    """The text of a tree with its statements in the lines that their nodes say, as far as there is room."""
    return _Text(in_place=True).whole(node)


class _Text:
    """Lines of statements so far, and how deep the next one stands."""

    def __init__(self, in_place=False, avoids_backslashes=False):
        self.lines = []
        self.depth = 0
        self.in_place = in_place
        self.avoids_backslashes = avoids_backslashes
        self.n_lines = 0

    def whole(self, node):
        if isinstance(node, list):
            return "".join(self.whole(one) for one in node)
        if isinstance(node, (ast.Module, ast.Interactive)):
            self.body(node, isinstance(node, ast.Module))
        elif isinstance(node, ast.Expression):
            return self.of(node.body)
        elif isinstance(node, (ast.stmt, ast.excepthandler, ast.match_case)):
            self.statement(node)
        else:
            return self.of(node)
        return "\n".join(self.lines)

    # Statements.

    def line(self, text, node=None):
        """A new line; with the statement that begins in it, not before the line of that statement."""
        if self.in_place and node is not None:
            missing = getattr(node, "lineno", 0) - 1 - self.n_lines
            self.lines += [""] * missing
            self.n_lines += max(missing, 0)
        text = "    " * self.depth + text
        self.lines.append(text)
        self.n_lines += text.count("\n") + 1

    def gap(self):
        """An empty line before a definition."""
        if self.lines and not self.in_place:
            self.lines.append("")

    def body(self, node, has_docstring=False):
        statements = node.body
        if has_docstring and statements and isinstance(statements[0], ast.Expr):
            value = statements[0].value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                prefix = "u" if value.kind == "u" else ""
                self.line(prefix + _quoted(value.value, _LONG_QUOTES), statements[0])
                statements = statements[1:]
        for statement in statements:
            self.statement(statement)

    def block(self, head, body, node=None, has_docstring=False):
        """A head with its colon, and the statements below it."""
        self.line(head + ":", node)
        self.depth += 1
        self.body(body if isinstance(body, ast.AST) else _Body(body), has_docstring)
        self.depth -= 1

    def statement(self, node):
        getattr(self, "do_" + type(node).__name__)(node)

    def do_Expr(self, node):
        self.line(self.of(node.value, YIELD), node)

    def do_Import(self, node):
        self.line("import " + self.row(node.names), node)

    def do_ImportFrom(self, node):
        self.line(f"from {'.' * (node.level or 0)}{node.module or ''} import {self.row(node.names)}", node)

    def do_Assign(self, node):
        targets = "".join(self.of(target, TUPLE) + " = " for target in node.targets)
        self.line(targets + self.of(node.value) + _comment(node), node)

    def do_AugAssign(self, node):
        self.line(f"{self.of(node.target)} {_BINARY[type(node.op).__name__][0]}= {self.of(node.value)}", node)

    def do_AnnAssign(self, node):
        target = self.of(node.target)
        if not node.simple and isinstance(node.target, ast.Name):
            target = f"({target})"
        value = f" = {self.of(node.value)}" if node.value else ""
        self.line(f"{target}: {self.of(node.annotation)}{value}", node)

    def do_TypeAlias(self, node):
        self.line(f"type {self.of(node.name)}{self.type_params(node)} = {self.of(node.value)}", node)

    def do_Return(self, node):
        self.line("return " + self.of(node.value) if node.value else "return", node)

    def do_Pass(self, node):
        self.line("pass", node)

    def do_Break(self, node):
        self.line("break", node)

    def do_Continue(self, node):
        self.line("continue", node)

    def do_Delete(self, node):
        self.line("del " + self.row(node.targets), node)

    def do_Assert(self, node):
        self.line("assert " + self.of(node.test) + (f", {self.of(node.msg)}" if node.msg else ""), node)

    def do_Global(self, node):
        self.line("global " + ", ".join(node.names), node)

    def do_Nonlocal(self, node):
        self.line("nonlocal " + ", ".join(node.names), node)

    def do_Raise(self, node):
        if not node.exc:
            if node.cause:
                raise ValueError("Node can't use cause without an exception.")
            return self.line("raise", node)
        self.line(f"raise {self.of(node.exc)}" + (f" from {self.of(node.cause)}" if node.cause else ""), node)

    def do_Try(self, node, word="except"):
        self.block("try", node.body, node)
        for handler in node.handlers:
            self.handler(handler, word)
        self.ends(node.orelse, "else")
        self.ends(node.finalbody, "finally")

    def do_TryStar(self, node):
        self.do_Try(node, "except*")

    def do_ExceptHandler(self, node):
        self.handler(node, "except")

    def handler(self, node, word):
        kind = f" {self.of(node.type)}" if node.type else ""
        name = f" as {node.name}" if node.name else ""
        self.block(word + kind + name, node.body, node)

    def ends(self, statements, word):
        if statements:
            self.block(word, statements)

    def decorators(self, node):
        self.gap()
        for decorator in node.decorator_list:
            self.line("@" + self.of(decorator), decorator)

    def do_ClassDef(self, node):
        self.decorators(node)
        arguments = self.row([*node.bases, *node.keywords])
        head = f"class {node.name}{self.type_params(node)}" + (f"({arguments})" if arguments else "")
        self.block(head, node, node, has_docstring=True)

    def do_FunctionDef(self, node, word="def"):
        self.decorators(node)
        returns = f" -> {self.of(node.returns)}" if node.returns else ""
        head = f"{word} {node.name}{self.type_params(node)}({self.of(node.args)}){returns}"
        comment = _comment(node)
        self.block(head, node, node, has_docstring=True)
        if comment:
            at = next(i for i in range(len(self.lines) - 1, -1, -1) if self.lines[i].strip() == head + ":")
            self.lines[at] += comment

    def do_AsyncFunctionDef(self, node):
        self.do_FunctionDef(node, "async def")

    def type_params(self, node):
        params = getattr(node, "type_params", None)
        return f"[{self.row(params)}]" if params else ""

    def do_For(self, node, word="for"):
        self.block(f"{word} {self.of(node.target, TUPLE)} in {self.of(node.iter)}", node.body, node)
        self.ends(node.orelse, "else")

    def do_AsyncFor(self, node):
        self.do_For(node, "async for")

    def do_If(self, node):
        self.block("if " + self.of(node.test), node.body, node)
        while len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
            node = node.orelse[0]
            self.block("elif " + self.of(node.test), node.body, node)
        self.ends(node.orelse, "else")

    def do_While(self, node):
        self.block("while " + self.of(node.test), node.body, node)
        self.ends(node.orelse, "else")

    def do_With(self, node, word="with"):
        self.block(f"{word} {self.row(node.items)}", node.body, node)

    def do_AsyncWith(self, node):
        self.do_With(node, "async with")

    def do_Match(self, node):
        self.line(f"match {self.of(node.subject)}:", node)
        self.depth += 1
        for case in node.cases:
            self.statement(case)
        self.depth -= 1

    def do_match_case(self, node):
        guard = f" if {self.of(node.guard)}" if node.guard else ""
        self.block(f"case {self.of(node.pattern)}{guard}", node.body)

    # Expressions.

    def of(self, node, level=TEST):
        return getattr(self, "text_" + type(node).__name__)(node, level)

    def row(self, nodes):
        return ", ".join(map(self.of, nodes))

    def items(self, nodes):
        """A row that is a tuple also where it is of one."""
        return self.of(nodes[0]) + "," if len(nodes) == 1 else self.row(nodes)

    def text_NamedExpr(self, node, level):
        return _at(level, NAMED, f"{self.of(node.target, ATOM)} := {self.of(node.value, ATOM)}")

    def text_Await(self, node, level):
        return _at(level, AWAIT, f"await {self.of(node.value, ATOM)}")

    def text_Yield(self, node, level):
        return _at(level, YIELD, f"yield {self.of(node.value, ATOM)}" if node.value else "yield")

    def text_YieldFrom(self, node, level):
        return _at(level, YIELD, f"yield from {self.of(node.value, ATOM)}")

    def text_Name(self, node, level):
        return node.id

    def text_Constant(self, node, level):
        return ("u" if node.kind == "u" else "") + self.constant(node.value)

    def constant(self, value):
        if value is ...:
            return "..."
        if isinstance(value, tuple):
            parts = [self.constant(one) for one in value]
            return f"({parts[0]},)" if len(parts) == 1 else f"({', '.join(parts)})"
        if isinstance(value, (float, complex)):
            return repr(value).replace("inf", _INFINITY).replace("nan", f"({_INFINITY}-{_INFINITY})")
        if self.avoids_backslashes and isinstance(value, str):
            return _quoted(value)
        return repr(value)

    def text_List(self, node, level):
        return f"[{self.row(node.elts)}]"

    def text_Set(self, node, level):
        return f"{{{self.row(node.elts)}}}" if node.elts else "{*()}"

    def text_Tuple(self, node, level):
        text = self.items(node.elts) if node.elts else ""
        return f"({text})" if not node.elts or level > TUPLE else text

    def text_Dict(self, node, level):
        pairs = (
            "**" + self.of(value, BIT_OR) if key is None else f"{self.of(key)}: {self.of(value)}"
            for key, value in zip(node.keys, node.values)
        )
        return f"{{{', '.join(pairs)}}}"

    def text_ListComp(self, node, level):
        return f"[{self.of(node.elt)}{self.generators(node)}]"

    def text_SetComp(self, node, level):
        return f"{{{self.of(node.elt)}{self.generators(node)}}}"

    def text_GeneratorExp(self, node, level):
        return f"({self.of(node.elt)}{self.generators(node)})"

    def text_DictComp(self, node, level):
        return f"{{{self.of(node.key)}: {self.of(node.value)}{self.generators(node)}}}"

    def generators(self, node):
        return "".join(map(self.of, node.generators))

    def text_comprehension(self, node, level):
        word = " async for " if node.is_async else " for "
        ifs = "".join(" if " + self.of(test, OR) for test in node.ifs)
        return f"{word}{self.of(node.target, TUPLE)} in {self.of(node.iter, OR)}{ifs}"

    def text_IfExp(self, node, level):
        text = f"{self.of(node.body, OR)} if {self.of(node.test, OR)} else {self.of(node.orelse, TEST)}"
        return _at(level, TEST, text)

    def text_Lambda(self, node, level):
        parameters = self.of(node.args)
        head = f"lambda {parameters}" if parameters else "lambda"
        return _at(level, TEST, f"{head}: {self.of(node.body, TEST)}")

    def text_UnaryOp(self, node, level):
        sign, own = _UNARY[type(node.op).__name__]
        return _at(level, own, sign + self.of(node.operand, own))

    def text_BinOp(self, node, level):
        sign, own = _BINARY[type(node.op).__name__]
        left, right = (own + 1, own) if sign == "**" else (own, own + 1)
        return _at(level, own, f"{self.of(node.left, left)} {sign} {self.of(node.right, right)}")

    def text_BoolOp(self, node, level):
        word, own = (" and ", AND) if isinstance(node.op, ast.And) else (" or ", OR)
        # Each operand binds more tightly than the one before it.
        values = [self.of(value, min(own + i, ATOM)) for i, value in enumerate(node.values, 1)]
        return _at(level, own, word.join(values))

    def text_Compare(self, node, level):
        rest = "".join(
            f" {_COMPARED[type(op).__name__]} {self.of(value, BIT_OR)}" for op, value in zip(node.ops, node.comparators)
        )
        return _at(level, COMPARE, self.of(node.left, BIT_OR) + rest)

    def text_Attribute(self, node, level):
        value = self.of(node.value, ATOM)
        if isinstance(node.value, ast.Constant) and isinstance(node.value.value, int):
            value += " "
        return f"{value}.{node.attr}"

    def text_Call(self, node, level):
        return f"{self.of(node.func, ATOM)}({self.row([*node.args, *node.keywords])})"

    def text_keyword(self, node, level):
        return ("**" if node.arg is None else node.arg + "=") + self.of(node.value)

    def text_Subscript(self, node, level):
        is_row = isinstance(node.slice, ast.Tuple) and node.slice.elts
        return f"{self.of(node.value, ATOM)}[{self.items(node.slice.elts) if is_row else self.of(node.slice)}]"

    def text_Slice(self, node, level):
        lower = self.of(node.lower) if node.lower else ""
        upper = self.of(node.upper) if node.upper else ""
        return f"{lower}:{upper}" + (f":{self.of(node.step)}" if node.step else "")

    def text_Starred(self, node, level):
        return "*" + self.of(node.value, BIT_OR)

    def text_alias(self, node, level):
        return f"{node.name} as {node.asname}" if node.asname else node.name

    def text_withitem(self, node, level):
        return self.of(node.context_expr) + (f" as {self.of(node.optional_vars)}" if node.optional_vars else "")

    def text_arg(self, node, level):
        return f"{node.arg}: {self.of(node.annotation)}" if node.annotation else node.arg

    def text_arguments(self, node, level):
        positional = node.posonlyargs + node.args
        defaults = [None] * (len(positional) - len(node.defaults)) + node.defaults
        parts = [self.with_default(arg, default) for arg, default in zip(positional, defaults)]
        if node.posonlyargs:
            parts.insert(len(node.posonlyargs), "/")
        if node.vararg or node.kwonlyargs:
            parts.append("*" + (self.of(node.vararg) if node.vararg else ""))
        parts += [self.with_default(arg, default) for arg, default in zip(node.kwonlyargs, node.kw_defaults)]
        if node.kwarg:
            parts.append("**" + self.of(node.kwarg))
        return ", ".join(parts)

    def with_default(self, arg, default):
        return self.of(arg) + (f"={self.of(default)}" if default else "")

    def text_TypeVar(self, node, level):
        return node.name + (f": {self.of(node.bound)}" if node.bound else "") + self.type_default(node)

    def text_TypeVarTuple(self, node, level):
        return "*" + node.name + self.type_default(node)

    def text_ParamSpec(self, node, level):
        return "**" + node.name + self.type_default(node)

    def type_default(self, node):
        default = getattr(node, "default_value", None)
        return f" = {self.of(default)}" if default else ""

    # Formatted strings.

    def text_JoinedStr(self, node, level):
        if self.avoids_backslashes:
            return "f" + _quoted("".join(map(self.inner, node.values)))
        parts = [(self.inner(value), isinstance(value, ast.Constant)) for value in node.values]
        texts, quotes = [], _QUOTES
        for text, is_text in parts:
            text, possible = _escaped(text, quotes, is_text)
            if not set(possible) & set(quotes):
                # No quotes suit every part: `repr` decides, inside three of them.
                texts = [repr('"' + text)[2:-1] for text, _ in parts]
                quotes = ["'''"]
                break
            texts.append(text)
            quotes = possible
        return f"f{quotes[0]}{''.join(texts)}{quotes[0]}"

    def inner(self, node):
        """A part of a formatted string or of a format spec."""
        if isinstance(node, ast.JoinedStr):
            return "".join(map(self.inner, node.values))
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return node.value.replace("{", "{{").replace("}", "}}")
        if isinstance(node, ast.FormattedValue):
            return self.text_FormattedValue(node, TEST)
        raise ValueError(f"Unexpected node inside JoinedStr, {node!r}")

    def text_FormattedValue(self, node, level):
        value = _Text(avoids_backslashes=True).of(node.value, OR)
        if "\\" in value:
            raise ValueError("Unable to avoid backslash in f-string expression part")
        if value.startswith("{"):
            value = " " + value
        conversion = f"!{chr(node.conversion)}" if node.conversion != -1 else ""
        spec = f":{self.inner(node.format_spec)}" if node.format_spec else ""
        return f"{{{value}{conversion}{spec}}}"

    # Patterns.

    def text_MatchValue(self, node, level):
        return self.of(node.value)

    def text_MatchSingleton(self, node, level):
        return self.constant(node.value)

    def text_MatchSequence(self, node, level):
        return f"[{self.row(node.patterns)}]"

    def text_MatchStar(self, node, level):
        return f"*{node.name or '_'}"

    def text_MatchMapping(self, node, level):
        pairs = [f"{self.of(key)}: {self.of(pattern)}" for key, pattern in zip(node.keys, node.patterns, strict=True)]
        return f"{{{', '.join(pairs + ([f'**{node.rest}'] if node.rest is not None else []))}}}"

    def text_MatchClass(self, node, level):
        named = zip(node.kwd_attrs, node.kwd_patterns, strict=True)
        patterns = [self.of(pattern) for pattern in node.patterns]
        patterns += [f"{name}={self.of(pattern)}" for name, pattern in named]
        return f"{self.of(node.cls, ATOM)}({', '.join(patterns)})"

    def text_MatchAs(self, node, level):
        if node.pattern is None or node.name is None:
            return node.name or "_"
        return _at(level, TEST, f"{self.of(node.pattern, BIT_OR)} as {node.name}")

    def text_MatchOr(self, node, level):
        return _at(level, BIT_OR, " | ".join(self.of(pattern, BIT_OR + 1) for pattern in node.patterns))


class _Body:
    """Statements as those of a node without a docstring."""

    def __init__(self, body):
        self.body = body


def _at(level, own, text):
    """An expression that binds like `own`, where one is wanted that binds like `level`."""
    return f"({text})" if level > own else text


def _comment(node):
    comment = getattr(node, "type_comment", None)
    return f" # type: {comment}" if comment else ""


_LONG_QUOTES = ['"""', "'''"]
_QUOTES = ["'", '"', *_LONG_QUOTES]


def _escaped(text, quotes, escapes_space=False):
    """A text with as few escapes as can be, and the quotes that it can stand in."""

    def shown(c):
        if c in "\n\t" and not escapes_space:
            return c
        return c.encode("unicode_escape").decode() if c == "\\" or not c.isprintable() else c

    escaped = "".join(map(shown, text))
    possible = [q for q in quotes if q not in escaped and (len(q) == 3 or "\n" not in escaped)]
    if not possible:
        plain = repr(text)
        return plain[1:-1], [next((q for q in quotes if plain[0] in q), plain[0])]
    if escaped:
        # Those that the text does not end with come first; a last quote inside three of its kind is escaped.
        possible.sort(key=lambda q: q[0] == escaped[-1])
        if possible[0][0] == escaped[-1]:
            escaped = escaped[:-1] + "\\" + escaped[-1]
    return escaped, possible


def _quoted(text, quotes=_QUOTES):
    escaped, possible = _escaped(text, quotes)
    return possible[0] + escaped + possible[0]
