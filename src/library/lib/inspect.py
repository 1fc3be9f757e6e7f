"""What objects are, and the signatures of functions."""
import builtins as _builtins
import sys
import types
from collections import namedtuple
from enum import IntEnum

_VERSION = sys.version_info[:2]

CO_OPTIMIZED, CO_NEWLOCALS, CO_VARARGS, CO_VARKEYWORDS = 1, 2, 4, 8
CO_NESTED, CO_GENERATOR, CO_COROUTINE, CO_ITERABLE_COROUTINE, CO_ASYNC_GENERATOR = 16, 32, 128, 256, 512


def ismodule(object):
    return isinstance(object, types.ModuleType)


def isclass(object):
    return isinstance(object, type)


def ismethod(object):
    return isinstance(object, types.MethodType)


def isfunction(object):
    return isinstance(object, types.FunctionType)


def isbuiltin(object):
    return isinstance(object, types.BuiltinFunctionType)


def isroutine(object):
    return isbuiltin(object) or isfunction(object) or ismethod(object) or ismethoddescriptor(object)


def ismethoddescriptor(object):
    if isclass(object) or ismethod(object) or isfunction(object):
        return False
    return hasattr(type(object), "__get__") and not hasattr(type(object), "__set__")


def isdatadescriptor(object):
    if isclass(object) or ismethod(object) or isfunction(object):
        return False
    return hasattr(type(object), "__set__") or hasattr(type(object), "__delete__")


def isgenerator(object):
    return isinstance(object, types.GeneratorType)


def iscoroutine(object):
    return isinstance(object, types.CoroutineType)


def isasyncgen(object):
    return isinstance(object, types.AsyncGeneratorType)


def isframe(object):
    return isinstance(object, types.FrameType)


def iscode(object):
    return isinstance(object, types.CodeType)


def istraceback(object):
    return isinstance(object, types.TracebackType)


def isawaitable(object):
    if isinstance(object, types.CoroutineType):
        return True
    if isinstance(object, types.GeneratorType):
        return bool(object.gi_code.co_flags & CO_ITERABLE_COROUTINE)
    return hasattr(type(object), "__await__")


def isabstract(object):
    return isclass(object) and bool(getattr(object, "__abstractmethods__", None))


def _unwrapped_partial(func):
    from functools import partial

    while isinstance(func, partial):
        func = func.func
    return func


def _has_flag(obj, flag):
    while ismethod(obj):
        obj = obj.__func__
    obj = _unwrapped_partial(obj)
    while ismethod(obj):
        obj = obj.__func__
    return isfunction(obj) and bool(obj.__code__.co_flags & flag)


def isgeneratorfunction(obj):
    return _has_flag(obj, CO_GENERATOR)


def isasyncgenfunction(obj):
    return _has_flag(obj, CO_ASYNC_GENERATOR)


_MARK = "_is_coroutine_mark"


def iscoroutinefunction(obj):
    if _has_flag(obj, CO_COROUTINE):
        return True
    while ismethod(obj):
        obj = obj.__func__
    return getattr(_unwrapped_partial(obj), _MARK, None) is _MARK


def markcoroutinefunction(func):
    getattr(func, "__func__", func).__dict__[_MARK] = _MARK
    return func


GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED, GEN_CLOSED = "GEN_CREATED", "GEN_RUNNING", "GEN_SUSPENDED", "GEN_CLOSED"
CORO_CREATED, CORO_RUNNING, CORO_SUSPENDED, CORO_CLOSED = (
    "CORO_CREATED",
    "CORO_RUNNING",
    "CORO_SUSPENDED",
    "CORO_CLOSED",
)


def _state(running, frame, suspended, prefix):
    if running:
        return prefix + "RUNNING"
    if suspended:
        return prefix + "SUSPENDED"
    return prefix + ("CLOSED" if frame is None else "CREATED")


def getgeneratorstate(generator):
    return _state(generator.gi_running, generator.gi_frame, generator.gi_suspended, "GEN_")


def getcoroutinestate(coroutine):
    return _state(coroutine.cr_running, coroutine.cr_frame, coroutine.cr_suspended, "CORO_")


def getgeneratorlocals(generator):
    return dict(generator.gi_frame.f_locals) if generator.gi_frame is not None else {}


def getcoroutinelocals(coroutine):
    return dict(coroutine.cr_frame.f_locals) if coroutine.cr_frame is not None else {}


def currentframe():
    return sys._getframe(1)


class FrameInfo(tuple):
    """(frame, filename, lineno, function, code_context, index)"""

    frame = property(lambda self: self[0])
    filename = property(lambda self: self[1])
    lineno = property(lambda self: self[2])
    function = property(lambda self: self[3])
    code_context = property(lambda self: self[4])
    index = property(lambda self: self[5])


Traceback = FrameInfo


def _context(filename, lineno, context):
    """The lines around one, and which of them it is."""
    import linecache

    if context <= 0:
        return None, None
    lines = linecache.getlines(filename)
    if not lines:
        import _traceback

        line = _traceback.source_line(filename, lineno)
        return ([line], 0) if line else (None, None)
    start = max(0, min(lineno - 1 - context // 2, len(lines) - context))
    return lines[start : start + context], lineno - 1 - start


def getframeinfo(frame, context=1):
    if istraceback(frame):
        lineno, frame = frame.tb_lineno, frame.tb_frame
    elif isframe(frame):
        lineno = frame.f_lineno
    else:
        raise TypeError(f"{frame!r} is not a frame or traceback object")
    code = frame.f_code
    return FrameInfo((frame, code.co_filename, lineno, code.co_name, *_context(code.co_filename, lineno, context)))


def getlineno(frame):
    return frame.f_lineno


def getouterframes(frame, context=1):
    result = []
    while frame is not None:
        result.append(getframeinfo(frame, context))
        frame = frame.f_back
    return result


def getinnerframes(tb, context=1):
    result = []
    while tb is not None:
        result.append(getframeinfo(tb, context))
        tb = tb.tb_next
    return result


def stack(context=1):
    return getouterframes(sys._getframe(1), context)


def trace(context=1):
    exc = sys.exc_info()[1]
    return getinnerframes(exc and exc.__traceback__, context)


def getmembers(object, predicate=None):
    return _members(object, predicate, getattr)


def _members(object, predicate, get):
    results = []
    for name in dir(object):
        try:
            value = get(object, name)
        except AttributeError:
            continue
        if predicate is None or predicate(value):
            results.append((name, value))
    results.sort(key=lambda pair: pair[0])
    return results


_MISSING = object()


def getattr_static(obj, attr, default=_MISSING):
    cls = obj if isclass(obj) else type(obj)
    if not isclass(obj):
        values = getattr(obj, "__dict__", {})
        if attr in values:
            return values[attr]
    for base in cls.__mro__:
        if attr in base.__dict__:
            return base.__dict__[attr]
    if default is not _MISSING:
        return default
    raise AttributeError(attr)


def unwrap(func, *, stop=None):
    seen = {id(func)}
    while hasattr(func, "__wrapped__") and not (stop is not None and stop(func)):
        func = func.__wrapped__
        if id(func) in seen:
            raise ValueError(f"wrapper loop when unwrapping {func!r}")
        seen.add(id(func))
    return func


def cleandoc(doc):
    lines = doc.expandtabs().split("\n")
    indents = [len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()]
    margin = min(indents, default=0)
    lines = [lines[0].lstrip()] + [line[margin:] for line in lines[1:]]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines)


def getdoc(object):
    """The docstring without its margin; a method without one has that of the method that it overrides."""
    doc = getattr(object, "__doc__", None)
    if doc is None:
        doc = _inherited_doc(object)
    return cleandoc(doc) if isinstance(doc, str) else None


def _inherited_doc(object):
    if isclass(object):
        return None
    function = getattr(object, "fget", None) or getattr(object, "func", None) or getattr(object, "__func__", object)
    name, where = getattr(function, "__name__", None), getattr(function, "__qualname__", None)
    if name is None or where is None or "." not in where:
        return None
    cls = sys.modules.get(getattr(function, "__module__", None))
    for part in where.split(".")[:-1]:
        cls = getattr(cls, part, None)
    if not isclass(cls):
        return None
    for base in cls.__mro__:
        doc = getattr(base.__dict__.get(name), "__doc__", None)
        if isinstance(doc, str):
            return doc
    return None


def getmodule(object, _filename=None):
    if ismodule(object):
        return object
    name = getattr(object, "__module__", None)
    if name is None and (isframe(object) or iscode(object)):
        path = getfile(object)
        return next((m for m in list(sys.modules.values()) if getattr(m, "__file__", None) == path), None)
    return sys.modules.get(name)


def getmro(cls):
    return cls.__mro__


def getfile(object):
    if ismodule(object):
        if getattr(object, "__file__", None):
            return object.__file__
        raise TypeError(f"{object!r} is a built-in module")
    if isclass(object):
        module = sys.modules.get(object.__module__)
        if getattr(module, "__file__", None):
            return module.__file__
        if object.__module__ == "__main__":
            raise OSError("source code not available")
        raise TypeError(f"{object!r} is a built-in class")
    if ismethod(object):
        object = object.__func__
    if isfunction(object):
        object = object.__code__
    if istraceback(object):
        object = object.tb_frame
    if isframe(object):
        object = object.f_code
    if iscode(object):
        return object.co_filename
    raise TypeError(
        "module, class, method, function, traceback, frame, or code object was expected, got "
        f"{type(object).__name__}"
    )


getsourcefile = getfile


def getabsfile(object, _filename=None):
    import os

    return os.path.abspath(getfile(object))


def getmodulename(path):
    name = path.rpartition("/")[2]
    return name[:-3] if name.endswith(".py") else None


def findsource(object):
    """All lines of the object's file, and where it begins."""
    import linecache

    import _sourcelines

    filename = getfile(object)
    lines = linecache.getlines(filename)
    if not lines:
        raise OSError("could not get source code")
    if ismodule(object):
        return lines, 0
    if isclass(object):
        at = _sourcelines.class_line(lines, object.__qualname__)
        if at is None:
            raise OSError("could not find class definition")
        return lines, at
    if ismethod(object):
        object = object.__func__
    if isfunction(object):
        object = object.__code__
    if istraceback(object):
        object = object.tb_frame
    if isframe(object):
        object = object.f_code
    at = object.co_firstlineno - 1
    if at >= len(lines):
        raise OSError("lineno is out of bounds")
    return lines, at


def getblock(lines):
    import _sourcelines

    return _sourcelines.block(lines)


def getsourcelines(object):
    object = unwrap(object)
    lines, at = findsource(object)
    if istraceback(object):
        object = object.tb_frame
    if ismodule(object) or isframe(object) and object.f_code.co_name == "<module>":
        return lines, 0
    return getblock(lines[at:]), at + 1


def getsource(object):
    return "".join(getsourcelines(object)[0])


def getcomments(object):
    import _sourcelines

    try:
        lines, at = findsource(object)
    except (OSError, TypeError):
        return None
    if ismodule(object):
        found = []
        for line in lines[lines[0].startswith("#!") :]:
            if not line.strip().startswith("#"):
                break
            found.append(line)
        return "".join(found) or None
    return _sourcelines.comments(lines, at)


def indentsize(line):
    expanded = line.expandtabs()
    return len(expanded) - len(expanded.lstrip())


def isgetsetdescriptor(object):
    return isinstance(object, types.GetSetDescriptorType)


def ismemberdescriptor(object):
    return isinstance(object, types.MemberDescriptorType)


def ismethodwrapper(object):
    return isinstance(object, types.MethodWrapperType)


def getmembers_static(object, predicate=None):
    return _members(object, predicate, getattr_static)


FullArgSpec = namedtuple("FullArgSpec", "args varargs varkw defaults kwonlyargs kwonlydefaults annotations")
ArgInfo = namedtuple("ArgInfo", "args varargs keywords locals")
Arguments = namedtuple("Arguments", "args varargs varkw")
ClosureVars = namedtuple("ClosureVars", "nonlocals globals builtins unbound")
Attribute = namedtuple("Attribute", "name kind defining_class object")


def getfullargspec(func):
    try:
        sig = _signature(func, False, False)
    except Exception as error:
        raise TypeError("unsupported callable") from error
    if ismethod(func):
        sig = _signature(func.__func__, False, False)
    args, kwonly, defaults, kwdefaults, annotations = [], [], [], {}, {}
    varargs = varkw = None
    if sig.return_annotation is not _empty:
        annotations["return"] = sig.return_annotation
    for parameter in sig.parameters.values():
        if parameter.kind in (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD):
            args.append(parameter.name)
            if parameter.default is not _empty:
                defaults.append(parameter.default)
        elif parameter.kind is Parameter.VAR_POSITIONAL:
            varargs = parameter.name
        elif parameter.kind is Parameter.KEYWORD_ONLY:
            kwonly.append(parameter.name)
            if parameter.default is not _empty:
                kwdefaults[parameter.name] = parameter.default
        else:
            varkw = parameter.name
        if parameter.annotation is not _empty:
            annotations[parameter.name] = parameter.annotation
    return FullArgSpec(args, varargs, varkw, tuple(defaults) or None, kwonly, kwdefaults or None, annotations)


def getcallargs(func, /, *positional, **named):
    """The value of each parameter in such a call."""
    if ismethod(func):
        positional = (func.__self__, *positional)
        func = func.__func__
    wanted = signature(func)
    bound = wanted.bind(*positional, **named)
    given = set(bound.arguments)
    bound.apply_defaults()
    # First what the call gives, positional and keyword, then the stars, then what is left to defaults.
    stars = (_ParameterKind.VAR_POSITIONAL, _ParameterKind.VAR_KEYWORD)
    names = [n for n, p in wanted.parameters.items() if n in given and p.kind not in stars and p.kind != _ParameterKind.KEYWORD_ONLY]
    names += [n for n, p in wanted.parameters.items() if p.kind in stars]
    names += [n for n in named if n in given and n not in names]
    names += [n for n in bound.arguments if n not in names]
    return {name: bound.arguments[name] for name in names}


def getargs(co):
    n, k = co.co_argcount, co.co_kwonlyargcount
    names = list(co.co_varnames)
    at = n + k
    varargs = varkw = None
    if co.co_flags & CO_VARARGS:
        varargs = names[at]
        at += 1
    if co.co_flags & CO_VARKEYWORDS:
        varkw = names[at]
    return Arguments(names[: n + k], varargs, varkw)


def getargvalues(frame):
    return ArgInfo(*getargs(frame.f_code), frame.f_locals)


def getclosurevars(func):
    """What the names in a function refer to."""
    import builtins

    if ismethod(func):
        func = func.__func__
    if not isfunction(func):
        raise TypeError(f"{func!r} is not a Python function")
    code = func.__code__
    nonlocals = {}
    for name, cell in zip(code.co_freevars, func.__closure__ or ()):
        nonlocals[name] = cell.cell_contents
    of_globals, of_builtins, unbound = {}, {}, set()
    for name in code.co_names:
        if name in ("None", "True", "False"):
            continue
        if name in func.__globals__:
            of_globals[name] = func.__globals__[name]
        elif hasattr(builtins, name):
            of_builtins[name] = getattr(builtins, name)
        else:
            unbound.add(name)
    return ClosureVars(nonlocals, of_globals, of_builtins, unbound)


def classify_class_attrs(cls):
    result = []
    for name in dir(cls):
        for base in cls.__mro__:
            if name in base.__dict__:
                break
        else:
            continue
        value = base.__dict__[name]
        if isinstance(value, staticmethod):
            kind = "static method"
        elif isinstance(value, classmethod):
            kind = "class method"
        elif isinstance(value, property):
            kind = "property"
        elif isroutine(value):
            kind = "method"
        else:
            kind = "data"
        result.append(Attribute(name, kind, base, value))
    return result


def walktree(classes, children, parent):
    results = []
    for cls in sorted(classes, key=lambda c: (c.__module__, c.__name__)):
        results.append((cls, cls.__bases__))
        if cls in children:
            results.append(walktree(children[cls], children, cls))
    return results


def getclasstree(classes, unique=False):
    children = {}
    roots = []
    for cls in classes:
        if cls.__bases__:
            for parent in cls.__bases__:
                below = children.setdefault(parent, [])
                if cls not in below:
                    below.append(cls)
                if unique and parent in classes:
                    break
        elif cls not in roots:
            roots.append(cls)
    for parent in children:
        if parent not in classes:
            roots.append(parent)
    return walktree(roots, children, None)


def get_annotations(obj, *, globals=None, locals=None, eval_str=False, format=None):
    if isclass(obj):
        found = obj.__dict__.get("__annotations__")
        if found is None and _VERSION >= (3, 14):
            found = getattr(obj, "__annotations__", None)
    else:
        found = getattr(obj, "__annotations__", None)
    if not eval_str:
        return dict(found or {})
    from typing import get_type_hints

    return get_type_hints(obj, globals, locals, include_extras=True)


# --- signatures ----------------------------------------------------------------------------------


class _empty:
    """Stands for what is not there."""


class _ParameterKind(IntEnum):
    POSITIONAL_ONLY = 0
    POSITIONAL_OR_KEYWORD = 1
    VAR_POSITIONAL = 2
    KEYWORD_ONLY = 3
    VAR_KEYWORD = 4

    def __str__(self):
        return self.name

    @property
    def description(self):
        return (
            "positional-only",
            "positional or keyword",
            "variadic positional",
            "keyword-only",
            "variadic keyword",
        )[int(self)]


_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD, _VAR_POSITIONAL, _KEYWORD_ONLY, _VAR_KEYWORD = _ParameterKind


def formatannotation(annotation, base_module=None, **kwargs):
    if isinstance(annotation, type) and not hasattr(annotation, "__origin__"):
        if annotation.__module__ in ("builtins", base_module):
            return annotation.__qualname__
        return annotation.__module__ + "." + annotation.__qualname__
    text = repr(annotation)
    return text.replace("typing.", "") if getattr(annotation, "__module__", None) == "typing" or text.startswith("typing.") else text


class Parameter:
    """One parameter of a function."""

    POSITIONAL_ONLY = _POSITIONAL_ONLY
    POSITIONAL_OR_KEYWORD = _POSITIONAL_OR_KEYWORD
    VAR_POSITIONAL = _VAR_POSITIONAL
    KEYWORD_ONLY = _KEYWORD_ONLY
    VAR_KEYWORD = _VAR_KEYWORD
    empty = _empty

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        kind = _ParameterKind(kind)
        if default is not _empty and kind in (_VAR_POSITIONAL, _VAR_KEYWORD):
            raise ValueError(f"{kind.description} parameters cannot have default values")
        if not isinstance(name, str):
            raise TypeError(f"name must be a str, not a {type(name).__name__}")
        if not name.isidentifier():
            raise ValueError(f"{name!r} is not a valid parameter name")
        self.name = name
        self.kind = kind
        self.default = default
        self.annotation = annotation

    def replace(self, *, name=None, kind=None, annotation=_MISSING, default=_MISSING):
        return type(self)(
            self.name if name is None else name,
            self.kind if kind is None else kind,
            default=self.default if default is _MISSING else default,
            annotation=self.annotation if annotation is _MISSING else annotation,
        )

    __replace__ = replace

    def __str__(self):
        text = self.name
        if self.annotation is not _empty:
            text += f": {formatannotation(self.annotation)}"
        if self.default is not _empty:
            text += f" = {self.default!r}" if self.annotation is not _empty else f"={self.default!r}"
        if self.kind == _VAR_POSITIONAL:
            return "*" + text
        if self.kind == _VAR_KEYWORD:
            return "**" + text
        return text

    def __repr__(self):
        return f'<{self.__class__.__name__} "{self}">'

    def __eq__(self, other):
        if not isinstance(other, Parameter):
            return NotImplemented
        mine = (self.name, self.kind, self.default, self.annotation)
        return mine == (other.name, other.kind, other.default, other.annotation)

    def __hash__(self):
        return hash((self.name, int(self.kind)))


class BoundArguments:
    """Which argument goes to which parameter."""

    def __init__(self, signature, arguments):
        self.signature = signature
        self.arguments = arguments

    @property
    def args(self):
        args = []
        for name, param in self.signature.parameters.items():
            if param.kind in (_VAR_KEYWORD, _KEYWORD_ONLY) or name not in self.arguments:
                break
            if param.kind == _VAR_POSITIONAL:
                args.extend(self.arguments[name])
            else:
                args.append(self.arguments[name])
        return tuple(args)

    @property
    def kwargs(self):
        kwargs = {}
        by_keyword = False
        for name, param in self.signature.parameters.items():
            if param.kind in (_VAR_KEYWORD, _KEYWORD_ONLY):
                by_keyword = True
            elif name not in self.arguments:
                by_keyword = True
                continue
            if not by_keyword or name not in self.arguments:
                continue
            if param.kind == _VAR_KEYWORD:
                kwargs.update(self.arguments[name])
            else:
                kwargs[name] = self.arguments[name]
        return kwargs

    def apply_defaults(self):
        full = {}
        for name, param in self.signature.parameters.items():
            if name in self.arguments:
                full[name] = self.arguments[name]
            elif param.default is not _empty:
                full[name] = param.default
            elif param.kind == _VAR_POSITIONAL:
                full[name] = ()
            elif param.kind == _VAR_KEYWORD:
                full[name] = {}
        self.arguments = full

    def __repr__(self):
        return f"<BoundArguments ({', '.join(f'{k}={v!r}' for k, v in self.arguments.items())})>"


class Signature:
    """The parameters of a function and what it returns."""

    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty):
        self.parameters = {p.name: p for p in parameters or ()}
        self.return_annotation = return_annotation

    @classmethod
    def from_callable(cls, obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
        return _signature(obj, follow_wrapped, eval_str)

    def replace(self, *, parameters=_MISSING, return_annotation=_MISSING):
        return type(self)(
            self.parameters.values() if parameters is _MISSING else parameters,
            return_annotation=self.return_annotation if return_annotation is _MISSING else return_annotation,
        )

    __replace__ = replace

    def bind(self, /, *args, **kwargs):
        return self._bind(args, kwargs, False)

    def bind_partial(self, /, *args, **kwargs):
        return self._bind(args, kwargs, True)

    def _bind(self, args, kwargs, partial):
        arguments = {}
        args = list(args)
        kwargs = dict(kwargs)
        keyword_store = None
        takes_positional = True
        for name, param in self.parameters.items():
            kind = param.kind
            if kind == _VAR_KEYWORD:
                keyword_store = name
            elif kind == _VAR_POSITIONAL:
                if args:
                    arguments[name] = tuple(args)
                args = []
                takes_positional = False
            elif kind != _KEYWORD_ONLY and args and takes_positional:
                if kind != _POSITIONAL_ONLY and name in kwargs:
                    raise TypeError(f"multiple values for argument {name!r}")
                arguments[name] = args.pop(0)
            elif kind != _POSITIONAL_ONLY and name in kwargs:
                arguments[name] = kwargs.pop(name)
            elif param.default is _empty and not partial:
                extra = " keyword-only" if kind == _KEYWORD_ONLY and _VERSION >= (3, 14) else ""
                raise TypeError(f"missing a required{extra} argument: {name!r}")
        if args:
            raise TypeError("too many positional arguments")
        if kwargs:
            if keyword_store is None:
                raise TypeError(f"got an unexpected keyword argument {next(iter(kwargs))!r}")
            arguments[keyword_store] = kwargs
        # In the order of the parameters.
        return BoundArguments(self, {name: arguments[name] for name in self.parameters if name in arguments})

    def __eq__(self, other):
        if not isinstance(other, Signature):
            return NotImplemented
        return self.parameters == other.parameters and self.return_annotation == other.return_annotation

    def __hash__(self):
        return hash(tuple(self.parameters))

    def __str__(self):
        parts = []
        seen_positional_only = False
        seen_star = False
        for param in self.parameters.values():
            if param.kind == _POSITIONAL_ONLY:
                seen_positional_only = True
            elif seen_positional_only:
                parts.append("/")
                seen_positional_only = False
            if param.kind == _VAR_POSITIONAL:
                seen_star = True
            elif param.kind == _KEYWORD_ONLY and not seen_star:
                parts.append("*")
                seen_star = True
            parts.append(str(param))
        if seen_positional_only:
            parts.append("/")
        text = f"({', '.join(parts)})"
        if self.return_annotation is not _empty:
            text += f" -> {formatannotation(self.return_annotation)}"
        return text

    def __repr__(self):
        return f"<{self.__class__.__name__} {self}>"


def _from_function(func, eval_str):
    code = func.__code__
    names = code.co_varnames
    n = code.co_argcount
    n_positional_only = getattr(code, "co_posonlyargcount", 0)
    n_keyword = code.co_kwonlyargcount
    hints = get_annotations(func, eval_str=eval_str)
    defaults = func.__defaults__ or ()
    keyword_defaults = func.__kwdefaults__ or {}
    params = []

    def add(name, kind, default=_empty):
        param = Parameter.__new__(Parameter)
        param.name, param.kind, param.default = name, kind, default
        param.annotation = hints.get(name, _empty)
        params.append(param)

    first_default = n - len(defaults)
    for i, name in enumerate(names[:n]):
        kind = _POSITIONAL_ONLY if i < n_positional_only else _POSITIONAL_OR_KEYWORD
        add(name, kind, defaults[i - first_default] if i >= first_default else _empty)
    at = n + n_keyword
    if code.co_flags & CO_VARARGS:
        add(names[at], _VAR_POSITIONAL)
        at += 1
    for name in names[n : n + n_keyword]:
        add(name, _KEYWORD_ONLY, keyword_defaults.get(name, _empty))
    if code.co_flags & CO_VARKEYWORDS:
        add(names[at], _VAR_KEYWORD)
    return Signature(params, return_annotation=hints.get("return", _empty))


def _from_dataclass(init):
    params = [Parameter("self", _POSITIONAL_OR_KEYWORD)]
    for name, kw_only, field in init._dataclass_parameters:
        from dataclasses import MISSING

        default = _empty
        if field.default is not MISSING:
            default = field.default
        elif field.default_factory is not MISSING:
            default = _DEFAULT_FACTORY
        kind = _KEYWORD_ONLY if kw_only else _POSITIONAL_OR_KEYWORD
        params.append(Parameter(name, kind, default=default, annotation=field.type))
    return Signature(params, return_annotation=None)


class _DefaultFactory:
    def __repr__(self):
        return "<factory>"


_DEFAULT_FACTORY = _DefaultFactory()


def _without_first(sig):
    params = list(sig.parameters.values())
    if params and params[0].kind != _VAR_POSITIONAL:
        params = params[1:]
    return sig.replace(parameters=params)


def _partial_signature(func, follow_wrapped, eval_str):
    whole = _signature(func.func, follow_wrapped, eval_str)
    params = list(whole.parameters.values())
    given = len(func.args)
    kept = []
    by_keyword = False
    for param in params:
        if given and param.kind in (_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD):
            given -= 1
            continue
        if param.name in func.keywords:
            by_keyword = True
            param = param.replace(default=func.keywords[param.name], kind=_KEYWORD_ONLY)
        elif by_keyword and param.kind == _POSITIONAL_OR_KEYWORD:
            param = param.replace(kind=_KEYWORD_ONLY)
        elif by_keyword and param.kind == _VAR_POSITIONAL:
            continue
        kept.append(param)
    return whole.replace(parameters=kept)


def _signature(obj, follow_wrapped, eval_str):
    if not callable(obj):
        raise TypeError(f"{obj!r} is not a callable object")
    if ismethod(obj):
        return _without_first(_signature(obj.__func__, follow_wrapped, eval_str))
    if follow_wrapped:
        obj = unwrap(obj, stop=lambda f: hasattr(f, "__signature__") or ismethod(f))
        if ismethod(obj):
            return _signature(obj, follow_wrapped, eval_str)
    explicit = getattr(obj, "__signature__", None)
    if isinstance(explicit, Signature):
        return explicit
    if isfunction(obj):
        if hasattr(obj, "_dataclass_parameters"):
            return _from_dataclass(obj)
        return _from_function(obj, eval_str)
    from functools import partial

    if isinstance(obj, partial):
        return _partial_signature(obj, follow_wrapped, eval_str)
    if isclass(obj):
        call = getattr_static(type(obj), "__call__", None)
        if isfunction(call) and type(obj).__module__ not in ("abc", "enum", "typing"):
            return _without_first(_signature(call, follow_wrapped, eval_str))
        for name in ("__new__", "__init__"):
            method = getattr_static(obj, name, None)
            method = getattr(method, "__func__", method)
            if isfunction(method):
                return _without_first(_signature(method, follow_wrapped, eval_str))
        if obj.__init__ is object.__init__ and obj.__new__ is object.__new__:
            return Signature()
        raise ValueError(f"no signature found for builtin type {obj!r}")
    call = getattr_static(type(obj), "__call__", None)
    if isfunction(call):
        return _without_first(_signature(call, follow_wrapped, eval_str))
    text = _BUILTIN_SIGNATURES.get(getattr(obj, "__name__", None))
    if text is not None and getattr(_builtins, obj.__name__, None) is obj:
        return _signature(eval(f"lambda {text}: 0"), False, False)
    raise ValueError(f"no signature found for builtin {obj!r}")


# What the functions of `builtins` say of their parameters.
_BUILTIN_SIGNATURES = {
    "abs": "x, /", "aiter": "async_iterable, /", "all": "iterable, /", "any": "iterable, /", "ascii": "obj, /",
    "bin": "number, /", "callable": "obj, /", "chr": "i, /", "delattr": "obj, name, /", "divmod": "x, y, /",
    "compile": "source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1",
    "eval": "source, globals=None, locals=None, /", "exec": "source, globals=None, locals=None, /, *, closure=None",
    "format": "value, format_spec='', /", "globals": "", "hasattr": "obj, name, /", "hash": "obj, /",
    "hex": "number, /", "id": "obj, /", "input": "prompt='', /", "isinstance": "obj, class_or_tuple, /",
    "issubclass": "cls, class_or_tuple, /", "len": "obj, /", "locals": "", "oct": "number, /", "ord": "c, /",
    "open": "file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None",
    "pow": "base, exp, mod=None", "print": "*args, sep=' ', end='\\n', file=None, flush=False", "repr": "obj, /",
    "round": "number, ndigits=None", "setattr": "obj, name, value, /",
    "sorted": "iterable, /, *, key=None, reverse=False", "sum": "iterable, /, start=0",
}  # fmt: skip


def signature(obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False, annotation_format=None):
    return _signature(obj, follow_wrapped, eval_str)
