"""Files and paths whose methods run in worker threads, and temporary files."""

import os
import pathlib
from functools import partial

from . import to_thread
from ._abstract import AsyncResource
from ._limiter import CapacityLimiter



class AsyncFile(AsyncResource):
    def __init__(self, fp, *, limiter=None):
        if limiter is not None and not isinstance(limiter, CapacityLimiter):
            raise TypeError(f"limiter must be a CapacityLimiter or None, not {type(limiter).__name__}")
        self._fp = fp
        self._limiter = limiter

    @property
    def limiter(self):
        return self._limiter

    def __class_getitem__(cls, item):
        return cls

    def __getattr__(self, name):
        return getattr(self._fp, name)

    @property
    def wrapped(self):
        return self._fp

    async def __aiter__(self):
        while line := await self.readline():
            yield line

    async def aclose(self):
        await to_thread.run_sync(self._fp.close, limiter=self._limiter)

    async def read(self, size=-1):
        return await to_thread.run_sync(self._fp.read, size, limiter=self._limiter)

    async def read1(self, size=-1):
        return await to_thread.run_sync(self._fp.read1, size, limiter=self._limiter)

    async def readline(self):
        return await to_thread.run_sync(self._fp.readline, limiter=self._limiter)

    async def readlines(self):
        return await to_thread.run_sync(self._fp.readlines, limiter=self._limiter)

    async def readinto(self, b):
        return await to_thread.run_sync(self._fp.readinto, b, limiter=self._limiter)

    async def write(self, b):
        return await to_thread.run_sync(self._fp.write, b, limiter=self._limiter)

    async def writelines(self, lines):
        return await to_thread.run_sync(self._fp.writelines, lines, limiter=self._limiter)

    async def truncate(self, size=None):
        return await to_thread.run_sync(self._fp.truncate, size, limiter=self._limiter)

    async def seek(self, offset, whence=0):
        return await to_thread.run_sync(self._fp.seek, offset, whence, limiter=self._limiter)

    async def tell(self):
        return await to_thread.run_sync(self._fp.tell, limiter=self._limiter)

    async def flush(self):
        return await to_thread.run_sync(self._fp.flush, limiter=self._limiter)


async def open_file(
    file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None, *, limiter=None
):
    options = {"encoding": encoding, "errors": errors, "newline": newline}
    options = {name: value for name, value in options.items() if value is not None}
    fp = await to_thread.run_sync(partial(open, os.fspath(file), mode, **options), limiter=limiter)
    return AsyncFile(fp, limiter=limiter)


def wrap_file(file):
    return AsyncFile(file)


# Methods that touch the file system, of `pathlib.Path`.
_ASYNC = {
    "chmod", "exists", "expanduser", "group", "hardlink_to", "is_block_device", "is_char_device", "is_dir", "is_fifo",
    "is_file", "is_junction", "is_mount", "is_socket", "is_symlink", "lchmod", "lstat", "mkdir", "owner", "read_bytes",
    "read_text", "readlink", "rename", "replace", "resolve", "rmdir", "samefile", "stat", "symlink_to", "touch",
    "unlink", "write_bytes", "write_text", "absolute", "copy", "copy_into", "move", "move_into",
}  # fmt: skip
_ITERATORS = {"iterdir", "glob", "rglob"}


class _PathIterator:
    def __init__(self, iterator):
        self._iterator = iterator

    def __aiter__(self):
        return self

    async def __anext__(self):
        found = await to_thread.run_sync(next, self._iterator, None, abandon_on_cancel=True)
        if found is None:
            raise StopAsyncIteration
        return Path(found)


def _plain(value):
    return value._path if isinstance(value, Path) else value


def _wrap(value):
    if isinstance(value, pathlib.PurePath):
        return Path(value)
    return value


class Path:
    """`pathlib.Path`, asynchronous where it touches the file system."""

    def __init__(self, *args):
        self._path = pathlib.Path(*[_plain(arg) for arg in args])

    def __fspath__(self):
        return str(self._path)

    def __str__(self):
        return str(self._path)

    def __repr__(self):
        return f"{type(self).__name__}({self._path.as_posix()!r})"

    def __bytes__(self):
        return bytes(self._path)

    def __hash__(self):
        return hash(self._path)

    def __eq__(self, other):
        return self._path == _plain(other)

    def __lt__(self, other):
        return self._path < _plain(other)

    def __le__(self, other):
        return self._path <= _plain(other)

    def __gt__(self, other):
        return self._path > _plain(other)

    def __ge__(self, other):
        return self._path >= _plain(other)

    def __truediv__(self, other):
        return Path(self._path / _plain(other))

    def __rtruediv__(self, other):
        return Path(_plain(other) / self._path)

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        value = getattr(self._path, name)
        if name in _ASYNC:

            async def method(*args, **kwargs):
                call = partial(value, *[_plain(arg) for arg in args], **kwargs)
                return _wrap(await to_thread.run_sync(call))

            return method
        if name in _ITERATORS:
            return lambda *args, **kwargs: _PathIterator(iter(value(*args, **kwargs)))
        if name == "parents":
            return [Path(each) for each in value]
        if callable(value):
            return lambda *args, **kwargs: _wrap(value(*[_plain(arg) for arg in args], **kwargs))
        return _wrap(value)

    async def open(self, mode="r", buffering=-1, encoding=None, errors=None, newline=None):
        return await open_file(self._path, mode, buffering, encoding, errors, newline)

    @classmethod
    async def cwd(cls):
        return cls(await to_thread.run_sync(pathlib.Path.cwd))

    @classmethod
    async def home(cls):
        return cls(await to_thread.run_sync(pathlib.Path.home))


class _Temporary:
    """An asynchronous view of something that `tempfile` makes."""

    def __init__(self, *args, **kwargs):
        import tempfile

        self._make = partial(getattr(tempfile, type(self).__name__), *args, **kwargs)

    def __class_getitem__(cls, item):
        return cls

    async def __aenter__(self):
        self._made = await to_thread.run_sync(self._make)
        return AsyncFile(self._made)

    async def __aexit__(self, exc_type, exc_value, traceback):
        await to_thread.run_sync(self._made.close)


class TemporaryFile(_Temporary):
    pass


class NamedTemporaryFile(_Temporary):
    pass


class SpooledTemporaryFile(_Temporary):
    pass


class TemporaryDirectory(_Temporary):
    async def __aenter__(self):
        self._made = await to_thread.run_sync(self._make)
        return await to_thread.run_sync(self._made.__enter__)

    async def __aexit__(self, exc_type, exc_value, traceback):
        await to_thread.run_sync(self._made.__exit__, exc_type, exc_value, traceback)


async def _tempfile(name, *args):
    import tempfile

    return await to_thread.run_sync(getattr(tempfile, name), *args)


async def mkstemp(suffix=None, prefix=None, dir=None, text=False):
    return await _tempfile("mkstemp", suffix, prefix, dir, text)


async def mkdtemp(suffix=None, prefix=None, dir=None):
    return await _tempfile("mkdtemp", suffix, prefix, dir)


async def gettempdir():
    return await _tempfile("gettempdir")


async def gettempdirb():
    return await _tempfile("gettempdirb")
