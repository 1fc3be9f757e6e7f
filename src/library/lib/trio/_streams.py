"""Streams made of other streams, and servers over any listeners."""

import errno
import logging
import os

from ._core import TASK_STATUS_IGNORED, CancelScope, open_nursery
from ._abc import HalfCloseableStream
from ._core._scopes import CancelReason
from ._timeouts import sleep
from ._util import final

ACCEPT_CAPACITY_ERRNOS = {23, 24, 12, 105}
LOGGER = logging.getLogger("trio.serve_listeners")


async def aclose_forcefully(resource):
    with CancelScope() as scope:
        scope._cancel(CancelReason("explicit", None, "cancelled during aclose_forcefully"))
        await resource.aclose()


@final
class StapledStream(HalfCloseableStream):
    """A sending and a receiving stream as one."""

    def __init__(self, send_stream, receive_stream):
        self.send_stream = send_stream
        self.receive_stream = receive_stream

    def __repr__(self):
        return f"StapledStream(send_stream={self.send_stream!r}, receive_stream={self.receive_stream!r})"

    async def send_all(self, data):
        return await self.send_stream.send_all(data)

    async def wait_send_all_might_not_block(self):
        return await self.send_stream.wait_send_all_might_not_block()

    async def send_eof(self):
        stream = self.send_stream
        if hasattr(stream, "send_eof"):
            return await stream.send_eof()
        return await stream.aclose()

    async def receive_some(self, max_bytes=None):
        return await self.receive_stream.receive_some(max_bytes)

    async def aclose(self):
        try:
            await self.send_stream.aclose()
        finally:
            await self.receive_stream.aclose()


async def _run_handler(stream, handler):
    try:
        await handler(stream)
    finally:
        await aclose_forcefully(stream)


async def _serve_one_listener(listener, handler_nursery, handler):
    async with listener:
        while True:
            try:
                stream = await listener.accept()
            except OSError as error:
                if error.errno not in ACCEPT_CAPACITY_ERRNOS:
                    raise
                LOGGER.error(
                    "accept returned %s (%s); retrying in %s seconds",
                    errno.errorcode[error.errno],
                    os.strerror(error.errno),
                    0.1,
                    exc_info=True,
                )
                await sleep(0.1)
            else:
                handler_nursery.start_soon(_run_handler, stream, handler)


async def serve_listeners(handler, listeners, *, handler_nursery=None, task_status=TASK_STATUS_IGNORED):
    async with open_nursery() as nursery:
        if handler_nursery is None:
            handler_nursery = nursery
        for listener in listeners:
            nursery.start_soon(_serve_one_listener, listener, handler_nursery, handler)
        # The listeners are open already: connections made from now on will be accepted.
        task_status.started(listeners)
    raise AssertionError("_serve_one_listener should never complete")
