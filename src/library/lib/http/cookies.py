"""Cookies as headers carry them."""

import re
import string
import types

__all__ = ["CookieError", "BaseCookie", "SimpleCookie"]


class CookieError(Exception):
    __module__ = "http.cookies"


_LEGAL = string.ascii_letters + string.digits + "!#$%&'*+-.^_`|~:"
_UNESCAPED = _LEGAL + " ()/<=>?@[]{}"
_is_legal_key = re.compile(f"[{re.escape(_LEGAL)}]+").fullmatch
_ESCAPES = {n: f"\\{n:03o}" for n in range(256) if chr(n) not in _UNESCAPED}
_ESCAPES.update({ord('"'): '\\"', ord("\\"): "\\\\"})


def _quote(text):
    if text is None or _is_legal_key(text):
        return text
    return '"' + text.translate(_ESCAPES) + '"'


_escaped = re.compile(r"\\(?:([0-3][0-7][0-7])|(.))")


def _unquote(text):
    if text is None or len(text) < 2 or text[0] != '"' or text[-1] != '"':
        return text
    return _escaped.sub(lambda m: chr(int(m[1], 8)) if m[1] else m[2], text[1:-1])


def _date(offset=0):
    """The moment so many seconds from now, as `expires` writes it."""
    from datetime import datetime, timezone
    from email.utils import format_datetime
    from time import time

    return format_datetime(datetime.fromtimestamp(int(time() + offset), timezone.utc), usegmt=True)


class Morsel(dict):
    """One cookie: its name, its value, and its attributes."""

    _reserved = {
        "expires": "expires",
        "path": "Path",
        "comment": "Comment",
        "domain": "Domain",
        "max-age": "Max-Age",
        "secure": "Secure",
        "httponly": "HttpOnly",
        "version": "Version",
        "samesite": "SameSite",
    }
    _flags = {"secure", "httponly"}

    def __init__(self):
        self._key = self._value = self._coded_value = None
        for key in self._reserved:
            dict.__setitem__(self, key, "")

    @property
    def key(self):
        return self._key

    @property
    def value(self):
        return self._value

    @property
    def coded_value(self):
        return self._coded_value

    def __setitem__(self, key, value):
        key = key.lower()
        if key not in self._reserved:
            raise CookieError(f"Invalid attribute {key!r}")
        dict.__setitem__(self, key, value)

    def setdefault(self, key, value=None):
        key = key.lower()
        if key not in self._reserved:
            raise CookieError(f"Invalid attribute {key!r}")
        return dict.setdefault(self, key, value)

    def update(self, values):
        data = {}
        for key, value in dict(values).items():
            key = key.lower()
            if key not in self._reserved:
                raise CookieError(f"Invalid attribute {key!r}")
            data[key] = value
        dict.update(self, data)

    def __eq__(self, other):
        if not isinstance(other, Morsel):
            return NotImplemented
        mine = (self._key, self._value, self._coded_value)
        return mine == (other._key, other._value, other._coded_value) and dict.__eq__(self, other)

    def copy(self):
        other = Morsel()
        dict.update(other, self)
        other.__dict__.update(self.__dict__)
        return other

    def isReservedKey(self, key):
        return key.lower() in self._reserved

    def set(self, key, value, coded_value):
        if key.lower() in self._reserved:
            raise CookieError(f"Attempt to set a reserved key {key!r}")
        if not _is_legal_key(key):
            raise CookieError(f"Illegal key {key!r}")
        self._key, self._value, self._coded_value = key, value, coded_value

    def output(self, attrs=None, header="Set-Cookie:"):
        return f"{header} {self.OutputString(attrs)}"

    __str__ = output

    def __repr__(self):
        return f"<{type(self).__name__}: {self.OutputString()}>"

    def js_output(self, attrs=None):
        text = self.OutputString(attrs).replace('"', r"\"")
        return f"""
        <script type="text/javascript">
        <!-- begin hiding
        document.cookie = "{text}";
        // end hiding -->
        </script>
        """

    def OutputString(self, attrs=None):
        result = [f"{self.key}={self.coded_value}"]
        for key, value in sorted(self.items()):
            if value == "" or key not in (self._reserved if attrs is None else attrs):
                continue
            name = self._reserved[key]
            if key == "expires" and isinstance(value, int):
                value = _date(value)
            if key in self._flags:
                if value:
                    result.append(name)
            elif key == "comment" and isinstance(value, str):
                result.append(f"{name}={_quote(value)}")
            else:
                result.append(f"{name}={value}")
        return "; ".join(result)

    __class_getitem__ = classmethod(types.GenericAlias)


_pattern = re.compile(
    r"""\s*(?P<key>[\w!#%&'~_`><@,:/\$\*\+\-\.\^\|\)\(\?\}\{\=]+?)
    (\s*=\s*(?P<val>"(?:[^\\"]|\\.)*"|\w{3},\s[\w\d\s-]{9,11}\s[\d:]{8}\sGMT|[\w!#%&'~_`><@,:/\$\*\+\-\.\^\|\)\(\?\}\{\=\[\]]*))?
    \s*(\s+|;|$)""",
    re.ASCII | re.VERBOSE,
)


class BaseCookie(dict):
    """Cookies by name."""

    def value_decode(self, val):
        return val, val

    def value_encode(self, val):
        text = str(val)
        return text, text

    def __init__(self, input=None):
        if input:
            self.load(input)

    def _set(self, key, real_value, coded_value):
        morsel = self.get(key, Morsel())
        morsel.set(key, real_value, coded_value)
        dict.__setitem__(self, key, morsel)

    def __setitem__(self, key, value):
        if isinstance(value, Morsel):
            dict.__setitem__(self, key, value)
        else:
            self._set(key, *self.value_encode(value))

    def output(self, attrs=None, header="Set-Cookie:", sep="\015\012"):
        return sep.join(value.output(attrs, header) for _, value in sorted(self.items()))

    __str__ = output

    def __repr__(self):
        shown = " ".join(f"{key}={value.value!r}" for key, value in sorted(self.items()))
        return f"<{type(self).__name__}: {shown}>"

    def js_output(self, attrs=None):
        return "".join(value.js_output(attrs) for _, value in sorted(self.items()))

    def load(self, rawdata):
        if not isinstance(rawdata, str):
            for key, value in rawdata.items():
                self[key] = value
            return
        # All or nothing: a text that is not of cookies changes nothing.
        found, seen, at = [], False, 0
        while 0 <= at < len(rawdata):
            match = _pattern.match(rawdata, at)
            if not match:
                break
            key, value = match["key"], match["val"]
            at = match.end(0)
            if key[0] == "$":
                if seen:
                    found.append((True, key[1:], value))
            elif key.lower() in Morsel._reserved:
                if not seen:
                    return
                if value is None:
                    if key.lower() not in Morsel._flags:
                        return
                    found.append((True, key, True))
                else:
                    found.append((True, key, _unquote(value)))
            elif value is not None:
                found.append((False, key, self.value_decode(value)))
                seen = True
            else:
                return
        morsel = None
        for is_attribute, key, value in found:
            if is_attribute:
                morsel[key] = value
            else:
                self._set(key, *value)
                morsel = self[key]


class SimpleCookie(BaseCookie):
    """Values are texts, quoted where they must be."""

    def value_decode(self, val):
        return _unquote(val), val

    def value_encode(self, val):
        text = str(val)
        return text, _quote(text)
