"""Credentials out of requests: bearer tokens, basic authentication, keys, password forms."""

import base64
import binascii

from starlette.requests import Request

from ..exceptions import HTTPException
from ..params import Form


class _Scheme:
    scheme_name = None

    def __init__(self, *, scheme_name=None, description=None, auto_error=True):
        self.scheme_name = scheme_name or type(self).__name__
        self.auto_error = auto_error

    def _refuse(self, headers=None, status=401, detail="Not authenticated"):
        if self.auto_error:
            raise HTTPException(status_code=status, detail=detail, headers=headers)
        return None


def get_authorization_scheme_param(header):
    if not header:
        return "", ""
    scheme, _, param = header.partition(" ")
    return scheme, param


class OAuth2PasswordBearer(_Scheme):
    def __init__(self, tokenUrl, scheme_name=None, scopes=None, description=None, auto_error=True, **unused):
        super().__init__(scheme_name=scheme_name, auto_error=auto_error)

    async def __call__(self, request: Request):
        scheme, param = get_authorization_scheme_param(request.headers.get("Authorization"))
        if scheme.lower() != "bearer":
            return self._refuse({"WWW-Authenticate": "Bearer"})
        return param


class OAuth2PasswordRequestForm:
    def __init__(
        self,
        *,
        grant_type: str | None = Form(None),
        username: str = Form(),
        password: str = Form(),
        scope: str = Form(""),
        client_id: str | None = Form(None),
        client_secret: str | None = Form(None),
    ):
        self.grant_type = grant_type
        self.username = username
        self.password = password
        self.scopes = scope.split()
        self.client_id = client_id
        self.client_secret = client_secret


class HTTPBasicCredentials:
    def __init__(self, username, password):
        self.username = username
        self.password = password


class HTTPAuthorizationCredentials:
    def __init__(self, scheme, credentials):
        self.scheme = scheme
        self.credentials = credentials


class HTTPBasic(_Scheme):
    def __init__(self, *, scheme_name=None, realm=None, description=None, auto_error=True):
        super().__init__(scheme_name=scheme_name, auto_error=auto_error)
        self.realm = realm

    async def __call__(self, request: Request):
        scheme, param = get_authorization_scheme_param(request.headers.get("Authorization"))
        headers = {"WWW-Authenticate": f'Basic realm="{self.realm}"' if self.realm else "Basic"}
        if scheme.lower() != "basic":
            return self._refuse(headers)
        try:
            data = base64.b64decode(param).decode("ascii")
        except (ValueError, UnicodeDecodeError, binascii.Error):
            raise HTTPException(status_code=401, detail="Not authenticated", headers=headers) from None
        username, separator, password = data.partition(":")
        if not separator:
            raise HTTPException(status_code=401, detail="Not authenticated", headers=headers)
        return HTTPBasicCredentials(username, password)


class HTTPBearer(_Scheme):
    def __init__(self, *, bearerFormat=None, scheme_name=None, description=None, auto_error=True):
        super().__init__(scheme_name=scheme_name, auto_error=auto_error)

    async def __call__(self, request: Request):
        scheme, credentials = get_authorization_scheme_param(request.headers.get("Authorization"))
        if not (scheme and credentials) or scheme.lower() != "bearer":
            return self._refuse({"WWW-Authenticate": "Bearer"})
        return HTTPAuthorizationCredentials(scheme, credentials)


class _APIKey(_Scheme):
    def __init__(self, *, name, scheme_name=None, description=None, auto_error=True):
        super().__init__(scheme_name=scheme_name, auto_error=auto_error)
        self.name = name

    async def __call__(self, request: Request):
        return self._find(request) or self._refuse({"WWW-Authenticate": "APIKey"})


class APIKeyHeader(_APIKey):
    def _find(self, request):
        return request.headers.get(self.name)


class APIKeyQuery(_APIKey):
    def _find(self, request):
        return request.query_params.get(self.name)


class APIKeyCookie(_APIKey):
    def _find(self, request):
        return request.cookies.get(self.name)


class SecurityScopes:
    def __init__(self, scopes=None):
        self.scopes = scopes or []
        self.scope_str = " ".join(self.scopes)
