"""The command line `uvicorn MODULE:APP [options]` and `uvicorn.run`."""

import sys

from ._config import Config
from ._server import Server

# option -> (parameter of Config, how its text is read; None for a flag without text)
_OPTIONS = {
    "--host": ("host", str),
    "--port": ("port", int),
    "--loop": ("loop", str),
    "--http": ("http", str),
    "--workers": ("workers", int),
    "--log-level": ("log_level", str),
    "--lifespan": ("lifespan", str),
    "--root-path": ("root_path", str),
    "--limit-concurrency": ("limit_concurrency", int),
    "--limit-max-requests": ("limit_max_requests", int),
    "--backlog": ("backlog", int),
    "--timeout-keep-alive": ("timeout_keep_alive", int),
    "--timeout-graceful-shutdown": ("timeout_graceful_shutdown", int),
    "--app-dir": ("app_dir", str),
    "--interface": ("interface", str),
    "--ws": ("ws", str),
}
_FLAGS = {
    "--access-log": ("access_log", True),
    "--no-access-log": ("access_log", False),
    "--factory": ("factory", True),
    "--use-colors": ("use_colors", True),
    "--no-use-colors": ("use_colors", False),
    "--no-server-header": ("server_header", False),
    "--server-header": ("server_header", True),
    "--no-date-header": ("date_header", False),
    "--date-header": ("date_header", True),
    "--proxy-headers": ("proxy_headers", True),
    "--no-proxy-headers": ("proxy_headers", False),
    "--reload": ("reload", True),
}
_ALLOWED = {
    "log_level": ("critical", "error", "warning", "info", "debug", "trace"),
    "loop": ("auto", "asyncio", "uvloop"),
    "http": ("auto", "h11", "httptools"),
    "lifespan": ("auto", "on", "off"),
}


def _usage(problem):
    sys.stderr.write(
        f"Usage: uvicorn [OPTIONS] APP\nTry 'uvicorn --help' for help.\n\nError: {problem}\n"
    )
    sys.exit(2)


def parse(arguments):
    """The application and the parameters of `Config` that a command line names."""
    app, parameters = None, {}
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        if not word.startswith("-"):
            if app is not None:
                _usage(f"Got unexpected extra argument ({word})")
            app = word
            continue
        word, equals, text = word.partition("=")
        if word in _FLAGS:
            name, value = _FLAGS[word]
        elif word in _OPTIONS:
            if not equals:
                if not rest:
                    _usage(f"Option '{word}' requires an argument.")
                text = rest.pop(0)
            name, read = _OPTIONS[word]
            try:
                value = read(text)
            except ValueError:
                _usage(f"Invalid value for '{word}': '{text}' is not a valid integer.")
            if name in _ALLOWED and value not in _ALLOWED[name]:
                choices = ", ".join(f"'{choice}'" for choice in _ALLOWED[name])
                _usage(f"Invalid value for '{word}': '{text}' is not one of {choices}.")
        else:
            _usage(f"No such option: {word}")
        parameters[name] = value
    if app is None:
        _usage("Missing argument 'APP'.")
    return app, parameters


def main(arguments=None):
    app, parameters = parse(sys.argv[1:] if arguments is None else arguments)
    run(app, **parameters)


def run(app, **parameters):
    config = Config(app, **parameters)
    if parameters.get("reload"):
        config.log.warning("Files of a scenario do not change while it runs: --reload has no effect.")
    if config.workers > 1:
        if not isinstance(app, str):
            config.log.warning("You must pass the application as an import string to enable 'reload' or 'workers'.")
            sys.exit(1)
        from ._multiprocess import supervise

        supervise(config)
        return
    server = Server(config)
    try:
        if config.loop == "uvloop":
            import uvloop

            uvloop.run(server.serve())
        else:
            server.run()
    except KeyboardInterrupt:
        pass
    if not server.started:
        sys.exit(3)
