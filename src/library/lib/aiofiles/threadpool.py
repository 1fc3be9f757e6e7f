"""`open`, and files as it returns them."""
import asyncio
import builtins
import io
import sys
from functools import partial

_open = builtins.open

_IN_THREADS = (
    "close flush isatty read read1 readall readinto readline readlines seek seekable tell truncate writable write "
    "writelines readable peek"
).split()
_PLAIN = "closed name mode encoding errors newlines buffer raw line_buffering fileno detach".split()


def _in_thread(name):
    async def method(self, *args, **kwargs):
        call = partial(getattr(self._file, name), *args, **kwargs)
        return await self._loop.run_in_executor(self._executor, call)

    method.__name__ = name
    return method


class AsyncBase:
    """A file: its calls are awaited, what it says of itself is not."""

    def __init__(self, file, loop, executor):
        self._file = file
        self._given_loop = loop
        self._executor = executor

    @property
    def _loop(self):
        return self._given_loop or asyncio.get_running_loop()

    def __aiter__(self):
        return self

    async def __anext__(self):
        line = await self.readline()
        if line:
            return line
        raise StopAsyncIteration

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        await self.close()

    def __repr__(self):
        return f"{object.__repr__(self)} wrapping {self._file!r}"


for _name in _IN_THREADS:
    setattr(AsyncBase, _name, _in_thread(_name))
for _name in _PLAIN:
    setattr(AsyncBase, _name, property(lambda self, name=_name: getattr(self._file, name)))


class AsyncTextIOWrapper(AsyncBase):
    pass


class AsyncBufferedIOBase(AsyncBase):
    pass


class AsyncBufferedReader(AsyncBufferedIOBase):
    pass


class AsyncFileIO(AsyncBase):
    pass


def wrap(file, *, loop=None, executor=None):
    if isinstance(file, io.TextIOBase) or hasattr(file, "encoding"):
        kind = AsyncTextIOWrapper
    elif isinstance(file, (io.BufferedReader, io.BufferedRandom)):
        kind = AsyncBufferedReader
    elif isinstance(file, io.FileIO):
        kind = AsyncFileIO
    else:
        kind = AsyncBufferedIOBase
    return kind(file, loop, executor)


class _Opening:
    """What may be awaited for a file, or entered."""

    def __init__(self, opens):
        self._opens = opens
        self._file = None

    def __await__(self):
        return self._opens().__await__()

    async def __aenter__(self):
        self._file = await self._opens()
        return self._file

    async def __aexit__(self, *exc):
        await self._file.close()
        self._file = None


def open(
    file,
    mode="r",
    buffering=-1,
    encoding=None,
    errors=None,
    newline=None,
    closefd=True,
    opener=None,
    *,
    loop=None,
    executor=None,
):
    async def opens():
        running = loop or asyncio.get_running_loop()
        call = partial(_open, file, mode, buffering, encoding, errors, newline, closefd, opener)
        return wrap(await running.run_in_executor(executor, call), loop=running, executor=executor)

    return _Opening(opens)


class _Standard(AsyncBase):
    """A standard stream, looked up when it is used: programs replace them."""

    def __init__(self, name, of_bytes):
        self._name = name
        self._of_bytes = of_bytes
        self._given_loop = self._executor = None

    @property
    def _file(self):
        stream = getattr(sys, self._name)
        return stream.buffer if self._of_bytes else stream


stdin, stdout, stderr = (_Standard(name, False) for name in ("stdin", "stdout", "stderr"))
stdin_bytes, stdout_bytes, stderr_bytes = (_Standard(name, True) for name in ("stdin", "stdout", "stderr"))
