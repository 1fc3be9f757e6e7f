"""The first and last moments of a process: its streams, its program, its exit (S-GIL-21)."""
import builtins
import sys

import _gc
import _memory
from _process import flush as _flush
import _sys
import _traceback
import warnings


class _Text:
    """`sys.stdout` and `sys.stderr`."""

    encoding = "utf-8"
    newlines = None
    closed = False
    mode = "w"
    # Where `os.dup2` has led it.
    _elsewhere = None

    def __init__(self, number, name, errors):
        self._number = number
        self.name = name
        self.errors = errors
        self.line_buffering = number == 2
        self.write_through = False
        self.buffer = _Bytes(number, name)

    def write(self, text, /):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if self._elsewhere is None:
            _sys.write(self._number, text)
        else:
            self._elsewhere.write(text)
        return len(text)

    def writelines(self, lines, /):
        for line in lines:
            self.write(line)

    def flush(self):
        if self._elsewhere is not None:
            self._elsewhere.flush()
        elif self._number == 1:
            _flush()

    def reconfigure(self, **options):
        self.line_buffering = options.get("line_buffering", self.line_buffering)
        self.write_through = options.get("write_through", self.write_through)

    def close(self):
        pass

    def isatty(self):
        return False

    def fileno(self):
        return self._number

    def readable(self):
        return False

    def writable(self):
        return True

    def seekable(self):
        return False

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        pass

    def __repr__(self):
        return f"<_io.TextIOWrapper name={self.name!r} mode='w' encoding='utf-8'>"


class _Bytes:
    """What is under a text stream."""

    def __init__(self, number, name):
        self._number = number
        self.name = name

    def write(self, data, /):
        data = bytes(data)
        _sys.write(self._number, data.decode("utf-8", "replace"))
        return len(data)

    def flush(self):
        if self._number == 1:
            _flush()

    def fileno(self):
        return self._number

    def isatty(self):
        return False


class _Nothing:
    """`sys.stdin`, at its end."""

    encoding = "utf-8"
    name = "<stdin>"
    closed = False

    def read(self, size=-1, /):
        return ""

    def readline(self, size=-1, /):
        return ""

    def readlines(self, hint=-1, /):
        return []

    def __iter__(self):
        return iter(())

    def isatty(self):
        return False

    def fileno(self):
        return 0

    def close(self):
        pass


def excepthook(kind, value, traceback, /):
    """Display an exception by printing it with a traceback to sys.stderr."""
    if sys.stderr is not None:
        sys.stderr.write("".join(_traceback.format(value)))


def _ignored_in(unraisable):
    """The line that says where an exception was ignored."""
    if unraisable.object is not None:
        return f"{unraisable.err_msg or 'Exception ignored in'}: {unraisable.object!r}\n"
    traceback = unraisable.exc_traceback
    if traceback is None:
        return ""
    code = traceback.tb_frame.f_code
    kind = "function"
    for flag, what in ((0x20, "generator object"), (0x80, "coroutine object"), (0x200, "async_generator object")):
        if code.co_flags & flag:
            kind = what
    return f"Exception ignored in: <{kind} {code.co_qualname} at {id(code):#x}>\n"


def _format_ignored(exc):
    text = "".join(_traceback.format_ignored(exc))
    # The colon is there without a message too.
    return text[:-1] + ": \n" if text.endswith(f"{type(exc).__qualname__}\n") else text


def unraisablehook(unraisable, /):
    """Handle an unraisable exception."""
    if sys.stderr is not None:
        sys.stderr.write(_ignored_in(unraisable) + _format_ignored(unraisable.exc_value))


class UnraisableHookArgs:
    """What `sys.unraisablehook` is called with."""

    err_msg = None

    def __init__(self, exc, object=None):
        self.object = object
        self.exc_type = type(exc)
        self.exc_value = exc
        self.exc_traceback = exc.__traceback__


def _finaliser(exc):
    """The `__del__` that an exception left, if it is one."""
    frame = exc.__traceback__.tb_frame if exc.__traceback__ is not None else None
    if frame is None or frame.f_code.co_name != "__del__" or not frame.f_code.co_argcount:
        return None
    receiver = frame.f_locals.get(frame.f_code.co_varnames[0])
    method = getattr(type(receiver), "__del__", None)
    return method if getattr(method, "__code__", None) is frame.f_code else None


def unraisable(exc, object=None):
    """Called by the interpreter with an exception that has nobody to go to, and the object that it comes from."""
    if object is None and sys.unraisablehook is not unraisablehook:
        object = _finaliser(exc)
    sys.unraisablehook(UnraisableHookArgs(exc, object))


def displayhook(value, /):
    if value is not None:
        print(repr(value))


async def anext_or(awaitable, default):
    """`anext(iterator, default)`"""
    try:
        return await awaitable
    except StopAsyncIteration:
        return default


def open(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
    """Opens a file of the simulated machine; `io` is loaded by the first call."""
    import io

    return io.open(file, mode, buffering, encoding, errors, newline, closefd, opener)


@_sys.frameless
def input(*prompt):
    """A line of `sys.stdin`; the prompt goes to the output first."""
    if len(prompt) > 1:
        raise TypeError(f"input expected at most 1 argument, got {len(prompt)}")
    if prompt:
        sys.stdout.write(str(prompt[0]))
        sys.stdout.flush()
    line = sys.stdin.readline()
    if not line:
        raise EOFError("EOF when reading a line")
    return line[:-1] if line.endswith("\n") else line


sys.stdout = sys.__stdout__ = _Text(1, "<stdout>", "strict")
sys.stderr = sys.__stderr__ = _Text(2, "<stderr>", "backslashreplace")
sys.stdin = sys.__stdin__ = _Nothing()
sys.excepthook = sys.__excepthook__ = excepthook
sys.unraisablehook = sys.__unraisablehook__ = unraisablehook
sys.displayhook = sys.__displayhook__ = displayhook
builtins.memoryview = _memory.memoryview
builtins.open = open
builtins.input = input


def warn_of_syntax(filename, found):
    """Called by the compiler with pairs of a line and what is suspicious there; it keeps no account of what it said."""
    for line, text in found:
        seen = set(warnings._seen)
        try:
            warnings.warn_explicit(text, SyntaxWarning, filename, line)
        except SyntaxWarning:
            raise SyntaxError(text, (filename, line, None, None)) from None
        warnings._seen.clear()
        warnings._seen.update(seen)


def import_body(name, module, filename, found):
    """Runs the body of a module in which the compiler finds something suspicious."""
    warn_of_syntax(filename, found)
    return _sys.run_body(name, module)


def file_of_module(name):
    """The file of a module in the folders of its package, or of `sys.path`; and its folder, if it is a package."""
    import os

    parent, _, last = name.rpartition(".")
    for folder in getattr(sys.modules[parent], "__path__", ()) if parent else sys.path:
        base = os.path.join(os.path.abspath(folder), last)
        for path, package in ((os.path.join(base, "__init__.py"), [base]), (base + ".py", None)):
            if os.path.isfile(path):
                return path, package
    return None


def import_file(name):
    """Runs the module of that name if a file of it is on the machine's disk."""
    found = file_of_module(name)
    if found is not None:
        from importlib.util import module_from_spec, spec_from_file_location

        spec = spec_from_file_location(name, found[0], submodule_search_locations=found[1])
        module = sys.modules[name] = module_from_spec(spec)
        exec(spec.loader.get_code(name), module.__dict__)


def run_script(filename, args=()):
    """Runs the program in this file; returns the exit status of the process."""
    sys.argv[:] = [filename, *args]
    # What the compiler says comes before anything that the program does.
    warn_of_syntax(filename, _sys.syntax_warnings(filename))
    return _process(_sys.run_main, filename)


def run_module(name, args=()):
    """`python -m name`, or the command of that name."""
    sys.argv[:] = [name, *args]
    return _process(_as_main, name)


def spawned(payload, main_file, main_name, method, name):
    """The life of a process that `multiprocessing` started anew."""
    from multiprocessing.popen import spawned

    status = 1
    try:
        status = spawned(payload, main_file, main_name, method, name)
    except BaseException as exc:
        status = _exit_status(exc)
    return status


def child(payload):
    """The life of a process that `subprocess` started."""
    import _child

    given = eval(payload)
    _child.set_up(given)
    status = _process(_child.start, given)
    _child.finish()
    return status


def _as_main(name):
    # A command may have a hyphen, a module may not.
    name = name.replace("-", "_")
    parent = name if name.count(".") == 0 else name.rpartition(".")[0]
    if parent != name or _sys.is_package(name):
        __import__(parent)
    _sys.run_module(name)


def _process(run, name):
    status = 0
    last = None
    try:
        run(name)
    except BaseException as exc:
        status = _exit_status(exc)
        # Its traceback keeps variables of the program until the end.
        last = exc
    threading = sys.modules.get("threading")
    if threading is not None:
        try:
            threading._shutdown()
        except BaseException as exc:
            if sys.version_info >= (3, 13):
                sys.stderr.write(_format_ignored(exc))
            else:
                unraisable(exc, threading)
    atexit = sys.modules.get("atexit")
    if atexit is not None:
        atexit._run_exitfuncs()
    if getattr(sys.stdout, "_elsewhere", None) is not None:
        sys.stdout.flush()
    sys._finalizing = True
    # Daemon threads would see the program's end, as frozen ones of CPython do not, so it is left out while there are
    # any.
    if threading is None or threading.active_count() == 1:
        gc = sys.modules.get("gc")
        if gc is None or gc.isenabled():
            collect()
        del last
        _forget_program()
    return status


def collect():
    """Ends what only refers to itself; how many objects that were."""
    garbage = _gc.find(_gc.Garbage)
    # The callbacks and the finalisers run before the next line.
    _gc.cut_references(garbage)
    while _gc.finalise_next(garbage):
        pass
    return _gc.empty(garbage)


def _forget_program():
    """The modules go with all that they hold. A namespace that something else holds as well is emptied, names with one
    underscore first (`Objects/moduleobject.c`, `_PyModule_ClearDict`)."""
    garbage = _gc.release_program(_gc.Garbage)
    _gc.cut_references(garbage)
    while _gc.finalise_next(garbage):
        pass
    for names in _gc.left_namespaces(garbage):
        for private in (True, False):
            for name in list(names):
                is_private = name[:1] == "_" and name[1:2] != "_"
                if is_private == private and name != "__builtins__":
                    names[name] = None


def _exit_status(exc):
    """What an exception that nobody caught means for the process; prints it."""
    if isinstance(exc, SystemExit):
        code = exc.code
        if code is None:
            return 0
        if isinstance(code, int):
            return code & 0xFF
        if sys.stderr is not None:
            sys.stderr.write(f"{code}\n")
        return 1
    try:
        sys.excepthook(type(exc), exc, exc.__traceback__)
    except BaseException as other:
        if isinstance(other, SystemExit):
            return _exit_status(other)
        if sys.stderr is not None:
            sys.stderr.write("Error in sys.excepthook:\n" + "".join(_traceback.format(other)))
            sys.stderr.write("\nOriginal exception was:\n" + "".join(_traceback.format(exc)))
    # As if by the signal that nobody handled.
    return -2 if isinstance(exc, KeyboardInterrupt) else 1
