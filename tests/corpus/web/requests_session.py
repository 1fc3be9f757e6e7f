# /// script
# dependencies = ["requests"]
# ///
"""requests: methods, errors, sessions, redirects, time limits, threads."""

import threading, time, json, requests
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from concurrent.futures import ThreadPoolExecutor, as_completed


class H(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def out(self, code, body, kind="application/json", **h):
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for k, v in h.items():
            self.send_header(k.replace("_", "-"), v)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if self.path.startswith("/slow"):
            time.sleep(0.2)
        if self.path == "/404":
            return self.out(404, b"nope", "text/plain")
        if self.path == "/500":
            return self.out(500, b"")
        if self.path == "/redir":
            return self.out(302, b"", Location="/ok")
        if self.path == "/loop":
            return self.out(302, b"", Location="/loop")
        if self.path == "/cookie":
            return self.out(200, b"{}", Set_Cookie="a=b; Path=/")
        if self.path == "/html":
            return self.out(200, "<p>\xe9</p>".encode("latin-1"), "text/html")
        self.out(
            200,
            json.dumps(
                {
                    "path": self.path,
                    "h": {
                        k.lower(): v
                        for k, v in self.headers.items()
                        if k.lower() in ("x-a", "cookie", "authorization", "accept")
                    },
                }
            ).encode(),
        )

    def do_POST(self):
        n = int(self.headers.get("Content-Length", 0))
        d = self.rfile.read(n)
        self.out(201, json.dumps({"body": d.decode(), "type": self.headers.get("Content-Type")}).encode())

    do_PUT = do_DELETE = do_PATCH = do_POST

    def log_message(self, *a):
        pass


srv = ThreadingHTTPServer(("127.0.0.1", 8765), H)
threading.Thread(target=srv.serve_forever, daemon=True).start()
b = "http://127.0.0.1:8765"
r = requests.get(b + "/a", params={"x": 1, "y": ["a", "b"], "z": None}, headers={"X-A": "1"})
print(
    r,
    r.status_code,
    r.ok,
    r.json(),
    r.url,
    r.headers["content-type"],
    r.encoding,
    r.reason,
    bool(r),
    r.elapsed.total_seconds() < 1,
)
for r in (
    requests.post(b + "/p", json={"a": 1}),
    requests.post(b + "/p", data={"a": "b c"}),
    requests.post(b + "/p", data="raw"),
    requests.put(b + "/p", data=b"x"),
    requests.delete(b + "/p"),
    requests.patch(b + "/p", json=[]),
):
    print(r.status_code, r.json())
r = requests.get(b + "/redir")
print(r.url, r.history, r.status_code)
print(requests.get(b + "/redir", allow_redirects=False).headers["Location"])
for p in ("/404", "/500"):
    r = requests.get(b + p)
    print(r.status_code, r.ok, repr(r.text), r.encoding)
    try:
        r.raise_for_status()
    except requests.HTTPError as e:
        print(e, e.response.status_code)
    except requests.exceptions.HTTPError as e:
        print("x", e)
try:
    requests.get(b + "/404").json()
except requests.exceptions.JSONDecodeError as e:
    print(type(e).__name__, e)
except ValueError as e:
    print("VE", e)
try:
    requests.get(b + "/slow", timeout=0.05)
except requests.exceptions.Timeout as e:
    print(type(e).__name__, e)
try:
    requests.get("http://127.0.0.1:1/x")
except requests.exceptions.ConnectionError as e:
    print(type(e).__name__, e)
for u in ("foo", "ftp://x/y", "http://"):
    try:
        requests.get(u)
    except requests.RequestException as e:
        print(type(e).__name__, e)
try:
    requests.get(b + "/loop")
except requests.TooManyRedirects as e:
    print(e)
with requests.Session() as s:
    s.headers.update({"x-a": "sess"})
    s.auth = ("u", "p")
    print(s.get(b + "/x").json())
    s.get(b + "/cookie")
    print(s.cookies.get_dict(), s.get(b + "/y").json())
    s.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=2))
    print(s.get(b + "/z").status_code)
print(requests.codes.ok, requests.codes.not_found)
r = requests.get(b + "/html")
print(r.text, r.encoding, r.content, r.apparent_encoding is not None)
t = time.perf_counter()
with ThreadPoolExecutor(5) as ex:
    fs = {ex.submit(requests.get, f"{b}/slow/{i}"): i for i in range(5)}
    print(sorted((fs[f], f.result().status_code) for f in as_completed(fs)))
print(time.perf_counter() - t < 0.6)
r = requests.get(b + "/a", stream=True)
print([c for c in r.iter_content(10)][:2])
r = requests.get(b + "/a", stream=True)
print(list(r.iter_lines())[0][:9])
print(requests.head(b + "/a").status_code)
