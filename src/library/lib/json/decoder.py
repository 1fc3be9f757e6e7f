"""JSON text to objects, with the place of an error by line and column."""
import sys

_VERSION = sys.version_info[:2]
_WHITESPACE = " \t\n\r"
_UNESCAPED = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


class JSONDecodeError(ValueError):
    def __init__(self, msg, doc, pos):
        lineno = doc.count("\n", 0, pos) + 1
        colno = pos - doc.rfind("\n", 0, pos)
        ValueError.__init__(self, "%s: line %d column %d (char %d)" % (msg, lineno, colno, pos))
        self.msg = msg
        self.doc = doc
        self.pos = pos
        self.lineno = lineno
        self.colno = colno

    def __reduce__(self):
        return self.__class__, (self.msg, self.doc, self.pos)


JSONDecodeError.__module__ = "json.decoder"
_CONSTANTS = {"NaN": float("nan"), "Infinity": float("inf"), "-Infinity": float("-inf")}


class JSONDecoder:
    """Decodes a document."""

    def __init__(
        self,
        *,
        object_hook=None,
        parse_float=None,
        parse_int=None,
        parse_constant=None,
        strict=True,
        object_pairs_hook=None,
    ):
        self.object_hook = object_hook
        self.parse_float = parse_float or float
        self.parse_int = parse_int or int
        self.parse_constant = parse_constant or _CONSTANTS.__getitem__
        self.strict = strict
        self.object_pairs_hook = object_pairs_hook

    def decode(self, s):
        obj, end = self.raw_decode(s, self._skip(s, 0))
        end = self._skip(s, end)
        if end != len(s):
            raise JSONDecodeError("Extra data", s, end)
        return obj

    def raw_decode(self, s, idx=0):
        return self._value(s, idx)

    def _skip(self, s, at):
        n = len(s)
        while at < n and s[at] in _WHITESPACE:
            at += 1
        return at

    def _value(self, s, at):
        c = s[at : at + 1]
        if c == '"':
            return self._string(s, at + 1)
        if c == "{":
            return self._object(s, at + 1)
        if c == "[":
            return self._array(s, at + 1)
        if c == "n" and s.startswith("null", at):
            return None, at + 4
        if c == "t" and s.startswith("true", at):
            return True, at + 4
        if c == "f" and s.startswith("false", at):
            return False, at + 5
        if c == "-" or c.isdigit():
            found = self._number(s, at)
            if found is not None:
                return found
        for name in _CONSTANTS:
            if c and name[0] == c and s.startswith(name, at):
                return self.parse_constant(name), at + len(name)
        raise JSONDecodeError("Expecting value", s, at)

    def _number(self, s, start):
        n = len(s)
        at = start + 1 if s[start] == "-" else start
        digits = at
        while at < n and "0" <= s[at] <= "9":
            at += 1
        if at == digits:
            return None
        if s[digits] == "0":
            at = digits + 1
        is_float = False
        if at + 1 < n and s[at] == "." and "0" <= s[at + 1] <= "9":
            is_float = True
            at += 1
            while at < n and "0" <= s[at] <= "9":
                at += 1
        if at < n and s[at] in "eE":
            exponent = at + 1
            if exponent < n and s[exponent] in "+-":
                exponent += 1
            if exponent < n and "0" <= s[exponent] <= "9":
                is_float = True
                at = exponent
                while at < n and "0" <= s[at] <= "9":
                    at += 1
        return (self.parse_float if is_float else self.parse_int)(s[start:at]), at

    def _string(self, s, begin):
        parts = []
        at = begin
        while True:
            quote = s.find('"', at)
            if quote < 0:
                self._check_controls(s, at, len(s))
                raise JSONDecodeError("Unterminated string starting at", s, begin - 1)
            slash = s.find("\\", at, quote)
            end = quote if slash < 0 else slash
            self._check_controls(s, at, end)
            parts.append(s[at:end])
            if slash < 0:
                return "".join(parts), quote + 1
            c = s[slash + 1 : slash + 2]
            if not c:
                raise JSONDecodeError("Unterminated string starting at", s, begin - 1)
            at = slash + 2
            if c != "u":
                if c not in _UNESCAPED:
                    raise JSONDecodeError("Invalid \\escape", s, slash)
                parts.append(_UNESCAPED[c])
                continue
            n = self._hex4(s, at)
            at += 4
            if 0xD800 <= n <= 0xDBFF and s.startswith("\\u", at):
                low = self._hex4(s, at + 2)
                if 0xDC00 <= low <= 0xDFFF:
                    n = 0x10000 + (n - 0xD800 << 10 | low - 0xDC00)
                    at += 6
            parts.append(chr(n))

    def _hex4(self, s, at):
        digits = s[at : at + 4]
        if len(digits) == 4 and digits[1] not in "xX":
            try:
                return int(digits, 16)
            except ValueError:
                pass
        raise JSONDecodeError("Invalid \\uXXXX escape", s, at - 1)

    def _check_controls(self, s, at, end):
        if self.strict and not s[at:end].isprintable():
            for i in range(at, end):
                if s[i] < " ":
                    raise JSONDecodeError("Invalid control character at", s, i)

    def _object(self, s, at):
        pairs = []
        at = self._skip(s, at)
        if s[at : at + 1] != "}":
            if s[at : at + 1] != '"':
                raise JSONDecodeError("Expecting property name enclosed in double quotes", s, at)
            while True:
                key, at = self._string(s, at + 1)
                at = self._skip(s, at)
                if s[at : at + 1] != ":":
                    raise JSONDecodeError("Expecting ':' delimiter", s, at)
                value, at = self._value(s, self._skip(s, at + 1))
                pairs.append((key, value))
                at = self._skip(s, at)
                c = s[at : at + 1]
                if c == "}":
                    break
                if c != ",":
                    raise JSONDecodeError("Expecting ',' delimiter", s, at)
                comma = at
                at = self._skip(s, at + 1)
                if s[at : at + 1] != '"':
                    if s[at : at + 1] == "}" and _VERSION >= (3, 13):
                        raise JSONDecodeError("Illegal trailing comma before end of object", s, comma)
                    raise JSONDecodeError("Expecting property name enclosed in double quotes", s, at)
        at += 1
        if self.object_pairs_hook is not None:
            return self.object_pairs_hook(pairs), at
        result = dict(pairs)
        return (result if self.object_hook is None else self.object_hook(result)), at

    def _array(self, s, at):
        values = []
        at = self._skip(s, at)
        if s[at : at + 1] == "]":
            return values, at + 1
        while True:
            value, at = self._value(s, at)
            values.append(value)
            at = self._skip(s, at)
            c = s[at : at + 1]
            if c == "]":
                return values, at + 1
            if c != ",":
                raise JSONDecodeError("Expecting ',' delimiter", s, at)
            comma = at
            at = self._skip(s, at + 1)
            if s[at : at + 1] == "]" and _VERSION >= (3, 13):
                raise JSONDecodeError("Illegal trailing comma before end of array", s, comma)
