"""Lines of files by number: of the program's own, of the library's, and of those on the machine's disk."""
import _sys

__all__ = ["getline", "clearcache", "checkcache", "lazycache"]

# The lines of a file by its name.
cache = {}

_LIBRARY = "/usr/lib/python3.11/"


def getline(filename, lineno, module_globals=None):
    lines = getlines(filename, module_globals)
    return lines[lineno - 1] if 1 <= lineno <= len(lines) else ""


def getlines(filename, module_globals=None):
    if filename not in cache:
        return updatecache(filename, module_globals)
    return cache[filename][2]


def updatecache(filename, module_globals=None):
    cache.pop(filename, None)
    if not filename or filename.startswith("<") and filename.endswith(">"):
        return []
    if filename.startswith(_LIBRARY):
        text = _sys.module_text(filename[len(_LIBRARY) :].removesuffix(".py").removesuffix("/__init__").replace("/", "."))
    else:
        try:
            with open(filename, encoding="utf-8") as file:
                text = file.read()
        except (OSError, UnicodeDecodeError):
            text = None
    if text is None:
        return []
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    cache[filename] = (len(text), None, lines, filename)
    return lines


def checkcache(filename=None):
    """What may have changed is read again."""
    names = list(cache) if filename is None else [filename]
    for name in names:
        if not name.startswith(_LIBRARY):
            cache.pop(name, None)


def clearcache():
    cache.clear()


def lazycache(filename, module_globals):
    return False
