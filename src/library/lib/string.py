"""Alphabets, templates and a formatter."""
import re
import sys

__all__ = [
    "ascii_letters", "ascii_lowercase", "ascii_uppercase", "capwords", "digits", "hexdigits", "octdigits", "printable",
    "punctuation", "whitespace", "Formatter", "Template",
]  # fmt: skip
whitespace = " \t\n\r\v\f"
ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ascii_letters = ascii_lowercase + ascii_uppercase
digits = "0123456789"
hexdigits = digits + "abcdef" + "ABCDEF"
octdigits = "01234567"
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
printable = digits + ascii_letters + punctuation + whitespace

_NEWER = sys.version_info >= (3, 11)


def capwords(s, sep=None):
    return (sep or " ").join(map(str.capitalize, s.split(sep)))


class Template:
    """Text with `$name` and `${name}` in it; subclasses say what a name is."""

    delimiter = "$"
    idpattern = r"(?a:[_a-z][_a-z0-9]*)"
    braceidpattern = None
    flags = re.IGNORECASE

    def __init_subclass__(cls):
        super().__init_subclass__()
        pattern = cls.__dict__.get("pattern")
        if pattern is None:
            sign = re.escape(cls.delimiter)
            braced = cls.braceidpattern or cls.idpattern
            pattern = (
                rf"{sign}(?:(?P<escaped>{sign})|(?P<named>{cls.idpattern})|{{(?P<braced>{braced})}}|(?P<invalid>))"
            )
        cls.pattern = re.compile(pattern, cls.flags | re.VERBOSE)

    def __init__(self, template):
        self.template = template

    def _complain(self, found):
        at = found.start("invalid")
        lines = self.template[:at].splitlines(keepends=True)
        column = at - len("".join(lines[:-1])) if lines else 1
        raise ValueError(f"Invalid placeholder in string: line {max(len(lines), 1)}, col {column}")

    def _filled(self, mapping, kws, safe):
        if mapping is None:
            values = kws
        elif kws:
            from collections import ChainMap

            values = ChainMap(kws, mapping)
        else:
            values = mapping

        def convert(found):
            name = found["named"] or found["braced"]
            if name is not None:
                try:
                    return str(values[name])
                except KeyError:
                    if not safe:
                        raise
                    return found.group()
            if found["escaped"] is not None:
                return self.delimiter
            if found["invalid"] is not None:
                if not safe:
                    self._complain(found)
                return found.group()
            raise ValueError("Unrecognized named group in pattern", self.pattern)

        return self.pattern.sub(convert, self.template)

    def substitute(self, mapping=None, /, **kws):
        return self._filled(mapping, kws, False)

    def safe_substitute(self, mapping=None, /, **kws):
        return self._filled(mapping, kws, True)

    if _NEWER:

        def is_valid(self):
            for found in self.pattern.finditer(self.template):
                if found["invalid"] is not None:
                    return False
                self._check(found)
            return True

        def _check(self, found):
            if not any(found[name] is not None for name in ("invalid", "named", "braced", "escaped")):
                raise ValueError("Unrecognized named group in pattern", self.pattern)

        def get_identifiers(self):
            names = []
            for found in self.pattern.finditer(self.template):
                self._check(found)
                name = found["named"] or found["braced"]
                if name is not None and name not in names:
                    names.append(name)
            return names


Template.__init_subclass__()


class Formatter:
    """`str.format` in parts that subclasses may replace."""

    def format(self, format_string, /, *args, **kwargs):
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        used = set()
        result, _ = self._vformat(format_string, args, kwargs, used, 2)
        self.check_unused_args(used, args, kwargs)
        return result

    def _vformat(self, format_string, args, kwargs, used, depth, auto=0):
        if depth < 0:
            raise ValueError("Max string recursion exceeded")
        result = []
        for literal, name, spec, conversion in self.parse(format_string):
            if literal:
                result.append(literal)
            if name is None:
                continue
            first = re.match(r"[^.\[]*", name).group()
            if first == "":
                if auto is False:
                    raise ValueError("cannot switch from manual field specification to automatic field numbering")
                name = str(auto) + name
                auto += 1
            elif first.isdigit():
                if auto:
                    raise ValueError("cannot switch from manual field specification to automatic field numbering")
                auto = False
            value, key = self.get_field(name, args, kwargs)
            used.add(key)
            value = self.convert_field(value, conversion)
            spec, auto = self._vformat(spec, args, kwargs, used, depth - 1, auto)
            result.append(self.format_field(value, spec))
        return "".join(result), auto

    def get_value(self, key, args, kwargs):
        return args[key] if isinstance(key, int) else kwargs[key]

    def check_unused_args(self, used_args, args, kwargs):
        pass

    def format_field(self, value, format_spec):
        return format(value, format_spec)

    def convert_field(self, value, conversion):
        if conversion is None:
            return value
        if conversion in ("s", "r", "a"):
            return {"s": str, "r": repr, "a": ascii}[conversion](value)
        raise ValueError(f"Unknown conversion specifier {conversion!s}")

    def parse(self, format_string):
        """Literal text, name of a field, format and conversion, in turn."""
        at, n = 0, len(format_string)
        literal = []
        while at < n:
            c = format_string[at]
            at += 1
            if c in "{}":
                if format_string[at : at + 1] == c:
                    literal.append(c)
                    at += 1
                    yield "".join(literal), None, None, None
                    literal = []
                    continue
                if c == "}":
                    raise ValueError("Single '}' encountered in format string")
                if at == n:
                    raise ValueError("Single '{' encountered in format string")
                field, at = _field(format_string, at)
                yield ("".join(literal), *field)
                literal = []
                continue
            literal.append(c)
        if literal:
            yield "".join(literal), None, None, None

    def get_field(self, field_name, args, kwargs):
        first, *steps = re.split(r"(?=[.\[])", field_name)
        first = int(first) if first.isdigit() else first
        value = self.get_value(first, args, kwargs)
        for step in steps:
            if step[0] == ".":
                value = getattr(value, step[1:])
            else:
                key = step[1:].removesuffix("]")
                value = value[int(key) if key.isdigit() else key]
        return value, first


def _field(text, begin):
    """Name, format and conversion of the field that begins here, and the place behind it."""
    at, depth = begin, 1
    while at < len(text):
        if text[at] == "{":
            depth += 1
        elif text[at] == "}":
            depth -= 1
            if depth == 0:
                break
        at += 1
    else:
        raise ValueError("expected '}' before end of string")
    inside = text[begin:at]
    end = 0
    bracket = False
    while end < len(inside) and (bracket or inside[end] not in ":!"):
        bracket = inside[end] == "[" or (bracket and inside[end] != "]")
        end += 1
    name, rest = inside[:end], inside[end:]
    conversion = None
    if rest[:1] == "!":
        if len(rest) < 2:
            raise ValueError("end of string while looking for conversion specifier")
        conversion, rest = rest[1], rest[2:]
        if rest and rest[0] != ":":
            raise ValueError("expected ':' after conversion specifier")
    return (name, rest[1:], conversion), at + 1
