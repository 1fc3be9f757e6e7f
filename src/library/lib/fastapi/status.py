"""HTTP status codes by name."""

from starlette.status import *
