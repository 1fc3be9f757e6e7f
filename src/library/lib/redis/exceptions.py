"""What can go wrong with a command."""


class RedisError(Exception):
    pass


class ConnectionError(RedisError):
    pass


class TimeoutError(RedisError):
    pass


class ResponseError(RedisError):
    pass


class DataError(RedisError):
    pass


class WatchError(RedisError):
    pass


class LockError(RedisError, ValueError):
    pass
