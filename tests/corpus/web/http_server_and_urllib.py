"""http.server, socketserver, urllib.request and http.client over the loopback network."""

import threading, time, json, urllib.request, urllib.error, urllib.parse, http.client, socketserver, socket
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from concurrent.futures import ThreadPoolExecutor


class H(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path.startswith("/slow"):
            time.sleep(0.2)
        if self.path == "/404":
            self.send_error(404)
            return
        if self.path == "/redir":
            self.send_response(302)
            self.send_header("Location", "/ok")
            self.end_headers()
            return
        body = json.dumps(
            {"path": self.path, "q": urllib.parse.parse_qs(urllib.parse.urlparse(self.path).query)}
        ).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        n = int(self.headers["Content-Length"])
        data = self.rfile.read(n)
        self.send_response(201)
        self.end_headers()
        self.wfile.write(b"got " + data + b" " + self.headers.get("Content-Type", "-").encode())

    def log_message(self, f, *a):
        pass


srv = ThreadingHTTPServer(("127.0.0.1", 0), H)
port = srv.server_address[1]
th = threading.Thread(target=srv.serve_forever, daemon=True)
th.start()
base = f"http://127.0.0.1:{port}"
with urllib.request.urlopen(base + "/a?x=1&x=2") as r:
    print(r.status, r.reason, r.headers["content-type"], r.getheader("Content-Length"), json.load(r))
with urllib.request.urlopen(base + "/redir") as r:
    print(r.status, r.geturl() == base + "/ok", r.read())
try:
    urllib.request.urlopen(base + "/404")
except urllib.error.HTTPError as e:
    print(e, e.code, e.reason, len(e.read()) > 100)
r = urllib.request.urlopen(
    urllib.request.Request(
        base + "/p", data=urllib.parse.urlencode({"a": 1}).encode(), headers={"X-A": "b"}, method="POST"
    )
)
print(r.status, r.read())
t = time.perf_counter()
with ThreadPoolExecutor(5) as ex:
    rs = list(ex.map(lambda i: urllib.request.urlopen(f"{base}/slow/{i}").read(), range(5)))
print(len(rs), time.perf_counter() - t < 0.5)
c = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
c.request("GET", "/x")
r = c.getresponse()
print(r.status, r.reason, r.version, r.read(), dict(r.getheaders())["Content-Type"])
c.request("POST", "/y", body="hello", headers={"Content-Type": "text/plain"})
r = c.getresponse()
print(r.status, r.read().decode())
c.close()
try:
    urllib.request.urlopen(base + "/slow", timeout=0.05)
except Exception as e:
    print(type(e).__name__, e)
srv.shutdown()
srv.server_close()
try:
    urllib.request.urlopen(base + "/x", timeout=1)
except urllib.error.URLError as e:
    print(e, repr(e.reason))
try:
    urllib.request.urlopen("nothing")
except ValueError as e:
    print(e)


class E(socketserver.BaseRequestHandler):
    def handle(self):
        d = self.request.recv(1024)
        self.request.sendall(d.upper())


class L(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            self.wfile.write(line[::-1].strip() + b"\n")


with socketserver.TCPServer(("127.0.0.1", 0), E) as s:
    threading.Thread(target=s.handle_request).start()
    with socket.create_connection(s.server_address) as k:
        k.sendall(b"hello")
        print(k.recv(100))


class T(socketserver.ThreadingMixIn, socketserver.TCPServer):
    daemon_threads = True
    allow_reuse_address = True


with T(("127.0.0.1", 0), L) as s:
    threading.Thread(target=s.serve_forever, daemon=True).start()
    with socket.create_connection(s.server_address) as k:
        f = k.makefile("rw")
        f.write("abc\n")
        f.flush()
        print(f.readline())
        f.write("xyz\n")
        f.flush()
        print(f.readline())
    s.shutdown()
