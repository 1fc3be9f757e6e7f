"""Data printed over several lines when it does not fit into one."""
import sys


def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    stream = sys.stdout if stream is None else stream
    stream.write(pformat(object, indent, width, depth, compact=compact, sort_dicts=sort_dicts) + "\n")


def pp(object, *args, sort_dicts=False, **kwargs):
    pprint(object, *args, sort_dicts=sort_dicts, **kwargs)


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    out = []
    PrettyPrinter(indent, width, depth, compact=compact, sort_dicts=sort_dicts)._format(object, out, 0, 0, [], 0)
    return "".join(out)


def saferepr(object):
    return PrettyPrinter()._repr(object, [], 0)


def isreadable(object):
    return "<" not in saferepr(object)


class _Key:
    """Sorts things of different types by the name of the type."""

    def __init__(self, obj):
        self.obj = obj

    def __lt__(self, other):
        try:
            return self.obj < other.obj
        except TypeError:
            return (str(type(self.obj)), id(self.obj)) < (str(type(other.obj)), id(other.obj))


class PrettyPrinter:
    """The settings of `pformat`."""

    def __init__(
        self, indent=1, width=80, depth=None, stream=None, *, compact=False, sort_dicts=True, underscore_numbers=False
    ):
        self._indent = indent
        self._width = width
        self._depth = depth
        self._stream = stream
        self._compact = compact
        self._sort = sort_dicts

    def pprint(self, object):
        (self._stream or sys.stdout).write(self.pformat(object) + "\n")

    def pformat(self, object):
        out = []
        self._format(object, out, 0, 0, [], 0)
        return "".join(out)

    def _items(self, values):
        return sorted(values.items(), key=lambda kv: _Key(kv[0])) if self._sort else values.items()

    def _repr(self, obj, open_, level):
        cls = type(obj)
        is_container = cls.__repr__ in (dict.__repr__, list.__repr__, tuple.__repr__)
        if not is_container:
            return repr(obj)
        if not obj:
            return repr(obj)
        if self._depth is not None and level >= self._depth:
            return "{...}" if isinstance(obj, dict) else "[...]" if isinstance(obj, list) else "(...)"
        if id(obj) in open_:
            return f"<Recursion on {cls.__name__} with id={id(obj)}>"
        open_ = open_ + [id(obj)]
        if isinstance(obj, dict):
            parts = [
                f"{self._repr(k, open_, level + 1)}: {self._repr(v, open_, level + 1)}" for k, v in self._items(obj)
            ]
            return "{" + ", ".join(parts) + "}"
        parts = [self._repr(v, open_, level + 1) for v in obj]
        if isinstance(obj, list):
            return "[" + ", ".join(parts) + "]"
        return "(" + ", ".join(parts) + (",)" if len(parts) == 1 else ")")

    def _format(self, obj, out, indent, allowance, open_, level):
        text = self._repr(obj, open_, level)
        if len(text) <= self._width - indent - allowance or id(obj) in open_:
            out.append(text)
            return
        cls = type(obj)
        open_ = open_ + [id(obj)]
        level += 1
        if hasattr(cls, "__dataclass_fields__") and "__create_fn__" not in cls.__repr__.__qualname__ and not isinstance(obj, type):
            pairs = [(f.name, getattr(obj, f.name)) for f in cls.__dataclass_fields__.values() if f.repr]
            self._attributes(cls.__name__, pairs, out, indent, allowance, open_, level)
        elif cls.__repr__ is dict.__repr__ and obj:
            out.append("{" + " " * (self._indent - 1))
            self._pairs(list(self._items(obj)), out, indent + self._indent, allowance + 1, open_, level)
            out.append("}")
        elif cls.__repr__ is list.__repr__ and obj:
            self._sequence(obj, "[", "]", out, indent, allowance, open_, level)
        elif cls.__repr__ is tuple.__repr__ and obj:
            self._sequence(obj, "(", ",)" if len(obj) == 1 else ")", out, indent, allowance, open_, level)
        elif cls in (set, frozenset) and obj:
            opening = "{" if cls is set else "frozenset({"
            extra = 0 if cls is set else len("frozenset(")
            items = sorted(obj, key=_Key)
            self._sequence(items, opening, "}" if cls is set else "})", out, indent + extra, allowance, open_, level)
        elif cls is str and obj:
            self._string(obj, out, indent, allowance, level)
        else:
            out.append(text)

    def _attributes(self, name, pairs, out, indent, allowance, open_, level):
        indent += len(name) + 1
        out.append(name + "(")
        for i, (key, value) in enumerate(pairs):
            last = i == len(pairs) - 1
            out.append(key + "=")
            self._format(value, out, indent + len(key) + 1, allowance if last else 1, open_, level)
            if not last:
                out.append(",\n" + " " * indent)
        out.append(")")

    def _pairs(self, items, out, indent, allowance, open_, level):
        separator = ",\n" + " " * indent
        for i, (key, value) in enumerate(items):
            last = i == len(items) - 1
            shown = self._repr(key, open_, level)
            out.append(shown + ": ")
            self._format(value, out, indent + len(shown) + 2, allowance if last else 1, open_, level)
            if not last:
                out.append(separator)

    def _sequence(self, items, opening, closing, out, indent, allowance, open_, level):
        out.append(opening)
        if self._indent > 1:
            out.append(" " * (self._indent - 1))
        indent += self._indent
        allowance += len(closing)
        separator = ",\n" + " " * indent
        width = room = self._width - indent + 1
        first = True
        items = list(items)
        for i, item in enumerate(items):
            last = i == len(items) - 1
            if last:
                width -= allowance
                room -= allowance
            if self._compact:
                shown = self._repr(item, open_, level)
                need = len(shown) + 2
                if room < need:
                    room = width
                    if not first:
                        out.append(separator)
                        first = True
                if room >= need:
                    room -= need
                    out.append(shown if first else ", " + shown)
                    first = False
                    continue
            if not first:
                out.append(separator)
            first = False
            self._format(item, out, indent, allowance if last else 1, open_, level)
        out.append(closing)

    def _string(self, text, out, indent, allowance, level):
        # One literal a line, broken after spaces.
        lines = text.splitlines(True)
        if level == 1:
            indent += 1
            allowance += 1
        chunks = []
        shown = repr(text)
        width = room = self._width - indent
        for i, line in enumerate(lines):
            shown = repr(line)
            if i == len(lines) - 1:
                room -= allowance
            if len(shown) <= room:
                chunks.append(shown)
                continue
            parts = []
            at = 0
            while at < len(line):
                end = at
                while end < len(line) and not line[end].isspace():
                    end += 1
                while end < len(line) and line[end].isspace():
                    end += 1
                parts.append(line[at:end])
                at = end
            width = room2 = self._width - indent
            current = ""
            for j, part in enumerate(parts):
                candidate = current + part
                if j == len(parts) - 1 and i == len(lines) - 1:
                    room2 -= allowance
                if len(repr(candidate)) > room2:
                    if current:
                        chunks.append(repr(current))
                    current = part
                else:
                    current = candidate
            if current:
                chunks.append(repr(current))
        if len(chunks) == 1:
            out.append(shown)
            return
        if level == 1:
            out.append("(")
        out.append(("\n" + " " * indent).join(chunks))
        if level == 1:
            out.append(")")
