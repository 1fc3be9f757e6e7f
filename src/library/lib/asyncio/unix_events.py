"""The event loop of Unix, which is the one of the simulated machine."""
from . import events, selector_events


class _UnixSelectorEventLoop(selector_events.BaseSelectorEventLoop):
    """A selector event loop. Unix sockets are not part of the simulated machine."""

    async def create_unix_connection(self, *args, **kwargs):
        raise NotImplementedError("Unix sockets are not part of the simulated network")

    create_unix_server = create_unix_connection

    async def subprocess_exec(self, *args, **kwargs):
        raise NotImplementedError(
            "child processes with protocols of their own are not simulated: use asyncio.create_subprocess_exec()"
        )

    subprocess_shell = subprocess_exec


class _UnixDefaultEventLoopPolicy(events.BaseDefaultEventLoopPolicy):
    """Makes selector event loops."""

    _loop_factory = _UnixSelectorEventLoop


SelectorEventLoop = EventLoop = _UnixSelectorEventLoop
DefaultEventLoopPolicy = _UnixDefaultEventLoopPolicy
