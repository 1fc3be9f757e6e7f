"""What a server is told: application, address, limits, logging (S-WEB-01)."""

import sys

import _sys
from ._log import Log


class ImportFromStringError(Exception):
    pass


def import_from_string(text):
    if not isinstance(text, str):
        return text
    module_name, _, attributes = text.partition(":")
    if not module_name or not attributes:
        raise ImportFromStringError(f'Import string "{text}" must be in format "<module>:<attribute>".')
    try:
        __import__(module_name)
    except ModuleNotFoundError as exc:
        if exc.name != module_name:
            raise
        raise ImportFromStringError(f'Could not import module "{module_name}".') from None
    found = sys.modules[module_name]
    try:
        for name in attributes.split("."):
            found = getattr(found, name)
    except AttributeError:
        raise ImportFromStringError(f'Attribute "{attributes}" not found in module "{module_name}".') from None
    return found


class Config:
    def __init__(
        self,
        app,
        host="127.0.0.1",
        port=8000,
        *,
        loop="auto",
        http="auto",
        lifespan="auto",
        log_level=None,
        access_log=True,
        workers=None,
        root_path="",
        limit_concurrency=None,
        limit_max_requests=None,
        backlog=2048,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=None,
        factory=False,
        headers=None,
        server_header=True,
        date_header=True,
        log_config=None,
        use_colors=None,
        reload=False,
        interface="auto",
        proxy_headers=True,
        forwarded_allow_ips=None,
        app_dir=None,
        ws="auto",
        ws_max_size=16 * 1024 * 1024,
        ws_max_queue=32,
        ws_ping_interval=20,
        ws_ping_timeout=20,
        ws_per_message_deflate=True,
    ):
        self.ws = ws
        self.ws_max_size = ws_max_size
        self.app = app
        self.host = host
        self.port = port
        self.loop = loop
        self.http = http
        self.lifespan = lifespan
        self.log_level = log_level
        self.log = Log(log_level)
        self.access_log = access_log and self.log.level <= 20
        self.workers = workers or 1
        self.root_path = root_path
        self.limit_concurrency = limit_concurrency
        self.limit_max_requests = limit_max_requests
        self.backlog = backlog
        self.timeout_keep_alive = timeout_keep_alive
        self.timeout_graceful_shutdown = timeout_graceful_shutdown
        self.factory = factory
        self.headers = headers or []
        self.server_header = server_header
        self.date_header = date_header
        self.loaded = False
        self.loaded_app = None
        self.encoded_headers = []
        self.fast_parser = http == "httptools"
        # 0.54 sends the length of its own error response, 0.29 sends it in chunks (S-WEB-05).
        self.sized_errors = _sys.library_set() != "L2024"

    def load(self):
        headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in self.headers]
        if self.server_header and not any(name == b"server" for name, _ in headers):
            headers.insert(0, (b"server", b"uvicorn"))
        self.encoded_headers = headers
        try:
            app = import_from_string(self.app)
        except ImportFromStringError as exc:
            self.log.error(f"Error loading ASGI app. {exc}")
            sys.exit(1)
        if self.factory:
            app = app()
        self.loaded_app = app
        self.loaded = True
