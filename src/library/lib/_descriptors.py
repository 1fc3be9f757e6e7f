"""Numbers that stand for what another one has opened: `dup`, `dup2`, and streams that were led elsewhere."""
import os
import sys

import _process

_BUFFER = 8192
# What each copy stands for: the number that was given first. 0, 1 and 2 there mean what the process began with.
stands_for = {}
# The streams that the process began with, once they were led elsewhere.
_streams = {}
# Numbers that were closed while copies of them are open.
_closed = set()


def real(fd):
    """The number that was given first to what this one has open."""
    if fd in stands_for:
        return stands_for[fd]
    if fd in _closed:
        raise OSError(9, "Bad file descriptor")
    return fd


def close(fd):
    """Whether that was all: what has other numbers stays open."""
    if fd in stands_for:
        first = stands_for.pop(fd)
        if fd < 3:
            _lead(fd, fd)
        if first in _closed and first not in stands_for.values():
            _closed.discard(first)
            os._close(first)
        return True
    real(fd)
    if fd in stands_for.values():
        _closed.add(fd)
        return True
    return fd < 3


def dup(fd):
    from _files import _next_descriptor

    first = _known(fd)
    made = _next_descriptor[0]
    _next_descriptor[0] += 1
    stands_for[made] = first
    return made


def dup2(fd, fd2):
    first = _known(fd)
    if fd == fd2:
        return fd2
    if fd2 > 2 and _is_open(fd2):
        os.close(fd2)
    elif fd2 in stands_for:
        close(fd2)
    if first != fd2:
        stands_for[fd2] = first
    if fd2 < 3:
        _lead(fd2, first)
    return fd2


def led(number):
    """What a child that inherits this stream gets in its place; `None` where that is the stream itself."""
    return stands_for.get(number)


def _known(fd):
    first = real(fd)
    if first > 2 and not _is_open(first) and first not in _closed:
        raise OSError(9, "Bad file descriptor")
    return first


def _is_open(fd):
    from _files import _open_files

    return fd in os._pipe_ends or fd in _open_files or fd in stands_for


def _lead(number, first):
    """Makes a stream of the process read from or write to what has this number."""
    if number == 0:
        from _child import _In

        was, sys.__stdin__ = sys.__stdin__, _In(first)
        if sys.stdin is was:
            sys.stdin = sys.__stdin__
        return
    stream = _streams.setdefault(number, (sys.__stdout__, sys.__stderr__)[number - 1])
    name = f"__{stream.name[1:-1]}__"
    kept = _process.take_unwritten() if number == 1 and stream._elsewhere is None else ""
    if isinstance(stream._elsewhere, _Elsewhere):
        kept = stream._elsewhere.take()
    if first == number:
        stream._elsewhere = None
        setattr(sys, name, stream)
    else:
        # What the process began with has a stream of its own from now on, for copies of the number.
        setattr(sys, name, type(stream)(number, stream.name, stream.errors))
        stream._elsewhere = _Elsewhere(first, number == 2) if first > 2 else (sys.__stdout__, sys.__stderr__)[first - 1]
    stream.write(kept)


class _Elsewhere:
    """Keeps text back as a stream into a pipe or file does."""

    def __init__(self, fd, by_lines):
        self._fd = fd
        self._by_lines = by_lines
        self._kept = []
        self._n_kept = 0

    def write(self, text):
        data = text.encode()
        self._kept.append(data)
        self._n_kept += len(data)
        if self._n_kept >= _BUFFER or self._by_lines and b"\n" in data:
            self.flush()

    def take(self):
        data, self._kept, self._n_kept = b"".join(self._kept), [], 0
        return data.decode()

    def flush(self):
        text = self.take()
        if text:
            os._write(self._fd, text.encode())
