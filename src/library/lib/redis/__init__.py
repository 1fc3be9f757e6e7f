"""The client of Redis, blocking: commands, pipelines, messages (S-CEL-01)."""

from . import exceptions
from .client import ConnectionPool, Pipeline, PubSub, Redis, StrictRedis, from_url
from .exceptions import (
    ConnectionError,
    DataError,
    LockError,
    RedisError,
    ResponseError,
    TimeoutError,
    WatchError,
)

__version__ = "5.0.3"
