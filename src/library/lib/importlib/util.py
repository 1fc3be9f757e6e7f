"""Finding modules."""
from ._spec import absolute, find


def resolve_name(name, package):
    return absolute(name, package) if name.startswith(".") else name


def find_spec(name, package=None):
    return find(resolve_name(name, package))
