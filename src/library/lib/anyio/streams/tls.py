"""TLS streams: there is no TLS on the simulated network, and every way to try says so."""

from .._sockets import _refuse_tls


class TLSStream:
    @classmethod
    async def wrap(cls, transport_stream, **options):
        _refuse_tls()


class TLSListener:
    def __init__(self, *args, **options):
        _refuse_tls()
