# Applications of PEP 3333 behind the simple server: environments, statuses, blocks, errors, threads.
import contextlib
import io
import socketserver
import sys
import threading
import urllib.error
import urllib.request
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, demo_app, make_server
from wsgiref.util import FileWrapper, application_uri, request_uri, setup_testing_defaults, shift_path_info


def application(environ, start_response):
    path = environ["PATH_INFO"]
    if path == "/fail":
        raise RuntimeError("in the application")
    if path == "/blocks":
        write = start_response("200 OK", [("Content-Type", "text/plain"), ("X-Kind", "blocks")])
        write(b"first ")
        return (part for part in (b"second ", b"third"))
    if path == "/missing":
        start_response("404 Not Found", [])
        return []
    size = int(environ.get("CONTENT_LENGTH") or 0)
    body = environ["wsgi.input"].read(size).decode()
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    said = (environ["REQUEST_METHOD"], path, environ["QUERY_STRING"], body, environ.get("HTTP_X_TOKEN"))
    return [repr(said).encode()]


class Quiet(WSGIRequestHandler):
    def log_message(self, format, *args):
        logged.append(format % args)

    def get_stderr(self):
        return errors


class Threaded(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


def ask(path, data=None, **headers):
    request = urllib.request.Request(f"http://127.0.0.1:{server.server_port}{path}", data, headers)
    try:
        with urllib.request.urlopen(request) as answer:
            shown = {k: v for k, v in answer.headers.items() if k not in ("Date", "Server")}
            print(answer.status, answer.reason, answer.read(), shown, answer.headers["Server"].split("/")[0])
    except urllib.error.HTTPError as error:
        print(error.code, error.reason, error.read(), error.headers.get("Content-Length"))


logged, errors = [], io.StringIO()
with make_server("127.0.0.1", 0, application, server_class=Threaded, handler_class=Quiet) as server:
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    ask("/a%20path?x=1&y=2")
    ask("/", b"some data", **{"X-Token": "t"})
    ask("/blocks")
    ask("/missing")
    ask("/fail")
    server.set_app(demo_app)
    with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/demo") as answer:
        lines = answer.read().decode().splitlines()
        print(lines[0], [line for line in lines if line.startswith(("PATH_I", "REQUEST_M", "wsgi.v", "REMOTE_A", "SCRIPT"))])
    server.shutdown()
    thread.join()
print(logged[:-1])
print(errors.getvalue().splitlines()[-1])
environ = {"PATH_INFO": "/one/two/", "QUERY_STRING": "q=1"}
setup_testing_defaults(environ)
print(request_uri(environ), application_uri(environ), shift_path_info(environ), environ["SCRIPT_NAME"], environ["PATH_INFO"])
print(list(FileWrapper(io.BytesIO(b"abcdef"), 4)))
