"""What goes wrong with WebSocket connections."""


class WebSocketException(Exception):
    """The base of all of them."""


class ConnectionClosed(WebSocketException):
    """The connection is closed: who said so, and in which order."""

    def __init__(self, rcvd, sent, rcvd_then_sent=None):
        self.rcvd = rcvd
        self.sent = sent
        self.rcvd_then_sent = rcvd_then_sent

    def __str__(self):
        if self.rcvd is None:
            if self.sent is None:
                return "no close frame received or sent"
            return f"sent {self.sent}; no close frame received"
        if self.sent is None:
            return f"received {self.rcvd}; no close frame sent"
        if self.rcvd_then_sent:
            return f"received {self.rcvd}; then sent {self.sent}"
        return f"sent {self.sent}; then received {self.rcvd}"

    @property
    def code(self):
        _tell_of("code")
        return 1006 if self.rcvd is None else self.rcvd.code

    @property
    def reason(self):
        _tell_of("reason")
        return "" if self.rcvd is None else self.rcvd.reason


def _tell_of(name):
    import warnings

    text = f"ConnectionClosed.{name} is deprecated; use Protocol.close_{name} or ConnectionClosed.rcvd.{name}"
    warnings.warn(text, DeprecationWarning, stacklevel=3)


class ConnectionClosedOK(ConnectionClosed):
    """It was closed with code 1000 or 1001, or without one, on both sides."""


class ConnectionClosedError(ConnectionClosed):
    """It was closed with another code, or not in due form."""


class InvalidURI(WebSocketException):
    def __init__(self, uri, msg):
        self.uri = uri
        self.msg = msg

    def __str__(self):
        return f"{self.uri} isn't a valid URI: {self.msg}"


class InvalidHandshake(WebSocketException):
    """The handshake failed."""


class InvalidMessage(InvalidHandshake):
    """What came was no request or no answer."""


class InvalidStatus(InvalidHandshake):
    """The server answered, but not with a WebSocket."""

    def __init__(self, response):
        self.response = response

    def __str__(self):
        return f"server rejected WebSocket connection: HTTP {self.response.status_code:d}"


class InvalidHeader(InvalidHandshake):
    def __init__(self, name, value=None):
        self.name = name
        self.value = value

    def __str__(self):
        if self.value is None:
            return f"missing {self.name} header"
        return f"empty {self.name} header" if self.value == "" else f"invalid {self.name} header: {self.value}"


class InvalidUpgrade(InvalidHeader):
    """The upgrade was not the right one."""


class InvalidOrigin(InvalidHeader):
    def __init__(self, origin):
        super().__init__("Origin", origin)


class NegotiationError(InvalidHandshake):
    """No subprotocol suits both sides."""


class ProtocolError(WebSocketException):
    """A frame broke the rules."""


class PayloadTooBig(WebSocketException):
    """A message is longer than allowed."""


class InvalidState(WebSocketException):
    """The connection is not in the state for it."""


class ConcurrencyError(WebSocketException):
    """Two at once where only one may be."""
