"""Replacement texts: literals and numbers of groups."""
from re._errors import PatternError

_ESCAPES = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\"}
_OCTAL = "01234567"
_DIGITS = "0123456789"
_templates = {}


def forget_templates():
    _templates.clear()


def parse_template(template, pattern):
    """The parts of a replacement text, remembered per pattern."""
    if not isinstance(template, (str, bytes)):
        if not isinstance(template, (bytearray, memoryview)):
            raise TypeError(f"decoding to str: need a bytes-like object, {type(template).__name__} found")
        template = bytes(template)
    key = (type(template), template, pattern)
    parts = _templates.get(key)
    if parts is None:
        text = template if isinstance(template, str) else str(template, "latin1")
        parts = [template] if "\\" not in text else _parse(template, text, pattern)
        if len(_templates) >= 512:
            _templates.clear()
        _templates[key] = parts
    return parts


def _parse(template, text, pattern):
    parts = []
    literal = []
    at = 0
    n = len(text)

    def error(message, place):
        return PatternError(message, template, place)

    def add_group(group, place):
        if group > pattern.groups:
            raise error("invalid group reference %d" % group, place)
        if literal:
            parts.append("".join(literal))
            literal.clear()
        parts.append(group)

    while at < n:
        slash = text.find("\\", at)
        if slash < 0:
            literal.append(text[at:])
            break
        literal.append(text[at:slash])
        if slash + 1 == n:
            raise error("bad escape (end of pattern)", n - 1)
        c = text[slash + 1]
        at = slash + 2
        if c == "g":
            name, at = _group_name(text, at, error)
            place = at - len(name) - 1
            if name.isascii() and name.isdecimal():
                add_group(int(name), place)
            elif not name.isidentifier():
                raise error("bad character in group name %r" % name, place)
            elif name not in pattern.groupindex:
                raise IndexError("unknown group name %r" % name)
            else:
                add_group(pattern.groupindex[name], place)
        elif c in _DIGITS:
            end = at
            if c == "0":
                while end < min(slash + 4, n) and text[end] in _OCTAL:
                    end += 1
                literal.append(chr(int(text[slash + 1 : end], 8) & 0xFF))
            elif text[end : end + 1] and text[end] in _DIGITS:
                end += 1
                if c in _OCTAL and text[slash + 2] in _OCTAL and text[end : end + 1] and text[end] in _OCTAL:
                    end += 1
                    code = int(text[slash + 1 : end], 8)
                    if code > 0o377:
                        escape = text[slash:end]
                        raise error(f"octal escape value {escape} outside of range 0-0o377", slash)
                    literal.append(chr(code))
                else:
                    add_group(int(text[slash + 1 : end]), slash + 1)
            else:
                add_group(int(c), slash + 1)
            at = end
        elif c in _ESCAPES:
            literal.append(_ESCAPES[c])
        elif c.isascii() and c.isalpha():
            raise error("bad escape \\" + c, slash)
        else:
            literal.append("\\" + c)
    if literal:
        parts.append("".join(literal))
    if not isinstance(template, str):
        parts = [part if type(part) is int else part.encode("latin1") for part in parts]
    return parts


def _group_name(text, at, error):
    """The name of `\\g<name>` and what is behind it."""
    if text[at : at + 1] != "<":
        raise error("missing <", at)
    end = text.find(">", at + 1)
    if end < 0:
        if at + 1 == len(text):
            raise error("missing group name", at + 1)
        raise error("missing >, unterminated name", at + 1)
    if end == at + 1:
        raise error("missing group name", at + 1)
    return text[at + 1 : end], end + 1
