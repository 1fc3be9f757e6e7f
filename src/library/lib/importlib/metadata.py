"""Versions of the packages that are simulated."""
import _sys

# The version in the library set L2024, and the present one.
_VERSIONS = {
    "aiofiles": ("23.2.1", "25.1.0"),
    "aiohttp": ("3.9.3", "3.14.5"),
    "anyio": ("4.3.0", "4.16.0"),
    "async-timeout": ("4.0.3", "5.0.1"),
    "celery": ("5.3.6", "5.7.0"),
    "colorama": ("0.4.6", "0.4.6"),
    "fastapi": ("0.110.0", "0.165.0"),
    "httpx": ("0.28.1", "0.28.1"),
    "kombu": ("5.3.5", "5.7.0"),
    "multidict": ("6.0.5", "6.7.0"),
    "outcome": ("1.3.0", "1.3.0"),
    "psutil": ("5.9.8", "7.1.3"),
    "pydantic": ("2.6.4", "2.14.3"),
    "redis": ("5.0.3", "5.0.3"),
    "requests": ("2.32.3", "2.32.3"),
    "sniffio": ("1.3.1", "1.3.1"),
    "starlette": ("0.36.3", "1.10.0"),
    "tenacity": ("8.2.3", "9.1.2"),
    "termcolor": ("2.4.0", "3.2.0"),
    "tqdm": ("4.66.2", "4.67.1"),
    "trio": ("0.25.0", "0.35.0"),
    "uvicorn": ("0.29.0", "0.54.0"),
    "uvloop": ("0.21.0", "0.21.0"),
    "yarl": ("1.9.4", "1.22.0"),
}


class PackageNotFoundError(ModuleNotFoundError):
    """There is no such package, or it is not simulated."""

    def __str__(self):
        return f"No package metadata was found for {self.name}"

    @property
    def name(self):
        return self.args[0]


def _normal(name):
    for separator in "_.":
        name = name.replace(separator, "-")
    while "--" in name:
        name = name.replace("--", "-")
    return name.lower()


class Distribution:
    """A simulated package."""

    def __init__(self, name):
        self._name = name

    @classmethod
    def from_name(cls, name):
        if not name:
            raise ValueError("A distribution name is required.")
        if _normal(name) not in _VERSIONS:
            raise PackageNotFoundError(name)
        return Distribution(_normal(name))

    @classmethod
    def discover(cls, **kwargs):
        return (Distribution(name) for name in _VERSIONS)

    @property
    def name(self):
        return self._name

    @property
    def version(self):
        return _VERSIONS[self._name][_sys.library_set() != "L2024"]

    @property
    def metadata(self):
        return {"Metadata-Version": "2.1", "Name": self.name, "Version": self.version}

    requires = None
    files = None
    entry_points = ()


def distribution(distribution_name):
    return Distribution.from_name(distribution_name)


def distributions(**kwargs):
    return Distribution.discover(**kwargs)


def metadata(distribution_name):
    return distribution(distribution_name).metadata


def version(distribution_name):
    return distribution(distribution_name).version


def requires(distribution_name):
    return distribution(distribution_name).requires


def files(distribution_name):
    return distribution(distribution_name).files


def entry_points(**params):
    """No simulated package announces any."""
    return ()


def packages_distributions():
    return {name.replace("-", "_"): [name] for name in _VERSIONS}
