"""Paths that fit a pattern."""
import os
from fnmatch import fnmatchcase


def glob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    return list(iglob(pathname, root_dir=root_dir, recursive=recursive, include_hidden=include_hidden))


def iglob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    pathname = os.fspath(pathname)
    parts = pathname.split("/")
    start = ""
    if pathname.startswith("/"):
        start, parts = "/", parts[1:]
    for found in _walk(root_dir or "", start, parts, recursive, include_hidden):
        if found:
            yield found


def has_magic(s):
    return any(c in s for c in "*?[")


def escape(pathname):
    return "".join(f"[{c}]" if c in "*?[" else c for c in pathname)


def _names(root, folder):
    try:
        return os.listdir(os.path.join(root, folder) or ".")
    except OSError:
        return []


def _walk(root, folder, parts, recursive, hidden):
    part, rest = parts[0], parts[1:]
    if part == "**" and recursive:
        if rest:
            yield from _walk(root, folder, rest, recursive, hidden)
        elif folder:
            yield folder if folder.endswith("/") else folder + "/"
        for name in _names(root, folder):
            if name.startswith(".") and not hidden:
                continue
            path = os.path.join(folder, name)
            if not rest:
                yield path
            if os.path.isdir(os.path.join(root, path)):
                yield from (found for found in _walk(root, path, parts, recursive, hidden) if found != path + "/")
        return
    if part == "":
        if os.path.isdir(os.path.join(root, folder)):
            yield folder + "/"
        return
    if has_magic(part):
        names = [name for name in _names(root, folder) if fnmatchcase(name, part)]
        names = [name for name in names if hidden or part.startswith(".") or not name.startswith(".")]
    else:
        names = [part] if os.path.exists(os.path.join(root, folder, part)) else []
    for name in names:
        path = os.path.join(folder, name)
        if not rest:
            yield path
        elif os.path.isdir(os.path.join(root, path)):
            yield from _walk(root, path, rest, recursive, hidden)
