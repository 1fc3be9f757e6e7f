"""What Unicode says about characters: classes, widths, values, normal forms, names."""
import _unicode
from _unicode import category as _category

unidata_version = "14.0.0"

_MISSING = object()

# Where another width begins: its letter (S stands for Na), and in base 36 how far from the one before.
_WIDTHS = (
    "N0SwN2nAyS1A2S1A2N2A1N1S1A1S2A1N5A1N5A1N4A6N1A9N1A6N2A5N4A4N1A1N3A1N2A2N1A1N2A3N4A1N1A1N1A2N1AfN1A1N1A7N1AaN2A3N"
    "1A5N3A4N1A6N4A1N1A3N4A1N1A4N2AiN2A3N1A2qN1A1N1A1N1A1N1A1N1A1N1A1N1A1N1A38N1AfN1A2qN1A2N1A1N3A1N1A2N1A7N4A1N1A1N1"
    "AwN34AxNpA7NhA1N7A1jN1AeN1sA1N1W2i6N2oA2wgN1A2N4A1N2A2N2A2N3A1N4A8N1A1N2A1N1A5N1A2N1A1hN1AaN1A1N4H10N1A2N1A2eN1A"
    "1N1A3N1A9N1A2N1AaN2A3N1A4N1A13N2A6N4A1NcA4NaAfN1A6NaAuN2AoN1A1N1AiN1AoN1A1N2A3N2A2N1A3N1A1N1A3N1A4N1A2N4A2N1A1N1"
    "A1N6A1N1A5N4A4N2AaN1A3N1A5N1AdN2A2N4A2N2A2N2AiN2A2N2AdN1A3N1AbN1ApN1A2aN1W7N2WdN2W5aN4W3N1W2N1A30N3uA1N2pA4N10Ac"
    "NgA2N4AaN2A1N7A8N2A2N2A4N2A2N2A4N3A2N1A2N4AgN4A9N1WdN2A6N2A2N1A4N2W4N2A6N1A1N1AxN1A1N1W5NcAcN2A1N3A1N4A1N2A1N1Wf"
    "N1WjN1AaN2W1N1W8N2WhA2N1W4A2W8A1W5A1NdA1N1A4W2A1W7A2W1A1W4A1W2A1N2W5N1W4N2WsN1AkN1WeN1W1N1W4N3W1N1AuNaWlN3WoN1We"
    "N1S12N8SbbN2Wb8N2W1fN1W4A1N4WmeFaoW1N1qW2AefW8N5f4W1sNh5cWwgNwWhsN8moA1n4W4xsNe8AlcWgNgWgN1sF41H2oF3jH8NhA4N3Wm3"
    "kNf1cWa9wN1W5mN2A1bNbA5NuA2N1mA6WuA1W2AaNiW2bN81WcN9W1N1yW1NmWcN17W4N5WcNhW3N1W3N1zW1N1W1N57W2N1rWdN4W1NoWiN1WqN"
    "2WdN1W2eN2dW1cN1yW6N1W3N3W2NbWbN5W4NcW68NwW7gN1bW1NaW1N55W34N40WzkNgutdA73"
)
_width_starts = []
_width_names = []


def _character(chr, function):
    if not isinstance(chr, str) or len(chr) != 1:
        what = type(chr).__name__
        raise TypeError(f"{function}() argument must be a unicode character, not {what}")
    return chr


def normalize(form, unistr, /):
    return _unicode.normalize(form, unistr)


def is_normalized(form, unistr, /):
    return _unicode.normalize(form, unistr) == unistr


def category(chr, /):
    return _category(_character(chr, "category"))


def combining(chr, /):
    return _unicode.combining(_character(chr, "combining"))


def east_asian_width(chr, /):
    from bisect import bisect

    _character(chr, "east_asian_width")
    if not _width_starts:
        import re

        at = 0
        for letter, distance in re.findall("([A-Z])([0-9a-z]+)", _WIDTHS):
            at += int(distance, 36)
            _width_starts.append(at)
            _width_names.append("Na" if letter == "S" else letter)
    return _width_names[bisect(_width_starts, ord(chr)) - 1]


def _or(default, message):
    if default is _MISSING:
        raise ValueError(message)
    return default


def _plain(chr):
    """The character as texts like (1) or 1. are made of it, without what is around the number."""
    return _unicode.decompositions(chr)[1].strip("().,")


def decimal(chr, default=_MISSING, /):
    if _character(chr, "decimal").isdecimal():
        return int(chr)
    return _or(default, "not a decimal")


def digit(chr, default=_MISSING, /):
    if _character(chr, "digit").isdigit():
        if chr.isdecimal():
            return int(chr)
        if (plain := _plain(chr)).isdecimal():
            return int(plain)
        raise NotImplementedError(f"unicodedata.digit(): the value of {chr!r} is not known here")
    return _or(default, "not a digit")


_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_IDEOGRAPHS = {c: n for n, c in enumerate("〇一二三四五六七八九十")} | {"百": 100, "千": 1000, "万": 10000, "億": 100000000}


def numeric(chr, default=_MISSING, /):
    if not _character(chr, "numeric").isnumeric():
        return _or(default, "not a numeric character")
    if chr.isdecimal():
        return float(int(chr))
    if chr in _IDEOGRAPHS:
        return float(_IDEOGRAPHS[chr])
    plain = _plain(chr).upper()
    if plain.isdecimal():
        return float(int(plain))
    above, slash, below = plain.partition("\u2044")
    if slash and above.isdecimal() and below.isdecimal():
        return int(above) / int(below)
    if plain and all(c in _ROMAN for c in plain):
        values = [_ROMAN[c] for c in plain]
        return float(sum(-v if v < max(values[n:]) else v for n, v in enumerate(values)))
    raise NotImplementedError(f"unicodedata.numeric(): the value of {chr!r} is not known here")


def name(chr, default=_MISSING, /):
    found = _unicode.name(_character(chr, "name"))
    return _or(default, "no such name") if found is None else found


def lookup(name, /):
    found = _unicode.lookup(name)
    if found is None:
        raise KeyError(f"undefined character name {name!r}")
    return found
