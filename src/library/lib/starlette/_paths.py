"""Path templates such as `/items/{id:int}`: parsed once, matched without regular expressions."""


class _Str:
    def check(self, text):
        return text

    def to_string(self, value):
        return str(value)


class _Int(_Str):
    def check(self, text):
        return int(text) if text.isascii() and text.isdigit() else None


class _Float(_Str):
    def check(self, text):
        whole, dot, fraction = text.partition(".")
        good = whole.isdigit() and (fraction.isdigit() if dot else True)
        return float(text) if good else None


class _Uuid(_Str):
    def check(self, text):
        import uuid

        try:
            return uuid.UUID(text)
        except ValueError:
            return None


CONVERTORS = {"str": _Str(), "path": _Str(), "int": _Int(), "float": _Float(), "uuid": _Uuid()}


class PathTemplate:
    """Literal pieces and parameters in turn: `pieces[0] {names[0]} pieces[1] {names[1]} …`."""

    def __init__(self, path):
        self.pieces, self.names, self.kinds = [""], [], []
        rest = path
        while True:
            before, brace, rest = rest.partition("{")
            self.pieces[-1] += before
            if not brace:
                break
            inner, _, rest = rest.partition("}")
            name, _, kind = inner.partition(":")
            kind = kind or "str"
            if kind not in CONVERTORS:
                raise AssertionError(f"Unknown path convertor '{kind}'")
            if name in self.names:
                raise ValueError(f"Duplicated param name {name} at path {path}")
            self.names.append(name)
            self.kinds.append(kind)
            self.pieces.append("")
        self.prefix = self.pieces[0]
        # The path as documents show it, without kinds.
        self.bare = self.pieces[0] + "".join(f"{{{name}}}{piece}" for name, piece in zip(self.names, self.pieces[1:]))
        # The commonest template by far: one parameter, at the end.
        self.simple = self.kinds == ["str"] and self.pieces[1] == ""

    def match(self, path):
        """The parameters that `path` gives, or None."""
        if not path.startswith(self.prefix):
            return None
        if self.simple:
            value = path[len(self.prefix) :]
            return {self.names[0]: value} if value and "/" not in value else None
        if not self.names:
            return {} if path == self.prefix else None
        return self._match(path, len(self.prefix), 0, {})

    def _match(self, path, start, i, found):
        kind, literal = self.kinds[i], self.pieces[i + 1]
        last = i + 1 == len(self.names)
        limit = len(path)
        if kind != "path":
            slash = path.find("/", start)
            if slash >= 0:
                limit = slash
        # Longest value first, as the greedy pattern of the original.
        for end in range(limit, start - 1 if kind == "path" else start, -1):
            if not path.startswith(literal, end) or (last and end + len(literal) != len(path)):
                continue
            value = CONVERTORS[kind].check(path[start:end])
            if value is None:
                continue
            if last:
                return dict(found, **{self.names[i]: value})
            result = self._match(path, end + len(literal), i + 1, dict(found, **{self.names[i]: value}))
            if result is not None:
                return result
        return None

    def format(self, params):
        text = self.pieces[0]
        for name, kind, piece in zip(self.names, self.kinds, self.pieces[1:]):
            text += CONVERTORS[kind].to_string(params[name]) + piece
        return text
