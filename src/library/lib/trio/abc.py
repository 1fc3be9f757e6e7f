"""`trio.abc`: the abstract classes."""

from ._abc import (
    AsyncResource,
    Channel,
    Clock,
    HalfCloseableStream,
    HostnameResolver,
    Instrument,
    Listener,
    ReceiveChannel,
    ReceiveStream,
    SendChannel,
    SendStream,
    SocketFactory,
    Stream,
)
