"""Compiled patterns and matches. Matches of a whole text are found in one native call that is continued for as long as
it takes; after an empty match the next one may begin where it ended and must not be empty (the rule since 3.7)."""
import _cost
import _sre
import sys
import types
import warnings

from re._errors import PatternError
from re._template import parse_template

_FLAG_NAMES = (
    (2, "re.IGNORECASE"), (4, "re.LOCALE"), (8, "re.MULTILINE"), (16, "re.DOTALL"), (32, "re.UNICODE"),
    (64, "re.VERBOSE"), (128, "re.DEBUG"), (256, "re.ASCII"),
)  # fmt: skip
_SEARCH, _MATCH, _FULL = 0, 1, 2
_NEWER = sys.version_info >= (3, 11)


def compile_pattern(pattern, flags):
    """The pattern's object; warnings point to whoever called the function of the module."""
    _cost.charge("re.compile")
    _cost.charge("re.compile.char", len(pattern))
    if flags & 128:
        raise NotImplementedError("re.DEBUG is not simulated: the engine's program is not CPython's; leave the flag out")
    made = _sre.compile(pattern, int(flags))
    if len(made) == 2:
        raise PatternError(made[0], pattern if made[1] is not None else None, made[1])
    self = object.__new__(Pattern)
    self.pattern = pattern
    self._program, self.flags, self.groups, names, found = made
    self.groupindex = types.MappingProxyType(names)
    self._is_text = isinstance(pattern, str)
    for category, message in found:
        category = FutureWarning if category == "FutureWarning" else DeprecationWarning
        warnings.warn(message, category, stacklevel=4)
    return self


def _finish(scan, limit):
    """The next matches of a scan, at most so many (0 for all)."""
    while True:
        found = _sre.run(scan, limit)
        if found is not None:
            return found


class Pattern:
    __module__ = "re"
    _is_static = True
    __slots__ = ("pattern", "flags", "groups", "groupindex", "_program", "_is_text", "__weakref__")

    def __new__(cls, *args, **kwargs):
        raise TypeError("cannot create 're.Pattern' instances")

    def _scan(self, string, pos, endpos, wanted):
        _cost.charge("re.call")
        if isinstance(string, str):
            if not self._is_text:
                raise TypeError("cannot use a bytes pattern on a string-like object")
        elif isinstance(string, (bytes, bytearray)):
            if self._is_text:
                raise TypeError("cannot use a string pattern on a bytes-like object")
        else:
            got = f", got '{type(string).__name__}'" if _NEWER else ""
            raise TypeError("expected string or bytes-like object" + got)
        return _sre.scan(self._program, string, min(max(pos, 0), len(string)), min(endpos, len(string)), wanted)

    def _one(self, string, pos, endpos, wanted):
        found = _finish(self._scan(string, pos, endpos, wanted), 1)
        return _match(self, string, pos, endpos, found[0]) if found else None

    def match(self, string, pos=0, endpos=sys.maxsize):
        return self._one(string, pos, endpos, _MATCH)

    def fullmatch(self, string, pos=0, endpos=sys.maxsize):
        return self._one(string, pos, endpos, _FULL)

    def search(self, string, pos=0, endpos=sys.maxsize):
        return self._one(string, pos, endpos, _SEARCH)

    def scanner(self, string, pos=0, endpos=sys.maxsize):
        return _Scanner(self, string, pos, endpos)

    def finditer(self, string, pos=0, endpos=sys.maxsize):
        return iter(_Scanner(self, string, pos, endpos).search, None)

    def findall(self, string, pos=0, endpos=sys.maxsize):
        found = _finish(self._scan(string, pos, endpos, _SEARCH), 0)
        _cost.charge("re.match", len(found))
        if isinstance(string, bytearray):
            string = bytes(string)
        if self.groups == 0:
            return [string[m[1] : m[2]] for m in found]
        empty = string[:0]
        if self.groups == 1:
            return [string[m[3] : m[4]] if m[4] >= 0 else empty for m in found]
        places = range(3, 2 * self.groups + 3, 2)
        return [tuple([string[m[i] : m[i + 1]] if m[i + 1] >= 0 else empty for i in places]) for m in found]

    def split(self, string, maxsplit=0):
        if maxsplit < 0:
            maxsplit, found = 0, []
            self._scan(string, 0, 0, _SEARCH)
        else:
            found = _finish(self._scan(string, 0, sys.maxsize, _SEARCH), maxsplit)
        _cost.charge("re.match", len(found))
        if isinstance(string, bytearray):
            string = bytes(string)
        pieces = []
        at = 0
        for m in found:
            pieces.append(string[at : m[1]])
            for i in range(3, 2 * self.groups + 3, 2):
                pieces.append(string[m[i] : m[i + 1]] if m[i + 1] >= 0 else None)
            at = m[2]
        pieces.append(string[at:])
        return pieces

    def sub(self, repl, string, count=0):
        return self.subn(repl, string, count)[0]

    def subn(self, repl, string, count=0):
        template = None
        if not callable(repl):
            template = parse_template(repl, self)
        if count < 0:
            count, found = 0, []
            self._scan(string, 0, 0, _SEARCH)
        else:
            found = _finish(self._scan(string, 0, sys.maxsize, _SEARCH), count)
        _cost.charge("re.match", len(found))
        source = bytes(string) if isinstance(string, bytearray) else string
        pieces = []
        at = 0
        for m in found:
            if at < m[1]:
                pieces.append(source[at : m[1]])
            at = m[2]
            if template is None:
                piece = repl(_match(self, string, 0, sys.maxsize, m))
                if piece is not None:
                    pieces.append(piece)
            else:
                for part in template:
                    if type(part) is int:
                        if m[2 * part + 2] >= 0:
                            pieces.append(source[m[2 * part + 1] : m[2 * part + 2]])
                    else:
                        pieces.append(part)
        if at < len(source):
            pieces.append(source[at:])
        return source[:0].join(pieces), len(found)

    def __repr__(self):
        flags = self.flags
        if self._is_text and flags & (4 | 32 | 256) == 32:
            flags &= ~32
        names = []
        for bit, name in _FLAG_NAMES:
            if flags & bit:
                names.append(name)
                flags &= ~bit
        if flags:
            names.append(hex(flags))
        shown = repr(self.pattern)[:200]
        return f"re.compile({shown}, {'|'.join(names)})" if names else f"re.compile({shown})"

    def __eq__(self, other):
        if not isinstance(other, Pattern):
            return NotImplemented
        return (self.flags, self._is_text, self.pattern) == (other.flags, other._is_text, other.pattern)

    def __hash__(self):
        return hash((self.flags, self.pattern))

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __reduce__(self):
        import re

        return re._compile, (self.pattern, self.flags)

    __class_getitem__ = classmethod(types.GenericAlias)


class _Scanner:
    """The matches of a text, one by one."""

    __slots__ = ("pattern", "_text", "_at", "_bounds", "_scan", "_wanted")

    def __init__(self, pattern, string, pos, endpos):
        self.pattern = pattern
        self._text = string
        self._at = pos
        self._bounds = pos, endpos
        self._wanted = _SEARCH
        self._scan = pattern._scan(string, pos, endpos, _SEARCH)

    def _next(self, wanted):
        if wanted != self._wanted:
            self._wanted = wanted
            self._scan = self.pattern._scan(self._text, self._at, self._bounds[1], wanted)
        found = _finish(self._scan, 1)
        if not found:
            return None
        self._at = found[0][2]
        return _match(self.pattern, self._text, *self._bounds, found[0])

    def match(self):
        return self._next(_MATCH)

    def search(self):
        return self._next(_SEARCH)


class Match:
    __module__ = "re"
    _is_static = True
    __slots__ = ("re", "string", "pos", "endpos", "lastindex", "_places")

    def __new__(cls, *args, **kwargs):
        raise TypeError("cannot create 're.Match' instances")

    @property
    def regs(self):
        places = self._places
        return tuple([(places[i], places[i + 1]) for i in range(1, len(places), 2)])

    @property
    def lastgroup(self):
        if self.lastindex is not None:
            for name, index in self.re.groupindex.items():
                if index == self.lastindex:
                    return name
        return None

    def _place(self, group):
        """Where a group's beginning stands in the places."""
        if not isinstance(group, int):
            if isinstance(group, str):
                group = self.re.groupindex.get(group, -1)
            else:
                group = group.__index__() if hasattr(type(group), "__index__") else -1
        if not 0 <= group <= self.re.groups:
            raise IndexError("no such group")
        return 2 * group + 1

    def _text(self, place, default):
        begin, end = self._places[place], self._places[place + 1]
        if end < 0:
            return default
        piece = self.string[begin:end]
        return bytes(piece) if isinstance(piece, bytearray) else piece

    def group(self, *groups):
        if len(groups) < 2:
            return self._text(self._place(groups[0]) if groups else 1, None)
        return tuple([self._text(self._place(group), None) for group in groups])

    def __getitem__(self, group):
        return self._text(self._place(group), None)

    def groups(self, default=None):
        return tuple([self._text(place, default) for place in range(3, len(self._places), 2)])

    def groupdict(self, default=None):
        return {name: self._text(2 * group + 1, default) for name, group in self.re.groupindex.items()}

    def start(self, group=0):
        return self._places[self._place(group)]

    def end(self, group=0):
        return self._places[self._place(group) + 1]

    def span(self, group=0):
        place = self._place(group)
        return self._places[place], self._places[place + 1]

    def expand(self, template):
        pieces = []
        for part in parse_template(template, self.re):
            if type(part) is int:
                part = self._text(2 * part + 1, self.string[:0])
            pieces.append(part)
        return self.string[:0].join(pieces)

    def __repr__(self):
        return f"<re.Match object; span={self.span()}, match={repr(self.group())[:50]}>"

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    __class_getitem__ = classmethod(types.GenericAlias)


def _match(pattern, string, pos, endpos, found):
    _cost.charge("re.match")
    self = object.__new__(Match)
    self.re = pattern
    self.string = string
    self.pos = min(max(pos, 0), len(string))
    self.endpos = min(max(endpos, 0), len(string))
    self.lastindex = found[0]
    self._places = found
    return self
