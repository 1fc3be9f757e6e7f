"""Close frames, and requests and answers of the handshake."""

import enum


class CloseCode(enum.IntEnum):
    """The codes that have names."""

    NORMAL_CLOSURE = 1000
    GOING_AWAY = 1001
    PROTOCOL_ERROR = 1002
    UNSUPPORTED_DATA = 1003
    NO_STATUS_RCVD = 1005
    ABNORMAL_CLOSURE = 1006
    INVALID_DATA = 1007
    POLICY_VIOLATION = 1008
    MESSAGE_TOO_BIG = 1009
    MANDATORY_EXTENSION = 1010
    INTERNAL_ERROR = 1011
    SERVICE_RESTART = 1012
    TRY_AGAIN_LATER = 1013
    BAD_GATEWAY = 1014
    TLS_HANDSHAKE = 1015


CODES = {
    1000: "OK",
    1001: "going away",
    1002: "protocol error",
    1003: "unsupported data",
    1005: "no status received [internal]",
    1006: "abnormal closure [internal]",
    1007: "invalid frame payload data",
    1008: "policy violation",
    1009: "message too big",
    1010: "mandatory extension",
    1011: "internal error",
    1012: "service restart",
    1013: "try again later",
    1014: "bad gateway",
    1015: "TLS handshake failure [internal]",
}


class Close:
    """The code and the reason of a close frame."""

    def __init__(self, code, reason):
        self.code = code
        self.reason = reason

    def __str__(self):
        if 3000 <= self.code < 4000:
            what = "registered"
        elif 4000 <= self.code < 5000:
            what = "private use"
        else:
            what = CODES.get(self.code, "unknown")
        return f"{int(self.code)} ({what})" + (f" {self.reason}" if self.reason else "")

    def __repr__(self):
        return f"Close(code={self.code!r}, reason={self.reason!r})"

    def __eq__(self, other):
        return isinstance(other, Close) and (self.code, self.reason) == (other.code, other.reason)


class Headers:
    """Header lines by name, whatever its case."""

    def __init__(self, lines=()):
        self._lines = list(lines.items()) if hasattr(lines, "items") else list(lines)

    def __getitem__(self, name):
        found = self.get_all(name)
        if not found:
            raise KeyError(name)
        return found[0]

    def __setitem__(self, name, value):
        self._lines.append((name, value))

    def __contains__(self, name):
        return bool(self.get_all(name))

    def __iter__(self):
        return iter(dict.fromkeys(name.lower() for name, _ in self._lines))

    def __len__(self):
        return len(list(iter(self)))

    def __repr__(self):
        return f"Headers({self._lines!r})"

    def __str__(self):
        return "".join(f"{name}: {value}\r\n" for name, value in self._lines) + "\r\n"

    def get(self, name, default=None):
        return self[name] if name in self else default

    def get_all(self, name):
        return [value for known, value in self._lines if known.lower() == name.lower()]

    def raw_items(self):
        return iter(self._lines)

    def items(self):
        return [(name, self[name]) for name in self]

    def update(self, more):
        self._lines.extend(more.items() if hasattr(more, "items") else more)


class Request:
    """What a client asks for."""

    def __init__(self, path, headers):
        self.path = path
        self.headers = headers

    def __repr__(self):
        return f"Request(path={self.path!r}, headers={self.headers!r})"


class Response:
    """What a server answers."""

    def __init__(self, status_code, reason_phrase, headers, body=b""):
        self.status_code = status_code
        self.reason_phrase = reason_phrase
        self.headers = headers
        self.body = body

    def __repr__(self):
        return (
            f"Response(status_code={self.status_code!r}, reason_phrase={self.reason_phrase!r}, "
            f"headers={self.headers!r}, body={self.body!r})"
        )

    def serialize(self):
        return f"HTTP/1.1 {self.status_code} {self.reason_phrase}\r\n{self.headers}".encode() + (self.body or b"")
