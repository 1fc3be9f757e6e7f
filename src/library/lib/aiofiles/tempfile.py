"""Temporary files and folders in the event loop's pool of threads."""
import asyncio
import tempfile
from functools import partial

from .threadpool import _Opening, wrap


def _file(make):
    def opens(*args, loop=None, executor=None, **kwargs):
        async def opening():
            running = loop or asyncio.get_running_loop()
            file = await running.run_in_executor(executor, partial(make, *args, **kwargs))
            return wrap(file, loop=running, executor=executor)

        return _Opening(opening)

    return opens


NamedTemporaryFile = _file(tempfile.NamedTemporaryFile)
TemporaryFile = _file(tempfile.TemporaryFile)


class TemporaryDirectory:
    """A folder that goes when it is left; its value is its path."""

    def __init__(self, suffix=None, prefix=None, dir=None, loop=None, executor=None):
        self._make = partial(tempfile.TemporaryDirectory, suffix, prefix, dir)
        self._loop, self._executor = loop, executor

    async def __aenter__(self):
        loop = self._loop or asyncio.get_running_loop()
        self._folder = await loop.run_in_executor(self._executor, self._make)
        return self._folder.name

    async def __aexit__(self, *exc):
        loop = self._loop or asyncio.get_running_loop()
        await loop.run_in_executor(self._executor, self._folder.cleanup)
