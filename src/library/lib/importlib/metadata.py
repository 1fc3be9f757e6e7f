"""Versions of packages: of those that are simulated."""


class PackageNotFoundError(ModuleNotFoundError):
    __module__ = "importlib.metadata"

    def __str__(self):
        return f"No package metadata was found for {self.args[0]}"


def version(distribution_name):
    try:
        return __import__(distribution_name.replace("-", "_").lower()).__version__
    except (ImportError, AttributeError):
        raise PackageNotFoundError(distribution_name) from None
