"""WebSockets on asyncio, 17.4: clients and servers, without compression and TLS."""

from ._messages import Close, CloseCode, Headers, Request, Response
from .asyncio.client import ClientConnection, connect
from .asyncio.connection import State, broadcast
from .asyncio.server import Server, ServerConnection, serve
from .exceptions import (
    ConcurrencyError,
    ConnectionClosed,
    ConnectionClosedError,
    ConnectionClosedOK,
    InvalidHandshake,
    InvalidHeader,
    InvalidMessage,
    InvalidOrigin,
    InvalidState,
    InvalidStatus,
    InvalidUpgrade,
    InvalidURI,
    NegotiationError,
    PayloadTooBig,
    ProtocolError,
    WebSocketException,
)

__version__ = "17.4"
