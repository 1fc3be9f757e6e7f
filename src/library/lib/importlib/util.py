"""Finding modules without importing them, and making modules of one's own."""
import sys
import types

from . import _absolute
from .machinery import ModuleSpec, SourceFileLoader, spec_of

MAGIC_NUMBER = b"\xa7\r\r\n"


def resolve_name(name, package):
    if not name.startswith("."):
        return name
    if not package:
        raise ImportError(
            f"no package specified for {name!r} (required for relative module names)"
        )
    return _absolute(name, package)


def find_spec(name, package=None):
    fullname = resolve_name(name, package) if name.startswith(".") else name
    module = sys.modules.get(fullname)
    if module is None and fullname in sys.modules:
        return None
    if module is not None:
        if "__spec__" in vars(module) and module.__spec__ is None:
            raise ValueError(f"{name}.__spec__ is None")
        return getattr(module, "__spec__", None) or spec_of(fullname)
    parent = fullname.rpartition(".")[0]
    if parent and not hasattr(__import__(parent, fromlist=["__path__"]), "__path__"):
        raise ModuleNotFoundError(
            f"__path__ attribute not found on {parent!r} while trying to find {fullname!r}", name=fullname
        )
    return spec_of(fullname)


def spec_from_loader(name, loader, *, origin=None, is_package=None):
    if origin is None:
        origin = getattr(loader, "path", None)
    spec = ModuleSpec(name, loader, origin=origin, is_package=is_package)
    spec.has_location = origin is not None
    return spec


def spec_from_file_location(name, location=None, *, loader=None, submodule_search_locations=None):
    if location is None and loader is not None:
        location = loader.get_filename(name)
    import os

    location = os.path.abspath(os.fspath(location))
    if loader is None:
        if not location.endswith(".py"):
            return None
        loader = SourceFileLoader(name, location)
    spec = ModuleSpec(name, loader, origin=location)
    spec.has_location = True
    spec.submodule_search_locations = submodule_search_locations
    return spec


def module_from_spec(spec):
    module = spec.loader.create_module(spec) if hasattr(spec.loader, "create_module") else None
    if module is None:
        module = types.ModuleType(spec.name)
    module.__name__ = spec.name
    module.__loader__ = spec.loader
    module.__package__ = spec.parent
    module.__spec__ = spec
    if spec.submodule_search_locations is not None:
        module.__path__ = spec.submodule_search_locations
    if spec.has_location:
        module.__file__ = spec.origin
    return module


def cache_from_source(path, debug_override=None, *, optimization=None):
    head, slash, tail = path.rpartition("/")
    stem = tail.rpartition(".")[0] or tail
    return f"{head}{slash}__pycache__/{stem}.{sys.implementation.cache_tag}.pyc"


def source_hash(source_bytes):
    raise NotImplementedError("bytecode files are not simulated: modules are compiled from their texts")


def decode_source(source_bytes):
    return source_bytes.decode().replace("\r\n", "\n").replace("\r", "\n")


class LazyLoader:
    """Loads at once: nothing is gained by waiting here."""

    def __init__(self, loader):
        self.loader = loader

    @classmethod
    def factory(cls, loader):
        return lambda *args, **kwargs: cls(loader(*args, **kwargs))

    def create_module(self, spec):
        return self.loader.create_module(spec)

    def exec_module(self, module):
        self.loader.exec_module(module)
