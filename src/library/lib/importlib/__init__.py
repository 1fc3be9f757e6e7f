"""Imports by name. Modules are the program's own files and those of the simulated library."""
import sys
import types

import _sys

__all__ = ["__import__", "import_module", "invalidate_caches", "reload"]

from builtins import __import__


def import_module(name, package=None):
    if name.startswith("."):
        if not package:
            raise TypeError(f"the 'package' argument is required to perform a relative import for {name!r}")
        name = _absolute(name, package)
    if not name:
        raise ValueError("Empty module name")
    return __import__(name, fromlist=["*"])


def _absolute(name, package):
    """What a name with leading dots means inside a package."""
    level = len(name) - len(name.lstrip("."))
    parents = package.split(".")
    if level > len(parents):
        raise ImportError("attempted relative import beyond top-level package")
    base = ".".join(parents[: len(parents) + 1 - level])
    return f"{base}.{name[level:]}" if name[level:] else base


def invalidate_caches():
    """Nothing about modules is remembered that a program could change."""


def reload(module):
    """The module's body runs again; names that it no longer sets keep their values."""
    try:
        name = module.__spec__.name
    except AttributeError:
        try:
            name = module.__name__
        except AttributeError:
            raise TypeError("reload() argument must be a module") from None
    if sys.modules.get(name) is not module:
        raise ImportError(f"module {name} not in sys.modules", name=name)
    loader = getattr(getattr(module, "__spec__", None), "loader", None)
    if loader is not None:
        loader.exec_module(module)
    elif _sys.module_place(name) is None:
        raise ModuleNotFoundError(f"spec not found for the module {name!r}", name=name)
    else:
        _sys.run_body(name, module)
    return sys.modules[name]
