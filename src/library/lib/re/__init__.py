"""Regular expressions. The engine is native (`_sre`): it reads patterns and backtracks as CPython's does, and what a
match costs grows with the steps it takes, so that a pattern that backtracks for seconds blocks whoever waits for it."""
import _cost
import enum
import sys
import warnings

from re._errors import PatternError
from re._pattern import Match, Pattern, compile_pattern
from re._template import forget_templates

_VERSION = sys.version_info[:2]

__all__ = [
    "match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer", "compile", "purge", "escape",
    "error", "Pattern", "Match", "A", "I", "L", "M", "S", "X", "U", "ASCII", "IGNORECASE", "LOCALE", "MULTILINE",
    "DOTALL", "VERBOSE", "UNICODE", "RegexFlag",
]  # fmt: skip
if _VERSION >= (3, 11):
    __all__.append("NOFLAG")
if _VERSION >= (3, 13):
    __all__.append("PatternError")
else:
    PatternError.__name__ = PatternError.__qualname__ = "error"
error = PatternError
__version__ = "2.2.1"


class RegexFlag(enum.IntFlag, boundary=enum.KEEP):
    NOFLAG = 0
    ASCII = A = 256
    IGNORECASE = I = 2
    LOCALE = L = 4
    UNICODE = U = 32
    MULTILINE = M = 8
    DOTALL = S = 16
    VERBOSE = X = 64
    DEBUG = 128
    __str__ = object.__str__
    _numeric_repr_ = hex


enum.global_enum(RegexFlag)
if _VERSION < (3, 13):
    del PatternError

_patterns = {}
_REMEMBERED = 512
_unset = object()


def _compile(pattern, flags):
    if isinstance(flags, RegexFlag):
        flags = flags.value
    key = (type(pattern), pattern, flags)
    _cost.charge("re.lookup")
    try:
        return _patterns[key]
    except KeyError:
        pass
    if isinstance(pattern, Pattern):
        if flags:
            raise ValueError("cannot process flags argument with a compiled pattern")
        return pattern
    if not isinstance(pattern, (str, bytes, bytearray)):
        raise TypeError("first argument must be string or compiled pattern")
    compiled = compile_pattern(pattern, flags)
    if len(_patterns) >= _REMEMBERED:
        del _patterns[next(iter(_patterns))]
    _patterns[key] = compiled
    return compiled


def _positional(name, given, count, flags, least):
    """Since 3.13 a count and flags by position are deprecated."""
    if given:
        what = "maxsplit" if name == "split" else "count"
        if count is not _unset:
            raise TypeError(f"{name}() got multiple values for argument '{what}'")
        count = given[0]
        if len(given) > 1:
            if flags is not _unset:
                raise TypeError(f"{name}() got multiple values for argument 'flags'")
            flags = given[1]
            if len(given) > 2:
                n = least + len(given)
                raise TypeError(f"{name}() takes from {least} to {least + 2} positional arguments but {n} were given")
        warnings.warn(f"'{what}' is passed as positional argument", DeprecationWarning, stacklevel=3)
    return 0 if count is _unset else count, 0 if flags is _unset else flags


def match(pattern, string, flags=0):
    return _compile(pattern, flags).match(string)


def fullmatch(pattern, string, flags=0):
    return _compile(pattern, flags).fullmatch(string)


def search(pattern, string, flags=0):
    return _compile(pattern, flags).search(string)


def findall(pattern, string, flags=0):
    return _compile(pattern, flags).findall(string)


def finditer(pattern, string, flags=0):
    return _compile(pattern, flags).finditer(string)


def compile(pattern, flags=0):
    return _compile(pattern, flags)


if _VERSION >= (3, 13):

    def sub(pattern, repl, string, *args, count=_unset, flags=_unset):
        count, flags = _positional("sub", args, count, flags, 3)
        return _compile(pattern, flags).sub(repl, string, count)

    def subn(pattern, repl, string, *args, count=_unset, flags=_unset):
        count, flags = _positional("subn", args, count, flags, 3)
        return _compile(pattern, flags).subn(repl, string, count)

    def split(pattern, string, *args, maxsplit=_unset, flags=_unset):
        maxsplit, flags = _positional("split", args, maxsplit, flags, 2)
        return _compile(pattern, flags).split(string, maxsplit)

else:

    def sub(pattern, repl, string, count=0, flags=0):
        return _compile(pattern, flags).sub(repl, string, count)

    def subn(pattern, repl, string, count=0, flags=0):
        return _compile(pattern, flags).subn(repl, string, count)

    def split(pattern, string, maxsplit=0, flags=0):
        return _compile(pattern, flags).split(string, maxsplit)


def purge():
    _patterns.clear()
    forget_templates()


_SPECIAL = {ord(c): "\\" + c for c in "()[]{}?*+-|^$\\.&~# \t\n\r\v\f"}


def escape(pattern):
    if isinstance(pattern, str):
        return pattern.translate(_SPECIAL)
    return str(pattern, "latin1").translate(_SPECIAL).encode("latin1")


class Scanner:
    """A tokenizer of (pattern, action) pairs."""

    def __init__(self, lexicon, flags=0):
        self.lexicon = lexicon
        groups = []
        first = 1
        self._groups = {}
        for at, (phrase, action) in enumerate(lexicon):
            self._groups[first] = at
            groups.append("(" + phrase + ")")
            first += _compile(phrase, flags).groups + 1
        self.scanner = _compile("|".join(groups), flags)

    def scan(self, string):
        result = []
        step = self.scanner.scanner(string).match
        at = 0
        while True:
            found = step()
            if not found:
                break
            end = found.end()
            if at == end:
                break
            action = self.lexicon[self._groups[found.lastindex]][1]
            if callable(action):
                self.match = found
                action = action(self, found.group())
            if action is not None:
                result.append(action)
            at = end
        return result, string[at:]
