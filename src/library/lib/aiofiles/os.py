"""Functions of `os` and `os.path` in the event loop's pool of threads."""
import asyncio
import os
from functools import partial


def wrap(func):
    async def run(*args, loop=None, executor=None, **kwargs):
        loop = loop or asyncio.get_running_loop()
        return await loop.run_in_executor(executor, partial(func, *args, **kwargs))

    run.__name__ = func.__name__
    return run


stat = wrap(os.stat)
rename = wrap(os.rename)
renames = wrap(os.renames) if hasattr(os, "renames") else None
replace = wrap(os.replace)
remove = unlink = wrap(os.remove)
mkdir = wrap(os.mkdir)
makedirs = wrap(os.makedirs)
rmdir = wrap(os.rmdir)
removedirs = wrap(os.removedirs) if hasattr(os, "removedirs") else None
listdir = wrap(os.listdir)
scandir = wrap(os.scandir)
access = wrap(os.access)
getcwd = wrap(os.getcwd)


class path:
    """Questions about paths."""

    exists = staticmethod(wrap(os.path.exists))
    isfile = staticmethod(wrap(os.path.isfile))
    isdir = staticmethod(wrap(os.path.isdir))
    islink = staticmethod(wrap(os.path.islink))
    getsize = staticmethod(wrap(os.path.getsize))
    getmtime = staticmethod(wrap(os.path.getmtime))
    abspath = staticmethod(wrap(os.path.abspath))
    samefile = staticmethod(wrap(os.path.samefile))
