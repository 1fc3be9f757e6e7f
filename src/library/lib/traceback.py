"""Texts of exceptions and stacks. The whole text of an exception is made by the native `_traceback`."""
import sys

import _traceback

_MISSING = object()


class FrameSummary:
    """One entry of a traceback."""

    def __init__(
        self, filename, lineno, name, *, lookup_line=True, locals=None, line=None, end_lineno=None, colno=None,
        end_colno=None,
    ):  # fmt: skip
        self.filename = filename
        self.lineno = lineno
        self.end_lineno = lineno if end_lineno is None else end_lineno
        self.colno = colno
        self.end_colno = end_colno
        self.name = name
        self._line = line
        self._text = None  # the entry with the marks below its line, where the place within the line is known
        self.locals = None if locals is None else {k: repr(v) for k, v in locals.items()}

    @property
    def line(self):
        if self._line is None:
            found = _traceback.source_line(self.filename, self.lineno)
            if found is None and self.filename.startswith("/"):
                import linecache

                found = linecache.getline(self.filename, self.lineno)
            self._line = (found or "").strip()
        return self._line

    def __eq__(self, other):
        if isinstance(other, tuple):
            return tuple(self) == other
        if isinstance(other, FrameSummary):
            return tuple(self) == tuple(other)
        return NotImplemented

    def __getitem__(self, pos):
        return (self.filename, self.lineno, self.name, self.line)[pos]

    def __iter__(self):
        return iter((self.filename, self.lineno, self.name, self.line))

    def __len__(self):
        return 4

    def __repr__(self):
        return f"<FrameSummary file {self.filename}, line {self.lineno} in {self.name}>"


def _entry(frame):
    if frame._text is not None:
        return frame._text
    text = f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}\n'
    return text + f"    {frame.line}\n" if frame.line else text


class StackSummary(list):
    """Entries of a traceback, oldest first."""

    @classmethod
    def extract(cls, frame_gen, *, limit=None, lookup_lines=True, capture_locals=False):
        entries = [
            FrameSummary(f.f_code.co_filename, line, f.f_code.co_name, locals=f.f_locals if capture_locals else None)
            for f, line in frame_gen
        ]
        return cls(_limited(entries, limit))

    @classmethod
    def from_list(cls, a_list):
        return cls(f if isinstance(f, FrameSummary) else FrameSummary(f[0], f[1], f[2], line=f[3]) for f in a_list)

    def format_frame_summary(self, frame_summary):
        text = _entry(frame_summary)
        for name, value in sorted((frame_summary.locals or {}).items()):
            text += f"    {name} = {value}\n"
        return text

    def format(self):
        lines, last, count = [], None, 0
        for frame in self:
            place = (frame.filename, frame.lineno, frame.name)
            if place != last:
                lines += _repeated(count)
                last, count = place, 0
            count += 1
            if count <= _SHOWN:
                lines.append(self.format_frame_summary(frame))
        return lines + _repeated(count)


# How often the same entry is shown in a row.
_SHOWN = 3


def _repeated(count):
    more = count - _SHOWN
    return [f"  [Previous line repeated {more} more time{'s' if more > 1 else ''}]\n"] if more > 0 else []


def _limited(entries, limit):
    if limit is None:
        return entries
    return entries[:limit] if limit >= 0 else entries[limit:]


def walk_stack(f):
    if f is None:
        f = sys._getframe(1)
    while f is not None:
        yield f, f.f_lineno
        f = f.f_back


def walk_tb(tb):
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next


def extract_tb(tb, limit=None, *, capture_locals=False):
    entries = StackSummary.extract(walk_tb(tb), capture_locals=capture_locals)
    for entry, place in zip(entries, _traceback.positions(tb)):
        if sys.version_info >= (3, 11):
            _, entry.end_lineno, entry.colno, entry.end_colno = place
        entry._text = "".join(_traceback.format_tb(_traceback.head(tb, 1)))
        tb = tb.tb_next
    return StackSummary(_limited(entries, limit))


def extract_stack(f=None, limit=None):
    if f is None:
        f = sys._getframe(1)
    stack = StackSummary.extract(walk_stack(f))
    stack.reverse()
    return StackSummary(stack if limit is None else stack[-limit:] if limit >= 0 else stack[:-limit])


def format_list(extracted_list):
    return StackSummary.from_list(extracted_list).format()


def format_tb(tb, limit=None):
    return extract_tb(tb, limit).format()


def format_stack(f=None, limit=None):
    if f is None:
        f = sys._getframe(1)
    return extract_stack(f, limit).format()


def print_tb(tb, limit=None, file=None):
    _write(format_tb(tb, limit), file)


def print_stack(f=None, limit=None, file=None):
    if f is None:
        f = sys._getframe(1)
    _write(format_stack(f, limit), file)


def print_list(extracted_list, file=None):
    _write(format_list(extracted_list), file)


def _write(lines, file):
    file = sys.stderr if file is None else file
    for line in lines:
        file.write(line)


def _exception(exc, value):
    if value is _MISSING:
        if exc is not None and not isinstance(exc, BaseException):
            raise TypeError(f"Exception expected for value, {type(exc).__name__} found")
        return exc
    return value


def format_exception_only(exc, /, value=_MISSING, *, show_group=False):
    exc = _exception(exc, value)
    if exc is None:
        return ["NoneType: None\n"]
    cls = type(exc)
    name = cls.__qualname__
    if cls.__module__ not in ("builtins", "__main__"):
        name = f"{cls.__module__}.{name}"
    if isinstance(exc, SyntaxError):
        # The lines with the place of the error come before the last one.
        return list(_traceback.format_exception_only(exc))
    try:
        text = str(exc)
    except Exception:
        text = "<exception str() failed>"
    lines = [f"{name}: {text}{_traceback.suggestion(exc)}\n" if text else f"{name}\n"]
    for note in getattr(exc, "__notes__", None) or ():
        lines.extend(f"{line}\n" for line in str(note).split("\n"))
    return lines


def _same(one, other):
    """Whether two tracebacks, which are made anew each time that one is asked for, are of the same frames."""
    while one is not None and other is not None:
        if one.tb_frame.f_code is not other.tb_frame.f_code or one.tb_lasti != other.tb_lasti:
            return False
        one, other = one.tb_next, other.tb_next
    return one is other


def format_exception(exc, /, value=_MISSING, tb=_MISSING, limit=None, chain=True):
    exc = _exception(exc, value)
    if exc is None:
        return ["NoneType: None\n"]
    own_tb = tb is _MISSING or _same(tb, exc.__traceback__)
    if chain and limit is None and own_tb:
        return list(_traceback.format_in_library(exc))
    tb = exc.__traceback__ if tb is _MISSING else tb
    return list(_formatted(exc, tb, _How(limit, chain, False), 0, ()))


class _How:
    """How much of an exception is shown."""

    def __init__(self, limit, chain, locals):
        self.limit = limit
        self.chain = chain
        self.locals = locals


_CAUSE = "\nThe above exception was the direct cause of the following exception:\n\n"
_CONTEXT = "\nDuring handling of the above exception, another exception occurred:\n\n"
# How many exceptions of a group are shown, and how many groups inside each other.
_WIDTH, _DEPTH = 15, 10


def _marked(lines, depth, mark="|"):
    """Lines inside so many groups."""
    if not depth:
        yield from lines
        return
    margin = " " * (2 * depth) + mark + " "
    for text in lines:
        yield "".join(margin + line for line in text.splitlines(True))


def _formatted(exc, tb, how, depth, seen):
    """An exception behind those that it comes from; `seen` are those that it stands behind."""
    seen = (*seen, id(exc))
    if how.chain:
        cause, context = exc.__cause__, exc.__context__
        before, words = cause, _CAUSE
        if cause is None and not exc.__suppress_context__:
            before, words = context, _CONTEXT
        if before is not None and id(before) not in seen:
            yield from _formatted(before, before.__traceback__, how, depth, seen)
            yield from _marked([words], depth)
    stack = extract_tb(tb, how.limit, capture_locals=how.locals).format()
    if not isinstance(exc, BaseExceptionGroup):
        header = ["Traceback (most recent call last):\n"] if stack else []
        yield from _marked([*header, *stack, *format_exception_only(exc)], depth)
    elif depth > _DEPTH:
        yield from _marked([f"... (max_group_depth is {_DEPTH})\n"], depth)
    else:
        inner = depth or 1
        if stack:
            yield from _marked(["Exception Group Traceback (most recent call last):\n"], inner, "|" if depth else "+")
        yield from _marked([*stack, *format_exception_only(exc)], inner)
        yield from _members(exc.exceptions, how, inner, seen)


def _members(exceptions, how, depth, seen):
    margin = " " * (2 * depth)
    more = len(exceptions) - _WIDTH
    for i, one in enumerate(exceptions[:_WIDTH]):
        yield f"{margin}{'  ' if i else '+-'}+---------------- {i + 1} ----------------\n"
        yield from _formatted(one, one.__traceback__, how, depth + 1, seen)
    if more > 0:
        yield f"{margin}  +---------------- ... ----------------\n"
        yield from _marked([f"and {more} more exception{'s' if more > 1 else ''}\n"], depth + 1)
    # A group at the end has closed this one with itself.
    if more > 0 or not isinstance(exceptions[-1], BaseExceptionGroup) or depth >= _DEPTH:
        yield f"{margin}  +------------------------------------\n"


def print_exception(exc, /, value=_MISSING, tb=_MISSING, limit=None, file=None, chain=True):
    _write(format_exception(exc, value, tb, limit, chain), file)


def format_exc(limit=None, chain=True):
    return "".join(format_exception(sys.exc_info()[1], limit=limit, chain=chain))


def print_exc(limit=None, file=None, chain=True):
    print_exception(sys.exc_info()[1], limit=limit, file=file, chain=chain)


def print_last(limit=None, file=None, chain=True):
    raise ValueError("no last exception")


def clear_frames(tb):
    while tb is not None:
        try:
            tb.tb_frame.clear()
        except (RuntimeError, AttributeError):
            pass
        tb = tb.tb_next


class TracebackException:
    """An exception's text, kept without its frames."""

    def __init__(self, exc_type, exc_value, exc_traceback, *, limit=None, lookup_lines=True, capture_locals=False, **kw):
        self.exc_type = exc_type
        self.__cause__ = self.__context__ = None
        self.__suppress_context__ = getattr(exc_value, "__suppress_context__", False)
        self.__notes__ = getattr(exc_value, "__notes__", None)
        self.exceptions = None
        if isinstance(exc_value, BaseExceptionGroup):
            self.exceptions = [TracebackException.from_exception(one, **kw) for one in exc_value.exceptions]
        known = kw.pop("_known", ()) + (id(exc_value),)
        for name in ("__cause__", "__context__"):
            other = getattr(exc_value, name, None)
            if other is not None and id(other) not in known:
                setattr(self, name, TracebackException.from_exception(other, limit=limit, _known=known))
        if isinstance(exc_value, SyntaxError):
            for name in ("filename", "text", "offset", "end_offset", "msg"):
                setattr(self, name, getattr(exc_value, name))
            self.lineno = None if exc_value.lineno is None else str(exc_value.lineno)
        self.exc_type_str = getattr(exc_type, "__qualname__", "NoneType")
        self.stack = extract_tb(exc_traceback, limit, capture_locals=capture_locals)
        self._only = format_exception_only(exc_value)
        self._lines = self._unchained = self._only
        if exc_value is not None:
            self._lines, self._unchained = (
                list(_formatted(exc_value, exc_traceback, _How(limit, chain, capture_locals), 0, ()))
                if limit is not None or capture_locals or not chain or not _same(exc_traceback, exc_value.__traceback__)
                else format_exception(exc_value)
                for chain in (True, False)
            )
        self._text = str(exc_value)

    @classmethod
    def from_exception(cls, exc, *args, **kwargs):
        return cls(type(exc), exc, exc.__traceback__, *args, **kwargs)

    def format(self, *, chain=True, **kw):
        yield from self._lines if chain else self._unchained

    def format_exception_only(self, **kw):
        yield from self._only

    def print(self, *, file=None, chain=True):
        _write(self.format(chain=chain), file)

    def __str__(self):
        return self._text
