"""Paths as objects, and the files that they name."""
import io
import os
from fnmatch import fnmatchcase


class _Parents:
    """The folders above a path, nearest first."""

    def __init__(self, path):
        self._path = path
        self._parts = path._parts[1:] if path._root else path._parts

    def __len__(self):
        return len(self._parts)

    def __getitem__(self, i):
        if isinstance(i, slice):
            return tuple(self[n] for n in range(*i.indices(len(self))))
        if i < 0:
            i += len(self)
        if not 0 <= i < len(self):
            raise IndexError(i)
        parts = self._path._parts
        return self._path._made(parts[: len(parts) - 1 - i])

    def __repr__(self):
        return f"<{type(self._path).__name__}.parents>"


class PurePath:
    """A path as its parts; the root is one of them."""

    def __new__(cls, *args, **options):
        if cls is PurePath:
            cls = PurePosixPath
        elif cls is Path:
            cls = PosixPath
        return object.__new__(cls)

    def __init__(self, *args):
        parts = []
        root = ""
        for arg in args:
            text = arg._text if isinstance(arg, PurePath) else os.fspath(arg)
            if not isinstance(text, str):
                raise TypeError(
                    "argument should be a str object or an os.PathLike object returning str, "
                    f"not {type(text)}"
                )
            if text.startswith("/"):
                parts, root = [], "//" if text.startswith("//") and not text.startswith("///") else "/"
            parts += [part for part in text.split("/") if part and part != "."]
        self._root = root
        self._parts = ([root] if root else []) + parts

    @property
    def _text(self):
        return self._root + "/".join(self._parts[bool(self._root) :]) or "."

    def _made(self, parts):
        made = object.__new__(type(self))
        made._root = parts[0] if parts and parts[0].startswith("/") else ""
        made._parts = list(parts)
        return made

    def with_segments(self, *segments):
        return type(self)(*segments)

    def __str__(self):
        return self._text

    def __fspath__(self):
        return self._text

    def __bytes__(self):
        return os.fsencode(self._text)

    def __repr__(self):
        return f"{type(self).__name__}({self._text!r})"

    def as_posix(self):
        return self._text

    def as_uri(self):
        if not self.is_absolute():
            raise ValueError("relative path can't be expressed as a file URI")
        from urllib.parse import quote

        return "file://" + quote(self._text)

    def __hash__(self):
        return hash(tuple(self._parts))

    def __eq__(self, other):
        return self._parts == other._parts if isinstance(other, PurePath) else NotImplemented

    def __lt__(self, other):
        return self._parts < other._parts if isinstance(other, PurePath) else NotImplemented

    def __le__(self, other):
        return self._parts <= other._parts if isinstance(other, PurePath) else NotImplemented

    def __gt__(self, other):
        return self._parts > other._parts if isinstance(other, PurePath) else NotImplemented

    def __ge__(self, other):
        return self._parts >= other._parts if isinstance(other, PurePath) else NotImplemented

    def __truediv__(self, key):
        try:
            return type(self)(self, key)
        except TypeError:
            return NotImplemented

    def __rtruediv__(self, key):
        try:
            return type(self)(key, self)
        except TypeError:
            return NotImplemented

    def __reduce__(self):
        return type(self), (self._text,)

    parts = property(lambda self: tuple(self._parts))
    drive = property(lambda self: "")
    root = property(lambda self: self._root)
    anchor = property(lambda self: self._root)
    parents = property(_Parents)

    @property
    def name(self):
        return self._parts[-1] if len(self._parts) > bool(self._root) else ""

    @property
    def parent(self):
        return self._made(self._parts[:-1]) if len(self._parts) > bool(self._root) else self

    @property
    def suffix(self):
        name = self.name
        dot = name.rfind(".")
        return name[dot:] if 0 < dot < len(name) - 1 else ""

    @property
    def suffixes(self):
        name = self.name
        return [] if name.endswith(".") else ["." + suffix for suffix in name.lstrip(".").split(".")[1:]]

    @property
    def stem(self):
        name = self.name
        dot = name.rfind(".")
        return name[:dot] if 0 < dot < len(name) - 1 else name

    def with_name(self, name):
        if not self.name:
            raise ValueError(f"{self!r} has an empty name")
        if not name or "/" in name or name == ".":
            raise ValueError(f"Invalid name {name!r}")
        return self._made(self._parts[:-1] + [name])

    def with_stem(self, stem):
        return self.with_name(stem + self.suffix)

    def with_suffix(self, suffix):
        if "/" in suffix or (suffix and not suffix.startswith(".")) or suffix == ".":
            raise ValueError(f"Invalid suffix {suffix!r}")
        if not self.name:
            raise ValueError(f"{self!r} has an empty name")
        return self.with_name(self.stem + suffix)

    def joinpath(self, *args):
        return type(self)(self, *args)

    def is_absolute(self):
        return bool(self._root)

    def is_relative_to(self, other, *more):
        other = type(self)(other, *more)
        return self._parts[: len(other._parts)] == other._parts

    def relative_to(self, other, *more, walk_up=False):
        other = type(self)(other, *more)
        if not self.is_relative_to(other):
            raise ValueError(
                f"{str(self)!r} is not in the subpath of {str(other)!r} "
                "OR one path is relative and the other is absolute."
            )
        return self._made(self._parts[len(other._parts) :])

    def match(self, path_pattern):
        pattern = type(self)(path_pattern)
        if not pattern._parts:
            raise ValueError("empty pattern")
        if pattern._root and len(pattern._parts) != len(self._parts) or len(pattern._parts) > len(self._parts):
            return False
        return all(fnmatchcase(part, fit) for part, fit in zip(reversed(self._parts), reversed(pattern._parts)))


class PurePosixPath(PurePath):
    pass


class Path(PurePath):
    """A path on the machine's disk."""

    @classmethod
    def cwd(cls):
        return cls(os.getcwd())

    @classmethod
    def home(cls):
        return cls("/home/user")

    def stat(self, *, follow_symlinks=True):
        return os.stat(self)

    lstat = stat

    def exists(self):
        return os.path.exists(self)

    def is_file(self):
        return os.path.isfile(self)

    def is_dir(self):
        return os.path.isdir(self)

    def is_symlink(self):
        return False

    is_mount = is_socket = is_fifo = is_block_device = is_char_device = is_symlink

    def absolute(self):
        return self if self.is_absolute() else type(self)(os.getcwd(), self)

    def resolve(self, strict=False):
        if strict:
            os.stat(self)
        return type(self)(os.path.abspath(self))

    def expanduser(self):
        return type(self)(os.path.expanduser(self._text))

    def samefile(self, other_path):
        return os.path.samefile(self, other_path)

    def open(self, mode="r", buffering=-1, encoding=None, errors=None, newline=None):
        return io.open(self, mode, buffering, encoding, errors, newline)

    def read_text(self, encoding=None, errors=None):
        with self.open("r", encoding=encoding, errors=errors) as file:
            return file.read()

    def read_bytes(self):
        with self.open("rb") as file:
            return file.read()

    def write_text(self, data, encoding=None, errors=None, newline=None):
        if not isinstance(data, str):
            raise TypeError(f"data must be str, not {type(data).__name__}")
        with self.open("w", encoding=encoding, errors=errors, newline=newline) as file:
            return file.write(data)

    def write_bytes(self, data):
        with self.open("wb") as file:
            return file.write(data)

    def touch(self, mode=0o666, exist_ok=True):
        if self.exists() and not exist_ok:
            raise FileExistsError(17, "File exists", str(self))
        with self.open("ab"):
            pass

    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        try:
            os.mkdir(self._text)
        except FileNotFoundError:
            if not parents or self.parent == self:
                raise
            self.parent.mkdir(parents=True, exist_ok=True)
            self.mkdir(mode, exist_ok=exist_ok)
        except OSError:
            if not exist_ok or not self.is_dir():
                raise

    def rmdir(self):
        os.rmdir(self._text)

    def unlink(self, missing_ok=False):
        try:
            os.unlink(self._text)
        except FileNotFoundError:
            if not missing_ok:
                raise

    def rename(self, target):
        os.rename(self._text, os.fspath(target))
        return type(self)(target)

    replace = rename

    def chmod(self, mode, *, follow_symlinks=True):
        os.chmod(self, mode)

    def owner(self):
        os.stat(self)
        return "user"

    group = owner

    def iterdir(self):
        for name in os.listdir(self._text):
            yield self._made(self._parts + [name])

    def glob(self, pattern):
        if not pattern:
            raise ValueError(f"Unacceptable pattern: {pattern!r}")
        if pattern.startswith("/"):
            raise NotImplementedError("Non-relative patterns are unsupported")
        seen = set()
        for found in self._fitting([part for part in pattern.split("/") if part != "."]):
            if found not in seen:
                seen.add(found)
                yield found

    def rglob(self, pattern):
        return self.glob("**/" + pattern)

    def _fitting(self, parts):
        part, rest = parts[0], parts[1:]
        if part == "**":
            if rest:
                yield from self._fitting(rest)
            else:
                yield self
            for child in sorted(self.iterdir()):
                if child.is_dir():
                    yield from child._fitting(parts)
            return
        if not self.is_dir():
            return
        for child in self.iterdir():
            if fnmatchcase(child.name, part):
                if not rest:
                    yield child
                else:
                    yield from child._fitting(rest)

    def walk(self, top_down=True, on_error=None, follow_symlinks=False):
        for folder, folders, files in os.walk(self._text, top_down, on_error):
            yield type(self)(folder), folders, files

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        pass


class PosixPath(Path, PurePosixPath):
    pass


class PureWindowsPath(PurePath):
    def __init__(self, *args):
        raise NotImplementedError("the simulated machine has POSIX paths only")


class WindowsPath(PureWindowsPath):
    pass
