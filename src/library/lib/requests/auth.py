"""Basic authentication."""

import base64


class AuthBase:
    def __call__(self, r):
        raise NotImplementedError("Auth hooks must be callable.")


class HTTPBasicAuth(AuthBase):
    def __init__(self, username, password):
        self.username = username
        self.password = password

    def __eq__(self, other):
        return self.username == getattr(other, "username", None) and self.password == getattr(other, "password", None)

    def __call__(self, r):
        text = f"{self.username}:{self.password}".encode("latin1")
        r.headers["Authorization"] = "Basic " + base64.b64encode(text).decode()
        return r
