"""The logger of asyncio (S-AIO-66). `logging` is imported when something is logged for the first time."""


def get():
    """The logger named `asyncio`."""
    import logging

    return logging.getLogger("asyncio")


def __getattr__(name):
    if name == "logger":
        return get()
    raise AttributeError(f"module 'asyncio.log' has no attribute {name!r}")
