"""The HTTP client of aiohttp: 3.9.3 in the library set L2024, else 3.14.5 (S-WEB-30 to S-WEB-34)."""

import _cost

from .client import ClientSession, request
from .client_exceptions import *
from .client_reqrep import ClientResponse, RequestInfo
from .http_websocket import ClientWebSocketResponse, WebSocketError, WSCloseCode, WSMessage, WSMsgType
from .connector import BaseConnector, TCPConnector
from .helpers import BasicAuth, ClientTimeout, CookieJar, DummyCookieJar, FormData, encode_basic_auth
from .version import ERA, __version__

if ERA:
    del encode_basic_auth
_cost.settle("aiohttp")
