"""uvicorn's log lines: start-up and errors to stderr, one line per request to stdout (S-WEB-02, S-WEB-04)."""

import sys
import traceback

LEVELS = {"critical": 50, "error": 40, "warning": 30, "info": 20, "debug": 10, "trace": 5}


class Log:
    def __init__(self, level):
        self.level = LEVELS[level] if isinstance(level, str) else level or 20

    def _write(self, level, name, text):
        if level >= self.level:
            sys.stderr.write(f"{name + ':':<9} {text}\n")
            sys.stderr.flush()

    def info(self, text):
        self._write(20, "INFO", text)

    def warning(self, text):
        self._write(30, "WARNING", text)

    def error(self, text, exc=None):
        if exc is not None:
            lines = traceback.format_exception(type(exc), exc, exc.__traceback__)
            text += "\n" + "".join(lines).rstrip("\n")
        self._write(40, "ERROR", text)
