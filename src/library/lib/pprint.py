"""Data printed over several lines when it does not fit into one, laid out as CPython does it."""
import collections
import re
import sys
import types

__all__ = ["pprint", "pformat", "isreadable", "isrecursive", "saferepr", "PrettyPrinter", "pp"]
_VERSION = sys.version_info[:2]


def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    PrettyPrinter(
        indent, width, depth, stream, compact=compact, sort_dicts=sort_dicts, underscore_numbers=underscore_numbers
    ).pprint(object)


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    return PrettyPrinter(
        indent, width, depth, compact=compact, sort_dicts=sort_dicts, underscore_numbers=underscore_numbers
    ).pformat(object)


def pp(object, *args, sort_dicts=False, **kwargs):
    pprint(object, *args, sort_dicts=sort_dicts, **kwargs)


def saferepr(object):
    return PrettyPrinter()._safe_repr(object, {}, None, 0)[0]


def isreadable(object):
    return PrettyPrinter()._safe_repr(object, {}, None, 0)[1]


def isrecursive(object):
    return PrettyPrinter()._safe_repr(object, {}, None, 0)[2]


class _Key:
    """Sorts things of different types by the name of the type."""

    __slots__ = ("obj",)

    def __init__(self, obj):
        self.obj = obj

    def __lt__(self, other):
        try:
            return self.obj < other.obj
        except TypeError:
            return (str(type(self.obj)), id(self.obj)) < (str(type(other.obj)), id(other.obj))


def _pair_key(pair):
    return _Key(pair[0]), _Key(pair[1])


def _recursion(object):
    return f"<Recursion on {type(object).__name__} with id={id(object)}>"


class PrettyPrinter:
    """The settings of `pformat`. A printer of a type is a method found by the type's `__repr__`."""

    def __init__(
        self, indent=1, width=80, depth=None, stream=None, *, compact=False, sort_dicts=True, underscore_numbers=False
    ):
        indent, width = int(indent), int(width)
        if indent < 0:
            raise ValueError("indent must be >= 0")
        if depth is not None and depth <= 0:
            raise ValueError("depth must be > 0")
        if not width:
            raise ValueError("width must be != 0")
        self._depth = depth
        self._indent_per_level = indent
        self._width = width
        self._stream = sys.stdout if stream is None else stream
        self._compact = bool(compact)
        self._sort_dicts = sort_dicts
        self._underscore_numbers = underscore_numbers

    def pprint(self, object):
        if self._stream is not None:
            self._stream.write(self.pformat(object) + "\n")

    def pformat(self, object):
        out = []
        self._format(object, out, 0, 0, {}, 0)
        return "".join(out)

    def isrecursive(self, object):
        return self.format(object, {}, 0, 0)[2]

    def isreadable(self, object):
        _, readable, recursive = self.format(object, {}, 0, 0)
        return readable and not recursive

    def format(self, object, context, maxlevels, level):
        return self._safe_repr(object, context, maxlevels, level)

    def _repr(self, object, open_, level):
        return self.format(object, open_.copy(), self._depth, level)[0]

    def _format(self, object, out, indent, allowance, open_, level):
        if id(object) in open_:
            out.append(_recursion(object))
            return
        text = self._repr(object, open_, level)
        if len(text) > self._width - indent - allowance:
            cls = type(object)
            printer = _PRINTERS.get(cls.__repr__)
            if printer is None and _is_plain_dataclass(object):
                printer = PrettyPrinter._dataclass
            if printer is not None:
                open_[id(object)] = 1
                printer(self, object, out, indent, allowance, open_, level + 1)
                del open_[id(object)]
                return
        out.append(text)

    # Layouts.

    def _dataclass(self, object, out, indent, allowance, open_, level):
        name = type(object).__name__
        pairs = [(f.name, getattr(object, f.name)) for f in type(object).__dataclass_fields__.values() if f.repr]
        self._attributes(name, pairs, out, indent, allowance, open_, level)

    def _namespace(self, object, out, indent, allowance, open_, level):
        name = "namespace" if type(object) is types.SimpleNamespace else type(object).__name__
        self._attributes(name, list(object.__dict__.items()), out, indent, allowance, open_, level)

    def _attributes(self, name, pairs, out, indent, allowance, open_, level):
        indent += len(name) + 1
        out.append(name + "(")
        for i, (key, value) in enumerate(pairs):
            last = i == len(pairs) - 1
            out.append(key + "=")
            if id(value) in open_:
                out.append("...")
            else:
                self._format(value, out, indent + len(key) + 1, allowance if last else 1, open_, level)
            if not last:
                out.append(",\n" + " " * indent)
        out.append(")")

    def _dict(self, object, out, indent, allowance, open_, level):
        out.append("{")
        if self._indent_per_level > 1:
            out.append(" " * (self._indent_per_level - 1))
        if len(object):
            items = sorted(object.items(), key=_pair_key) if self._sort_dicts else object.items()
            self._pairs(list(items), out, indent, allowance + 1, open_, level)
        out.append("}")

    def _pairs(self, items, out, indent, allowance, open_, level):
        indent += self._indent_per_level
        for i, (key, value) in enumerate(items):
            last = i == len(items) - 1
            shown = self._repr(key, open_, level)
            out.append(shown + ": ")
            self._format(value, out, indent + len(shown) + 2, allowance if last else 1, open_, level)
            if not last:
                out.append(",\n" + " " * indent)

    def _items(self, items, out, indent, allowance, open_, level):
        indent += self._indent_per_level
        if self._indent_per_level > 1:
            out.append(" " * (self._indent_per_level - 1))
        between = ",\n" + " " * indent
        separator = ""
        width = room = self._width - indent + 1
        items = list(items)
        for i, item in enumerate(items):
            last = i == len(items) - 1
            if last:
                room -= allowance
                width -= allowance
            if self._compact:
                shown = self._repr(item, open_, level)
                need = len(shown) + 2
                if room < need:
                    room = width
                    if separator:
                        separator = between
                if room >= need:
                    room -= need
                    out.append(separator + shown)
                    separator = ", "
                    continue
            out.append(separator)
            separator = between
            self._format(item, out, indent, allowance if last else 1, open_, level)

    def _ordered(self, object, out, indent, allowance, open_, level):
        if not len(object):
            out.append(repr(object))
            return
        name = type(object).__name__
        out.append(name + "(")
        if _VERSION >= (3, 12):
            self._dict_in_order(object, out, indent + len(name) + 1, allowance + 1, open_, level)
        else:
            self._list(list(object.items()), out, indent + len(name) + 1, allowance + 1, open_, level)
        out.append(")")

    def _dict_in_order(self, object, out, indent, allowance, open_, level):
        sort, self._sort_dicts = self._sort_dicts, False
        try:
            self._format(dict(object), out, indent, allowance, open_, level - 1)
        finally:
            self._sort_dicts = sort

    def _list(self, object, out, indent, allowance, open_, level):
        out.append("[")
        self._items(object, out, indent, allowance + 1, open_, level)
        out.append("]")

    def _tuple(self, object, out, indent, allowance, open_, level):
        end = ",)" if len(object) == 1 else ")"
        out.append("(")
        self._items(object, out, indent, allowance + len(end), open_, level)
        out.append(end)

    def _set(self, object, out, indent, allowance, open_, level):
        if not len(object):
            out.append(repr(object))
            return
        if type(object) is set:
            begin, end = "{", "}"
        else:
            name = type(object).__name__
            begin, end = name + "({", "})"
            indent += len(name) + 1
        out.append(begin)
        self._items(sorted(object, key=_Key), out, indent, allowance + len(end), open_, level)
        out.append(end)

    def _str(self, object, out, indent, allowance, open_, level):
        if not object:
            out.append(repr(object))
            return
        if level == 1:
            indent += 1
            allowance += 1
        lines = object.splitlines(True)
        chunks = []
        width = room = self._width - indent
        for i, line in enumerate(lines):
            shown = repr(line)
            if i == len(lines) - 1:
                room -= allowance
            if len(shown) <= room:
                chunks.append(shown)
                continue
            parts = re.findall(r"\S*\s*", line)
            parts.pop()
            room2 = width
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

    def _bytes(self, object, out, indent, allowance, open_, level):
        if len(object) <= 4:
            out.append(repr(object))
            return
        parenthesized = level == 1
        if parenthesized:
            indent += 1
            allowance += 1
            out.append("(")
        out.append(("\n" + " " * indent).join(_wrapped_bytes(object, self._width - indent, allowance)))
        if parenthesized:
            out.append(")")

    def _bytearray(self, object, out, indent, allowance, open_, level):
        out.append("bytearray(")
        self._bytes(bytes(object), out, indent + 10, allowance + 1, open_, level + 1)
        out.append(")")

    def _proxy(self, object, out, indent, allowance, open_, level):
        out.append("mappingproxy(")
        self._format(object.copy(), out, indent + 13, allowance + 1, open_, level)
        out.append(")")

    def _default_dict(self, object, out, indent, allowance, open_, level):
        if not len(object):
            out.append(repr(object))
            return
        name = type(object).__name__
        indent += len(name) + 1
        out.append(f"{name}({self._repr(object.default_factory, open_, level)},\n" + " " * indent)
        self._dict(object, out, indent, allowance + 1, open_, level)
        out.append(")")

    def _counter(self, object, out, indent, allowance, open_, level):
        if not len(object):
            out.append(repr(object))
            return
        name = type(object).__name__
        out.append(name + "({")
        if self._indent_per_level > 1:
            out.append(" " * (self._indent_per_level - 1))
        self._pairs(object.most_common(), out, indent + len(name) + 1, allowance + 2, open_, level)
        out.append("})")

    def _chain_map(self, object, out, indent, allowance, open_, level):
        if not len(object.maps):
            out.append(repr(object))
            return
        name = type(object).__name__
        out.append(name + "(")
        indent += len(name) + 1
        for i, mapping in enumerate(object.maps):
            if i == len(object.maps) - 1:
                self._format(mapping, out, indent, allowance + 1, open_, level)
                out.append(")")
            else:
                self._format(mapping, out, indent, 1, open_, level)
                out.append(",\n" + " " * indent)

    def _deque(self, object, out, indent, allowance, open_, level):
        if not len(object):
            out.append(repr(object))
            return
        name = type(object).__name__
        out.append(name + "(")
        indent += len(name) + 1
        out.append("[")
        if object.maxlen is None:
            self._items(object, out, indent, allowance + 2, open_, level)
            out.append("])")
        else:
            self._items(object, out, indent, 2, open_, level)
            out.append("],\n" + " " * indent + f"maxlen={self._repr(object.maxlen, open_, level)})")

    def _user(self, object, out, indent, allowance, open_, level):
        self._format(object.data, out, indent, allowance, open_, level - 1)

    # One line.

    def _safe_repr(self, object, context, maxlevels, level):
        """Text, whether it can be read back, and whether something is inside itself."""
        cls = type(object)
        method = getattr(cls, "__repr__", None)
        if cls in (int, bool, float, str, bytes, type(None), complex):
            if cls is int and self._underscore_numbers:
                return f"{object:_d}", True, False
            return repr(object), True, False
        if issubclass(cls, int) and method is int.__repr__:
            return (f"{object:_d}" if self._underscore_numbers else repr(object)), True, False
        is_dict = issubclass(cls, dict) and method is dict.__repr__
        is_list = issubclass(cls, list) and method is list.__repr__
        if not is_dict and not is_list and not (issubclass(cls, tuple) and method is tuple.__repr__):
            text = repr(object)
            return text, bool(text) and not text.startswith("<"), False
        brackets = "{}" if is_dict else "[]" if is_list else "()"
        if not object:
            return brackets, True, False
        if maxlevels and level >= maxlevels:
            comma = "," if brackets == "()" and len(object) == 1 else ""
            return f"{brackets[0]}...{comma}{brackets[1]}", False, id(object) in context
        if id(object) in context:
            return _recursion(object), False, True
        context[id(object)] = 1
        readable, recursive = True, False
        parts = []
        if is_dict:
            items = sorted(object.items(), key=_pair_key) if self._sort_dicts else object.items()
            for pair in items:
                shown = []
                for thing in pair:
                    text, is_readable, is_recursive = self.format(thing, context, maxlevels, level + 1)
                    shown.append(text)
                    readable = readable and is_readable
                    recursive = recursive or is_recursive
                parts.append(": ".join(shown))
        else:
            for thing in object:
                text, is_readable, is_recursive = self.format(thing, context, maxlevels, level + 1)
                parts.append(text)
                readable = readable and is_readable
                recursive = recursive or is_recursive
        del context[id(object)]
        end = ",)" if brackets == "()" and len(object) == 1 else brackets[1]
        return brackets[0] + ", ".join(parts) + end, readable, recursive


def _is_plain_dataclass(object):
    cls = type(object)
    return (
        hasattr(cls, "__dataclass_fields__")
        and "__repr__" in cls.__dict__
        and getattr(cls.__dict__["__dataclass_params__"] if "__dataclass_params__" in cls.__dict__ else None, "repr", False)
    )


def _wrapped_bytes(object, width, allowance):
    current = b""
    last = len(object) // 4 * 4
    for i in range(0, len(object), 4):
        candidate = current + object[i : i + 4]
        if i == last:
            width -= allowance
        if len(repr(candidate)) > width:
            if current:
                yield repr(current)
            current = object[i : i + 4]
        else:
            current = candidate
    if current:
        yield repr(current)


_PRINTERS = {
    dict.__repr__: PrettyPrinter._dict,
    list.__repr__: PrettyPrinter._list,
    tuple.__repr__: PrettyPrinter._tuple,
    set.__repr__: PrettyPrinter._set,
    frozenset.__repr__: PrettyPrinter._set,
    str.__repr__: PrettyPrinter._str,
    bytes.__repr__: PrettyPrinter._bytes,
    bytearray.__repr__: PrettyPrinter._bytearray,
    type(type.__dict__).__repr__: PrettyPrinter._proxy,
    types.SimpleNamespace.__repr__: PrettyPrinter._namespace,
    collections.OrderedDict.__repr__: PrettyPrinter._ordered,
    collections.defaultdict.__repr__: PrettyPrinter._default_dict,
    collections.Counter.__repr__: PrettyPrinter._counter,
    collections.ChainMap.__repr__: PrettyPrinter._chain_map,
    collections.deque.__repr__: PrettyPrinter._deque,
    collections.UserDict.__repr__: PrettyPrinter._user,
    collections.UserList.__repr__: PrettyPrinter._user,
    collections.UserString.__repr__: PrettyPrinter._user,
}
