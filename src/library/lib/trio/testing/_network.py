"""Connecting to a listener that is at hand."""

from .. import socket as tsocket
from .._tcp import SocketStream


async def open_stream_to_socket_listener(socket_listener):
    address = socket_listener.socket.getsockname()
    if address[0] == "0.0.0.0":
        address = ("127.0.0.1", *address[1:])
    sock = tsocket.socket(family=socket_listener.socket.family)
    await sock.connect(address)
    return SocketStream(sock)
