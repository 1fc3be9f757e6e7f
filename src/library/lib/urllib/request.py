"""Opening URLs: one connection per request, blocking."""
import sys

import http.client
from urllib.error import ContentTooShortError, HTTPError, URLError
from urllib.parse import quote, unquote, urljoin, urlsplit

__version__ = "%d.%d" % sys.version_info[:2]


class Request:
    def __init__(self, url, data=None, headers={}, origin_req_host=None, unverifiable=False, method=None):
        self.full_url = url
        self.data = data
        self.headers = {}
        self.unredirected_hdrs = {}
        for name, value in headers.items():
            self.add_header(name, value)
        if method:
            self.method = method
        parts = urlsplit(url)
        if not parts.scheme:
            raise ValueError("unknown url type: %r" % url)
        self.type = parts.scheme
        self.host = parts.netloc
        self.selector = (parts.path or "/") + ("?" + parts.query if parts.query else "")
        self.fragment = parts.fragment or None

    def get_method(self):
        return getattr(self, "method", None) or ("POST" if self.data is not None else "GET")

    def get_full_url(self):
        return self.full_url

    def add_header(self, key, val):
        self.headers[key.capitalize()] = val

    def add_unredirected_header(self, key, val):
        self.unredirected_hdrs[key.capitalize()] = val

    def has_header(self, name):
        return name in self.headers or name in self.unredirected_hdrs

    def get_header(self, name, default=None):
        return self.headers.get(name, self.unredirected_hdrs.get(name, default))

    def remove_header(self, name):
        self.headers.pop(name, None)

    def header_items(self):
        return list({**self.unredirected_hdrs, **self.headers}.items())


class OpenerDirector:
    def __init__(self):
        self.addheaders = [("User-agent", "Python-urllib/" + __version__)]

    def add_handler(self, handler):
        raise NotImplementedError("urllib.request: handlers of openers are not simulated")

    def open(self, fullurl, data=None, timeout=...):
        request = Request(fullurl, data) if isinstance(fullurl, str) else fullurl
        if data is not None:
            request.data = data
        visited = 0
        while True:
            response = self._fetch(request, timeout)
            if not (response.status in (301, 302, 303, 307, 308) and response.headers.get("location")):
                break
            if request.get_method() not in ("GET", "HEAD") and response.status in (307, 308):
                break
            visited += 1
            if visited > 10:
                text = "The HTTP server returned a redirect error that would lead to an infinite loop.\n"
                text += "The last 30x error message was:\n" + response.reason
                raise HTTPError(request.full_url, response.status, text, response.headers, response)
            response.read()
            headers = {k: v for k, v in request.headers.items() if k.lower() not in ("content-length", "content-type")}
            request = Request(urljoin(request.full_url, response.headers.get("location")), headers=headers)
        if not 200 <= response.status < 300:
            raise HTTPError(request.full_url, response.status, response.reason, response.headers, response)
        return response

    def _fetch(self, request, timeout):
        if request.type not in ("http", "https"):
            raise URLError("unknown url type: %s" % request.type)
        if not request.host:
            raise URLError("no host given")
        data = request.data
        if isinstance(data, str):
            raise TypeError(
                "POST data should be bytes, an iterable of bytes, or a file object. It cannot be of type str."
            )
        headers = dict(self.addheaders)
        headers.update(request.unredirected_hdrs)
        headers.update(request.headers)
        if data is not None:
            headers.setdefault("Content-type", "application/x-www-form-urlencoded")
        headers["Connection"] = "close"
        headers = {name.title(): value for name, value in headers.items()}
        cls = http.client.HTTPSConnection if request.type == "https" else http.client.HTTPConnection
        connection = cls(request.host, timeout=timeout)
        try:
            connection.request(request.get_method(), request.selector, data, headers)
        except OSError as exc:
            raise URLError(exc) from exc
        response = connection.getresponse()
        response.url = request.full_url
        response.msg = response.reason
        return response


_opener = None


def build_opener(*handlers):
    if handlers:
        raise NotImplementedError("urllib.request: handlers of openers are not simulated")
    return OpenerDirector()


def install_opener(opener):
    global _opener
    _opener = opener


def urlopen(url, data=None, timeout=..., *, context=None, **unused):
    global _opener
    if _opener is None:
        _opener = build_opener()
    return _opener.open(url, data, timeout)


def urlretrieve(url, filename=None, reporthook=None, data=None):
    """The contents go to a file; `(its name, the headers)`."""
    import os
    import tempfile

    with urlopen(url, data) as response:
        headers = response.headers
        if filename is None:
            descriptor, filename = tempfile.mkstemp()
            os.close(descriptor) if hasattr(os, "close") else None
        size = int(headers.get("Content-Length", -1))
        block, number, read = 8192, 0, 0
        with open(filename, "wb") as file:
            if reporthook:
                reporthook(number, block, size)
            while piece := response.read(block):
                read += len(piece)
                file.write(piece)
                number += 1
                if reporthook:
                    reporthook(number, block, size)
    if 0 <= read < size:
        raise ContentTooShortError(f"retrieval incomplete: got only {read} out of {size} bytes", (filename, headers))
    return filename, headers


def urlcleanup():
    """Temporary files end with the run."""


def pathname2url(pathname):
    return quote(pathname)


def url2pathname(pathname):
    return unquote(pathname)
