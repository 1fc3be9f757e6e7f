"""Archives are not simulated; files are, and `zlib` and `gzip` for their contents."""

_TEXT = "zipfile is not simulated: write the files one by one, or compress each with gzip"


def is_zipfile(*args, **kwargs):
    raise NotImplementedError(_TEXT)


class ZipFile:
    def __init__(self, *args, **kwargs):
        raise NotImplementedError(_TEXT)


class PyZipFile:
    def __init__(self, *args, **kwargs):
        raise NotImplementedError(_TEXT)


class Path:
    def __init__(self, *args, **kwargs):
        raise NotImplementedError(_TEXT)


ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA = 0, 8, 12, 14


class BadZipFile(Exception):
    pass


class LargeZipFile(Exception):
    pass
