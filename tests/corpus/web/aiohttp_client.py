# /// script
# dependencies = ["aiohttp"]
# ///
"""aiohttp's client: methods, errors, redirects, time limits, streams, limits of connections."""

import asyncio, threading, time, json, aiohttp
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


srv = ThreadingHTTPServer(("127.0.0.1", 8766), H)
threading.Thread(target=srv.serve_forever, daemon=True).start()
b = "http://127.0.0.1:8766"


async def main():
    async with aiohttp.ClientSession(headers={"X-A": "1"}) as s:
        async with s.get(b + "/a", params={"x": 1, "y": "b c"}) as r:
            print(
                r.status,
                r.reason,
                r.ok,
                await r.json(),
                r.url,
                r.content_type,
                r.charset,
                r.headers["Content-Type"],
                r.method,
            )
        for m, kw in (
            ("post", {"json": {"a": 1}}),
            ("post", {"data": {"a": "b c"}}),
            ("post", {"data": b"raw"}),
            ("put", {"data": "text"}),
            ("delete", {}),
            ("patch", {"json": []}),
        ):
            async with getattr(s, m)(b + "/p", **kw) as r:
                print(m, r.status, await r.json())
        async with s.get(b + "/redir") as r:
            print(r.url.path, len(r.history), r.status)
        async with s.get(b + "/redir", allow_redirects=False) as r:
            print(r.status, r.headers["Location"])
        r = await s.get(b + "/404")
        print(r.status, await r.text())
        try:
            r.raise_for_status()
        except aiohttp.ClientResponseError as e:
            print(e.status, e.message, str(e))
        try:
            async with s.get(b + "/404", raise_for_status=True) as r:
                pass
        except aiohttp.ClientResponseError as e:
            print(e)
        try:
            await (await s.get(b + "/404")).json()
        except aiohttp.ContentTypeError as e:
            print(e.status, e.message)
        await s.get(b + "/cookie")
        print([c.key + "=" + c.value for c in s.cookie_jar])
        async with s.get(b + "/c") as r:
            print((await r.json())["h"].get("cookie"))
        try:
            async with s.get(b + "/slow", timeout=aiohttp.ClientTimeout(total=0.05)) as r:
                pass
        except asyncio.TimeoutError as e:
            print(type(e).__name__, repr(str(e)))
        try:
            await s.get("http://127.0.0.1:1/")
        except aiohttp.ClientConnectorError as e:
            print(type(e).__name__, e)
        try:
            await s.get("nothing")
        except aiohttp.InvalidURL as e:
            print(type(e).__name__, e)
        async with s.get(b + "/lines") as r:
            async for l in r.content:
                print(l)
        async with s.get(b + "/lines") as r:
            print(await r.read(), await r.content.read())
        async with s.get(b + "/lines") as r:
            print([c async for c in r.content.iter_chunked(4)])
        t = time.perf_counter()
        rs = await asyncio.gather(*[s.get(f"{b}/slow/{i}") for i in range(5)])
        print([r.status for r in rs], time.perf_counter() - t < 0.5)
        print(s.closed)
        async with s.head(b + "/a") as r:
            print(r.status)
        async with s.request("GET", b + "/q", auth=aiohttp.BasicAuth("u", "p")) as r:
            print((await r.json())["h"]["authorization"])
    print(s.closed)
    try:
        await s.get(b)
    except RuntimeError as e:
        print(e)
    async with aiohttp.ClientSession(
        base_url=b, timeout=aiohttp.ClientTimeout(total=5), raise_for_status=True
    ) as s:
        async with s.get("/rel") as r:
            print((await r.json())["path"])
        try:
            await s.get("/404")
        except aiohttp.ClientError as e:
            print(type(e).__name__)
    c = aiohttp.TCPConnector(limit=2)
    t = time.perf_counter()
    async with aiohttp.ClientSession(connector=c) as s:

        async def f(i):
            async with s.get(f"{b}/slow/{i}") as r:
                return (await r.json())["path"]

        print(await asyncio.gather(*map(f, range(4))), 0.35 < time.perf_counter() - t < 0.7)
        sem = asyncio.Semaphore(1)

        async def g(i):
            async with sem:
                return await f(i)

        t = time.perf_counter()
        await asyncio.gather(*map(g, range(3)))
        print(time.perf_counter() - t > 0.55)


asyncio.run(main())
