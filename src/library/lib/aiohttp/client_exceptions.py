"""What can go wrong with a request."""

import asyncio

from .version import ERA


class ClientError(Exception):
    pass


class ClientResponseError(ClientError):
    def __init__(self, request_info, history, *, status=None, message="", headers=None):
        self.request_info = request_info
        self.history = history
        self.status = status or 0
        self.message = message
        self.headers = headers
        super().__init__(request_info, history)

    def __str__(self):
        url = self.request_info.real_url
        return f"{self.status}, message={self.message!r}, url={(url if ERA else str(url))!r}"

    def __repr__(self):
        shown = [repr(self.request_info), repr(self.history)]
        if self.status != 0:
            shown.append(f"status={self.status!r}")
        if self.message != "":
            shown.append(f"message={self.message!r}")
        if self.headers is not None:
            shown.append(f"headers={self.headers!r}")
        return f"{type(self).__name__}({', '.join(shown)})"


class ContentTypeError(ClientResponseError):
    pass


class WSServerHandshakeError(ClientResponseError):
    """A server did not follow to a WebSocket."""


class TooManyRedirects(ClientResponseError):
    pass


class ClientConnectionError(ClientError):
    pass


class ClientConnectionResetError(ClientConnectionError, ConnectionResetError):
    pass


class ClientOSError(ClientConnectionError, OSError):
    pass


class ClientConnectorError(ClientOSError):
    def __init__(self, key, os_error):
        self._key = key
        self._os_error = os_error
        super().__init__(os_error.errno, os_error.strerror)

    @property
    def os_error(self):
        return self._os_error

    @property
    def host(self):
        return self._key[0]

    @property
    def port(self):
        return self._key[1]

    def __str__(self):
        return f"Cannot connect to host {self.host}:{self.port} ssl:default [{self.strerror}]"


class ClientConnectorDNSError(ClientConnectorError):
    pass


class ServerConnectionError(ClientConnectionError):
    pass


class ServerDisconnectedError(ServerConnectionError):
    def __init__(self, message=None):
        if message is None:
            message = "Server disconnected"
        self.args = (message,)
        self.message = message


class ServerTimeoutError(ServerConnectionError, asyncio.TimeoutError):
    pass


class ConnectionTimeoutError(ServerTimeoutError):
    pass


class SocketTimeoutError(ServerTimeoutError):
    pass


class ClientPayloadError(ClientError):
    pass


class InvalidURL(ClientError, ValueError):
    def __init__(self, url, description=None):
        self._url = url
        self._description = description
        super().__init__(url, description) if description else super().__init__(url)

    @property
    def url(self):
        return self._url

    def __str__(self):
        return f"{self._url} - {self._description}" if self._description else str(self._url)

    def __repr__(self):
        return f"<{type(self).__name__} {self}>"


class InvalidUrlClientError(InvalidURL):
    pass
