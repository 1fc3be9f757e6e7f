"""The abstract classes of Trio: clocks, instruments, streams, channels and listeners."""

from abc import ABCMeta, abstractmethod


class Clock(metaclass=ABCMeta):
    @abstractmethod
    def start_clock(self):
        """Called when the run begins."""

    @abstractmethod
    def current_time(self):
        """The time in seconds."""

    @abstractmethod
    def deadline_to_sleep_time(self, deadline):
        """How many real seconds to wait for a deadline."""


class Instrument:
    """Methods that a run calls; those that are not overridden cost nothing."""

    def before_run(self):
        return

    def after_run(self):
        return

    def task_spawned(self, task):
        return

    def task_scheduled(self, task):
        return

    def before_task_step(self, task):
        return

    def after_task_step(self, task):
        return

    def task_exited(self, task):
        return

    def before_io_wait(self, timeout):
        return

    def after_io_wait(self, timeout):
        return


class HostnameResolver(metaclass=ABCMeta):
    @abstractmethod
    async def getaddrinfo(self, host, port, family=0, type=0, proto=0, flags=0):
        """The addresses of a name."""

    @abstractmethod
    async def getnameinfo(self, sockaddr, flags):
        """The name of an address."""


class SocketFactory(metaclass=ABCMeta):
    @abstractmethod
    def socket(self, family=None, type=None, proto=None):
        """A new socket object."""


class AsyncResource(metaclass=ABCMeta):
    @abstractmethod
    async def aclose(self):
        """Closes the resource; a checkpoint."""

    async def __aenter__(self):
        return self

    async def __aexit__(self, exc_type, exc_value, traceback):
        await self.aclose()


class SendStream(AsyncResource):
    @abstractmethod
    async def send_all(self, data):
        """Sends all the bytes."""

    @abstractmethod
    async def wait_send_all_might_not_block(self):
        """Waits until there may be room."""


class ReceiveStream(AsyncResource):
    @abstractmethod
    async def receive_some(self, max_bytes=None):
        """Some bytes, at least one; none at the end of the stream."""

    def __aiter__(self):
        return self

    async def __anext__(self):
        data = await self.receive_some()
        if not data:
            raise StopAsyncIteration
        return data


class Stream(SendStream, ReceiveStream):
    """Both directions."""


class HalfCloseableStream(Stream):
    @abstractmethod
    async def send_eof(self):
        """Ends the sending direction only."""


class Listener(AsyncResource):
    @abstractmethod
    async def accept(self):
        """The next connection."""

    def __class_getitem__(cls, item):
        return cls


class SendChannel(AsyncResource):
    @abstractmethod
    async def send(self, value):
        """Sends one object."""

    def __class_getitem__(cls, item):
        return cls


class ReceiveChannel(AsyncResource):
    @abstractmethod
    async def receive(self):
        """The next object; EndOfChannel after the last."""

    def __class_getitem__(cls, item):
        return cls

    def __aiter__(self):
        return self

    async def __anext__(self):
        from ._core._exceptions import EndOfChannel

        try:
            return await self.receive()
        except EndOfChannel:
            raise StopAsyncIteration from None


class Channel(SendChannel, ReceiveChannel):
    """Both directions."""
