"""Credentials out of requests: bearer tokens, basic authentication, keys, password forms."""

import base64
import binascii

from pydantic import BaseModel
from starlette.requests import Request

from ..exceptions import HTTPException
from ..params import Form


class _Scheme:
    scheme_name = None

    def __init__(self, kind, *, scheme_name=None, description=None, auto_error=True, **model):
        self.scheme_name = scheme_name or type(self).__name__
        self.auto_error = auto_error
        # How the document describes it.
        self.model = {"type": kind}
        if description:
            self.model["description"] = description
        self.model.update((name, value) for name, value in model.items() if value is not None)

    # What a client is asked for.
    _challenge = "Bearer"

    def make_not_authenticated_error(self):
        headers = {"WWW-Authenticate": self._challenge}
        return HTTPException(status_code=401, detail="Not authenticated", headers=headers)

    def _refuse(self):
        if self.auto_error:
            raise self.make_not_authenticated_error()
        return None


def get_authorization_scheme_param(header):
    if not header:
        return "", ""
    scheme, _, param = header.partition(" ")
    return scheme, param


class OAuth2(_Scheme):
    def __init__(self, *, flows=None, scheme_name=None, description=None, auto_error=True):
        super().__init__("oauth2", scheme_name=scheme_name, description=description, auto_error=auto_error, flows=flows or {})

    async def __call__(self, request: Request):
        return request.headers.get("Authorization") or self._refuse()


def _flow(scopes, refreshUrl=None, **urls):
    return {**({"refreshUrl": refreshUrl} if refreshUrl else {}), "scopes": scopes or {}, **urls}


class OAuth2PasswordBearer(OAuth2):
    def __init__(
        self, tokenUrl, scheme_name=None, scopes=None, description=None, auto_error=True, refreshUrl=None
    ):
        flows = {"password": _flow(scopes, refreshUrl, tokenUrl=tokenUrl)}
        super().__init__(flows=flows, scheme_name=scheme_name, description=description, auto_error=auto_error)

    async def __call__(self, request: Request):
        scheme, param = get_authorization_scheme_param(request.headers.get("Authorization"))
        if scheme.lower() != "bearer":
            return self._refuse()
        return param


class OAuth2AuthorizationCodeBearer(OAuth2PasswordBearer):
    def __init__(
        self, authorizationUrl, tokenUrl, refreshUrl=None, scheme_name=None, scopes=None, description=None, auto_error=True
    ):
        urls = {"authorizationUrl": authorizationUrl, "tokenUrl": tokenUrl}
        flows = {"authorizationCode": _flow(scopes, refreshUrl, **urls)}
        OAuth2.__init__(self, flows=flows, scheme_name=scheme_name, description=description, auto_error=auto_error)


class OpenIdConnect(_Scheme):
    def __init__(self, *, openIdConnectUrl, scheme_name=None, description=None, auto_error=True):
        super().__init__(
            "openIdConnect", scheme_name=scheme_name, description=description, auto_error=auto_error,
            openIdConnectUrl=openIdConnectUrl,
        )  # fmt: skip

    __call__ = OAuth2.__call__


class OAuth2PasswordRequestForm:
    def __init__(
        self,
        *,
        grant_type: str | None = Form(None, pattern="^password$"),
        username: str = Form(),
        password: str = Form(json_schema_extra={"format": "password"}),
        scope: str = Form(""),
        client_id: str | None = Form(None),
        client_secret: str | None = Form(None, json_schema_extra={"format": "password"}),
    ):
        self.grant_type = grant_type
        self.username = username
        self.password = password
        self.scopes = scope.split()
        self.client_id = client_id
        self.client_secret = client_secret


class HTTPBasicCredentials(BaseModel):
    username: str
    password: str


class HTTPAuthorizationCredentials(BaseModel):
    scheme: str
    credentials: str


class HTTPBasic(_Scheme):
    def __init__(self, *, scheme_name=None, realm=None, description=None, auto_error=True):
        super().__init__("http", scheme_name=scheme_name, description=description, auto_error=auto_error, scheme="basic")
        self._challenge = f'Basic realm="{realm}"' if realm else "Basic"

    async def __call__(self, request: Request):
        scheme, param = get_authorization_scheme_param(request.headers.get("Authorization"))
        if scheme.lower() != "basic":
            return self._refuse()
        try:
            data = base64.b64decode(param).decode("ascii")
        except (ValueError, UnicodeDecodeError, binascii.Error):
            raise self.make_not_authenticated_error() from None
        username, separator, password = data.partition(":")
        if not separator:
            raise self.make_not_authenticated_error()
        return HTTPBasicCredentials(username=username, password=password)


class HTTPBearer(_Scheme):
    def __init__(self, *, bearerFormat=None, scheme_name=None, description=None, auto_error=True):
        super().__init__(
            "http", scheme_name=scheme_name, description=description, auto_error=auto_error,
            scheme=self._challenge.lower(), bearerFormat=bearerFormat,
        )  # fmt: skip

    async def __call__(self, request: Request):
        scheme, credentials = get_authorization_scheme_param(request.headers.get("Authorization"))
        if not (scheme and credentials) or scheme.lower() != self._challenge.lower():
            return self._refuse()
        return HTTPAuthorizationCredentials(scheme=scheme, credentials=credentials)


class HTTPDigest(HTTPBearer):
    _challenge = "Digest"

    def __init__(self, *, scheme_name=None, description=None, auto_error=True):
        super().__init__(scheme_name=scheme_name, description=description, auto_error=auto_error)


class _APIKey(_Scheme):
    _challenge = "APIKey"

    def __init__(self, *, name, scheme_name=None, description=None, auto_error=True):
        super().__init__(
            "apiKey", scheme_name=scheme_name, description=description, auto_error=auto_error,
            **{"in": self._where, "name": name},
        )  # fmt: skip
        self.name = name

    async def __call__(self, request: Request):
        return self._find(request) or self._refuse()


class APIKeyHeader(_APIKey):
    _where = "header"

    def _find(self, request):
        return request.headers.get(self.name)


class APIKeyQuery(_APIKey):
    _where = "query"

    def _find(self, request):
        return request.query_params.get(self.name)


class APIKeyCookie(_APIKey):
    _where = "cookie"

    def _find(self, request):
        return request.cookies.get(self.name)


class SecurityScopes:
    def __init__(self, scopes=None):
        self.scopes = scopes or []
        self.scope_str = " ".join(self.scopes)
