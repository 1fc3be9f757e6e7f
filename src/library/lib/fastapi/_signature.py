"""The parameters of a callable: name, annotation, default. Read from its code, through partials and methods."""

import functools

from pydantic._validate import resolve

EMPTY = object()
_GENERATOR, _COROUTINE, _ASYNC_GENERATOR = 0x20, 0x80, 0x200


def code_owner(call):
    """The plain function that runs when `call` is called, and how many of its parameters are bound already."""
    if isinstance(call, type):
        return getattr(call.__init__, "__func__", call.__init__), 1
    bound = 0
    if not hasattr(call, "__code__") and not hasattr(call, "__func__"):
        call = call.__call__
    if hasattr(call, "__func__"):
        call, bound = call.__func__, 1
    return call, bound


def parameters(call):
    """[(name, annotation or EMPTY, default or EMPTY)] of what a request must supply."""
    if isinstance(call, functools.partial):
        given = set(call.keywords)
        return [p for p in parameters(call.func)[len(call.args) :] if p[0] not in given]
    if isinstance(call, type) and hasattr(call, "model_fields"):
        return [
            (name, info.annotation, EMPTY if info.is_required() else info.get_default())
            for name, info in call.model_fields.items()
        ]
    func, bound = code_owner(call)
    func = getattr(func, "__wrapped__", func)
    code = getattr(func, "__code__", None)
    if code is None:
        return []
    count = code.co_argcount
    names = code.co_varnames[bound : count + code.co_kwonlyargcount]
    annotations = getattr(func, "__annotations__", None) or {}
    defaults = dict(func.__kwdefaults__ or {})
    values = func.__defaults__ or ()
    defaults.update(zip(code.co_varnames[count - len(values) : count], values))
    scope = func.__globals__
    found = []
    for name in names:
        annotation = annotations.get(name, EMPTY)
        if isinstance(annotation, str):
            annotation = resolve(annotation, scope)
        found.append((name, annotation, defaults.get(name, EMPTY)))
    return found


def return_annotation(call):
    func, _ = code_owner(call)
    annotation = (getattr(func, "__annotations__", None) or {}).get("return", EMPTY)
    return resolve(annotation, func.__globals__) if isinstance(annotation, str) else annotation


def kind(call):
    """How a result is had from `call`: "async", "def", "async generator" or "generator"."""
    while isinstance(call, functools.partial):
        call = call.func
    if isinstance(call, type):
        return "def"
    func, _ = code_owner(call)
    flags = getattr(getattr(func, "__code__", None), "co_flags", 0)
    if flags & _ASYNC_GENERATOR:
        return "async generator"
    if flags & _GENERATOR:
        return "generator"
    return "async" if flags & _COROUTINE else "def"
