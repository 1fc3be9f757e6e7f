"""Names for annotations of ASGI applications."""

from typing import Any, Awaitable, Callable, MutableMapping

Scope = MutableMapping
Message = MutableMapping
Receive = Callable
Send = Callable
ASGIApp = Callable
Lifespan = Callable
ExceptionHandler = Callable
