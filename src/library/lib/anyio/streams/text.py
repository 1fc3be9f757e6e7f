"""Streams of text over streams of bytes."""

from .._abstract import ObjectReceiveStream, ObjectSendStream, ObjectStream
from .._exceptions import EndOfStream


class TextReceiveStream(ObjectReceiveStream):
    def __init__(self, transport_stream, encoding="utf-8", errors="strict"):
        self.transport_stream = transport_stream
        self._encoding = encoding
        self._errors = errors
        # The beginning of a character whose end has not come yet.
        self._rest = b""

    def _decode(self, final):
        data = self._rest
        if self._encoding.replace("-", "").lower() == "utf8" and not final:
            for back in range(1, min(4, len(data)) + 1):
                byte = data[-back]
                if byte >= 0xC0:
                    size = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
                    if size > back:
                        self._rest = data[-back:]
                        return data[:-back].decode(self._encoding, self._errors)
                    break
                if byte < 0x80:
                    break
        self._rest = b""
        return data.decode(self._encoding, self._errors)

    async def receive(self):
        while True:
            try:
                self._rest += await self.transport_stream.receive()
            except EndOfStream:
                text = self._decode(True)
                if not text:
                    raise
            else:
                text = self._decode(False)
            if text:
                return text

    async def aclose(self):
        await self.transport_stream.aclose()
        self._rest = b""

    @property
    def extra_attributes(self):
        return self.transport_stream.extra_attributes


class TextSendStream(ObjectSendStream):
    def __init__(self, transport_stream, encoding="utf-8", errors="strict"):
        self.transport_stream = transport_stream
        self.errors = errors
        self._encoding = encoding

    async def send(self, item):
        await self.transport_stream.send(item.encode(self._encoding, self.errors))

    async def aclose(self):
        await self.transport_stream.aclose()

    @property
    def extra_attributes(self):
        return self.transport_stream.extra_attributes


class TextStream(ObjectStream):
    def __init__(self, transport_stream, encoding="utf-8", errors="strict"):
        self.transport_stream = transport_stream
        self._receive_stream = TextReceiveStream(transport_stream, encoding, errors)
        self._send_stream = TextSendStream(transport_stream, encoding, errors)

    async def receive(self):
        return await self._receive_stream.receive()

    async def send(self, item):
        await self._send_stream.send(item)

    async def send_eof(self):
        await self.transport_stream.send_eof()

    async def aclose(self):
        await self._send_stream.aclose()
        await self._receive_stream.aclose()

    @property
    def extra_attributes(self):
        return {**self._send_stream.extra_attributes, **self._receive_stream.extra_attributes}


class TextConnectable:
    def __init__(self, connectable):
        self.connectable = connectable

    async def connect(self):
        return TextStream(await self.connectable.connect())
