"""Files and folders with names that nobody else has, in `/tmp`."""
import os
from random import Random

tempdir = None
template = "tmp"
_random = None


def gettempdir():
    return tempdir or "/tmp"


def gettempprefix():
    return template


def _names(prefix, suffix, folder):
    global _random
    if _random is None:
        _random = Random()
    while True:
        letters = "".join(_random.choices("abcdefghijklmnopqrstuvwxyz0123456789_", k=8))
        path = os.path.join(folder or gettempdir(), f"{prefix or template}{letters}{suffix or ''}")
        if not os.path.exists(path):
            yield path


def mkdtemp(suffix=None, prefix=None, dir=None):
    path = next(_names(prefix, suffix, dir))
    os.mkdir(path)
    return path


def mkstemp(suffix=None, prefix=None, dir=None, text=False):
    path = next(_names(prefix, suffix, dir))
    from io import FileIO

    return FileIO(path, "x+").fileno(), path


def mktemp(suffix="", prefix=template, dir=None):
    return next(_names(prefix, suffix, dir))


class _Temporary:
    """A file that is removed when it is closed."""

    def __init__(self, file, name, delete):
        self.file = file
        self.name = name
        self.delete = delete

    def __getattr__(self, name):
        return getattr(self.file, name)

    def __enter__(self):
        self.file.__enter__()
        return self

    def __exit__(self, *exc):
        self.close()

    def __iter__(self):
        return iter(self.file)

    def close(self):
        if not self.file.closed:
            self.file.close()
            if self.delete and os.path.exists(self.name):
                os.remove(self.name)

    def __del__(self):
        self.close()


def NamedTemporaryFile(
    mode="w+b",
    buffering=-1,
    encoding=None,
    newline=None,
    suffix=None,
    prefix=None,
    dir=None,
    delete=True,
    *,
    errors=None,
    delete_on_close=True,
):
    path = next(_names(prefix, suffix, dir))
    with open(path, "xb"):
        pass
    mode = mode.replace("x", "w")
    return _Temporary(open(path, mode, buffering, encoding, errors, newline), path, delete)


def TemporaryFile(mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, **options):
    path = next(_names(prefix, suffix, dir))
    file = open(path, mode, buffering, encoding, options.get("errors"), newline)
    os.remove(path)
    return file


class SpooledTemporaryFile:
    """A temporary file that is in memory until it is larger than `max_size`."""

    def __init__(self, max_size=0, mode="w+b", *args, **options):
        from io import BytesIO, StringIO

        self._rolled = False
        self._max_size = max_size
        self._made_with = (mode, *args), options
        self._file = BytesIO() if "b" in mode else StringIO()

    def __getattr__(self, name):
        return getattr(self._file, name)

    def _check(self):
        if not self._rolled and self._max_size and self._file.tell() > self._max_size:
            self.rollover()

    def write(self, data):
        written = self._file.write(data)
        self._check()
        return written

    def writelines(self, lines):
        self._file.writelines(lines)
        self._check()

    def rollover(self):
        if self._rolled:
            return
        args, options = self._made_with
        file = TemporaryFile(*args, **options)
        file.write(self._file.getvalue())
        file.seek(self._file.tell())
        self._file, self._rolled = file, True

    def fileno(self):
        self.rollover()
        return self._file.fileno()

    @property
    def name(self):
        return self._file.name if self._rolled else None

    @property
    def mode(self):
        return self._made_with[0][0]

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self._file.close()

    def __iter__(self):
        return iter(self._file)


class TemporaryDirectory:
    """A folder that is removed, with all that is in it, at the end of its block."""

    def __init__(self, suffix=None, prefix=None, dir=None, ignore_cleanup_errors=False, *, delete=True):
        self.name = mkdtemp(suffix, prefix, dir)
        self._delete = delete

    def __enter__(self):
        return self.name

    def __exit__(self, *exc):
        if self._delete:
            self.cleanup()

    def cleanup(self):
        from shutil import rmtree

        if os.path.exists(self.name):
            rmtree(self.name)

    def __repr__(self):
        return f"<TemporaryDirectory {self.name!r}>"
