"""TestClient: blocking calls of an application, each in an event loop of a thread of its own."""

import asyncio
import json
from contextlib import contextmanager

import httpx
from anyio.from_thread import start_blocking_portal

from .websockets import WebSocketDisconnect


async def _outcome(func, *args):
    """What a call gives and what it raises: an exception must not end the portal."""
    try:
        return await func(*args), None
    except Exception as exc:
        return None, exc


class _Transport:
    def __init__(self, client):
        self.client = client

    def handle_request(self, request, timeout=None):
        client = self.client
        transport = httpx.ASGITransport(client.app, client.raise_server_exceptions, client=("testclient", 50000), state=client._state)
        with client._portal() as portal:
            response, failure = portal.call(_outcome, transport.handle_async_request, request)
        if failure is not None:
            raise failure
        return response

    def close(self):
        pass


class WebSocketTestSession:
    """The client's end of a WebSocket: the endpoint runs in the portal's loop."""

    def __init__(self, client, scope):
        self.client = client
        self.scope = scope
        self.accepted_subprotocol = None
        self.extra_headers = None

    def __enter__(self):
        self._context = self.client._portal()
        self._portal = self._context.__enter__()
        self._portal.call(self._run)
        try:
            self.send({"type": "websocket.connect"})
            message = self.receive()
            self._raise_on_close(message)
        except BaseException:
            self._leave()
            raise
        self.accepted_subprotocol = message.get("subprotocol")
        self.extra_headers = message.get("headers")
        return self

    def __exit__(self, *exc):
        try:
            self.close(1000)
            self._portal.call(self._join)
            while not self._answers.empty():
                message = self._answers.get_nowait()
                if isinstance(message, BaseException):
                    raise message
        finally:
            self._leave()

    def _leave(self):
        self._context.__exit__(None, None, None)

    async def _run(self):
        self._messages, self._answers = asyncio.Queue(), asyncio.Queue()

        async def run():
            try:
                await self.client.app(self.scope, self._messages.get, self._answers.put)
            except BaseException as exc:
                self._answers.put_nowait(exc)
                if not isinstance(exc, Exception):
                    raise

        self._task = asyncio.get_running_loop().create_task(run())

    async def _join(self):
        await self._task

    def _raise_on_close(self, message):
        if message["type"] == "websocket.close":
            raise WebSocketDisconnect(code=message.get("code", 1000), reason=message.get("reason", ""))

    def send(self, message):
        self._portal.call(self._messages.put, message)

    def send_text(self, data):
        self.send({"type": "websocket.receive", "text": data})

    def send_bytes(self, data):
        self.send({"type": "websocket.receive", "bytes": data})

    def send_json(self, data, mode="text"):
        text = json.dumps(data, separators=(",", ":"), ensure_ascii=False)
        if mode == "text":
            self.send({"type": "websocket.receive", "text": text})
        else:
            self.send({"type": "websocket.receive", "bytes": text.encode("utf-8")})

    def close(self, code=1000, reason=None):
        self.send({"type": "websocket.disconnect", "code": code, "reason": reason})

    def receive(self):
        message = self._portal.call(self._answers.get)
        if isinstance(message, BaseException):
            raise message
        return message

    def receive_text(self):
        message = self.receive()
        self._raise_on_close(message)
        return message["text"]

    def receive_bytes(self):
        message = self.receive()
        self._raise_on_close(message)
        return message["bytes"]

    def receive_json(self, mode="text"):
        message = self.receive()
        self._raise_on_close(message)
        return json.loads(message["text"] if mode == "text" else message["bytes"].decode("utf-8"))


class TestClient(httpx.Client):
    """As a context manager it also runs the application's lifespan."""

    __test__ = False

    def __init__(self, app, base_url="http://testserver", raise_server_exceptions=True, headers=None, **more):
        self.app = app
        self.raise_server_exceptions = raise_server_exceptions
        self._open_portal = None
        self._state = {}
        headers = dict({"user-agent": "testclient"}, **(headers or {}))
        more.setdefault("follow_redirects", True)
        super().__init__(base_url=base_url, headers=headers, transport=_Transport(self), **more)

    @contextmanager
    def _portal(self):
        if self._open_portal is not None:
            yield self._open_portal
        else:
            with start_blocking_portal() as portal:
                yield portal

    def websocket_connect(self, url, subprotocols=None, **options):
        """A session with a WebSocket endpoint; a context manager."""
        request = self.build_request("GET", url, **options)
        url = request.url
        headers = [(k.lower().encode("latin-1"), v.encode("latin-1")) for k, v in request.headers.multi_items()]
        headers += [(b"connection", b"upgrade"), (b"sec-websocket-key", b"testserver=="), (b"sec-websocket-version", b"13")]
        scope = {
            "type": "websocket",
            "path": url.path,
            "raw_path": url.raw_path.partition(b"?")[0],
            "root_path": "",
            "scheme": "ws",
            "query_string": url.query,
            "headers": [item for item in headers if item != (b"connection", b"keep-alive")],
            "client": ("testclient", 50000),
            "server": (url.host, 80 if url.port is None else url.port),
            "subprotocols": list(subprotocols or ()),
            "state": dict(self._state),
            "extensions": {"websocket.http.response": {}},
        }
        return WebSocketTestSession(self, scope)

    def __enter__(self):
        self._portal_context = start_blocking_portal()
        self._open_portal = portal = self._portal_context.__enter__()
        portal.call(self._start)
        return self

    def __exit__(self, exc_type=None, exc_value=None, traceback=None):
        portal, self._open_portal = self._open_portal, None
        portal.call(self._stop)
        self._portal_context.__exit__(None, None, None)
        self.close()

    async def _start(self):
        self._state = {}
        self._messages = asyncio.Queue()
        self._answers = asyncio.Queue()
        scope = {"type": "lifespan", "state": self._state}
        app = self.app

        async def run():
            try:
                await app(scope, self._messages.get, self._answers.put)
            finally:
                self._answers.put_nowait(None)

        self._lifespan = asyncio.get_running_loop().create_task(run())
        await self._ask("startup")

    async def _stop(self):
        await self._ask("shutdown")
        await self._lifespan

    async def _ask(self, what):
        await self._messages.put({"type": "lifespan." + what})
        answer = await self._answers.get()
        if answer is None or answer["type"].endswith(".failed"):
            await self._lifespan
