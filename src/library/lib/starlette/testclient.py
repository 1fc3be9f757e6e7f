"""TestClient: blocking calls of an application, each in an event loop of a thread of its own."""

import asyncio
from contextlib import contextmanager

import httpx
from anyio.from_thread import start_blocking_portal


class _Transport:
    def __init__(self, client):
        self.client = client

    def handle_request(self, request, timeout=None):
        client = self.client
        transport = httpx.ASGITransport(client.app, client.raise_server_exceptions, client=("testclient", 50000))
        with client._portal() as portal:
            return portal.call(transport.handle_async_request, request)

    def close(self):
        pass


class TestClient(httpx.Client):
    """As a context manager it also runs the application's lifespan."""

    __test__ = False

    def __init__(self, app, base_url="http://testserver", raise_server_exceptions=True, headers=None, **more):
        self.app = app
        self.raise_server_exceptions = raise_server_exceptions
        self._open_portal = None
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

    def websocket_connect(self, url, **more):
        raise NotImplementedError("starlette: WebSocket connections are not simulated")

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
        self._messages = asyncio.Queue()
        self._answers = asyncio.Queue()
        scope = {"type": "lifespan", "state": {}}
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
