"""Starlette's."""

from starlette.middleware.gzip import GZipMiddleware
