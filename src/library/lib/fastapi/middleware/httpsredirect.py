"""Requests without TLS are sent to where it is."""

from starlette.middleware.httpsredirect import HTTPSRedirectMiddleware
