"""Comma-separated values: the reader's states and the writer's quoting are those of CPython's `_csv`."""
import sys

__frameless__ = (
    "_Format", "_format", "register_dialect", "unregister_dialect", "get_dialect", "list_dialects",
    "field_size_limit", "reader", "writer",
)  # fmt: skip

_NEWER = sys.version_info >= (3, 13)
QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE, QUOTE_STRINGS, QUOTE_NOTNULL = range(6)

__all__ = [
    "QUOTE_MINIMAL", "QUOTE_ALL", "QUOTE_NONNUMERIC", "QUOTE_NONE", "Error", "Dialect", "excel", "excel_tab",
    "field_size_limit", "reader", "writer", "register_dialect", "get_dialect", "list_dialects", "Sniffer",
    "unregister_dialect", "DictReader", "DictWriter", "unix_dialect",
]  # fmt: skip

_dialects = {}
_limit = 131072
_unset = object()


class Error(Exception):
    __module__ = "_csv"


class Dialect:
    """How a file is written; subclasses set the attributes."""

    delimiter = quotechar = escapechar = doublequote = None
    skipinitialspace = lineterminator = quoting = None

    def __init__(self):
        try:
            _Format(self, {})
        except TypeError as exc:
            raise Error(str(exc)) from None


class excel(Dialect):
    delimiter = ","
    quotechar = '"'
    doublequote = True
    skipinitialspace = False
    lineterminator = "\r\n"
    quoting = QUOTE_MINIMAL


class excel_tab(excel):
    delimiter = "\t"


class unix_dialect(Dialect):
    delimiter = ","
    quotechar = '"'
    doublequote = True
    skipinitialspace = False
    lineterminator = "\n"
    quoting = QUOTE_ALL


class _Format:
    """A dialect with its parameters checked."""

    def __init__(self, dialect, given):
        for name in given:
            if name not in _DEFAULTS:
                raise TypeError(
                    f"this function got an unexpected keyword argument '{name}'"
                    if _NEWER
                    else f"'{name}' is an invalid keyword argument for this function"
                )
        for name, default in _DEFAULTS.items():
            value = given.get(name, _unset)
            if value is _unset:
                value = default if dialect is None else getattr(dialect, name, default)
                if value is None and name not in ("quotechar", "escapechar"):
                    value = default
            setattr(self, name, value)
        for name in ("delimiter", "quotechar", "escapechar"):
            value = getattr(self, name)
            if value is None and name != "delimiter":
                continue
            if not isinstance(value, str):
                what = " or None" if name != "delimiter" else ""
                raise TypeError(f'"{name}" must be string{what}, not {type(value).__name__}')
            if len(value) != 1:
                raise TypeError(f'"{name}" must be a 1-character string')
        self.doublequote = bool(self.doublequote)
        self.skipinitialspace = bool(self.skipinitialspace)
        self.strict = bool(self.strict)
        if type(self.quoting) is not int:
            raise TypeError('"quoting" must be an integer')
        if not 0 <= self.quoting <= 5:
            raise TypeError('bad "quoting" value')
        if self.quotechar is None and "quotechar" in given and "quoting" not in given:
            self.quoting = QUOTE_NONE
        if self.quoting != QUOTE_NONE and self.quotechar is None:
            raise TypeError("quotechar must be set if quoting enabled")
        if not isinstance(self.lineterminator, str):
            raise TypeError('"lineterminator" must be a string, not ' + type(self.lineterminator).__name__)


_DEFAULTS = {
    "delimiter": ",",
    "quotechar": '"',
    "escapechar": None,
    "doublequote": True,
    "skipinitialspace": False,
    "lineterminator": "\r\n",
    "quoting": QUOTE_MINIMAL,
    "strict": False,
}


def _format(dialect, given):
    if isinstance(dialect, str):
        dialect = get_dialect(dialect)
    return _Format(dialect, given)


def register_dialect(name, dialect=None, **fmtparams):
    if not isinstance(name, str):
        raise TypeError("dialect name must be a string")
    _dialects[name] = _format(dialect, fmtparams)


def unregister_dialect(name):
    if name not in _dialects:
        raise Error("unknown dialect")
    del _dialects[name]


def get_dialect(name):
    if name not in _dialects:
        raise Error("unknown dialect")
    return _dialects[name]


def list_dialects():
    return list(_dialects)


def field_size_limit(limit=_unset):
    global _limit
    old = _limit
    if limit is not _unset:
        if not isinstance(limit, int):
            raise TypeError("limit must be an integer")
        _limit = limit
    return old


register_dialect("excel", excel)
register_dialect("excel-tab", excel_tab)
register_dialect("unix", unix_dialect)

_START, _FIELD, _QUOTED, _AFTER_QUOTE, _ESCAPED, _QUOTED_ESCAPED, _BEGIN, _EAT_LINE_END = range(8)


class reader:
    """The rows of an iterable of lines."""

    __module__ = "_csv"

    def __init__(self, iterable, dialect="excel", **fmtparams):
        self.dialect = _format(dialect, fmtparams)
        self._lines = iter(iterable)
        self.line_num = 0

    def __iter__(self):
        return self

    def __next__(self):
        row = []
        self._field = []
        self._state = _BEGIN
        self._number = False
        while True:
            try:
                line = next(self._lines)
            except StopIteration:
                if self._field or self._state == _QUOTED:
                    if self.dialect.strict:
                        raise Error("unexpected end of data") from None
                    self._save(row)
                    return row
                raise
            if not isinstance(line, str):
                raise Error(
                    f"iterator should return strings, not {type(line).__name__} "
                    "(the file should be opened in text mode)"
                )
            self.line_num += 1
            for c in line:
                self._take(c, row)
            self._take("", row)
            if self._state == _BEGIN:
                return row

    def _save(self, row):
        text = "".join(self._field)
        self._field = []
        if self._number:
            self._number = False
            text = float(text)
        row.append(text)

    def _add(self, c):
        if len(self._field) >= _limit:
            raise Error(f"field larger than field limit ({_limit})")
        self._field.append(c)

    def _take(self, c, row):
        """One character; the empty one is the end of a line."""
        d = self.dialect
        state = self._state
        line_end = c in ("", "\n", "\r")
        if state == _BEGIN:
            if c == "":
                return
            if line_end:
                self._state = _EAT_LINE_END
                return
            state = self._state = _START
        if state == _START:
            if line_end:
                self._save(row)
                self._state = _BEGIN if c == "" else _EAT_LINE_END
            elif c == d.quotechar and d.quoting != QUOTE_NONE:
                self._state = _QUOTED
            elif c == d.escapechar:
                self._state = _ESCAPED
            elif c == " " and d.skipinitialspace:
                pass
            elif c == d.delimiter:
                self._save(row)
            else:
                if d.quoting == QUOTE_NONNUMERIC:
                    self._number = True
                self._add(c)
                self._state = _FIELD
        elif state == _FIELD:
            if line_end:
                self._save(row)
                self._state = _BEGIN if c == "" else _EAT_LINE_END
            elif c == d.escapechar:
                self._state = _ESCAPED
            elif c == d.delimiter:
                self._save(row)
                self._state = _START
            else:
                self._add(c)
        elif state == _QUOTED:
            if c == "":
                pass
            elif c == d.escapechar:
                self._state = _QUOTED_ESCAPED
            elif c == d.quotechar and d.quoting != QUOTE_NONE:
                self._state = _AFTER_QUOTE if d.doublequote else _FIELD
            else:
                self._add(c)
        elif state == _AFTER_QUOTE:
            if d.quoting != QUOTE_NONE and c == d.quotechar:
                self._add(c)
                self._state = _QUOTED
            elif c == d.delimiter:
                self._save(row)
                self._state = _START
            elif line_end:
                self._save(row)
                self._state = _BEGIN if c == "" else _EAT_LINE_END
            elif not d.strict:
                self._add(c)
                self._state = _FIELD
            else:
                raise Error(f"'{d.delimiter}' expected after '{d.quotechar}'")
        elif state == _ESCAPED:
            if c in ("\n", "\r"):
                self._add(c)
                self._state = _FIELD
            else:
                self._add(c or "\n")
                self._state = _FIELD
        elif state == _QUOTED_ESCAPED:
            self._add(c or "\n")
            self._state = _QUOTED
        elif state == _EAT_LINE_END:
            if c == "":
                self._state = _BEGIN
            elif not line_end:
                raise Error(
                    "new-line character seen in unquoted field - do you need to open the file "
                    + ("with newline=''?" if _NEWER else "in universal-newline mode?")
                )


class writer:
    """Writes rows to an object with `write`."""

    __module__ = "_csv"

    def __init__(self, fileobj, dialect="excel", **fmtparams):
        self.dialect = _format(dialect, fmtparams)
        write = getattr(fileobj, "write", None)
        if not callable(write):
            raise TypeError('argument 1 must have a "write" method')
        self._write = write

    def writerow(self, row):
        d = self.dialect
        try:
            fields = iter(row)
        except TypeError:
            raise Error(f"iterable expected, not {type(row).__name__}") from None
        parts = [self._shown(field) for field in fields]
        if len(parts) == 1 and parts[0] == "":
            if d.quoting == QUOTE_NONE:
                raise Error("single empty field record must be quoted")
            parts[0] = d.quotechar * 2
        return self._write(d.delimiter.join(parts) + d.lineterminator)

    def writerows(self, rows):
        for row in rows:
            self.writerow(row)

    def _shown(self, field):
        d = self.dialect
        is_number = isinstance(field, (int, float))
        if field is None:
            text = ""
        elif isinstance(field, str):
            text = field
        elif isinstance(field, float):
            text = repr(field)
        else:
            text = str(field)
        quoted = (
            d.quoting == QUOTE_ALL
            or (d.quoting == QUOTE_NONNUMERIC and not is_number)
            or (d.quoting == QUOTE_STRINGS and isinstance(field, str))
            or (d.quoting == QUOTE_NOTNULL and field is not None)
        )
        special = (d.delimiter, d.escapechar, d.quotechar)
        out = []
        for c in text:
            if c in special or c in d.lineterminator or (c in "\r\n"):
                escape = False
                if d.quoting == QUOTE_NONE:
                    escape = True
                elif c == d.quotechar:
                    if d.doublequote:
                        out.append(c)
                    else:
                        escape = True
                elif c == d.escapechar:
                    escape = True
                if escape:
                    if d.escapechar is None:
                        raise Error("need to escape, but no escapechar set")
                    out.append(d.escapechar)
                else:
                    quoted = True
            out.append(c)
        if text[:1] == " " and d.delimiter == " " and d.skipinitialspace:
            quoted = True
        text = "".join(out)
        return d.quotechar + text + d.quotechar if quoted else text


class DictReader:
    """Rows as dicts by the names of the first row."""

    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect="excel", *args, **kwds):
        self._fieldnames = list(fieldnames) if fieldnames is not None and iter(fieldnames) is fieldnames else fieldnames
        self.restkey = restkey
        self.restval = restval
        self.reader = reader(f, dialect, *args, **kwds)
        self.dialect = dialect
        self.line_num = 0

    def __iter__(self):
        return self

    @property
    def fieldnames(self):
        if self._fieldnames is None:
            self._fieldnames = next(self.reader, None)
        self.line_num = self.reader.line_num
        return self._fieldnames

    @fieldnames.setter
    def fieldnames(self, value):
        self._fieldnames = value

    def __next__(self):
        if self.line_num == 0:
            self.fieldnames
        row = next(self.reader)
        self.line_num = self.reader.line_num
        while row == []:
            row = next(self.reader)
        names = self.fieldnames
        result = dict(zip(names, row))
        if len(row) > len(names):
            result[self.restkey] = row[len(names) :]
        for name in names[len(row) :]:
            result[name] = self.restval
        return result


class DictWriter:
    """Writes dicts as rows."""

    def __init__(self, f, fieldnames, restval="", extrasaction="raise", dialect="excel", *args, **kwds):
        self.fieldnames = list(fieldnames) if iter(fieldnames) is fieldnames else fieldnames
        self.restval = restval
        if extrasaction.lower() not in ("raise", "ignore"):
            raise ValueError(f"extrasaction ({extrasaction}) must be 'raise' or 'ignore'")
        self.extrasaction = extrasaction
        self.writer = writer(f, dialect, *args, **kwds)

    def writeheader(self):
        return self.writerow(dict(zip(self.fieldnames, self.fieldnames)))

    def _row(self, rowdict):
        if self.extrasaction == "raise":
            wrong = [name for name in rowdict if name not in self.fieldnames]
            if wrong:
                raise ValueError("dict contains fields not in fieldnames: " + ", ".join([repr(x) for x in wrong]))
        return [rowdict.get(name, self.restval) for name in self.fieldnames]

    def writerow(self, rowdict):
        return self.writer.writerow(self._row(rowdict))

    def writerows(self, rowdicts):
        for rowdict in rowdicts:
            self.writerow(rowdict)


class Sniffer:
    """Guessing a dialect: from fields in quotes, or else from which character occurs as often in every line."""

    def __init__(self):
        self.preferred = [",", "\t", ";", " ", ":"]

    def sniff(self, sample, delimiters=None):
        quote, doubled, found, skips = self._by_quotes(sample, delimiters)
        if not found:
            found, skips = self._by_counts(sample, delimiters)
        if not found:
            raise Error("Could not determine delimiter")

        class dialect(Dialect):
            _name = "sniffed"
            lineterminator = "\r\n"
            quoting = QUOTE_MINIMAL
            delimiter = found
            doublequote = doubled
            quotechar = quote or '"'
            skipinitialspace = skips

        return dialect

    def _by_quotes(self, sample, delimiters):
        """Quote, whether it is doubled inside fields, delimiter, whether spaces follow delimiters."""
        import re

        field = r"(?P<quote>[\"']).*?(?P=quote)"
        places = (
            r"(?P<delim>[^\w\n\"'])(?P<space> ?)" + field + r"(?P=delim)",
            r"(?:^|\n)" + field + r"(?P<delim>[^\w\n\"'])(?P<space> ?)",
            r"(?P<delim>[^\w\n\"'])(?P<space> ?)" + field + r"(?:$|\n)",
            r"(?:^|\n)" + field + r"(?:$|\n)",
        )
        for place in places:
            matches = [m.groupdict() for m in re.finditer(place, sample, re.DOTALL | re.MULTILINE)]
            if matches:
                break
        else:
            return "", False, "", False
        quotes, delims = {}, {}
        for match in matches:
            quotes[match["quote"]] = quotes.get(match["quote"], 0) + 1
            delim = match.get("delim")
            if delim and (delimiters is None or delim in delimiters):
                delims[delim] = delims.get(delim, 0) + 1
        quote = max(quotes, key=quotes.get)
        delim = max(delims, key=delims.get, default="")
        spaces = sum(bool(match.get("space")) for match in matches)
        skips = bool(delim) and delims[delim] == spaces
        if delim == "\n":
            delim = ""
        edge, inside = re.escape(delim), f"[^{re.escape(delim)}\n]*"
        doubled = rf"((?:{edge})|^)\W*{quote}{inside}{quote}{inside}{quote}\W*((?:{edge})|$)"
        return quote, bool(re.search(doubled, sample, re.MULTILINE)), delim, skips

    def _by_counts(self, sample, delimiters):
        """Delimiter, whether spaces follow it."""
        lines = [line for line in sample.split("\n") if line]
        # How often a character occurs in most lines, and in how many more than in another number.
        usual = {}
        for char in map(chr, range(127)):
            times = {}
            for line in lines:
                count = line.count(char)
                times[count] = times.get(count, 0) + 1
            if times and list(times) != [0]:
                count = max(times, key=times.get)
                usual[char] = (count, 2 * times[count] - len(lines))
        found = {}
        for percent in range(100, 89, -1):
            found = {
                char: (count, more)
                for char, (count, more) in usual.items()
                if count > 0 < more and more * 100 >= percent * len(lines)
                and (delimiters is None or char in delimiters)
            }
            if found:
                break
        if not found:
            return "", False
        preferred = [char for char in self.preferred if char in found]
        delim = preferred[0] if preferred and len(found) > 1 else max(found, key=lambda char: (found[char], char))
        return delim, lines[0].count(delim) == lines[0].count(delim + " ")

    def has_header(self, sample):
        rows = list(reader(sample.splitlines(), self.sniff(sample)))

        def is_number(text):
            try:
                complex(text)
            except ValueError:
                return False
            return True

        votes = 0
        for column, head in enumerate(rows[0]):
            below = [row[column] for row in rows[1:21] if len(row) == len(rows[0])]
            if below and all(map(is_number, below)):
                votes += 1 if not is_number(head) else -1
            elif below and len({len(text) for text in below}) == 1:
                votes += 1 if len(head) != len(below[0]) else -1
        return votes > 0
