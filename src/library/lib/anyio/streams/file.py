"""Byte streams that read and write files."""

from functools import partial

from .. import to_thread
from .._abstract import ByteReceiveStream, ByteSendStream, TypedAttributeSet, typed_attribute
from .._exceptions import BrokenResourceError, ClosedResourceError, EndOfStream


class FileStreamAttribute(TypedAttributeSet):
    file: object = typed_attribute()
    path: object = typed_attribute()
    fileno: int = typed_attribute()


class _FileStream:
    def __init__(self, file):
        self._file = file

    async def aclose(self):
        await to_thread.run_sync(self._file.close)

    @property
    def extra_attributes(self):
        return {
            FileStreamAttribute.file: lambda: self._file,
            FileStreamAttribute.path: lambda: self._file.name,
            FileStreamAttribute.fileno: self._file.fileno,
        }

    async def _call(self, method, *args):
        try:
            return await to_thread.run_sync(method, *args)
        except ValueError:
            raise ClosedResourceError from None
        except OSError as exc:
            raise BrokenResourceError from exc

    async def seek(self, position, whence=0):
        return await self._call(self._file.seek, position, whence)

    async def tell(self):
        return await self._call(self._file.tell)


class FileReadStream(_FileStream, ByteReceiveStream):
    @classmethod
    async def from_path(cls, path):
        return cls(await to_thread.run_sync(partial(open, str(path), "rb")))

    async def receive(self, max_bytes=65536):
        data = await self._call(self._file.read, max_bytes)
        if not data:
            raise EndOfStream
        return data


class FileWriteStream(_FileStream, ByteSendStream):
    @classmethod
    async def from_path(cls, path, append=False):
        return cls(await to_thread.run_sync(partial(open, str(path), "ab" if append else "wb")))

    async def send(self, item):
        await self._call(self._file.write, item)
