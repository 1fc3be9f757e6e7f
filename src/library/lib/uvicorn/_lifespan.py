"""The lifespan of an application: a task of its own that is told of start-up and shutdown (S-WEB-02)."""

import asyncio


class Lifespan:
    def __init__(self, config):
        self.config = config
        self.log = config.log
        self.state = {}
        self.should_exit = False
        self.error_occurred = False
        self.failed = False
        self._messages = asyncio.Queue()
        self._started = asyncio.Event()
        self._stopped = asyncio.Event()

    async def startup(self):
        if self.config.lifespan == "off":
            return
        self.log.info("Waiting for application startup.")
        self._task = asyncio.get_running_loop().create_task(self._main())
        await self._messages.put({"type": "lifespan.startup"})
        await self._started.wait()
        if self.failed or (self.error_occurred and self.config.lifespan == "on"):
            self.log.error("Application startup failed. Exiting.")
            self.should_exit = True
        else:
            self.log.info("Application startup complete.")

    async def shutdown(self):
        if self.error_occurred or self.config.lifespan == "off":
            return
        self.log.info("Waiting for application shutdown.")
        await self._messages.put({"type": "lifespan.shutdown"})
        await self._stopped.wait()
        if self.failed or (self.error_occurred and self.config.lifespan == "on"):
            self.log.error("Application shutdown failed. Exiting.")
            self.should_exit = True
        else:
            self.log.info("Application shutdown complete.")

    async def _main(self):
        scope = {"type": "lifespan", "asgi": {"version": "3.0", "spec_version": "2.0"}, "state": self.state}
        try:
            await self.config.loaded_app(scope, self._messages.get, self._send)
        except BaseException as exc:
            self.error_occurred = True
            if self.failed:
                return
            if self.config.lifespan == "auto":
                self.log.info("ASGI 'lifespan' protocol appears unsupported.")
            else:
                self.log.error("Exception in 'lifespan' protocol", exc)
        finally:
            self._started.set()
            self._stopped.set()

    async def _send(self, message):
        kind = message["type"]
        if kind.endswith(".failed"):
            self.failed = True
            if message.get("message"):
                self.log.error(message["message"].rstrip("\n"))
        (self._started if kind.startswith("lifespan.startup") else self._stopped).set()
