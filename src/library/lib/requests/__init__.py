"""The blocking HTTP client requests 2.32, small: sessions, pools, redirects, time limits (S-WEB-35)."""

from . import adapters, auth, exceptions, models, sessions, structures, utils
from .api import delete, get, head, options, patch, post, put, request
from .exceptions import (
    ConnectionError,
    ConnectTimeout,
    HTTPError,
    JSONDecodeError,
    ReadTimeout,
    RequestException,
    Timeout,
    TooManyRedirects,
    URLRequired,
)
from .models import PreparedRequest, Request, Response
from .sessions import Session, session
from .status import codes

__version__ = "2.32.3"
