"""Paths as text, and what is there on the machine's disk."""
import _disk

sep = "/"
altsep = None
extsep = "."
pathsep = ":"
curdir = "."
pardir = ".."
defpath = "/bin:/usr/bin"
devnull = "/dev/null"
supports_unicode_filenames = False


def _parts(name, args):
    """The texts of several paths; what is none is told with the name of the function."""
    found = []
    for arg in args:
        if not isinstance(arg, (str, bytes)) and not hasattr(arg, "__fspath__"):
            what = type(arg).__name__
            raise TypeError(f"{name}() argument must be str, bytes, or os.PathLike object, not {what!r}") from None
        found.append(_text(arg))
    return found


def join(a, /, *p):
    if not isinstance(a, (str, bytes)):
        a = _text(a)
    result, *parts = _parts("join", (a, *p))
    for part in parts:
        if part.startswith("/"):
            result = part
        elif not result or result.endswith("/"):
            result += part
        else:
            result += "/" + part
    return result


def split(p, /):
    p = _text(p)
    i = p.rfind("/") + 1
    head, tail = p[:i], p[i:]
    if head and head != "/" * len(head):
        head = head.rstrip("/")
    return head, tail


def basename(p, /):
    p = _text(p)
    return p[p.rfind("/") + 1 :]


def dirname(p, /):
    return split(p)[0]


def splitext(p, /):
    p = _text(p)
    dot = p.rfind(".")
    start = p.rfind("/") + 1
    if dot > start and p[start:dot].strip("."):
        return p[:dot], p[dot:]
    return p, ""


def isabs(s, /):
    s = _text(s)
    return s.startswith("/")


def normpath(path):
    path = _text(path)
    if not path:
        return "."
    slashes = "//" if path.startswith("//") and not path.startswith("///") else "/" if path.startswith("/") else ""
    kept = []
    for part in path.split("/"):
        if part in ("", "."):
            continue
        if part != ".." or (not slashes and not kept) or (kept and kept[-1] == ".."):
            kept.append(part)
        elif kept:
            kept.pop()
    return (slashes + "/".join(kept)) or "."


def abspath(path):
    import os

    path = os.fspath(path)
    return normpath(path if isabs(path) else join(os.getcwd(), path))


def realpath(filename, *, strict=False):
    return abspath(filename)


def expanduser(path):
    path = _text(path)
    return "/home/user" + path[1:] if path == "~" or path.startswith("~/") else path


def relpath(path, start="."):
    here = [p for p in abspath(start).split("/") if p]
    there = [p for p in abspath(path).split("/") if p]
    i = 0
    while i < len(here) and i < len(there) and here[i] == there[i]:
        i += 1
    return "/".join([".."] * (len(here) - i) + there[i:]) or "."


def commonprefix(m):
    if not m:
        return ""
    low, high = min(m), max(m)
    for i, c in enumerate(low):
        if c != high[i]:
            return low[:i]
    return low


def commonpath(paths):
    paths = [_text(path) for path in paths]
    if not paths:
        raise ValueError("commonpath() arg is an empty sequence")
    if len({isabs(path) for path in paths}) > 1:
        raise ValueError("Can't mix absolute and relative paths")
    split_paths = [[part for part in path.split("/") if part and part != "."] for path in paths]
    common = commonprefix(split_paths)
    return ("/" if isabs(paths[0]) else "") + "/".join(common)


def splitdrive(p, /):
    return "", p


def normcase(s, /):
    return _text(s)


def expandvars(path):
    import os

    for name, value in os.environ.items():
        path = path.replace("${" + name + "}", value).replace("$" + name, value)
    return path


def _text(path):
    import os

    return os.fspath(path)


def _stat(path):
    answer = _disk.stat(abspath(path))
    return None if isinstance(answer, int) else answer


def exists(path):
    return _stat(path) is not None


lexists = exists


def isfile(path):
    found = _stat(path)
    return found is not None and not found[1]


def isdir(s):
    found = _stat(s)
    return found is not None and bool(found[1])


def islink(path):
    return False


ismount = islink


def samefile(f1, f2):
    import os

    return os.stat(f1).st_ino == os.stat(f2).st_ino


def getsize(filename):
    import os

    return os.stat(filename).st_size


def getmtime(filename):
    import os

    return os.stat(filename).st_mtime


getctime = getatime = getmtime
