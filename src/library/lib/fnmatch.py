"""Names that fit a pattern of a shell: `*`, `?`, `[seq]`, `[!seq]`."""


def fnmatch(name, pat):
    return fnmatchcase(name, pat)


def fnmatchcase(name, pat):
    """Goes through the name once, and back to the last star where that leads nowhere."""
    pieces = _pieces(pat)
    at = piece = 0
    star, resume = -1, 0
    while at < len(name):
        if piece < len(pieces) and pieces[piece] == "*":
            star, resume = piece, at
            piece += 1
        elif piece < len(pieces) and pieces[piece](name[at]):
            at += 1
            piece += 1
        elif star >= 0:
            resume += 1
            at, piece = resume, star + 1
        else:
            return False
    return all(rest == "*" for rest in pieces[piece:])


def filter(names, pat):
    return [name for name in names if fnmatchcase(name, pat)]


def translate(pat):
    """The pattern as a regular expression."""
    import re

    result = []
    at = 0
    while at < len(pat):
        c = pat[at]
        at += 1
        if c == "*":
            if not result or result[-1] != ".*":
                result.append(".*")
        elif c == "?":
            result.append(".")
        elif c == "[" and (end := _closing(pat, at)) is not None:
            inside = pat[at:end].replace("\\", r"\\")
            result.append("[" + ("^" + inside[1:] if inside[0] == "!" else inside) + "]")
            at = end + 1
        else:
            result.append(re.escape(c))
    return "(?s:" + "".join(result) + r")\Z"


def _closing(pat, at):
    """Where the bracket closes that was opened before `at`."""
    if pat[at : at + 1] == "!":
        at += 1
    end = pat.find("]", at + 1)
    return end if end >= 0 else None


def _pieces(pat):
    """The pattern as stars and tests of one character."""
    pieces = []
    at = 0
    while at < len(pat):
        c = pat[at]
        at += 1
        if c == "*":
            if not pieces or pieces[-1] != "*":
                pieces.append("*")
        elif c == "?":
            pieces.append(lambda _: True)
        elif c == "[" and (end := _closing(pat, at)) is not None:
            pieces.append(_one_of(pat[at:end]))
            at = end + 1
        else:
            pieces.append(c.__eq__)
    return pieces


def _one_of(inside):
    wanted = inside[0] != "!"
    inside = inside if wanted else inside[1:]
    singles, ranges = "", []
    at = 0
    while at < len(inside):
        if inside[at + 1 : at + 2] == "-" and at + 2 < len(inside):
            ranges.append((inside[at], inside[at + 2]))
            at += 3
        else:
            singles += inside[at]
            at += 1
    return lambda c: (c in singles or any(low <= c <= high for low, high in ranges)) == wanted
