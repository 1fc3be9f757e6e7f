"""The lines of a function or class in the text of its module."""
import re

_STRING = re.compile(r"(?i)(?:[rbuf]|rb|br|rf|fr)?(\"\"\"|'''|\"|')")


class _Reader:
    """What is open at the end of a line: brackets, a text of several lines, a backslash."""

    def __init__(self):
        self.depth = 0
        self.quote = None
        self.continues = False

    def is_open(self):
        return self.depth > 0 or self.quote is not None or self.continues

    def read(self, line):
        """Reads a line; its last character that is code."""
        last = ""
        at = 0
        self.continues = False
        while at < len(line):
            if self.quote is not None:
                end = line.find(self.quote, at)
                escape = line.find("\\", at)
                if 0 <= escape < (end if end >= 0 else len(line)):
                    at = escape + 2
                    continue
                if end < 0:
                    if len(self.quote) == 1:
                        self.quote = None
                    return last
                at = end + len(self.quote)
                self.quote = None
                last = '"'
                continue
            c = line[at]
            if c == "#":
                return last
            match = _STRING.match(line, at)
            if match and (at == 0 or not (line[at - 1].isalnum() or line[at - 1] == "_")):
                self.quote = match[1]
                at = match.end()
                continue
            if c in "([{":
                self.depth += 1
            elif c in ")]}":
                self.depth -= 1
            elif c == "\\" and line[at + 1 :].strip() == "":
                self.continues = True
                return last
            if not c.isspace():
                last = c
            at += 1
        return last


def _indent(line):
    return len(line) - len(line.lstrip())


def block(lines):
    """The lines of the definition that begins with the first of these."""
    reader = _Reader()
    base = _indent(lines[0])
    end = 0
    at = 0
    in_body = False
    first = lines[0].lstrip()
    is_definition = first.startswith(("@", "def ", "class ", "async "))
    while at < len(lines):
        line = lines[at]
        if not reader.is_open():
            stripped = line.strip()
            if not stripped:
                at += 1
                continue
            if in_body and _indent(line) <= base:
                break
            if stripped.startswith("#"):
                if in_body:
                    end = at + 1
                at += 1
                continue
            is_header = not in_body and stripped.startswith(("def ", "class ", "async "))
            starts_header = is_header
        last = reader.read(line)
        at += 1
        end = at
        if not reader.is_open():
            if not is_definition:
                break
            if starts_header:
                in_body = True
                starts_header = False
                if last != ":" and not _opens_block(lines[at - 1]):
                    # The body stands on the line of the header.
                    break
    return lines[:end]


def _opens_block(line):
    return line.split("#")[0].rstrip().endswith(":")


def class_line(lines, qualname):
    """The index of the first line of a class, its decorators included; None where there is none."""
    wanted = qualname.replace(".<locals>", "").split(".")
    nest = []
    found = None
    reader = _Reader()
    for at, line in enumerate(lines):
        if not reader.is_open() and line.strip() and not line.lstrip().startswith("#"):
            indent = _indent(line)
            while nest and nest[-1][0] >= indent:
                nest.pop()
            match = re.match(r"\s*(?:class|def|async\s+def)\s+(\w+)", line)
            if match:
                nest.append((indent, match[1]))
                if line.lstrip().startswith("class") and [name for _, name in nest] == wanted:
                    found = at
        reader.read(line)
    if found is None:
        return None
    indent = _indent(lines[found])
    start = found
    while start > 0 and lines[start - 1].strip().startswith("@") and _indent(lines[start - 1]) == indent:
        start -= 1
    return start


def comments(lines, at):
    """The comment right before a line."""
    indent = _indent(lines[at])
    found = []
    at -= 1
    while at >= 0 and lines[at].lstrip().startswith("#") and _indent(lines[at]) == indent:
        found.append(lines[at].lstrip())
        at -= 1
    return "".join(reversed(found)) or None
