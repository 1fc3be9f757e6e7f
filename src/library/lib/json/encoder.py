"""Objects to JSON text."""
import sys

_NEWER = sys.version_info >= (3, 13)
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _quoted(s, ascii_only):
    if s.isprintable() and '"' not in s and "\\" not in s and (not ascii_only or s.isascii()):
        return '"' + s + '"'
    out = []
    for c in s:
        if c in _ESCAPES:
            out.append(_ESCAPES[c])
            continue
        n = ord(c)
        if n < 32 or (ascii_only and n > 126 and n < 0x10000):
            out.append(f"\\u{n:04x}")
        elif ascii_only and n >= 0x10000:
            n -= 0x10000
            out.append(f"\\u{0xD800 | n >> 10:04x}\\u{0xDC00 | n & 0x3FF:04x}")
        else:
            out.append(c)
    return '"' + "".join(out) + '"'


def encode_basestring_ascii(s):
    return _quoted(s, True)


def encode_basestring(s):
    return _quoted(s, False)


class JSONEncoder:
    """Encodes what has a counterpart in JSON; the rest goes to `default`."""

    item_separator = ", "
    key_separator = ": "

    def __init__(
        self,
        *,
        skipkeys=False,
        ensure_ascii=True,
        check_circular=True,
        allow_nan=True,
        sort_keys=False,
        indent=None,
        separators=None,
        default=None,
    ):
        self.skipkeys = skipkeys
        self.ensure_ascii = ensure_ascii
        self.check_circular = check_circular
        self.allow_nan = allow_nan
        self.sort_keys = sort_keys
        self.indent = indent
        if separators is not None:
            self.item_separator, self.key_separator = separators
        elif indent is not None:
            self.item_separator = ","
        if default is not None:
            self.default = default

    def default(self, o):
        raise TypeError(f"Object of type {o.__class__.__name__} is not JSON serializable")

    def encode(self, o):
        out = []
        indent = self.indent
        if isinstance(indent, int):
            indent = " " * indent
        self._write(o, out, indent, "\n", {})
        return "".join(out)

    def iterencode(self, o, _one_shot=False):
        out = []
        indent = self.indent
        self._write(o, out, " " * indent if isinstance(indent, int) else indent, "\n", {})
        yield from out

    def _float(self, o):
        if o != o:
            text = "NaN"
        elif o == float("inf"):
            text = "Infinity"
        elif o == float("-inf"):
            text = "-Infinity"
        else:
            return float.__repr__(o)
        if not self.allow_nan:
            raise ValueError("Out of range float values are not JSON compliant" + (": " + repr(o) if _NEWER else ""))
        return text

    def _key(self, key):
        if isinstance(key, str):
            return key
        if isinstance(key, float):
            return self._float(key)
        if key is True:
            return "true"
        if key is False:
            return "false"
        if key is None:
            return "null"
        if isinstance(key, int):
            return int.__repr__(key)
        if self.skipkeys:
            return None
        raise TypeError(f"keys must be str, int, float, bool or None, not {key.__class__.__name__}")

    def _write(self, o, out, indent, newline, open_):
        if isinstance(o, str):
            out.append(_quoted(o, self.ensure_ascii))
        elif o is None:
            out.append("null")
        elif o is True:
            out.append("true")
        elif o is False:
            out.append("false")
        elif isinstance(o, int):
            out.append(int.__repr__(o))
        elif isinstance(o, float):
            out.append(self._float(o))
        else:
            is_list = isinstance(o, (list, tuple))
            is_dict = not is_list and isinstance(o, dict)
            if (is_list or is_dict) and not o:
                out.append("[]" if is_list else "{}")
                return
            if self.check_circular:
                if id(o) in open_:
                    raise ValueError("Circular reference detected")
                open_[id(o)] = o
            if is_list:
                self._write_list(o, out, indent, newline, open_)
            elif is_dict:
                self._write_dict(o, out, indent, newline, open_)
            else:
                self._write(self.default(o), out, indent, newline, open_)
            if self.check_circular:
                del open_[id(o)]

    def _write_list(self, items, out, indent, newline, open_):
        inner = newline if indent is None else newline + indent
        separator = self.item_separator if indent is None else self.item_separator + inner
        before = "[" if indent is None else "[" + inner
        for item in items:
            # A piece of text ends behind what is no container, as those that `iterencode` gives do.
            at = len(out)
            self._write(item, out, indent, inner, open_)
            if len(out) == at + 1:
                out[at] = before + out[at]
            else:
                out.insert(at, before)
            before = separator
        if indent is not None:
            out.append(newline)
        out.append("]")

    def _write_dict(self, values, out, indent, newline, open_):
        inner = newline if indent is None else newline + indent
        separator = self.item_separator if indent is None else self.item_separator + inner
        out.append("{")
        if indent is not None:
            out.append(inner)
        first = True
        for key, value in sorted(values.items()) if self.sort_keys else values.items():
            key = self._key(key)
            if key is None:
                continue
            if not first:
                out.append(separator)
            first = False
            out.append(_quoted(key, self.ensure_ascii))
            out.append(self.key_separator)
            self._write(value, out, indent, inner, open_)
        if indent is not None:
            out.append(newline)
        out.append("}")
