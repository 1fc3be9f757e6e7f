"""A server that calls an application for every request, one after the other."""
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from platform import python_implementation

__version__ = "0.2"
server_version = "WSGIServer/" + __version__
software_version = f"{server_version} {python_implementation()}/{sys.version.split()[0]}"


class WSGIServer(HTTPServer):
    """Knows the application and what every environment begins with."""

    application = None

    def server_bind(self):
        HTTPServer.server_bind(self)
        self.setup_environ()

    def setup_environ(self):
        self.base_environ = {
            "SERVER_NAME": self.server_name, "GATEWAY_INTERFACE": "CGI/1.1", "SERVER_PORT": str(self.server_port),
            "REMOTE_HOST": "", "CONTENT_LENGTH": "", "SCRIPT_NAME": "",
        }  # fmt: skip

    def get_app(self):
        return self.application

    def set_app(self, application):
        self.application = application


class WSGIRequestHandler(BaseHTTPRequestHandler):
    """Makes an environment of a request, and a response of what the application gives."""

    server_version = server_version

    def get_environ(self):
        from urllib.parse import unquote

        path, _, query = self.path.partition("?")
        environ = dict(self.server.base_environ)
        environ.update(
            SERVER_PROTOCOL=self.request_version, SERVER_SOFTWARE=self.server_version, REQUEST_METHOD=self.command,
            PATH_INFO=unquote(path, "iso-8859-1"), QUERY_STRING=query, REMOTE_ADDR=self.client_address[0],
            CONTENT_TYPE=self.headers.get("content-type") or "text/plain",
        )  # fmt: skip
        length = self.headers.get("content-length")
        if length:
            environ["CONTENT_LENGTH"] = length
        for name, value in self.headers.items():
            name = name.replace("-", "_").upper()
            if name in environ:
                continue
            key = "HTTP_" + name
            environ[key] = f"{environ[key]},{value.strip()}" if key in environ else value.strip()
        return environ

    def get_stderr(self):
        return sys.stderr

    def handle(self):
        self.raw_requestline = self.rfile.readline(65537)
        if len(self.raw_requestline) > 65536:
            self.requestline = self.request_version = self.command = ""
            self.send_error(414)
            return
        if self.parse_request():
            _Response(self).run(self.server.get_app())


class _Response:
    """One call of the application, and what it sends."""

    def __init__(self, handler):
        self.handler = handler
        self.status = self.headers = None
        self.has_begun = False
        self.n_sent = 0
        errors = handler.get_stderr()
        self.environ = {
            **handler.get_environ(), "wsgi.input": handler.rfile, "wsgi.errors": errors, "wsgi.version": (1, 0),
            "wsgi.run_once": False, "wsgi.url_scheme": "http", "wsgi.multithread": False, "wsgi.multiprocess": False,
        }  # fmt: skip

    def start_response(self, status, headers, exc_info=None):
        if exc_info:
            if self.has_begun:
                raise exc_info[1].with_traceback(exc_info[2])
        elif self.headers is not None:
            raise AssertionError("Headers already set!")
        self.status, self.headers = status, list(headers)
        return self.write

    def write(self, data):
        if not isinstance(data, bytes):
            raise AssertionError("write() argument must be a bytes instance")
        if self.status is None:
            raise AssertionError("write() before start_response()")
        if not self.has_begun:
            self.begin(None)
        self.n_sent += len(data)
        self.handler.wfile.write(data)

    def begin(self, length):
        self.has_begun = True
        names = {name.lower() for name, _ in self.headers}
        if length is not None and "content-length" not in names:
            self.headers.append(("Content-Length", str(length)))
        lines = [f"HTTP/1.0 {self.status}"]
        if "date" not in names:
            lines.append(f"Date: {self.handler.date_time_string()}")
        if "server" not in names:
            lines.append(f"Server: {software_version}")
        lines += [f"{name}: {value}" for name, value in self.headers]
        if self.handler.request_version != "HTTP/0.9":
            self.handler.wfile.write("\r\n".join([*lines, "", ""]).encode("iso-8859-1"))

    def run(self, application):
        try:
            result = application(self.environ, self.start_response)
            try:
                blocks = len(result) if hasattr(result, "__len__") else None
                for data in result:
                    if not self.has_begun and self.status is not None and blocks == 1:
                        self.begin(len(data))
                    self.write(data)
                if not self.has_begun:
                    self.begin(0)
            finally:
                if hasattr(result, "close"):
                    result.close()
        except Exception:
            import traceback

            traceback.print_exc(file=self.handler.get_stderr())
            if not self.has_begun:
                self.status, self.headers = "500 Internal Server Error", [("Content-Type", "text/plain")]
                text = b"A server error occurred.  Please contact the administrator."
                self.begin(len(text))
                self.write(text)
        self.handler.log_request(self.status.split(" ", 1)[0], self.n_sent)


def demo_app(environ, start_response):
    lines = ["Hello world!", "", *(f"{key} = {value!r}" for key, value in sorted(environ.items()))]
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return ["\n".join([*lines, ""]).encode("utf-8")]


def make_server(host, port, app, server_class=WSGIServer, handler_class=WSGIRequestHandler):
    """A server for the application, which already listens."""
    server = server_class((host, port), handler_class)
    server.set_app(app)
    return server
