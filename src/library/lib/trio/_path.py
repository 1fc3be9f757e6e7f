"""`trio.Path`: paths whose methods that touch the file system run in threads."""

import pathlib
from functools import partial

from ._file_io import wrap_file
from ._threads import to_thread_run_sync

_ASYNC = {
    "chmod", "exists", "expanduser", "group", "hardlink_to", "is_block_device", "is_char_device", "is_dir", "is_fifo",
    "is_file", "is_mount", "is_socket", "is_symlink", "lchmod", "lstat", "mkdir", "owner", "read_bytes", "read_text",
    "readlink", "rename", "replace", "resolve", "rmdir", "samefile", "stat", "symlink_to", "touch", "unlink",
    "write_bytes", "write_text", "absolute", "link_to",
}  # fmt: skip
_LISTS = {"iterdir", "glob", "rglob"}


def _wrap(value):
    return Path(value) if isinstance(value, pathlib.PurePath) else value


class Path:
    def __init__(self, *parts):
        self._path = pathlib.Path(*(part._path if isinstance(part, Path) else part for part in parts))

    def __fspath__(self):
        return str(self._path)

    def __str__(self):
        return str(self._path)

    def __repr__(self):
        return f"trio.Path({str(self._path)!r})"

    def __bytes__(self):
        return bytes(self._path)

    def __hash__(self):
        return hash(self._path)

    def __eq__(self, other):
        return self._path == other._path if isinstance(other, Path) else NotImplemented

    def __lt__(self, other):
        return self._path < other._path if isinstance(other, Path) else NotImplemented

    def __truediv__(self, other):
        return Path(self._path / (other._path if isinstance(other, Path) else other))

    def __rtruediv__(self, other):
        return Path(other / self._path)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        value = getattr(self._path, name)
        if name in _ASYNC:

            async def method(*args, **kwargs):
                args = [arg._path if isinstance(arg, Path) else arg for arg in args]
                return _wrap(await to_thread_run_sync(partial(value, *args, **kwargs)))

            return method
        if name in _LISTS:

            async def listing(*args, **kwargs):
                found = await to_thread_run_sync(lambda: list(value(*args, **kwargs)))
                return (Path(each) for each in found)

            return listing
        if callable(value):
            return lambda *args, **kwargs: _wrap(value(*args, **kwargs))
        if name == "parents":
            return [Path(each) for each in value]
        return _wrap(value)

    async def open(self, *args, **kwargs):
        return wrap_file(await to_thread_run_sync(partial(self._path.open, *args, **kwargs)))

    @classmethod
    async def cwd(cls):
        return cls(await to_thread_run_sync(pathlib.Path.cwd))

    @classmethod
    async def home(cls):
        return cls(await to_thread_run_sync(pathlib.Path.home))
