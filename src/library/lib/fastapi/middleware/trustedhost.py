"""Only requests to hosts that are known pass."""

from starlette.middleware.trustedhost import TrustedHostMiddleware
