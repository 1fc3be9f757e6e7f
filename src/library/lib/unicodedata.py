"""What Unicode says about characters: classes, widths, values, normal forms; names of Latin ones alone."""
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


# From the space on what is neither digit nor letter; then from the no-break space on.
_ASCII = (
    "SPACE;EXCLAMATION MARK;QUOTATION MARK;NUMBER SIGN;DOLLAR SIGN;PERCENT SIGN;AMPERSAND;APOSTROPHE;LEFT "
    "PARENTHESIS;RIGHT PARENTHESIS;ASTERISK;PLUS SIGN;COMMA;HYPHEN-MINUS;FULL STOP;SOLIDUS;COLON;SEMICOLON;LESS-THAN "
    "SIGN;EQUALS SIGN;GREATER-THAN SIGN;QUESTION MARK;COMMERCIAL AT;LEFT SQUARE BRACKET;REVERSE SOLIDUS;RIGHT SQUARE "
    "BRACKET;CIRCUMFLEX ACCENT;LOW LINE;GRAVE ACCENT;LEFT CURLY BRACKET;VERTICAL LINE;RIGHT CURLY BRACKET;TILDE"
).split(";")
_LATIN = (
    "NO-BREAK SPACE;INVERTED EXCLAMATION MARK;CENT SIGN;POUND SIGN;CURRENCY SIGN;YEN SIGN;BROKEN BAR;SECTION "
    "SIGN;DIAERESIS;COPYRIGHT SIGN;FEMININE ORDINAL INDICATOR;LEFT-POINTING DOUBLE ANGLE QUOTATION MARK;NOT SIGN;SOFT "
    "HYPHEN;REGISTERED SIGN;MACRON;DEGREE SIGN;PLUS-MINUS SIGN;SUPERSCRIPT TWO;SUPERSCRIPT THREE;ACUTE ACCENT;MICRO "
    "SIGN;PILCROW SIGN;MIDDLE DOT;CEDILLA;SUPERSCRIPT ONE;MASCULINE ORDINAL INDICATOR;RIGHT-POINTING DOUBLE ANGLE "
    "QUOTATION MARK;VULGAR FRACTION ONE QUARTER;VULGAR FRACTION ONE HALF;VULGAR FRACTION THREE QUARTERS;INVERTED "
    "QUESTION MARK"
).split(";")
_DIGITS = "ZERO ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE".split()
_MARKS = {
    "\u0300": "GRAVE",
    "\u0301": "ACUTE",
    "\u0302": "CIRCUMFLEX",
    "\u0303": "TILDE",
    "\u0304": "MACRON",
    "\u0306": "BREVE",
    "\u0307": "DOT ABOVE",
    "\u0308": "DIAERESIS",
    "\u030a": "RING ABOVE",
    "\u030b": "DOUBLE ACUTE",
    "\u030c": "CARON",
    "\u0327": "CEDILLA",
    "\u0328": "OGONEK",
}
_OTHERS = {
    "×": "MULTIPLICATION SIGN",
    "÷": "DIVISION SIGN",
    "Æ": "LATIN CAPITAL LETTER AE",
    "æ": "LATIN SMALL LETTER AE",
    "Ð": "LATIN CAPITAL LETTER ETH",
    "ð": "LATIN SMALL LETTER ETH",
    "Þ": "LATIN CAPITAL LETTER THORN",
    "þ": "LATIN SMALL LETTER THORN",
    "Ø": "LATIN CAPITAL LETTER O WITH STROKE",
    "ø": "LATIN SMALL LETTER O WITH STROKE",
    "Ł": "LATIN CAPITAL LETTER L WITH STROKE",
    "ł": "LATIN SMALL LETTER L WITH STROKE",
    "ß": "LATIN SMALL LETTER SHARP S",
    "–": "EN DASH",
    "—": "EM DASH",
    "‘": "LEFT SINGLE QUOTATION MARK",
    "’": "RIGHT SINGLE QUOTATION MARK",
    "“": "LEFT DOUBLE QUOTATION MARK",
    "”": "RIGHT DOUBLE QUOTATION MARK",
    "…": "HORIZONTAL ELLIPSIS",
    "€": "EURO SIGN",
}
_JAMO = (
    "G GG N D DD R M B BB S SS  J JJ C K T P H".split(" "),
    "A AE YA YAE EO E YEO YE O WA WAE OE YO U WEO WE WI YU EU YI I".split(" "),
    " G GG GS N NJ NH D L LG LM LB LS LT LP LH M B BS S SS NG J C K T P H".split(" "),
)


def _name(chr):
    """The name, None where there is none; what is not known here is an error."""
    n = ord(chr)
    if _category(chr) in ("Cc", "Cn", "Co", "Cs"):
        return None
    if chr.isascii():
        if chr.isdigit():
            return "DIGIT " + _DIGITS[int(chr)]
        if chr.isalpha():
            return f"LATIN {'CAPITAL' if chr.isupper() else 'SMALL'} LETTER {chr.upper()}"
        return _ASCII[n - 32 - 10 * (n > 57) - 26 * (n > 90) - 26 * (n > 122)]
    if chr in _OTHERS:
        return _OTHERS[chr]
    if 0xA0 <= n < 0xC0:
        return _LATIN[n - 0xA0]
    if chr in _MARKS:
        name = _MARKS[chr]
        return f"COMBINING {name}{' ACCENT' if name in ('GRAVE', 'ACUTE', 'CIRCUMFLEX', 'DOUBLE ACUTE') else ''}"
    canonical = _unicode.decompositions(chr)[0]
    if len(canonical) == 2 and canonical[0].isascii() and canonical[0].isalpha() and canonical[1] in _MARKS:
        return f"{_name(canonical[0])} WITH {_MARKS[canonical[1]]}"
    if 0x4E00 <= n <= 0x9FFC or 0x3400 <= n <= 0x4DBF or 0x20000 <= n <= 0x2A6DD:
        return f"CJK UNIFIED IDEOGRAPH-{n:X}"
    if 0xAC00 <= n <= 0xD7A3:
        n -= 0xAC00
        return f"HANGUL SYLLABLE {_JAMO[0][n // 588]}{_JAMO[1][n % 588 // 28]}{_JAMO[2][n % 28]}"
    raise NotImplementedError(f"unicodedata.name(): the name of {chr!r} is not known here: only Latin characters' are")


def name(chr, default=_MISSING, /):
    found = _name(_character(chr, "name"))
    return _or(default, "no such name") if found is None else found


def lookup(name, /):
    wanted = name.upper()
    candidates = [*map(chr, range(32, 0x250)), *_OTHERS, *_MARKS]
    for candidate in candidates:
        try:
            if _name(candidate) == wanted:
                return candidate
        except NotImplementedError:
            pass
    raise KeyError(f"undefined character name {name!r}")
