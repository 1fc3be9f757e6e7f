"""This compression is a C library that is not simulated; `zlib` and `gzip` are."""

_TEXT = "lzma is not simulated: compress with zlib or gzip"


def compress(*args, **kwargs):
    raise NotImplementedError(_TEXT)


def decompress(*args, **kwargs):
    raise NotImplementedError(_TEXT)


def open(*args, **kwargs):
    raise NotImplementedError(_TEXT)


class LZMAFile:
    def __init__(self, *args, **kwargs):
        raise NotImplementedError(_TEXT)


class LZMACompressor:
    def __init__(self, *args, **kwargs):
        raise NotImplementedError(_TEXT)


class LZMADecompressor:
    def __init__(self, *args, **kwargs):
        raise NotImplementedError(_TEXT)


class LZMAError(Exception):
    pass
