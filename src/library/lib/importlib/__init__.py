"""Imports by name."""
import sys

from . import _spec

__all__ = ["__import__", "import_module", "invalidate_caches", "reload"]
__import__ = __builtins__["__import__"] if isinstance(__builtins__, dict) else __builtins__.__import__


def import_module(name, package=None):
    if name.startswith("."):
        if not package:
            raise TypeError(f"the 'package' argument is required to perform a relative import for {name!r}")
        name = _spec.absolute(name, package)
    __import__(name)
    return sys.modules[name]


def invalidate_caches():
    pass


def reload(module):
    """Runs a module's text again, in a module of its own that takes the place of the old one's contents."""
    name = getattr(module, "__name__", None)
    if sys.modules.get(name) is not module:
        raise ImportError(f"module {name} not in sys.modules", name=name)
    del sys.modules[name]
    try:
        __import__(name)
        fresh = sys.modules[name]
    finally:
        sys.modules[name] = module
    for key, value in vars(fresh).items():
        setattr(module, key, value)
    return module
