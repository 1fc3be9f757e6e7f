"""The text of the program's and the library's files, and which of its lines belong together."""
import _traceback


def lines_of(path):
    lines, number = [], 1
    while (line := _traceback.source_line(path, number)) is not None:
        lines.append(line)
        number += 1
    return lines


def block(lines):
    """The first lines as far as they belong together: up to the first that is not further in, decorators apart."""
    indent = len(lines[0]) - len(lines[0].lstrip())
    depth, header, n = 0, True, 0
    for n, line in enumerate(lines):
        text = line.strip()
        inner = len(line) - len(line.lstrip())
        if not header and depth == 0 and text and not text.startswith("#") and inner <= indent:
            break
        depth += sum(text.count(c) for c in "([{") - sum(text.count(c) for c in ")]}")
        if header and depth <= 0 and not text.startswith("@"):
            header = False
            if ":" in text and not text.rstrip().endswith(":") and not text.partition(":")[2].strip().startswith("#"):
                after = text.rsplit(":", 1)[1].strip()
                if after and inner == indent and text.startswith(("def ", "async def ", "class ")):
                    n += 1
                    return lines[:n]
    else:
        n += 1
    found = lines[:n]
    while found and not found[-1].strip():
        found.pop()
    return found
