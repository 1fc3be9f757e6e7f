"""What programs take from `requests.utils`."""
from urllib.parse import quote, unquote, urlparse

from .models import charset_of
from .structures import CookieJar

__all__ = ["default_headers", "dict_from_cookiejar", "quote", "requote_uri", "unquote", "urlparse"]


def default_headers():
    from .sessions import Session

    return Session().headers


def dict_from_cookiejar(jar):
    return dict(jar.items())


def cookiejar_from_dict(cookies):
    return CookieJar(cookies)


def get_encoding_from_headers(headers):
    return charset_of(headers)


def requote_uri(uri):
    return quote(unquote(uri), safe="!#$%&'()*+,/:;=?@[]~")
