"""The server: start-up, heartbeat, shutdown (S-WEB-02, S-WEB-06)."""

import asyncio
import os
import sys
import threading
import time

import _cost
from ._http import HttpProtocol
from ._lifespan import Lifespan

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def http_date(seconds):
    t = time.gmtime(seconds)
    day, month = _DAYS[t.tm_wday], _MONTHS[t.tm_mon - 1]
    return f"{day}, {t.tm_mday:02} {month} {t.tm_year} {t.tm_hour:02}:{t.tm_min:02}:{t.tm_sec:02} GMT"


class ServerState:
    def __init__(self):
        self.total_requests = 0
        self.connections = set()
        self.tasks = set()
        self.default_head = b""  # the date and server lines, as sent


class Server:
    def __init__(self, config):
        self.config = config
        self.server_state = ServerState()
        self.started = False
        self.should_exit = False
        self.force_exit = False
        self.servers = []
        self._captured_signals = []

    def run(self, sockets=None):
        return asyncio.run(self.serve(sockets))

    async def serve(self, sockets=None):
        handlers = {}
        if threading.current_thread() is threading.main_thread():
            import signal

            for number in (signal.SIGINT, signal.SIGTERM):
                handlers[number] = signal.signal(number, self.handle_exit)
        try:
            await self._serve(sockets)
        finally:
            for number, handler in handlers.items():
                signal.signal(number, handler)
        for number in reversed(self._captured_signals):
            signal.raise_signal(number)

    async def _serve(self, sockets=None):
        config = self.config
        if not config.loaded:
            config.load()
        self.lifespan = Lifespan(config)
        config.log.info(f"Started server process [{os.getpid()}]")
        await self.startup(sockets)
        if not self.should_exit:
            await self.main_loop()
            await self.shutdown()
            config.log.info(f"Finished server process [{os.getpid()}]")

    async def startup(self, sockets=None):
        await self.lifespan.startup()
        if self.lifespan.should_exit:
            self.should_exit = True
            sys.exit(3)
        config = self.config
        loop = asyncio.get_running_loop()
        app, state, app_state = config.loaded_app, self.server_state, self.lifespan.state

        def protocol():
            return HttpProtocol(config, app, state, app_state, loop)

        if sockets:
            # The parent has bound them and said so.
            self.servers = [await loop.create_server(protocol, sock=sock, backlog=config.backlog) for sock in sockets]
            self.started = True
            return
        try:
            server = await loop.create_server(protocol, host=config.host, port=config.port, backlog=config.backlog)
        except OSError as exc:
            config.log.error(str(exc))
            await self.lifespan.shutdown()
            sys.exit(1)
        self.servers = [server]
        port = config.port or server.sockets[0].getsockname()[1]
        host = f"[{config.host}]" if ":" in config.host else config.host
        config.log.info(f"Uvicorn running on http://{host}:{port} (Press CTRL+C to quit)")
        self.started = True

    async def main_loop(self):
        counter = 0
        while not self.on_tick(counter):
            counter = (counter + 1) % 864000
            await asyncio.sleep(0.1)

    def on_tick(self, counter):
        _cost.charge("uvicorn.tick")
        config = self.config
        if counter % 10 == 0:
            lines = [name + b": " + value + b"\r\n" for name, value in config.encoded_headers]
            if config.date_header:
                lines.insert(0, f"date: {http_date(time.time())}\r\n".encode())
            self.server_state.default_head = b"".join(lines)
        if self.should_exit:
            return True
        limit = config.limit_max_requests
        if limit is not None and self.server_state.total_requests >= limit:
            config.log.warning(f"Maximum request limit of {limit} exceeded. Terminating process.")
            return True
        return False

    async def shutdown(self):
        log, state = self.config.log, self.server_state
        log.info("Shutting down")
        for server in self.servers:
            server.close()
        for connection in list(state.connections):
            connection.shutdown()
        await asyncio.sleep(0.1)
        try:
            await asyncio.wait_for(self._wait_for_work(), self.config.timeout_graceful_shutdown)
        except asyncio.TimeoutError:
            log.error(f"Cancel {len(state.tasks)} running task(s), timeout graceful shutdown exceeded")
            for task in list(state.tasks):
                task.cancel(msg="Task cancelled, timeout graceful shutdown exceeded")
        if not self.force_exit:
            await self.lifespan.shutdown()

    async def _wait_for_work(self):
        log, state = self.config.log, self.server_state
        if state.connections and not self.force_exit:
            log.info("Waiting for connections to close. (CTRL+C to force quit)")
            while state.connections and not self.force_exit:
                await asyncio.sleep(0.1)
        if state.tasks and not self.force_exit:
            log.info("Waiting for background tasks to complete. (CTRL+C to force quit)")
            while state.tasks and not self.force_exit:
                await asyncio.sleep(0.1)

    def handle_exit(self, number, frame):
        self._captured_signals.append(number)
        if self.should_exit and number == 2:
            self.force_exit = True
        else:
            self.should_exit = True
