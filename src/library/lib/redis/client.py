"""Connections to a Redis server and the commands that go over them."""

import threading
import time
import uuid
from urllib.parse import parse_qsl, urlsplit

import socket

from .exceptions import ConnectionError, DataError, LockError, ResponseError, TimeoutError


class Connection:
    def __init__(self, host, port, socket_timeout=None):
        self.host, self.port = host, port
        try:
            self._sock = socket.create_connection((host, port))
            self._sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as exc:
            raise ConnectionError(f"Error {exc.errno} connecting to {host}:{port}. {exc.strerror}.") from None
        self._sock.settimeout(socket_timeout)
        self._file = self._sock.makefile("rb")

    def send(self, *commands):
        parts = []
        for words in commands:
            words = [_encoded(word) for word in words]
            parts.append(b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n" % len(w) + w + b"\r\n" for w in words))
        try:
            self._sock.sendall(b"".join(parts))
        except OSError as exc:
            raise ConnectionError(f"Error {exc.errno} while writing to socket. {exc.strerror}.") from None

    def read(self, timeout=...):
        """One answer; with a timeout None when there is none in time."""
        if timeout is not ... and not self._file._ahead:
            import _socket

            if not _socket.wait(self._sock.fileno(), False, timeout):
                return None
        try:
            return self._answer()
        except socket.timeout:
            raise TimeoutError("Timeout reading from socket") from None

    def _answer(self):
        line = self._file.readline()
        if not line:
            raise ConnectionError("Connection closed by server.")
        kind, rest = line[:1], line[1:-2]
        if kind == b"+":
            return rest if rest != b"OK" else True
        if kind == b"-":
            text = rest.decode()
            raise ResponseError(text[4:] if text.startswith("ERR ") else text)
        if kind == b":":
            return int(rest)
        n = int(rest)
        if n < 0:
            return None
        if kind == b"$":
            data = self._file.read(n)
            self._file.read(2)
            return data
        items = []
        for _ in range(n):
            try:
                items.append(self._answer())
            except ResponseError as exc:
                items.append(exc)
        return items

    def close(self):
        self._file.close()
        self._sock.close()


def _encoded(value):
    if isinstance(value, (bytes, bytearray)):
        return bytes(value)
    if isinstance(value, bool) or value is None or not isinstance(value, (str, int, float)):
        kind = type(value).__name__
        raise DataError(f"Invalid input of type: '{kind}'. Convert to a bytes, string, int or float first.")
    return str(value).encode() if not isinstance(value, float) else repr(value).encode()


class ConnectionPool:
    """Connections that nobody uses, last in, first out."""

    def __init__(self, host="localhost", port=6379, db=0, max_connections=None, decode_responses=False, **options):
        self.host, self.port, self.db = host, port, db
        self.decode_responses = decode_responses
        self.max_connections = max_connections or 2**31
        self._options = options
        self._idle = []
        self._n = 0
        self._lock = threading.Lock()

    @classmethod
    def from_url(cls, url, **options):
        return cls(**{**_parsed(url), **options})

    def get_connection(self):
        with self._lock:
            if self._idle:
                return self._idle.pop()
            if self._n >= self.max_connections:
                raise ConnectionError("Too many connections")
            self._n += 1
        try:
            return Connection(self.host, self.port, self._options.get("socket_timeout"))
        except BaseException:
            self._n -= 1
            raise

    def release(self, connection):
        with self._lock:
            self._idle.append(connection)

    def forget(self, connection):
        with self._lock:
            self._n -= 1
        connection.close()

    def disconnect(self):
        with self._lock:
            for connection in self._idle:
                connection.close()
                self._n -= 1
            self._idle.clear()


def _parsed(url):
    parts = urlsplit(url)
    if parts.scheme not in ("redis", "rediss"):
        raise ValueError(
            "Redis URL must specify one of the following schemes (redis://, rediss://, unix://)"
        )
    found = {"host": parts.hostname or "localhost", "port": parts.port or 6379}
    path = parts.path.strip("/")
    if path.isdigit():
        found["db"] = int(path)
    for name, value in parse_qsl(parts.query):
        if name == "decode_responses":
            found[name] = value.lower() in ("true", "1", "yes")
    return found


def _pairs(flat):
    return dict(zip(flat[::2], flat[1::2]))


class _Commands:
    """The commands, each by the words that it sends and what becomes of the answer."""

    def ping(self):
        return self.execute_command("PING", then=lambda answer: answer in (b"PONG", "PONG", True))

    def set(self, name, value, ex=None, px=None, nx=False, xx=False, get=False):
        words = ["SET", name, value]
        for flag, option in ((ex, "EX"), (px, "PX")):
            if flag is not None:
                words += [option, int(flag.total_seconds()) if hasattr(flag, "total_seconds") else flag]
        words += [option for flag, option in ((nx, "NX"), (xx, "XX"), (get, "GET")) if flag]
        return self.execute_command(*words)

    def setex(self, name, time, value):
        return self.execute_command("SETEX", name, time, value)

    def setnx(self, name, value):
        return self.execute_command("SETNX", name, value, then=bool)

    def mset(self, mapping):
        return self.execute_command("MSET", *[part for pair in mapping.items() for part in pair])

    def mget(self, keys, *args):
        return self.execute_command("MGET", *_listed(keys, args))

    def incr(self, name, amount=1):
        return self.execute_command("INCRBY", name, amount)

    incrby = incr

    def decr(self, name, amount=1):
        return self.execute_command("DECRBY", name, amount)

    decrby = decr

    def exists(self, *names):
        return self.execute_command("EXISTS", *names)

    def delete(self, *names):
        return self.execute_command("DEL", *names)

    def expire(self, name, time):
        return self.execute_command("EXPIRE", name, time, then=bool)

    def hset(self, name, key=None, value=None, mapping=None, items=None):
        words = [] if key is None else [key, value]
        for pair in (mapping or {}).items():
            words += pair
        return self.execute_command("HSET", name, *words)

    def hgetall(self, name):
        return self.execute_command("HGETALL", name, then=_pairs)

    def hmget(self, name, keys, *args):
        return self.execute_command("HMGET", name, *_listed(keys, args))

    def hexists(self, name, key):
        return self.execute_command("HEXISTS", name, key, then=bool)

    def hincrby(self, name, key, amount=1):
        return self.execute_command("HINCRBY", name, key, amount)

    def smembers(self, name):
        return self.execute_command("SMEMBERS", name, then=set)

    def zadd(self, name, mapping, nx=False, xx=False):
        flags = [option for flag, option in ((nx, "NX"), (xx, "XX")) if flag]
        return self.execute_command("ZADD", name, *flags, *[w for m, s in mapping.items() for w in (s, m)])

    def zrange(self, name, start, end, desc=False, withscores=False):
        return self._ranked("ZREVRANGE" if desc else "ZRANGE", name, start, end, withscores)

    def zrevrange(self, name, start, end, withscores=False):
        return self._ranked("ZREVRANGE", name, start, end, withscores)

    def zrangebyscore(self, name, min, max, withscores=False):
        return self._ranked("ZRANGEBYSCORE", name, min, max, withscores)

    def _ranked(self, command, name, start, end, withscores):
        if not withscores:
            return self.execute_command(command, name, start, end)
        then = lambda flat: [(m, float(s)) for m, s in zip(flat[::2], flat[1::2])]
        return self.execute_command(command, name, start, end, "WITHSCORES", then=then)

    def zscore(self, name, value):
        return self.execute_command("ZSCORE", name, value, then=lambda s: None if s is None else float(s))

    def brpop(self, keys, timeout=0):
        return self.execute_command("BRPOP", *_listed(keys), timeout or 0, then=lambda a: tuple(a) if a else None)

    def blpop(self, keys, timeout=0):
        return self.execute_command("BLPOP", *_listed(keys), timeout or 0, then=lambda a: tuple(a) if a else None)

    def lpop(self, name, count=None):
        return self.execute_command("LPOP", name, *(() if count is None else (count,)))

    def rpop(self, name, count=None):
        return self.execute_command("RPOP", name, *(() if count is None else (count,)))

    def keys(self, pattern="*"):
        return self.execute_command("KEYS", pattern)

    def publish(self, channel, message):
        return self.execute_command("PUBLISH", channel, message)

    def __setitem__(self, name, value):
        self.set(name, value)


def _listed(keys, args=()):
    return [*([keys] if isinstance(keys, (str, bytes)) else keys), *args]


def _add_plain(name):
    word = name.upper()

    def command(self, *args):
        return self.execute_command(word, *args)

    command.__name__ = name
    setattr(_Commands, name, command)


for _name in (
    "get getset getdel append strlen incrbyfloat ttl pttl persist type dbsize flushdb flushall unlink lpush rpush llen "
    "lindex lrange ltrim lrem hget hdel hlen hkeys hvals hsetnx sadd srem sismember scard zrem zcard zincrby info"
).split():
    _add_plain(_name)


class Redis(_Commands):
    def __init__(self, host="localhost", port=6379, db=0, password=None, *, connection_pool=None, **options):
        self.connection_pool = connection_pool or ConnectionPool(host, port, db, **options)

    @classmethod
    def from_url(cls, url, **options):
        return cls(connection_pool=ConnectionPool.from_url(url, **options))

    def execute_command(self, *words, then=None):
        pool = self.connection_pool
        connection = pool.get_connection()
        try:
            connection.send(words)
            answer = connection.read()
        except ResponseError:
            pool.release(connection)
            raise
        except BaseException:
            pool.forget(connection)
            raise
        pool.release(connection)
        answer = _decoded(answer) if pool.decode_responses else answer
        return answer if then is None else then(answer)

    def pipeline(self, transaction=True, shard_hint=None):
        return Pipeline(self.connection_pool, transaction)

    def pubsub(self, **options):
        return PubSub(self.connection_pool, **options)

    def lock(self, name, timeout=None, sleep=0.1, blocking=True, blocking_timeout=None, **unused):
        return Lock(self, name, timeout, sleep, blocking, blocking_timeout)

    def __getitem__(self, name):
        value = self.get(name)
        if value is None:
            raise KeyError(name)
        return value

    def __delitem__(self, name):
        self.delete(name)

    def __contains__(self, name):
        return bool(self.exists(name))

    def close(self):
        self.connection_pool.disconnect()

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()

    def __repr__(self):
        pool = self.connection_pool
        return f"<redis.client.Redis(<redis.connection.ConnectionPool(<redis.connection.Connection(host={pool.host},port={pool.port},db={pool.db})>)>)>"


StrictRedis = Redis


def from_url(url, **options):
    return Redis.from_url(url, **options)


def _decoded(answer):
    if isinstance(answer, bytes):
        return answer.decode()
    return [_decoded(item) for item in answer] if isinstance(answer, list) else answer


class Pipeline(_Commands):
    """Commands that are sent together, and as one when they are a transaction."""

    def __init__(self, pool, transaction):
        self._pool, self._transaction = pool, transaction
        self._commands = []

    def execute_command(self, *words, then=None):
        self._commands.append((words, then))
        return self

    def __len__(self):
        return len(self._commands)

    def reset(self):
        self._commands = []

    def execute(self, raise_on_error=True):
        commands, self._commands = self._commands, []
        if not commands:
            return []
        connection = self._pool.get_connection()
        words = [words for words, _ in commands]
        if self._transaction:
            connection.send(("MULTI",), *words, ("EXEC",))
            for _ in range(len(words) + 1):
                connection.read()
            answers = connection.read()
        else:
            connection.send(*words)
            answers = [connection.read() for _ in words]
        self._pool.release(connection)
        if self._pool.decode_responses:
            answers = _decoded(answers)
        for answer in answers:
            if raise_on_error and isinstance(answer, Exception):
                raise answer
        return [answer if then is None else then(answer) for answer, (_, then) in zip(answers, commands)]

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.reset()


class PubSub:
    """A connection on which messages of channels arrive."""

    def __init__(self, pool, ignore_subscribe_messages=False, **unused):
        self._pool = pool
        self._connection = None
        self._ignore = ignore_subscribe_messages
        self._handlers = {}

    def _send(self, *words):
        if self._connection is None:
            self._connection = self._pool.get_connection()
        self._connection.send(words)

    def subscribe(self, *channels, **handlers):
        for channel in channels:
            self._handlers[_encoded(channel)] = None
        for channel, handler in handlers.items():
            self._handlers[_encoded(channel)] = handler
        self._send("SUBSCRIBE", *channels, *handlers)

    def unsubscribe(self, *channels):
        self._send("UNSUBSCRIBE", *channels)

    def get_message(self, ignore_subscribe_messages=False, timeout=0.0):
        answer = self._connection.read(timeout) if timeout is not None else self._connection.read()
        return None if answer is None else self._message(answer, ignore_subscribe_messages)

    def _message(self, answer, ignore=False):
        kind, channel, data = answer
        kind = kind.decode()
        handler = self._handlers.get(channel)
        if self._pool.decode_responses:
            channel, data = _decoded(channel), _decoded(data)
        message = {"type": kind, "pattern": None, "channel": channel, "data": data}
        if kind in ("subscribe", "unsubscribe"):
            return None if ignore or self._ignore else message
        if handler is not None:
            handler(message)
            return None
        return message

    def listen(self):
        while True:
            message = self._message(self._connection.read())
            if message is not None:
                yield message

    def run_in_thread(self, sleep_time=0.0, daemon=False):
        thread = threading.Thread(target=lambda: [None for _ in self.listen()], daemon=daemon)
        thread.start()
        return thread

    def close(self):
        if self._connection is not None:
            self._pool.forget(self._connection)
            self._connection = None

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()


class Lock:
    """A key that one client sets and only that client deletes."""

    def __init__(self, client, name, timeout, sleep, blocking, blocking_timeout):
        self.redis, self.name, self.timeout, self.sleep = client, name, timeout, sleep
        self.blocking, self.blocking_timeout = blocking, blocking_timeout
        self._token = None

    def acquire(self, blocking=None, blocking_timeout=None):
        blocking = self.blocking if blocking is None else blocking
        limit = self.blocking_timeout if blocking_timeout is None else blocking_timeout
        end = None if limit is None else time.monotonic() + limit
        token = uuid.uuid4().hex
        while True:
            px = int(self.timeout * 1000) if self.timeout else None
            if self.redis.set(self.name, token, nx=True, px=px):
                self._token = token
                return True
            if not blocking or end is not None and time.monotonic() + self.sleep > end:
                return False
            time.sleep(self.sleep)

    def release(self):
        if self._token is None:
            raise LockError("Cannot release an unlocked lock")
        token, self._token = self._token, None
        found = self.redis.get(self.name)
        if found is None or _encoded(found) != token.encode():
            raise LockError("Cannot release a lock that's no longer owned")
        self.redis.delete(self.name)

    def locked(self):
        return self.redis.get(self.name) is not None

    def owned(self):
        return self._token is not None

    def __enter__(self):
        if not self.acquire():
            raise LockError("Unable to acquire lock within the time specified")
        return self

    def __exit__(self, *exc):
        self.release()
