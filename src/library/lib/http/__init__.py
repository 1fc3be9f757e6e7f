"""Status codes and methods of HTTP."""
import sys
from enum import Enum, IntEnum

_STATUSES = """100 Continue;101 Switching Protocols;102 Processing;103 Early Hints;200 OK;201 Created;202 Accepted
203 Non-Authoritative Information;204 No Content;205 Reset Content;206 Partial Content;207 Multi-Status
208 Already Reported;226 IM Used;300 Multiple Choices;301 Moved Permanently;302 Found;303 See Other;304 Not Modified
305 Use Proxy;307 Temporary Redirect;308 Permanent Redirect;400 Bad Request;401 Unauthorized;402 Payment Required
403 Forbidden;404 Not Found;405 Method Not Allowed;406 Not Acceptable;407 Proxy Authentication Required
408 Request Timeout;409 Conflict;410 Gone;411 Length Required;412 Precondition Failed;413 Request Entity Too Large
414 Request-URI Too Long;415 Unsupported Media Type;416 Requested Range Not Satisfiable;417 Expectation Failed
418 I'm a Teapot;421 Misdirected Request;422 Unprocessable Entity;423 Locked;424 Failed Dependency;425 Too Early
426 Upgrade Required;428 Precondition Required;429 Too Many Requests;431 Request Header Fields Too Large
451 Unavailable For Legal Reasons;500 Internal Server Error;501 Not Implemented;502 Bad Gateway;503 Service Unavailable
504 Gateway Timeout;505 HTTP Version Not Supported;506 Variant Also Negotiates;507 Insufficient Storage
508 Loop Detected;510 Not Extended;511 Network Authentication Required"""

# Renamed by RFC 9110, taken over in 3.13; the old names stay as aliases.
_RENAMED = {
    413: "Content Too Large",
    414: "URI Too Long",
    416: "Range Not Satisfiable",
    422: "Unprocessable Content",
}


class _Status(IntEnum):
    """What the members can do."""

    def __new__(cls, value, phrase):
        self = int.__new__(cls, value)
        self._value_ = value
        self.phrase = phrase
        self.description = ""
        return self

    is_informational = property(lambda self: 100 <= self <= 199)
    is_success = property(lambda self: 200 <= self <= 299)
    is_redirection = property(lambda self: 300 <= self <= 399)
    is_client_error = property(lambda self: 400 <= self <= 499)
    is_server_error = property(lambda self: 500 <= self <= 599)


def _name(phrase):
    return phrase.upper().replace("'", "").replace("-", "_").replace(" ", "_")


def _members():
    found = {}
    for entry in _STATUSES.replace("\n", ";").split(";"):
        number, phrase = entry.split(" ", 1)
        number = int(number)
        if sys.version_info >= (3, 13) and number in _RENAMED:
            found[_name(_RENAMED[number])] = (number, _RENAMED[number])
        found[_name(phrase)] = (number, phrase)
    return found


HTTPStatus = type(_Status)("HTTPStatus", (_Status,), {"__module__": "http", **_members()})


class HTTPMethod(str, Enum):
    """The methods a request can have."""

    CONNECT = "CONNECT"
    DELETE = "DELETE"
    GET = "GET"
    HEAD = "HEAD"
    OPTIONS = "OPTIONS"
    PATCH = "PATCH"
    POST = "POST"
    PUT = "PUT"
    TRACE = "TRACE"

    def __str__(self):
        return self._value_

    def __repr__(self):
        return f"<HTTPMethod.{self._name_}>"
