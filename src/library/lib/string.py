"""Alphabets, templates and a formatter."""
whitespace = " \t\n\r\v\f"
ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ascii_letters = ascii_lowercase + ascii_uppercase
digits = "0123456789"
hexdigits = digits + "abcdef" + "ABCDEF"
octdigits = "01234567"
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
printable = digits + ascii_letters + punctuation + whitespace

_MISSING = object()


def capwords(s, sep=None):
    return (sep or " ").join(map(str.capitalize, s.split(sep)))


class Template:
    """Text with `$name` and `${name}` in it."""

    delimiter = "$"

    def __init__(self, template):
        self.template = template

    def _pieces(self):
        """Pairs (text, name or None), and where the template is wrong (text, -1)."""
        text = self.template
        delimiter = self.delimiter
        at = 0
        while True:
            start = text.find(delimiter, at)
            if start < 0:
                yield text[at:], None, None
                return
            yield text[at:start], None, None
            after = start + len(delimiter)
            if text.startswith(delimiter, after):
                yield delimiter, None, None
                at = after + len(delimiter)
                continue
            braced = text[after : after + 1] == "{"
            begin = after + braced
            end = begin
            while end < len(text) and text[end].isascii() and (text[end].isalnum() or text[end] == "_"):
                end += 1
            name = text[begin:end]
            good = name and not name[0].isdigit() and (not braced or text[end : end + 1] == "}")
            if not good:
                yield delimiter, -1, start
                at = after
                continue
            at = end + braced
            yield text[start:at], name, start

    def _filled(self, mapping, kws, safe):
        if mapping is None:
            values = kws
        else:
            values = {**mapping, **kws} if kws else mapping
        out = []
        for text, name, at in self._pieces():
            if name is None:
                out.append(text)
            elif name == -1:
                if not safe:
                    lines = self.template[:at].splitlines(keepends=True)
                    column = at + 1 - sum(len(line) for line in lines[:-1]) if lines else 1
                    raise ValueError(f"Invalid placeholder in string: line {max(len(lines), 1)}, col {column}")
                out.append(text)
            else:
                try:
                    out.append(str(values[name]))
                except KeyError:
                    if not safe:
                        raise
                    out.append(text)
        return "".join(out)

    def substitute(self, mapping=None, /, **kws):
        return self._filled(mapping, kws, False)

    def safe_substitute(self, mapping=None, /, **kws):
        return self._filled(mapping, kws, True)

    def get_identifiers(self):
        names = []
        for _, name, _ in self._pieces():
            if isinstance(name, str) and name not in names:
                names.append(name)
        return names

    def is_valid(self):
        return all(name != -1 for _, name, _ in self._pieces())


class Formatter:
    """`str.format` as an object."""

    def format(self, format_string, /, *args, **kwargs):
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        return format_string.format(*args, **kwargs)
