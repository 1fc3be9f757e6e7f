"""What handlers of aiohttp's server answer."""

import json as _json
from http import HTTPStatus

from multidict import CIMultiDict


class StreamResponse:
    def __init__(self, *, status=200, reason=None, headers=None):
        self._status = int(status)
        self._reason = reason
        self.headers = CIMultiDict(headers or {})
        self._send = None
        self._cookies = []
        self.prepared = False

    @property
    def status(self):
        return self._status

    @property
    def reason(self):
        if self._reason is not None:
            return self._reason
        try:
            return HTTPStatus(self._status).phrase
        except ValueError:
            return ""

    def set_status(self, status, reason=None):
        self._status, self._reason = int(status), reason

    @property
    def content_type(self):
        return (self.headers.get("Content-Type") or "application/octet-stream").partition(";")[0].strip()

    @content_type.setter
    def content_type(self, value):
        self.headers["Content-Type"] = value

    def set_cookie(self, name, value, *, path="/", **more):
        self._cookies.append(f"{name}={value}; Path={path}")

    def del_cookie(self, name, *, path="/", **more):
        self._cookies.append(f'{name}=""; Max-Age=0; Path={path}')

    def enable_chunked_encoding(self):
        pass

    async def prepare(self, request):
        if self.prepared:
            return
        self.prepared = True
        self._send = request._send
        self.headers.setdefault("Content-Type", "application/octet-stream")
        # The protocol knows the length by this spelling.
        names = {"Content-Length": "content-length"}
        lines = [(names.get(k, k).encode("latin-1"), v.encode("latin-1")) for k, v in self.headers.items()]
        lines += [(b"Set-Cookie", cookie.encode("latin-1")) for cookie in self._cookies]
        start = {"type": "http.response.start", "status": self._status, "headers": lines}
        if self._reason is not None:
            # The protocol's own word for it where the handler chose one.
            start["reason"] = self._reason
        await self._send(start)

    async def write(self, data):
        if not self.prepared:
            raise RuntimeError("Cannot call write() before prepare()")
        await self._send({"type": "http.response.body", "body": bytes(data), "more_body": True})

    async def write_eof(self, data=b""):
        if self._send is not None:
            send, self._send = self._send, None
            await send({"type": "http.response.body", "body": data, "more_body": False})


class Response(StreamResponse):
    def __init__(
        self, *, body=None, status=200, reason=None, text=None, headers=None, content_type=None, charset=None
    ):
        if body is not None and text is not None:
            raise ValueError("body and text are not allowed together")
        super().__init__(status=status, reason=reason, headers=headers)
        if text is not None:
            if not isinstance(text, str):
                raise TypeError("text argument must be str (%r)" % type(text))
            kind = f"{content_type or 'text/plain'}; charset={charset or 'utf-8'}"
            self.headers.setdefault("Content-Type", kind)
            self.body = text.encode(charset or "utf-8")
        else:
            if content_type is not None:
                self.headers["Content-Type"] = content_type + (f"; charset={charset}" if charset else "")
            self.body = body if body is None or isinstance(body, bytes) else bytes(body)

    @property
    def text(self):
        return None if self.body is None else self.body.decode()

    @text.setter
    def text(self, text):
        self.body = text.encode()
        self.headers.setdefault("Content-Type", "text/plain; charset=utf-8")

    async def prepare(self, request):
        self.headers.setdefault("Content-Length", str(len(self.body or b"")))
        await super().prepare(request)

    async def write_eof(self, data=b""):
        await super().write_eof(data or self.body or b"")


def json_response(data=..., *, text=None, body=None, status=200, reason=None, headers=None, dumps=_json.dumps, **more):
    if data is not ...:
        text = dumps(data)
    return Response(text=text, body=body, status=status, reason=reason, headers=headers, content_type="application/json")


class HTTPException(Response, Exception):
    status_code = -1

    def __init__(self, *, headers=None, reason=None, body=None, text=None, content_type=None):
        Exception.__init__(self, reason)
        if text is None and body is None and self.status_code not in (204, 304):
            phrase = reason or HTTPStatus(self.status_code).phrase
            text = f"{self.status_code}: {phrase}"
        Response.__init__(
            self, status=self.status_code, reason=reason, headers=headers, text=text, body=body, content_type=content_type
        )

    def __str__(self):
        return self.reason


class HTTPError(HTTPException):
    pass


class HTTPRedirection(HTTPException):
    pass


class HTTPSuccessful(HTTPException):
    pass


class HTTPClientError(HTTPError):
    pass


class HTTPServerError(HTTPError):
    pass


class _HTTPMove(HTTPRedirection):
    def __init__(self, location, **more):
        super().__init__(**more)
        self.headers["Location"] = str(location)
        self.location = location


class HTTPMethodNotAllowed(HTTPClientError):
    status_code = 405

    def __init__(self, method, allowed_methods, **more):
        super().__init__(**more)
        self.headers["Allow"] = ",".join(sorted(allowed_methods))
        self.method, self.allowed_methods = method, set(allowed_methods)


def _make(names, base):
    found = {}
    for item in names.split():
        name, _, status = item.partition(":")
        found["HTTP" + name] = type("HTTP" + name, (base,), {"status_code": int(status), "__module__": __name__})
    return found


globals().update(_make("Ok:200 Created:201 Accepted:202 NoContent:204", HTTPSuccessful))
globals().update(
    _make("MovedPermanently:301 Found:302 SeeOther:303 TemporaryRedirect:307 PermanentRedirect:308", _HTTPMove)
)
globals().update(
    _make(
        "BadRequest:400 Unauthorized:401 PaymentRequired:402 Forbidden:403 NotFound:404 NotAcceptable:406 "
        "RequestTimeout:408 Conflict:409 Gone:410 LengthRequired:411 PreconditionFailed:412 RequestEntityTooLarge:413 "
        "RequestURITooLong:414 UnsupportedMediaType:415 RequestRangeNotSatisfiable:416 ExpectationFailed:417 "
        "UnprocessableEntity:422 UpgradeRequired:426 PreconditionRequired:428 TooManyRequests:429 "
        "RequestHeaderFieldsTooLarge:431 UnavailableForLegalReasons:451",
        HTTPClientError,
    )
)
globals().update(
    _make(
        "InternalServerError:500 NotImplemented:501 BadGateway:502 ServiceUnavailable:503 GatewayTimeout:504",
        HTTPServerError,
    )
)
