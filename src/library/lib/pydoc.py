"""What `help()` says of the program's own functions, classes and modules.

Of what is built in, or comes from the library, it says nothing: its texts are not here.
"""
import inspect
import reprlib
import sys

__all__ = ["help"]
_VERSION = sys.version_info
# Python 3.12 stopped writing blanks at the ends of lines.
_KEEPS_BLANKS = _VERSION < (3, 12)
_HIDDEN = {
    "__author__", "__builtins__", "__cached__", "__credits__", "__date__", "__doc__", "__docformat__", "__file__",
    "__loader__", "__module__", "__name__", "__package__", "__path__", "__qualname__", "__slots__", "__version__",
}  # fmt: skip
# What methods inherit that have no text of their own.
_OF_OBJECT = {
    "__init__": "Initialize self.  See help(type(self)) for accurate signature.",
    "__new__": "Create and return a new object.  See help(type) for accurate signature.",
    "__repr__": "Return repr(self).",
    "__str__": "Return str(self).",
    "__hash__": "Return hash(self).",
    "__eq__": "Return self==value.",
    "__ne__": "Return self!=value.",
    "__lt__": "Return self<value.",
    "__le__": "Return self<=value.",
    "__gt__": "Return self>value.",
    "__ge__": "Return self>=value.",
    "__format__": "Default object formatter.",
    "__dir__": "Default dir() implementation.",
    "__getattribute__": "Return getattr(self, name).",
    "__setattr__": "Implement setattr(self, name, value).",
    "__delattr__": "Implement delattr(self, name).",
    "__sizeof__": "Size of object in memory, in bytes.",
    "__reduce__": "Helper for pickle.",
    "__reduce_ex__": "Helper for pickle.",
    "__init_subclass__": "This method is called when a class is subclassed.\n\n"
    "The default implementation does nothing. It may be\noverridden to extend subclasses.",
}
_IF_DEFINED = "" if _VERSION >= (3, 11) else " (if defined)"
_DESCRIPTORS = {
    "__dict__": "dictionary for instance variables" + _IF_DEFINED,
    "__weakref__": "list of weak references to the object" + _IF_DEFINED,
}


class _Repr(reprlib.Repr):
    def __init__(self):
        super().__init__()
        self.maxlist = self.maxtuple = 20
        self.maxdict = 10
        self.maxstring = self.maxother = 100

    def repr_str(self, text, level):
        if len(text) > self.maxstring:
            n = (self.maxstring - 3) // 2
            text = text[:n] + "..." + text[n + 3 - self.maxstring :]
        return repr(text)


_shown = _Repr().repr


def _is_of_program(thing):
    code = getattr(thing, "__code__", None)
    if code is not None:
        return not code.co_filename.startswith(("/usr/lib/", "<frozen"))
    module = sys.modules.get(getattr(thing, "__module__", None))
    return not (getattr(module, "__file__", None) or "/usr/lib/").startswith("/usr/lib/")


def _text(thing, name=None):
    found = inspect.getdoc(thing)
    if not found and name is not None:
        found = _OF_OBJECT.get(name)
    return found or ""


def _indent(text, prefix="    "):
    lines = [(prefix + line) if _KEEPS_BLANKS else (prefix + line).rstrip() for line in text.split("\n")]
    lines[-1] = lines[-1].rstrip()
    return "\n".join(lines)


def _class_name(cls, module):
    return cls.__name__ if cls.__module__ == module else f"{cls.__module__}.{cls.__name__}"


def _describe(thing):
    for is_kind, what in (
        (inspect.ismodule, "module"), (inspect.isclass, "class"), (inspect.isfunction, "function"),
        (inspect.ismethod, "method"),
    ):  # fmt: skip
        if is_kind(thing):
            return f"{what} {thing.__name__}"
    return type(thing).__name__


class _Writer:
    """Puts sections below each other, with a line between them."""

    def __init__(self):
        self.parts = []
        self._has_section = False

    def rule(self):
        if self._has_section:
            self.parts.append("-" * 70)
        self._has_section = True


def _of_class(cls, name=None):
    module = cls.__module__
    bases = f"({', '.join(_class_name(base, module) for base in cls.__bases__)})" if cls.__bases__ else ""
    own = cls.__name__
    title = (f"class {own}" if name in (None, own) else f"{name} = class {own}") + bases
    writer = _Writer()
    push = writer.parts.append
    try:
        signature = str(inspect.signature(cls))
    except (ValueError, TypeError):
        signature = ""
    if signature not in ("", "()"):
        push(own + signature + "\n")
    doc = _text(cls)
    if doc:
        push(doc + "\n")
    mro = cls.__mro__
    if len(mro) > 2:
        push("Method resolution order:")
        for base in mro:
            push("    " + _class_name(base, module))
        push("")
    attributes = _attributes(cls)
    for base in mro[:-1]:
        mine = [one for one in attributes if one.defining_class is base]
        tag = "defined here" if base is cls else f"inherited from {_class_name(base, module)}"
        _sections(writer, cls, base, mine, tag)
    if not writer.parts:
        return title + "\n"
    return title + "\n" + _indent("\n".join(writer.parts).rstrip(), " |  ") + "\n"


def _attributes(cls):
    """What is shown of a class and its bases, by name; fields of named tuples are not private."""
    found = []
    is_annotated = any("__annotations__" in base.__dict__ for base in cls.__mro__)
    for one in inspect.classify_class_attrs(cls):
        name = one.name
        is_special = name.startswith("__") and name.endswith("__")
        is_field = name.startswith("_") and hasattr(cls, "_fields") and not name.startswith("__")
        if name in _HIDDEN or name.startswith("_") and not is_special and not is_field:
            continue
        if name == "__annotations__" and is_annotated and _VERSION >= (3, 10):
            one = one._replace(defining_class=cls, object=cls.__dict__.get(name, {}))
        found.append(one)
    return found


def _sections(writer, cls, base, attributes, tag):
    def spill(title, wanted, shown):
        chosen = [one for one in attributes if wanted(one)]
        attributes[:] = [one for one in attributes if not wanted(one)]
        if chosen:
            writer.rule()
            writer.parts.append(f"{title} {tag}:\n")
            writer.parts.extend(map(shown, chosen))

    def routine(one):
        if not inspect.isroutine(one.object) and one.kind == "method":
            return data(one)
        return _of_routine(getattr(cls, one.name, one.object), one.name, cls)

    def described(one):
        text = _DESCRIPTORS.get(one.name) or _text(one.object)
        return one.name + "\n" + (_indent(text) + "\n" if text else "")

    def data(one):
        return _of_data(getattr(cls, one.name, one.object), one.name) + "\n"

    def is_descriptor(one):
        kind = type(one.object)
        return one.name in _DESCRIPTORS or hasattr(kind, "__set__") or hasattr(kind, "__delete__")

    spill("Methods", lambda one: one.kind == "method" or type(one.object).__name__ == "cached_property", routine)
    spill("Class methods", lambda one: one.kind == "class method", routine)
    spill("Static methods", lambda one: one.kind == "static method", routine)
    read_only = lambda one: one.kind == "property" and one.object.fset is None and one.object.fdel is None
    spill("Readonly properties", read_only, described)
    spill("Data descriptors", is_descriptor, described)
    spill("Data and other attributes", lambda one: True, data)


def _of_data(value, name):
    line = f"{name} = {_shown(value)}"
    if len(line) > 70:
        line = line[:70] + "..."
    doc = _text(value) if callable(value) or hasattr(type(value), "__get__") else ""
    if inspect.isclass(value) and not _is_of_program(value):
        doc = ""
    return line + "\n" + _indent(doc) + "\n" if doc else line


def _of_routine(function, name=None, cls=None):
    if type(function).__name__ == "cached_property":
        return f"{name} = <functools.cached_property object>\n{_indent(_text(function)) if _text(function) else ''}\n"
    own = getattr(function, "__name__", name)
    name = name or own
    note = ""
    if inspect.ismethod(function):
        of = type(function.__self__)
        if cls is None:
            note = f" method of {_class_name(of, None)} instance"
        elif _VERSION < (3, 13):
            note = f" from {_class_name(of, cls.__module__)}"
    skips = False
    if name == own or own == "<lambda>":
        title = name
    else:
        title = f"{name} = {own}"
        skips = cls is not None and inspect.getattr_static(cls, own, None) is function
    try:
        signature = str(inspect.signature(function))
    except (ValueError, TypeError):
        signature = "(...)"
    if own == "<lambda>":
        title = name + " lambda "
        signature = signature[1:-1]
    is_async = inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function)
    declaration = ("async " if is_async else "") + title + signature + note
    doc = "" if skips else _text(function, name)
    return declaration + "\n" + (_indent(doc).rstrip() + "\n" if doc else "")


def render_doc(thing, title="Help on %s:"):
    what = _describe(thing)
    module = inspect.getmodule(thing)
    name = getattr(thing, "__name__", None)
    if module is not None and module is not thing and name is not None:
        what += f" in module {module.__name__}"
    is_known = inspect.isclass(thing) or inspect.isroutine(thing) or isinstance(thing, property)
    if not is_known:
        thing = type(thing)
        if name is None:
            what += f" in module {thing.__module__}"
        what += " object"
    if isinstance(thing, property):
        return title % what + "\n\n" + (_indent(_text(thing)) + "\n" if _text(thing) else "")
    of = [base for base in thing.__mro__[:-1]] if inspect.isclass(thing) else [thing]
    for one in of:
        if not _is_of_program(getattr(one, "__func__", one)) and getattr(one, "__module__", "") != "abc":
            raise NotImplementedError(
                f"help() of {getattr(one, '__name__', one)!r} is not simulated; of the program's own functions and classes it is"
            )
    return title % what + "\n\n" + (_of_class(thing) if inspect.isclass(thing) else _of_routine(thing))


def help(*request):
    if not request or isinstance(request[0], str):
        raise NotImplementedError("interactive help() is not simulated; give it a function or a class")
    sys.stdout.write(render_doc(request[0]) + "\n")


def getdoc(thing):
    return inspect.getdoc(thing) or inspect.getcomments(thing) or ""
