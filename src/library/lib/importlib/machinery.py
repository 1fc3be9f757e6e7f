"""What finds and loads modules, as far as programs look at it."""
import types

import _sys

SOURCE_SUFFIXES = [".py"]
BYTECODE_SUFFIXES = [".pyc"]
EXTENSION_SUFFIXES = []


def all_suffixes():
    return SOURCE_SUFFIXES + BYTECODE_SUFFIXES + EXTENSION_SUFFIXES


class ModuleSpec:
    """Where a module comes from."""

    def __init__(self, name, loader, *, origin=None, loader_state=None, is_package=None):
        self.name = name
        self.loader = loader
        self.origin = origin
        self.loader_state = loader_state
        self.submodule_search_locations = [] if is_package else None
        self.cached = None
        self.has_location = False

    @property
    def parent(self):
        return self.name.rpartition(".")[0] if self.submodule_search_locations is None else self.name

    def __repr__(self):
        parts = [f"name={self.name!r}", f"loader={self.loader!r}"]
        if self.origin is not None:
            parts.append(f"origin={self.origin!r}")
        if self.submodule_search_locations is not None:
            parts.append(f"submodule_search_locations={self.submodule_search_locations}")
        return f"{type(self).__name__}({', '.join(parts)})"

    def __eq__(self, other):
        return isinstance(other, ModuleSpec) and self.__dict__ == other.__dict__


class _Loader:
    """What all loaders do."""

    def create_module(self, spec):
        return None

    def load_module(self, fullname):
        from importlib import import_module

        return import_module(fullname)


class BuiltinImporter(_Loader):
    """Modules that are not written in Python."""

    @classmethod
    def exec_module(cls, module):
        pass

    @classmethod
    def is_package(cls, fullname):
        return False

    @classmethod
    def get_source(cls, fullname):
        return None

    get_code = get_source


class SourceFileLoader(_Loader):
    """A file of the program or of the library by the module's name, or one on the machine's disk by its path."""

    def __init__(self, fullname, path):
        self.name = fullname
        self.path = path

    def _is_known(self):
        place = _sys.module_place(self.name)
        return place is not None and place[0] == self.path

    def get_filename(self, name=None):
        return self.path

    def is_package(self, fullname):
        return self.path.endswith("/__init__.py")

    def get_data(self, path):
        with open(path, "rb") as file:
            return file.read()

    def get_source(self, fullname):
        if self._is_known():
            return _sys.module_text(self.name)
        return self.get_data(self.path).decode()

    def source_to_code(self, data, path):
        return compile(data, path, "exec", dont_inherit=True)

    def get_code(self, fullname):
        return self.source_to_code(self.get_source(fullname), self.path)

    def exec_module(self, module):
        if self._is_known():
            _sys.run_body(self.name, module)
        else:
            exec(self.get_code(self.name), module.__dict__)


class PathFinder:
    """Finds by name alone: there is no search path."""

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        return spec_of(fullname)

    @classmethod
    def invalidate_caches(cls):
        pass


def spec_of(name):
    """The spec of a module of the program or the library, or None."""
    place = _sys.module_place(name)
    if place is None:
        return None
    file, is_package = place
    if file is None:
        return ModuleSpec(name, BuiltinImporter, origin="built-in", is_package=False)
    spec = ModuleSpec(name, SourceFileLoader(name, file), origin=file, is_package=is_package)
    spec.has_location = True
    if is_package:
        spec.submodule_search_locations.append(file.rpartition("/")[0])
    return spec
