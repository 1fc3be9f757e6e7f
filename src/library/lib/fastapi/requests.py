"""The request."""

from starlette.requests import HTTPConnection, Request
