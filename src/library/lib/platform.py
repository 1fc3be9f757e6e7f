"""The simulated machine's names."""
import sys


def system():
    return "Linux"


def node():
    return "localhost"


def release():
    return "6.1.0"


def version():
    return "#1 SMP"


def machine():
    return "x86_64"


def processor():
    return ""


def architecture(*args):
    return ("64bit", "ELF")


def python_version():
    return "%d.%d.%d" % tuple(sys.version_info[:3])


def python_version_tuple():
    return tuple(map(str, sys.version_info[:3]))


def python_implementation():
    return "CPython"


def platform(aliased=False, terse=False):
    return "Linux-6.1.0-x86_64-with-glibc2.36"
