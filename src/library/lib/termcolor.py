"""Texts in colour, where the output is a terminal or the environment asks for it."""
import os
import sys

ATTRIBUTES = {"bold": 1, "dark": 2, "italic": 3, "underline": 4, "blink": 5, "reverse": 7, "concealed": 8, "strike": 9}
_NAMES = "red green yellow blue magenta cyan".split()
COLORS = {"black": 30, "grey": 30} | {name: 31 + n for n, name in enumerate(_NAMES)}
COLORS |= {"light_grey": 37, "dark_grey": 90} | {f"light_{name}": 91 + n for n, name in enumerate(_NAMES)} | {"white": 97}
HIGHLIGHTS = {f"on_{name}": code + 10 for name, code in COLORS.items()}
RESET = "\033[0m"


def can_colorize(*, no_color=None, force_color=None):
    if no_color is not None and no_color:
        return False
    if force_color is not None and force_color:
        return True
    if os.environ.get("ANSI_COLORS_DISABLED") or os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    if os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout.isatty()


def colored(text, color=None, on_color=None, attrs=None, *, no_color=None, force_color=None):
    result = str(text)
    if not can_colorize(no_color=no_color, force_color=force_color):
        return result
    for code, table in ((color, COLORS), (on_color, HIGHLIGHTS)):
        if code is None:
            continue
        if isinstance(code, str):
            result = f"\033[{table[code]}m{result}"
        else:
            red, green, blue = code
            result = f"\033[{38 if table is COLORS else 48};2;{red};{green};{blue}m{result}"
    for attr in attrs or ():
        result = f"\033[{ATTRIBUTES[attr]}m{result}"
    return result + RESET


def cprint(text, color=None, on_color=None, attrs=None, *, no_color=None, force_color=None, **kwargs):
    print(colored(text, color, on_color, attrs, no_color=no_color, force_color=force_color), **kwargs)
