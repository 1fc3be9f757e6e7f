"""`literal_eval`; the tree of a program is not simulated."""
import re

_TOKEN = re.compile(
    r"""\s*(?:
    (?P<number>(?:0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*)?\.?\d[\d_]*\.?(?:[eE][+-]?\d+)?)[jJ]?)
    |(?P<text>[bBrRuU]{0,2}(?:'''(?:[^\\]|\\.)*?'''|\"\"\"(?:[^\\]|\\.)*?\"\"\"|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"))
    |(?P<name>[A-Za-z_]\w*|\.\.\.)
    |(?P<mark>[()\[\]{},:+\-])
    |(?P<comment>\#[^\n]*)
    )""",
    re.VERBOSE | re.DOTALL,
)
_NAMES = {"None": None, "True": True, "False": False, "...": ...}


def literal_eval(node_or_string):
    """The value of a text that consists of literals alone."""
    if not isinstance(node_or_string, str):
        raise NotImplementedError("ast.literal_eval() takes a text here: trees of programs are not simulated")
    text = node_or_string.lstrip(" \t")
    # Says what is wrong with what is no expression at all.
    compile(text, "<unknown>", "eval")
    tokens = []
    at = 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None:
            raise _malformed(text)
        at = match.end()
        if match.lastgroup != "comment":
            tokens.append((match.lastgroup, match[match.lastgroup]))
    return _Literals(tokens, text).whole()


def _malformed(text):
    return ValueError(f"malformed node or string: {text!r}: only literals are allowed")


class _Literals:
    """A place in a row of tokens."""

    def __init__(self, tokens, text):
        self.tokens = tokens
        self.text = text
        self.at = 0

    def peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else (None, None)

    def takes(self, mark):
        if self.peek() == ("mark", mark):
            self.at += 1
            return True
        return False

    def expect(self, mark):
        if not self.takes(mark):
            raise _malformed(self.text)

    def whole(self):
        value = self.value()
        if self.peek() == ("mark", ","):
            # A tuple without parentheses.
            values = [value]
            while self.takes(",") and self.at < len(self.tokens):
                values.append(self.value())
            value = tuple(values)
        if self.at < len(self.tokens):
            raise _malformed(self.text)
        return value

    def value(self):
        """A literal, or a complex number as a sum."""
        left = self.signed()
        kind, mark = self.peek()
        if kind == "mark" and mark in "+-":
            self.at += 1
            right = self.atom()
            if type(left) not in (int, float) or type(right) is not complex:
                raise _malformed(self.text)
            return left + right if mark == "+" else left - right
        return left

    def signed(self):
        for mark in "+-":
            if self.takes(mark):
                value = self.signed()
                if type(value) not in (int, float, complex):
                    raise _malformed(self.text)
                return value if mark == "+" else -value
        return self.atom()

    def atom(self):
        kind, token = self.peek()
        self.at += 1
        if kind == "number":
            return self.evaluated(token)
        if kind == "text":
            texts = [token]
            while self.peek()[0] == "text":
                texts.append(self.peek()[1])
                self.at += 1
            return self.evaluated(" ".join(texts))
        if kind == "name":
            if token in ("None", "True", "False", "..."):
                return _NAMES[token]
            if token == "set" and self.takes("("):
                self.expect(")")
                return set()
            raise _malformed(self.text)
        if token == "(":
            values, has_comma = self.items(")")
            return tuple(values) if has_comma or not values else values[0]
        if token == "[":
            return self.items("]")[0]
        if token == "{":
            return self.braces()
        raise _malformed(self.text)

    def evaluated(self, token):
        return eval(token, {"__builtins__": {}})

    def items(self, end):
        values = []
        has_comma = False
        while not self.takes(end):
            values.append(self.value())
            if not self.takes(","):
                self.expect(end)
                break
            has_comma = True
        return values, has_comma

    def braces(self):
        if self.takes("}"):
            return {}
        first = self.value()
        if not self.takes(":"):
            values = [first]
            if self.takes(","):
                values += self.items("}")[0]
            else:
                self.expect("}")
            return set(values)
        result = {first: self.value()}
        while self.takes(","):
            if self.peek() == ("mark", "}"):
                break
            key = self.value()
            self.expect(":")
            result[key] = self.value()
        self.expect("}")
        return result


def _absent(name):
    def function(*args, **kwargs):
        raise NotImplementedError(f"ast.{name}() is not simulated: trees of programs are CPython's own")

    function.__name__ = function.__qualname__ = name
    return function


parse, dump, unparse, walk, get_source_segment = map(_absent, ("parse", "dump", "unparse", "walk", "get_source_segment"))
