"""Warnings: filtered, shown once per place, on stderr (S-SIM-08)."""
import sys

# (action, message pattern or None, category, module pattern or None, line), first match wins.
filters = [
    ("default", None, DeprecationWarning, "__main__", 0),
    ("ignore", None, DeprecationWarning, None, 0),
    ("ignore", None, PendingDeprecationWarning, None, 0),
    ("ignore", None, ImportWarning, None, 0),
    ("ignore", None, ResourceWarning, None, 0),
]
defaultaction = "default"
onceregistry = {}
# Places already warned about. Forgotten when the filters change, as in CPython.
_seen = set()


class WarningMessage:
    def __init__(self, message, category, filename, lineno, file=None, line=None, source=None):
        self.message = message
        self.category = category
        self.filename = filename
        self.lineno = lineno
        self.file = file
        self.line = line
        self.source = source
        self._category_name = category.__name__ if category else None

    def __str__(self):
        return (
            f"{{message : {self.message!r}, category : {self._category_name!r}, filename : {self.filename!r}, "
            f"lineno : {self.lineno}, line : {self.line!r}}}"
        )


def formatwarning(message, category, filename, lineno, line=None):
    text = f"{filename}:{lineno}: {category.__name__}: {message}\n"
    if line is None:
        import _traceback

        line = _traceback.source_line(filename, lineno)
    if line and line.strip():
        text += f"  {line.strip()}\n"
    return text


_formatwarning = formatwarning


def showwarning(message, category, filename, lineno, file=None, line=None):
    _write(WarningMessage(message, category, filename, lineno, file, line))


def _write(msg):
    file = msg.file or sys.stderr
    if file is not None:
        text = formatwarning(msg.message, msg.category, msg.filename, msg.lineno, msg.line)
        if msg.source is not None and formatwarning is _formatwarning:
            text += f"{msg.category.__name__}: Enable tracemalloc to get the object allocation traceback\n"
        file.write(text)


_showwarning = showwarning


def _matches(pattern, text):
    if pattern is None:
        return True
    if isinstance(pattern, str):
        return text == pattern
    return pattern.match(text) is not None


def _pattern(text, flags_ignore_case):
    if not text:
        return None
    import re

    return re.compile(text, re.IGNORECASE if flags_ignore_case else 0)


def filterwarnings(action, message="", category=Warning, module="", lineno=0, append=False):
    if action not in ("error", "ignore", "always", "all", "default", "module", "once"):
        raise ValueError(f"invalid action: {action!r}")
    _add((action, _pattern(message, True), category, _pattern(module, False), lineno), append)


def simplefilter(action, category=Warning, lineno=0, append=False):
    if action not in ("error", "ignore", "always", "all", "default", "module", "once"):
        raise ValueError(f"invalid action: {action!r}")
    _add((action, None, category, None, lineno), append)


def _add(item, append):
    if append:
        if item not in filters:
            filters.append(item)
    else:
        if item in filters:
            filters.remove(item)
        filters.insert(0, item)
    _seen.clear()


def resetwarnings():
    filters[:] = []
    _seen.clear()


def _is_internal(frame):
    return "importlib" in frame.f_code.co_filename and "_bootstrap" in frame.f_code.co_filename


def warn(message, category=None, stacklevel=1, source=None, *, skip_file_prefixes=()):
    if isinstance(message, Warning):
        category = message.__class__
    if category is None:
        category = UserWarning
    if not (isinstance(category, type) and issubclass(category, Warning)):
        raise TypeError(f"category must be a Warning subclass, not '{type(category).__name__}'")
    try:
        frame = sys._getframe(max(stacklevel, 1))
    except ValueError:
        scope, filename, lineno = sys.__dict__, "<sys>", 0
    else:
        scope, filename, lineno = frame.f_globals, frame.f_code.co_filename, frame.f_lineno
    warn_explicit(message, category, filename, lineno, scope.get("__name__", "<string>"), source=source)


def warn_explicit(message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None):
    lineno = int(lineno)
    if module is None:
        module = filename[:-3] if filename.lower().endswith(".py") else filename or "<unknown>"
    if isinstance(message, Warning):
        text = str(message)
        category = message.__class__
    else:
        text = message
        message = category(message)
    key = (text, category, module, lineno)
    if key in _seen:
        return
    for action, pattern, cat, mod, line in filters:
        if (
            issubclass(category, cat)
            and _matches(pattern, text)
            and _matches(mod, module)
            and (line == 0 or lineno == line)
        ):
            break
    else:
        action = defaultaction
    if action == "ignore":
        return
    if action == "error":
        raise message
    if action == "once":
        if (text, category) in onceregistry:
            return
        onceregistry[(text, category)] = 1
    elif action == "module":
        if (text, category, module) in _seen:
            return
        _seen.add((text, category, module))
    elif action == "default":
        _seen.add(key)
    _show(WarningMessage(message, category, filename, lineno, source=source))


def _show(msg):
    if _log is not None:
        _log.append(msg)
    elif showwarning is _showwarning:
        _write(msg)
    else:
        showwarning(msg.message, msg.category, msg.filename, msg.lineno, msg.file, msg.line)
        if msg.source is not None and showwarning is _showwarning and sys.stderr is not None:
            # Nothing here traces where objects are made.
            name = msg.category.__name__
            sys.stderr.write(f"{name}: Enable tracemalloc to get the object allocation traceback\n")


_log = None


def _warn_unawaited_coroutine(coro, filename=None, lineno=0, module=None):
    """Called by the machine when a coroutine dies without having been awaited: where, if that is not here."""
    text = f"coroutine '{coro.__qualname__}' was never awaited"
    if coro.cr_origin is not None:
        import traceback

        text += "\nCoroutine created at (most recent call last)\n"
        text += "".join(traceback.format_list([(*place, None) for place in reversed(coro.cr_origin)])).rstrip("\n")
    _warn_unawaited(text, coro, filename, lineno, module)


def _warn_unawaited_operation(agen, method, filename=None, lineno=0, module=None):
    """The same for an operation of an async generator."""
    text = f"coroutine method {method!r} of {agen.__qualname__!r} was never awaited"
    _warn_unawaited(text, agen, filename, lineno, module)


def _warn_unawaited(text, source, filename, lineno, module):
    if sys.is_finalizing():
        # Nothing of the program runs any more, and nothing looks at its source.
        place = ("sys", 1) if sys.version_info < (3, 13) else ("<sys>", 0)
        warn_explicit(text, RuntimeWarning, *place, "sys")
    elif filename is not None:
        warn_explicit(text, RuntimeWarning, filename, lineno, module, source=source)
    else:
        warn(text, RuntimeWarning, stacklevel=3, source=source)


class catch_warnings:
    """Restores the filters at the end of the block; with `record` collects the warnings."""

    def __init__(self, *, record=False, module=None, action=None, category=Warning, lineno=0, append=False):
        self._record = record
        self._filter = None if action is None else (action, category, lineno, append)
        self._entered = False

    def __enter__(self):
        global _log, showwarning
        if self._entered:
            raise RuntimeError(f"Cannot enter {self!r} twice")
        self._entered = True
        self._saved = (filters[:], showwarning, _log)
        _seen.clear()
        if self._filter is not None:
            simplefilter(*self._filter)
        if self._record:
            _log = []
            return _log
        return None

    def __exit__(self, *exc_info):
        global _log, showwarning
        if not self._entered:
            raise RuntimeError(f"Cannot exit {self!r} without entering first")
        filters[:], showwarning, _log = self._saved
        _seen.clear()


class deprecated:
    """Marks a class or function: its use warns."""

    def __init__(self, message, /, *, category=DeprecationWarning, stacklevel=1):
        self.message = message
        self.category = category
        self.stacklevel = stacklevel

    def __call__(self, arg, /):
        from functools import wraps

        if self.category is None:
            arg.__deprecated__ = self.message
            return arg
        if isinstance(arg, type):
            original = arg.__init__

            @wraps(original)
            def __init__(obj, /, *args, **kwargs):
                if type(obj) is arg:
                    warn(self.message, self.category, self.stacklevel + 1)
                return original(obj, *args, **kwargs)

            arg.__init__ = __init__
            arg.__deprecated__ = self.message
            return arg

        @wraps(arg)
        def wrapper(*args, **kwargs):
            warn(self.message, self.category, self.stacklevel + 1)
            return arg(*args, **kwargs)

        wrapper.__deprecated__ = self.message
        return wrapper
