"""Helpers for applications."""


def setup_testing_defaults(environ):
    import io
    import sys

    defaults = {
        "SERVER_NAME": "127.0.0.1", "SERVER_PROTOCOL": "HTTP/1.0", "HTTP_HOST": environ.get("SERVER_NAME", "127.0.0.1"),
        "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": "/", "SERVER_PORT": "80", "wsgi.version": (1, 0),
        "wsgi.run_once": False, "wsgi.multithread": False, "wsgi.multiprocess": False, "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr, "wsgi.url_scheme": "http",
    }  # fmt: skip
    if "SCRIPT_NAME" in environ or "PATH_INFO" in environ:
        defaults["PATH_INFO"] = ""
    for name, value in defaults.items():
        environ.setdefault(name, value)


def application_uri(environ):
    from urllib.parse import quote

    host = environ.get("HTTP_HOST") or f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}"
    return f"{environ['wsgi.url_scheme']}://{host}" + quote(environ.get("SCRIPT_NAME") or "/", encoding="latin1")


def request_uri(environ, include_query=True):
    from urllib.parse import quote

    uri = application_uri(environ)
    path = quote(environ.get("PATH_INFO", ""), safe="/;=,", encoding="latin1")
    uri += path if environ.get("SCRIPT_NAME") else path[1:]
    return f"{uri}?{environ['QUERY_STRING']}" if include_query and environ.get("QUERY_STRING") else uri


def shift_path_info(environ):
    path = environ.get("PATH_INFO", "")
    if not path:
        return None
    parts = [part for part in path.split("/")[1:] if part and part != "."]
    ends = path.endswith("/") and len(parts) > 0
    name = parts.pop(0) if parts else ""
    script = environ.get("SCRIPT_NAME", "").rstrip("/")
    environ["SCRIPT_NAME"] = f"{script}/{name}" if name else script + ("/" if not environ.get("SCRIPT_NAME", "").endswith("/") else "")
    rest = "/".join(["", *parts])
    environ["PATH_INFO"] = rest + "/" if ends and parts else rest if parts else "/" if ends else ""
    return name or None


class FileWrapper:
    """A file, block by block."""

    def __init__(self, filelike, blksize=8192):
        self.filelike = filelike
        self.blksize = blksize
        if hasattr(filelike, "close"):
            self.close = filelike.close

    def __iter__(self):
        return self

    def __next__(self):
        data = self.filelike.read(self.blksize)
        if not data:
            raise StopIteration
        return data
