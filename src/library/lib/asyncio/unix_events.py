"""The event loop of Unix, which is the one of the simulated machine."""
from . import events, selector_events


class _UnixSelectorEventLoop(selector_events.BaseSelectorEventLoop):
    """A selector event loop."""

    async def create_unix_connection(
        self, protocol_factory, path=None, *, ssl=None, sock=None, server_hostname=None, ssl_handshake_timeout=None,
        ssl_shutdown_timeout=None,
    ):  # fmt: skip
        if path is not None:
            if sock is not None:
                raise ValueError("path and sock can not be specified at the same time")
            import socket

            sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0)
            try:
                sock.setblocking(False)
                await self.sock_connect(sock, path)
            except BaseException:
                sock.close()
                raise
        elif sock is None:
            raise ValueError("no path and sock were specified")
        return await self.create_connection(protocol_factory, ssl=ssl, sock=sock)

    async def create_unix_server(
        self, protocol_factory, path=None, *, sock=None, backlog=100, ssl=None, ssl_handshake_timeout=None,
        ssl_shutdown_timeout=None, start_serving=True, cleanup_socket=True,
    ):  # fmt: skip
        if path is not None:
            if sock is not None:
                raise ValueError("path and sock can not be specified at the same time")
            import socket

            from _unix_address import remove_stale

            sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            remove_stale(path)
            try:
                sock.bind(path)
            except OSError as error:
                sock.close()
                if error.errno == 98:
                    raise OSError(98, f"Address {path!r} is already in use") from None
                raise
        elif sock is None:
            raise ValueError("path was not specified, and no sock specified")
        sock.listen(backlog)
        return await self.create_server(
            protocol_factory, sock=sock, backlog=backlog, ssl=ssl, start_serving=start_serving
        )

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
