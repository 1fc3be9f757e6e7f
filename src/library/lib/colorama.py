"""Codes that colour a terminal's text. They are written as they are: nothing here is a terminal of Windows."""

__version__ = "0.4.6"


def code_to_chars(code):
    return f"\033[{code}m"


class _Codes:
    """Named codes as texts."""

    def __init__(self):
        for name, code in self._codes.items():
            setattr(self, name, code_to_chars(code))


_COLOURS = "BLACK RED GREEN YELLOW BLUE MAGENTA CYAN WHITE".split()


class AnsiFore(_Codes):
    _codes = {name: 30 + n for n, name in enumerate(_COLOURS)} | {"RESET": 39}
    _codes |= {f"LIGHT{name}_EX": 90 + n for n, name in enumerate(_COLOURS)}


class AnsiBack(_Codes):
    _codes = {name: 40 + n for n, name in enumerate(_COLOURS)} | {"RESET": 49}
    _codes |= {f"LIGHT{name}_EX": 100 + n for n, name in enumerate(_COLOURS)}


class AnsiStyle(_Codes):
    _codes = {"BRIGHT": 1, "DIM": 2, "NORMAL": 22, "RESET_ALL": 0}


class AnsiCursor:
    """Movements of the cursor."""

    def UP(self, n=1):
        return f"\033[{n}A"

    def DOWN(self, n=1):
        return f"\033[{n}B"

    def FORWARD(self, n=1):
        return f"\033[{n}C"

    def BACK(self, n=1):
        return f"\033[{n}D"

    def POS(self, x=1, y=1):
        return f"\033[{y};{x}H"


Fore, Back, Style, Cursor = AnsiFore(), AnsiBack(), AnsiStyle(), AnsiCursor()

_codes_in_text = None
_wrapped = []


class _Stream:
    """A stream that is no terminal: codes are taken out, or written behind every text."""

    def __init__(self, stream, strips, resets):
        self._stream, self._strips, self._resets = stream, strips, resets

    def write(self, text):
        global _codes_in_text
        if self._strips:
            if _codes_in_text is None:
                import re

                _codes_in_text = re.compile(r"\001?\033\[((?:\d|;)*)([a-zA-Z])\002?")
            text = _codes_in_text.sub("", text)
        self._stream.write(text)
        if self._resets and not self._strips:
            self._stream.write(Style.RESET_ALL)

    def __getattr__(self, name):
        return getattr(self._stream, name)


def init(autoreset=False, convert=None, strip=None, wrap=True):
    """Streams that are no terminals lose their codes, unless `strip` says otherwise."""
    import sys

    if not wrap and any((autoreset, convert, strip)):
        raise ValueError("wrap=False conflicts with any other arg=True")
    if not wrap or _wrapped:
        return
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        strips = not stream.isatty() if strip is None else strip
        if strips or autoreset:
            _wrapped.append((name, stream))
            setattr(sys, name, _Stream(stream, strips, autoreset))


def deinit():
    import sys

    while _wrapped:
        name, stream = _wrapped.pop()
        setattr(sys, name, stream)


def reinit():
    init()


def just_fix_windows_console():
    """Nothing needs to be fixed."""


class colorama_text:
    """`init` for a block."""

    def __init__(self, *args, **kwargs):
        init(*args, **kwargs)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        deinit()
