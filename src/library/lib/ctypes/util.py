"""Where a library is found."""

_LIBRARIES = {"c": "libc.so.6", "m": "libm.so.6", "pthread": "libpthread.so.0"}


def find_library(name):
    return _LIBRARIES.get(name)
