"""Paths as text. No file exists."""
sep = "/"
curdir = "."
pardir = ".."


def join(a, /, *p):
    result = a
    for part in p:
        if part.startswith("/"):
            result = part
        elif not result or result.endswith("/"):
            result += part
        else:
            result += "/" + part
    return result


def split(p, /):
    i = p.rfind("/") + 1
    head, tail = p[:i], p[i:]
    if head and head != "/" * len(head):
        head = head.rstrip("/")
    return head, tail


def basename(p, /):
    return p[p.rfind("/") + 1 :]


def dirname(p, /):
    return split(p)[0]


def splitext(p, /):
    dot = p.rfind(".")
    start = p.rfind("/") + 1
    if dot > start and p[start:dot].strip("."):
        return p[:dot], p[dot:]
    return p, ""


def isabs(s, /):
    return s.startswith("/")


def normpath(path):
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
    return normpath(path if isabs(path) else join("/", path))


realpath = abspath


def expanduser(path):
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


def exists(path):
    return False


isfile = isdir = islink = lexists = exists


def getsize(filename):
    raise FileNotFoundError(2, "No such file or directory", filename)


getmtime = getsize
