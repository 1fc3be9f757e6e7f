"""The event loop of Unix, which is the one of the simulated machine."""
from . import events, selector_events


class _UnixSelectorEventLoop(selector_events.BaseSelectorEventLoop):
    """A selector event loop. Unix sockets are not part of the simulated machine."""

    async def create_unix_connection(self, *args, **kwargs):
        raise NotImplementedError("Unix sockets are not part of the simulated network")

    create_unix_server = create_unix_connection

    async def subprocess_exec(self, protocol_factory, program, *args, stdin=-1, stdout=-1, stderr=-1, **options):
        from .subprocess_transports import start

        if options.pop("shell", False):
            raise ValueError("shell must be False")
        return await start(self, protocol_factory, (program, *args), False, stdin, stdout, stderr, options)

    async def subprocess_shell(self, protocol_factory, cmd, *, stdin=-1, stdout=-1, stderr=-1, **options):
        from .subprocess_transports import start

        if not isinstance(cmd, (bytes, str)):
            raise ValueError("cmd must be a string")
        if not options.pop("shell", True):
            raise ValueError("shell must be True")
        return await start(self, protocol_factory, cmd, True, stdin, stdout, stderr, options)


class _UnixDefaultEventLoopPolicy(events.BaseDefaultEventLoopPolicy):
    """Makes selector event loops."""

    _loop_factory = _UnixSelectorEventLoop


SelectorEventLoop = EventLoop = _UnixSelectorEventLoop
DefaultEventLoopPolicy = _UnixDefaultEventLoopPolicy
