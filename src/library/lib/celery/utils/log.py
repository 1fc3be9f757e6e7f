"""The loggers of tasks and of the worker."""

import logging
import sys

TASK_FORMAT = "[%(asctime)s: %(levelname)s/%(processName)s] %(task_name)s[%(task_id)s]: %(message)s"
FORMAT = "[%(asctime)s: %(levelname)s/%(processName)s] %(message)s"


def get_logger(name):
    return logging.getLogger(name)


def get_task_logger(name):
    """A logger under `celery.task`, whose records name the task that writes them."""
    if name in ("celery", "celery.task"):
        raise RuntimeError(f"Logger name {name!r} is reserved!")
    logger = logging.getLogger(name)
    task_logger = logging.getLogger("celery.task")
    if logger is not task_logger and logger.parent is logging.root:
        logger.parent = task_logger
    return logger


class TaskFormatter(logging.Formatter):
    """Says which task a record comes from."""

    def format(self, record):
        from ..app.task import current_task

        task = current_task()
        record.task_name = task.name if task else "???"
        record.task_id = task.request.id if task else "???"
        return super().format(record)


def set_up(level):
    """The handlers of a worker, which write to its stderr."""
    for logger, formatter in (
        (logging.getLogger(), logging.Formatter(FORMAT)),
        (logging.getLogger("celery.task"), TaskFormatter(TASK_FORMAT)),
    ):
        handler = logging.StreamHandler()
        handler.setFormatter(formatter)
        logger.addHandler(handler)
        logger.setLevel(level)
    logging.getLogger("celery.task").propagate = False


class LoggingProxy:
    """A file whose texts are records of a logger."""

    mode = "w"
    name = None
    closed = False

    def __init__(self, logger, loglevel=None):
        self.logger = logger
        self.loglevel = logging._checkLevel(loglevel or logger.level)
        self._is_writing = False

    def write(self, data):
        """Logs the text without the ends of its lines; nothing where it is empty, or where logging itself writes."""
        text = str(data).rstrip("\n")
        if not text or self._is_writing:
            return 0
        self._is_writing = True
        try:
            self.logger.log(self.loglevel, text)
        finally:
            self._is_writing = False
        return len(text)

    def writelines(self, sequence):
        for part in sequence:
            self.write(part)

    def flush(self):
        pass

    def close(self):
        self.closed = True

    def isatty(self):
        return False


def redirect(level):
    """What tasks print goes to the worker's log."""
    sys.stdout = sys.stderr = LoggingProxy(logging.getLogger("celery.redirected"), level)
