"""Reads TOML 1.0."""
import re
from datetime import date, datetime, time, timedelta, timezone

__all__ = ("loads", "load", "TOMLDecodeError")


class TOMLDecodeError(ValueError):
    """The text is not TOML."""


def load(fp, /, *, parse_float=float):
    data = fp.read()
    try:
        text = data.decode()
    except AttributeError:
        raise TypeError("File must be opened in binary mode, e.g. use `open('foo.toml', 'rb')`") from None
    return loads(text, parse_float=parse_float)


def loads(s, /, *, parse_float=float):
    return _Reader(s.replace("\r\n", "\n"), parse_float).document()


_BARE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}
_CONTROL = frozenset(chr(n) for n in range(32)) | {chr(127)}
_NOT_IN_LINE = _CONTROL - {"\t"}
_NOT_IN_LINES = _CONTROL - {"\t", "\n"}
_NUMBER = re.compile(
    r"0(?:x[0-9A-Fa-f](?:_?[0-9A-Fa-f])*|b[01](?:_?[01])*|o[0-7](?:_?[0-7])*)"
    r"|[+-]?(?:0|[1-9](?:_?[0-9])*)(?P<float>(?:\.[0-9](?:_?[0-9])*)?(?:[eE][+-]?[0-9](?:_?[0-9])*)?)"
)
_TIME = r"([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])(?:\.([0-9]{1,6})[0-9]*)?"
_LOCAL_TIME = re.compile(_TIME)
_DATETIME = re.compile(
    r"([0-9]{4})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    rf"(?:[Tt ]{_TIME}(?:([Zz])|([+-])([01][0-9]|2[0-3]):([0-5][0-9]))?)?"
)


class _Table(dict):
    """A table while it is read: which of its parts are closed to what comes later."""

    __slots__ = ("is_frozen", "is_explicit", "by_dots")

    def __init__(self, by_dots=False):
        # Written inline, so nothing may be added.
        self.is_frozen = False
        # Has had its own header.
        self.is_explicit = False
        # Made by a dotted key; a header may not open it again.
        self.by_dots = by_dots


class _Reader:
    """A place in a text."""

    def __init__(self, text, parse_float):
        self.text = text
        self.at = 0
        self.parse_float = parse_float

    def fail(self, message, at=None):
        at = self.at if at is None else at
        if at >= len(self.text):
            place = "end of document"
        else:
            line = self.text.count("\n", 0, at) + 1
            column = at + 1 if line == 1 else at - self.text.rindex("\n", 0, at)
            place = f"line {line}, column {column}"
        return TOMLDecodeError(f"{message} (at {place})")

    def peek(self):
        return self.text[self.at : self.at + 1]

    def skip(self, chars=" \t"):
        text, at = self.text, self.at
        while at < len(text) and text[at] in chars:
            at += 1
        self.at = at

    def skip_comment(self):
        if self.peek() == "#":
            end = self.text.find("\n", self.at)
            end = len(self.text) if end < 0 else end
            for at in range(self.at, end):
                if self.text[at] in _NOT_IN_LINE:
                    raise self.fail(f"Found invalid character {self.text[at]!r}", at)
            self.at = end

    def skip_lines(self):
        """Past white space, ends of lines and comments."""
        while True:
            before = self.at
            self.skip(" \t\n")
            self.skip_comment()
            if self.at == before:
                return

    def document(self):
        root = _Table()
        table = root
        header = ()
        while True:
            self.skip(" \t")
            c = self.peek()
            if not c:
                break
            if c == "\n":
                self.at += 1
                continue
            if c in _BARE or c in "\"'":
                self.pair(table, header)
            elif c == "[":
                header, table = self.header(root)
            elif c != "#":
                raise self.fail("Invalid statement")
            self.skip(" \t")
            self.skip_comment()
            c = self.peek()
            if c and c != "\n":
                raise self.fail("Expected newline or end of document after a statement")
        return _plain(root)

    def header(self, root):
        is_list = self.text.startswith("[[", self.at)
        self.at += 2 if is_list else 1
        self.skip()
        key = self.key()
        self.skip()
        end = "]]" if is_list else "]"
        if not self.text.startswith(end, self.at):
            what = "an array declaration" if is_list else "a table declaration"
            raise self.fail(f"Expected {end!r} at the end of {what}")
        table = root
        for name in key[:-1]:
            table = self.inner(table, name)
        last = key[-1]
        if is_list:
            tables = table.setdefault(last, [])
            if type(tables) is _Table and not tables.is_frozen or not isinstance(tables, (_Table, list)):
                raise self.fail("Cannot overwrite a value")
            if type(tables) is _Table or not all(type(t) is _Table and not t.is_frozen for t in tables):
                raise self.fail(f"Cannot mutate immutable namespace {key}")
            found = _Table()
            tables.append(found)
        else:
            found = table.get(last)
            if found is None:
                found = table[last] = _Table()
            elif type(found) is not _Table or found.is_explicit or found.is_frozen or found.by_dots:
                if type(found) in (_Table, list):
                    raise self.fail(f"Cannot declare {key} twice")
                raise self.fail("Cannot overwrite a value")
            found.is_explicit = True
        self.at += len(end)
        return key, found

    def inner(self, table, name):
        """The table under a name on the way to another; of several the last."""
        found = table.get(name)
        if found is None:
            found = table[name] = _Table()
        elif isinstance(found, list) and found and type(found[-1]) is _Table:
            found = found[-1]
        if type(found) is not _Table or found.is_frozen:
            raise self.fail("Cannot overwrite a value")
        return found

    def pair(self, table, header):
        key = self.key()
        self.skip()
        if self.peek() != "=":
            raise self.fail("Expected '=' after a key in a key/value pair")
        self.at += 1
        self.skip()
        value = self.value()
        for name in key[:-1]:
            found = table.get(name)
            if found is None:
                found = table[name] = _Table(by_dots=True)
            elif type(found) is not _Table or found.is_explicit:
                if type(found) is _Table:
                    raise self.fail(f"Cannot redefine namespace {header + key[:-1]}")
                raise self.fail("Cannot overwrite a value")
            if found.is_frozen:
                raise self.fail(f"Cannot mutate immutable namespace {header + key[:-1]}")
            table = found
        if key[-1] in table:
            raise self.fail("Cannot overwrite a value")
        table[key[-1]] = value

    def key(self):
        parts = [self.key_part()]
        while True:
            self.skip()
            if self.peek() != ".":
                return tuple(parts)
            self.at += 1
            self.skip()
            parts.append(self.key_part())

    def key_part(self):
        c = self.peek()
        if c and c in _BARE:
            start = self.at
            self.skip(_BARE)
            return self.text[start : self.at]
        if c == '"':
            self.at += 1
            return self.basic(False)
        if c == "'":
            return self.literal()
        raise self.fail("Invalid initial character for a key part")

    def literal(self):
        self.at += 1
        start = self.at
        while True:
            c = self.peek()
            if not c:
                raise self.fail("Expected \"'\"")
            if c == "'":
                self.at += 1
                return self.text[start : self.at - 1]
            if c in _NOT_IN_LINE:
                raise self.fail(f"Found invalid character {c!r}")
            self.at += 1

    def basic(self, multiline):
        parts = []
        bad = _NOT_IN_LINES if multiline else _NOT_IN_LINE
        start = self.at
        while True:
            c = self.peek()
            if not c:
                raise self.fail("Unterminated string")
            if c == '"':
                if not multiline or self.text.startswith('"""', self.at):
                    parts.append(self.text[start : self.at])
                    self.at += 3 if multiline else 1
                    return "".join(parts)
                self.at += 1
            elif c == "\\":
                parts.append(self.text[start : self.at])
                parts.append(self.escape(multiline))
                start = self.at
            elif c in bad:
                raise self.fail(f"Illegal character {c!r}")
            else:
                self.at += 1

    def escape(self, multiline):
        c = self.text[self.at + 1 : self.at + 2]
        if multiline and c in (" ", "\t", "\n"):
            # What ends a line with a backslash goes on at the next character that is no space.
            self.at += 1
            if c != "\n":
                self.skip()
                if not self.peek():
                    return ""
                if self.peek() != "\n":
                    raise self.fail("Unescaped '\\' in a string")
            self.skip(" \t\n")
            return ""
        if c in ("u", "U"):
            n = 4 if c == "u" else 8
            digits = self.text[self.at + 2 : self.at + 2 + n]
            self.at += 2
            if len(digits) != n or not all(d in "0123456789abcdefABCDEF" for d in digits):
                raise self.fail("Invalid hex value")
            self.at += n
            number = int(digits, 16)
            if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
                raise self.fail("Escaped character is not a Unicode scalar value")
            return chr(number)
        if c not in _ESCAPES or not c:
            self.at += 2
            raise self.fail("Unterminated string" if not c else "Unescaped '\\' in a string")
        self.at += 2
        return _ESCAPES[c]

    def lines(self, quote):
        self.at += 3
        if self.peek() == "\n":
            self.at += 1
        if quote == '"':
            text = self.basic(True)
        else:
            end = self.text.find("'''", self.at)
            if end < 0:
                self.at = len(self.text)
                raise self.fail("Expected \"'''\"")
            text = self.text[self.at : end]
            for n, c in enumerate(text):
                if c in _NOT_IN_LINES:
                    raise self.fail(f"Found invalid character {c!r}", self.at + n)
            self.at = end + 3
        # Up to two quotes before the end belong to the text.
        for _ in range(2):
            if self.peek() == quote:
                self.at += 1
                text += quote
        return text

    def value(self):
        c = self.peek()
        text = self.text
        if c in ('"', "'"):
            if text.startswith(c * 3, self.at):
                return self.lines(c)
            if c == "'":
                return self.literal()
            self.at += 1
            return self.basic(False)
        for word, value in (("true", True), ("false", False)):
            if text.startswith(word, self.at):
                self.at += len(word)
                return value
        if c == "[":
            return self.array()
        if c == "{":
            return self.inline_table()
        match = _DATETIME.match(text, self.at)
        if match:
            try:
                value = _moment(match)
            except ValueError as error:
                raise self.fail("Invalid date or datetime") from error
            self.at = match.end()
            return value
        match = _LOCAL_TIME.match(text, self.at)
        if match:
            self.at = match.end()
            return time(int(match[1]), int(match[2]), int(match[3]), _micros(match[4]))
        match = _NUMBER.match(text, self.at)
        if match:
            self.at = match.end()
            if not match["float"]:
                return int(match[0].replace("_", ""), 0)
            return self.parse_float(match[0])
        for word in ("inf", "nan", "+inf", "-inf", "+nan", "-nan"):
            if text.startswith(word, self.at):
                self.at += len(word)
                return self.parse_float(word)
        raise self.fail("Invalid value")

    def array(self):
        self.at += 1
        values = []
        self.skip_lines()
        while self.peek() != "]":
            values.append(self.value())
            self.skip_lines()
            if self.peek() == ",":
                self.at += 1
                self.skip_lines()
            elif self.peek() != "]":
                raise self.fail("Unclosed array")
        self.at += 1
        _freeze(values)
        return values

    def inline_table(self):
        self.at += 1
        table = _Table()
        self.skip()
        if self.peek() == "}":
            self.at += 1
            table.is_frozen = True
            return table
        while True:
            self.inline_pair(table)
            self.skip()
            c = self.peek()
            if c == "}":
                self.at += 1
                _freeze(table)
                return table
            if c != ",":
                raise self.fail("Unclosed inline table")
            self.at += 1
            self.skip()

    def inline_pair(self, table):
        key = self.key()
        self.skip()
        if self.peek() != "=":
            raise self.fail("Expected '=' after a key in a key/value pair")
        self.at += 1
        self.skip()
        value = self.value()
        for name in key[:-1]:
            found = table.setdefault(name, _Table(by_dots=True))
            if type(found) is not _Table:
                raise self.fail("Cannot overwrite a value")
            if found.is_frozen:
                raise self.fail(f"Cannot mutate immutable namespace {key[:-1]}")
            table = found
        if key[-1] in table:
            raise self.fail(f"Duplicate inline table key {key[-1]!r}")
        table[key[-1]] = value


def _freeze(value):
    if type(value) is _Table:
        value.is_frozen = True
        for inner in value.values():
            _freeze(inner)
    elif isinstance(value, list):
        for inner in value:
            _freeze(inner)


def _micros(digits):
    return int((digits or "0").ljust(6, "0"))


def _moment(match):
    year, month, day, hour, minute, second, fraction, utc, sign, zone_hour, zone_minute = match.groups()
    if hour is None:
        return date(int(year), int(month), int(day))
    zone = None
    if utc:
        zone = timezone.utc
    elif sign:
        away = timedelta(hours=int(zone_hour), minutes=int(zone_minute))
        zone = timezone(-away if sign == "-" else away)
    return datetime(int(year), int(month), int(day), int(hour), int(minute), int(second), _micros(fraction), zone)


def _plain(value):
    """The same without what the reader noted."""
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value
