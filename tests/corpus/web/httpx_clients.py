# /// script
# dependencies = ["httpx"]
# ///
"""httpx: both clients, errors, streams, time limits, limits of connections."""

import asyncio, threading, time, json, httpx
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


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
        if self.path == "/redir":
            return self.out(302, b"", Location="/ok")
        if self.path == "/cookie":
            return self.out(200, b"{}", Set_Cookie="a=b; Path=/")
        if self.path == "/lines":
            return self.out(200, b"a\nb\nc\n", "text/plain")
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


srv = ThreadingHTTPServer(("127.0.0.1", 8767), H)
threading.Thread(target=srv.serve_forever, daemon=True).start()
b = "http://127.0.0.1:8767"
r = httpx.get(b + "/a", params={"x": 1, "y": ["a", "b"]}, headers={"X-A": "1"})
print(
    r,
    r.status_code,
    r.json(),
    r.url,
    r.headers["content-type"],
    r.encoding,
    r.reason_phrase,
    r.is_success,
    r.http_version,
    r.elapsed.total_seconds() < 1,
)
for r in (
    httpx.post(b + "/p", json={"a": 1}),
    httpx.post(b + "/p", data={"a": "b c"}),
    httpx.post(b + "/p", content="raw"),
    httpx.put(b + "/p", content=b"x"),
    httpx.delete(b + "/p"),
    httpx.patch(b + "/p", json=[]),
):
    print(r.status_code, r.json())
r = httpx.get(b + "/redir")
print(r.status_code, r.next_request, r.is_redirect)
r = httpx.get(b + "/redir", follow_redirects=True)
print(r.url, r.history)
try:
    httpx.get(b + "/404").raise_for_status()
except httpx.HTTPStatusError as e:
    print(e, e.response.status_code, e.request.url)
try:
    httpx.get(b + "/slow", timeout=0.05)
except httpx.TimeoutException as e:
    print(type(e).__name__, e)
try:
    httpx.get("http://127.0.0.1:1/")
except httpx.ConnectError as e:
    print(type(e).__name__, e)
for u in ("foo", "ftp://x/", "http://"):
    try:
        httpx.get(u)
    except Exception as e:
        print(type(e).__name__, e)
with httpx.Client(base_url=b, headers={"x-a": "c"}, timeout=5.0) as c:
    print(c.get("/x").json(), c.get("y", auth=("u", "p")).json()["h"]["authorization"])
    c.get("/cookie")
    print(dict(c.cookies), c.get("/z").json()["h"]["cookie"])
    with c.stream("GET", "/lines") as r:
        print(list(r.iter_lines()))
    with c.stream("GET", "/lines") as r:
        try:
            r.text
        except Exception as e:
            print(type(e).__name__)
        print(r.read())
    q = c.build_request("GET", "/built")
    print(q, c.send(q).json()["path"])


async def main():
    async with httpx.AsyncClient(base_url=b) as c:
        t = time.perf_counter()
        rs = await asyncio.gather(*[c.get(f"/slow/{i}") for i in range(5)])
        print([r.status_code for r in rs], time.perf_counter() - t < 0.6)
        async with c.stream("GET", "/lines") as r:
            print([l async for l in r.aiter_lines()])
        try:
            await c.get("/slow", timeout=0.05)
        except httpx.ReadTimeout as e:
            print(type(e).__name__, repr(str(e)))
        try:
            await c.get("http://127.0.0.1:1/")
        except httpx.ConnectError as e:
            print(type(e).__name__, e)
        print(c.is_closed, httpx.Timeout(5.0, connect=1), c.timeout)
    print(c.is_closed)
    try:
        await c.get("/x")
    except RuntimeError as e:
        print(e)
    lim = httpx.Limits(max_connections=2)
    async with httpx.AsyncClient(base_url=b, limits=lim, timeout=httpx.Timeout(5, pool=0.1)) as c:
        rs = await asyncio.gather(*[c.get(f"/slow/{i}") for i in range(4)], return_exceptions=True)
        print(sorted(type(r).__name__ for r in rs))

    def handler(req):
        return httpx.Response(200, json={"u": str(req.url)})

    async with httpx.AsyncClient(transport=httpx.MockTransport(handler)) as c:
        print((await c.get("http://t/x")).json())


asyncio.run(main())
