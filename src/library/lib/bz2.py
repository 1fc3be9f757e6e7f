"""This compression is a C library that is not simulated; `zlib` and `gzip` are."""

_TEXT = "bz2 is not simulated: compress with zlib or gzip"


def compress(*args, **kwargs):
    raise NotImplementedError(_TEXT)


def decompress(*args, **kwargs):
    raise NotImplementedError(_TEXT)


def open(*args, **kwargs):
    raise NotImplementedError(_TEXT)


class BZ2File:
    def __init__(self, *args, **kwargs):
        raise NotImplementedError(_TEXT)


class BZ2Compressor:
    def __init__(self, *args, **kwargs):
        raise NotImplementedError(_TEXT)


class BZ2Decompressor:
    def __init__(self, *args, **kwargs):
        raise NotImplementedError(_TEXT)
