"""The abstract classes of resources, streams and listeners, and typed attributes."""

from abc import ABCMeta, abstractmethod

from ._era import ERA
from ._exceptions import EndOfStream, TypedAttributeLookupError

_UNDEFINED = object()


def typed_attribute():
    return object()


class TypedAttributeSet:
    """Subclasses list attributes that are known by identity; each needs an annotation."""

    def __init_subclass__(cls):
        known = set()
        for each in cls.__mro__:
            known.update(getattr(each, "__annotations__", {}))
        for name in dir(cls):
            if not name.startswith("_") and name not in known:
                raise TypeError(f"Attribute {name!r} is missing its type annotation")
        super().__init_subclass__()


class TypedAttributeProvider:
    @property
    def extra_attributes(self):
        return {}

    def extra(self, attribute, default=_UNDEFINED):
        try:
            getter = self.extra_attributes[attribute]
        except KeyError:
            if default is _UNDEFINED:
                raise TypedAttributeLookupError("Attribute not found") from None
            return default
        return getter()


class AsyncResource(metaclass=ABCMeta):
    async def __aenter__(self):
        return self

    async def __aexit__(self, exc_type, exc_val, exc_tb):
        await self.aclose()

    @abstractmethod
    async def aclose(self):
        """Closes the resource."""


class _Receives(AsyncResource, TypedAttributeProvider):
    def __aiter__(self):
        return self

    async def __anext__(self):
        try:
            return await self.receive()
        except EndOfStream:
            raise StopAsyncIteration from None


class UnreliableObjectReceiveStream(_Receives):
    def __class_getitem__(cls, item):
        return cls

    @abstractmethod
    async def receive(self):
        """The next object."""


class UnreliableObjectSendStream(AsyncResource, TypedAttributeProvider):
    def __class_getitem__(cls, item):
        return cls

    @abstractmethod
    async def send(self, item):
        """Sends one object."""


class UnreliableObjectStream(UnreliableObjectReceiveStream, UnreliableObjectSendStream):
    """Both directions; objects may be lost."""


class ObjectReceiveStream(UnreliableObjectReceiveStream):
    """Objects in order."""


class ObjectSendStream(UnreliableObjectSendStream):
    """Objects in order."""


class ObjectStream(ObjectReceiveStream, ObjectSendStream, UnreliableObjectStream):
    @abstractmethod
    async def send_eof(self):
        """Ends the sending direction."""


class ByteReceiveStream(_Receives):
    @abstractmethod
    async def receive(self, max_bytes=65536):
        """Some bytes, at least one."""


class ByteSendStream(AsyncResource, TypedAttributeProvider):
    @abstractmethod
    async def send(self, item):
        """Sends all the bytes."""


class ByteStream(ByteReceiveStream, ByteSendStream):
    @abstractmethod
    async def send_eof(self):
        """Ends the sending direction."""


class Listener(AsyncResource, TypedAttributeProvider):
    def __class_getitem__(cls, item):
        return cls

    @abstractmethod
    async def serve(self, handler, task_group=None):
        """Accepts connections, a task each."""


class ObjectStreamConnectable(metaclass=ABCMeta):
    def __class_getitem__(cls, item):
        return cls

    @abstractmethod
    async def connect(self):
        """A new stream."""


class ByteStreamConnectable(metaclass=ABCMeta):
    @abstractmethod
    async def connect(self):
        """A new stream."""


async def aclose_forcefully(resource):
    from ._scopes import CancelScope

    with CancelScope() as scope:
        scope.cancel()
        await resource.aclose()


if ERA:
    del ObjectStreamConnectable, ByteStreamConnectable
