"""The HTTP client httpx 0.28, small: clients, responses, transports over a network or into an application (S-WEB-35)."""

from ._client import AsyncClient, Client, delete, get, head, options, patch, post, put, request, stream
from ._config import BasicAuth, Limits, Timeout
from ._exceptions import (
    CloseError,
    ConnectError,
    ConnectTimeout,
    HTTPError,
    HTTPStatusError,
    InvalidURL,
    NetworkError,
    PoolTimeout,
    ReadError,
    ReadTimeout,
    RemoteProtocolError,
    RequestError,
    ResponseNotRead,
    StreamError,
    TimeoutException,
    TooManyRedirects,
    TransportError,
    UnsupportedProtocol,
    WriteTimeout,
)
from ._auth import Auth
from ._models import Cookies, Headers, Request, Response
from ._status import codes
from ._transports import (
    ASGITransport,
    AsyncBaseTransport,
    AsyncHTTPTransport,
    BaseTransport,
    HTTPTransport,
    MockTransport,
)
from ._urls import URL, QueryParams

for _class in [one for one in globals().values() if isinstance(one, type)]:
    if _class.__module__.startswith("httpx."):
        _class.__module__ = "httpx"
del _class

__version__ = "0.28.1"
