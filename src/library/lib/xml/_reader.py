"""Reads XML 1.0 without document types beyond their names, and complains in the words of expat."""
import re

CODES = {
    "syntax error": 2, "no element found": 3, "not well-formed (invalid token)": 4, "unclosed token": 5,
    "mismatched tag": 7, "duplicate attribute": 8, "junk after document element": 9, "undefined entity": 11,
    "unclosed CDATA section": 20, "XML or text declaration not at start of entity": 17, "unbound prefix": 27,
}  # fmt: skip
_NAME = r"[A-Za-z_:\u0080-\U0010ffff][\w:.\-\u00b7\u0080-\U0010ffff]*"
_NAMES = re.compile(_NAME)
_ATTRIBUTE = re.compile(rf"\s+({_NAME})\s*=\s*(\"[^\"<]*\"|'[^'<]*')")
_ENTITY = re.compile(rf"&(?:#(\d+)|#x([0-9a-fA-F]+)|({_NAME}));")
_ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
XML = "http://www.w3.org/XML/1998/namespace"


class Fault(Exception):
    """What is wrong, and where: an index into the text."""

    def __init__(self, message, at):
        self.message = message
        self.at = at


def decoded(data):
    """The text of a document, whose encoding is the one that it names."""
    if isinstance(data, str):
        return data
    data = bytes(data)
    for mark, name in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
        if data.startswith(mark):
            return data.decode(name)
    found = _ENCODING.match(data[:200])
    return data.decode(found[1].decode() if found else "utf-8")


def place(text, at):
    """Line, counted from 1, and column, counted from 0."""
    before = text[:at]
    return before.count("\n") + 1, at - (before.rfind("\n") + 1)


class Reader:
    """A document; `events` gives what it consists of.

    Events: `("start", name, attributes, at)`, `("end", name, at)`, `("text", text)`, `("comment", text)`,
    `("pi", target, text)`, `("doctype", name, public, system)`, `("cdata", text)`. Names are as written.
    """

    def __init__(self, text):
        self.text = text.replace("\r\n", "\n").replace("\r", "\n")
        self.at = 0
        self.entities = dict(_ENTITIES)

    def fault(self, message, at=None):
        return Fault(message, self.at if at is None else at)

    def unescaped(self, text, at, is_attribute=False):
        if is_attribute:
            text = text.translate({9: " ", 10: " "})
        if "&" not in text:
            return text
        parts, end = [], 0
        while (start := text.find("&", end)) >= 0:
            found = _ENTITY.match(text, start)
            if found is None:
                raise self.fault("not well-formed (invalid token)", at + self._bad(text, start))
            parts.append(text[end:start])
            if found[3]:
                if found[3] not in self.entities:
                    raise self.fault("undefined entity", at + start)
                parts.append(self.entities[found[3]])
            else:
                parts.append(chr(int(found[1]) if found[1] else int(found[2], 16)))
            end = found.end()
        return "".join(parts) + text[end:]

    def _bad(self, text, start):
        """The first character that cannot belong to the entity that begins at an ampersand."""
        name = _NAMES.match(text, start + 1)
        return name.end() if name else start + 1

    def events(self):
        text = self.text
        open_names = []
        has_root = False
        if text.startswith("\ufeff"):
            self.at = 1
        if text.startswith("<?xml", self.at) and text[self.at + 5 : self.at + 6].isspace():
            end = text.find("?>", self.at)
            if end < 0:
                raise self.fault("unclosed token")
            self.at = end + 2
        while self.at < len(text):
            start = self.at
            if text[start] != "<":
                end = text.find("<", start)
                end = len(text) if end < 0 else end
                piece = text[start:end]
                if not open_names:
                    if piece.strip(" \t\n"):
                        at = start + len(piece) - len(piece.lstrip(" \t\n"))
                        word = "junk after document element" if has_root else "syntax error"
                        raise self.fault(word, at)
                else:
                    if "]]>" in piece:
                        raise self.fault("not well-formed (invalid token)", start + piece.index("]]>") + 2)
                    bad = re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", piece)
                    if bad:
                        raise self.fault("not well-formed (invalid token)", start + bad.start())
                    yield "text", self.unescaped(piece, start)
                self.at = end
            elif text.startswith("<!--", start):
                end = text.find("--", start + 4)
                if end < 0:
                    raise self.fault("unclosed token", start)
                if text[end + 2 : end + 3] != ">":
                    raise self.fault("not well-formed (invalid token)", end + 2)
                yield "comment", text[start + 4 : end]
                self.at = end + 3
            elif text.startswith("<![CDATA[", start):
                if not open_names:
                    raise self.fault("syntax error" if not has_root else "not well-formed (invalid token)", start)
                end = text.find("]]>", start)
                if end < 0:
                    raise self.fault("unclosed CDATA section", len(text))
                yield "cdata", text[start + 9 : end]
                self.at = end + 3
            elif text.startswith("<?", start):
                end = text.find("?>", start)
                if end < 0:
                    raise self.fault("unclosed token", start)
                target, _, rest = text[start + 2 : end].partition(" ")
                if target.lower() == "xml":
                    raise self.fault("XML or text declaration not at start of entity", start)
                yield "pi", target, rest.lstrip()
                self.at = end + 2
            elif text.startswith("<!DOCTYPE", start) and not has_root:
                yield self.doctype(start)
            elif text.startswith("</", start):
                name = _NAMES.match(text, start + 2)
                end = text.find(">", start)
                if end < 0:
                    raise self.fault("unclosed token", start)
                if name is None or text[name.end() : end].strip():
                    raise self.fault("not well-formed (invalid token)", start + 2 if name is None else name.end())
                if not open_names or open_names[-1] != name[0]:
                    word = "mismatched tag" if open_names else "not well-formed (invalid token)"
                    raise self.fault(word, start + 2)
                open_names.pop()
                yield "end", name[0], start
                self.at = end + 1
            else:
                if has_root and not open_names:
                    raise self.fault("junk after document element", start)
                has_root = True
                name, attributes, is_empty = self.start_tag(start)
                yield "start", name, attributes, start
                if is_empty:
                    yield "end", name, start
                else:
                    open_names.append(name)
        if open_names or not has_root:
            raise self.fault("no element found", len(text))

    def start_tag(self, start):
        text = self.text
        name = _NAMES.match(text, start + 1)
        if name is None:
            is_end = start + 1 >= len(text)
            raise self.fault("unclosed token" if is_end else "not well-formed (invalid token)", start + (not is_end))
        at = name.end()
        attributes = {}
        while found := _ATTRIBUTE.match(text, at):
            if found[1] in attributes:
                raise self.fault("duplicate attribute", found.start(1))
            attributes[found[1]] = self.unescaped(found[2][1:-1], found.start(2) + 1, True)
            at = found.end()
        rest = re.compile(r"\s*(/?)>").match(text, at)
        if rest is None:
            raise self.tag_fault(start, at)
        self.at = rest.end()
        return name[0], attributes, rest[1] == "/"

    def tag_fault(self, start, at):
        """Where a tag goes wrong behind its last good attribute."""
        text = self.text
        step = re.compile(rf"\s+{_NAME}\s*=?\s*[\"']?|\s*/?").match(text, at)
        end = step.end() if step else at
        if end >= len(text) or text[end - 1] in "\"'" and text.find(text[end - 1], end) < 0 and "<" not in text[end:]:
            return self.fault("unclosed token", start)
        if text[end - 1] in "\"'" and step[0].strip()[:1].isalpha():
            end = min(i for i in (text.find("<", end), len(text)) if i >= 0)
        return self.fault("not well-formed (invalid token)", end)

    def doctype(self, start):
        found = re.compile(
            rf"<!DOCTYPE\s+({_NAME})(?:\s+(?:PUBLIC\s+[\"']([^\"']*)[\"']\s+[\"']([^\"']*)[\"']|SYSTEM\s+[\"']([^\"']*)[\"']))?"
            r"\s*(?:\[([^\]]*)\])?\s*>"
        ).match(self.text, start)
        if found is None:
            raise self.fault("syntax error", start)
        for name, value in re.findall(rf"<!ENTITY\s+({_NAME})\s+[\"']([^\"']*)[\"']\s*>", found[5] or ""):
            self.entities.setdefault(name, value)
        self.at = found.end()
        return "doctype", found[1], found[2], found[3] or found[4]
