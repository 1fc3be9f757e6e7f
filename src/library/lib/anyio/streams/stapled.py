"""Two streams as one, and several listeners as one."""

from .._abstract import ByteStream, Listener, ObjectStream
from .._tasks import create_task_group


class _Stapled:
    def __init__(self, send_stream, receive_stream):
        self.send_stream = send_stream
        self.receive_stream = receive_stream

    def __repr__(self):
        return f"{type(self).__name__}(send_stream={self.send_stream!r}, receive_stream={self.receive_stream!r})"

    async def send(self, item):
        await self.send_stream.send(item)

    async def send_eof(self):
        await self.send_stream.aclose()

    async def aclose(self):
        await self.send_stream.aclose()
        await self.receive_stream.aclose()

    @property
    def extra_attributes(self):
        return {**self.send_stream.extra_attributes, **self.receive_stream.extra_attributes}


class StapledByteStream(_Stapled, ByteStream):
    async def receive(self, max_bytes=65536):
        return await self.receive_stream.receive(max_bytes)


class StapledObjectStream(_Stapled, ObjectStream):
    async def receive(self):
        return await self.receive_stream.receive()


class MultiListener(Listener):
    def __init__(self, listeners):
        self.listeners = []
        for listener in listeners:
            if isinstance(listener, MultiListener):
                self.listeners.extend(listener.listeners)
                del listener.listeners[:]
            else:
                self.listeners.append(listener)

    def __repr__(self):
        return f"MultiListener(listeners={self.listeners!r})"

    async def serve(self, handler, task_group=None):
        async with create_task_group() as group:
            for listener in self.listeners:
                group.start_soon(listener.serve, handler, task_group)

    async def aclose(self):
        for listener in self.listeners:
            await listener.aclose()

    @property
    def extra_attributes(self):
        known = {}
        for listener in self.listeners:
            known.update(listener.extra_attributes)
        return known
