"""The bases of loaders that programs write."""
import abc


class Loader(abc.ABC):
    def create_module(self, spec):
        return None

    def load_module(self, fullname):
        from importlib import import_module

        return import_module(fullname)


class InspectLoader(Loader):
    def is_package(self, fullname):
        raise ImportError

    @abc.abstractmethod
    def get_source(self, fullname):
        raise ImportError

    def get_code(self, fullname):
        return compile(self.get_source(fullname), "<string>", "exec", dont_inherit=True)

    def exec_module(self, module):
        exec(self.get_code(module.__name__), module.__dict__)


class MetaPathFinder(abc.ABC):
    def invalidate_caches(self):
        pass
