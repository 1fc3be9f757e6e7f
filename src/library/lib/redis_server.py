"""The data server Redis, small: what runs where a scenario says `redis-server` or talks to redis:// (S-CEL-02).

One thread, one command after the other; clients that wait for a list are served in the order they began to.
"""
import selectors
import sys
import time
from collections import deque

import _cost
import socket


class _Client:
    def __init__(self, sock):
        self.sock = sock
        self.buffer = b""
        self.waits = None  # (keys, side, deadline) of a blocking pop
        self.queued = None  # commands after MULTI
        self.channels = set()

    def send(self, data):
        try:
            self.sock.setblocking(True)
            self.sock.sendall(data)
            self.sock.setblocking(False)
        except OSError:
            pass


class _Failure(Exception):
    pass


def _reply(value):
    if value is None:
        return b"$-1\r\n"
    if value is True:
        return b"+OK\r\n"
    if isinstance(value, int):
        return b":%d\r\n" % value
    if isinstance(value, str):
        value = value.encode()
    if isinstance(value, bytes):
        return b"$%d\r\n" % len(value) + value + b"\r\n"
    if isinstance(value, float):
        return _reply(repr(value))
    if isinstance(value, _Failure):
        return b"-%s\r\n" % str(value).encode()
    return b"*%d\r\n" % len(value) + b"".join(_reply(item) for item in value)


def _fits(key, pattern):
    """`*` stands for any text, `?` for one character."""
    if not pattern:
        return not key
    if pattern[:1] == b"*":
        return any(_fits(key[i:], pattern[1:]) for i in range(len(key) + 1))
    return bool(key) and pattern[:1] in (b"?", key[:1]) and _fits(key[1:], pattern[1:])


def _score(text):
    text = text.decode().lower()
    return float(text.replace("+inf", "inf"))


class Server:
    def __init__(self, port=6379):
        self.data = {}
        self.expires = {}
        self.waiting = []
        self.selector = selectors.DefaultSelector()
        self.listener = socket.create_server(("127.0.0.1", port), backlog=511)
        self.listener.setblocking(False)
        self.selector.register(self.listener, selectors.EVENT_READ, None)
        self.subscribers = {}

    def run(self):
        while True:
            for key, _ in self.selector.select(self._patience()):
                if key.data is None:
                    self._accept()
                else:
                    self._read(key.data)
            now = time.monotonic()
            for client in [c for c in self.waiting if c.waits[2] is not None and c.waits[2] <= now]:
                self._stop_waiting(client)
                client.send(b"*-1\r\n")

    def _patience(self):
        deadlines = [c.waits[2] for c in self.waiting if c.waits[2] is not None]
        return max(min(deadlines) - time.monotonic(), 0) if deadlines else None

    def _accept(self):
        try:
            sock, _ = self.listener.accept()
        except BlockingIOError:
            return
        sock.setblocking(False)
        self.selector.register(sock, selectors.EVENT_READ, _Client(sock))

    def _gone(self, client):
        self._stop_waiting(client)
        for channel in client.channels:
            self.subscribers.get(channel, []).remove(client)
        self.selector.unregister(client.sock)
        client.sock.close()

    def _read(self, client):
        try:
            data = client.sock.recv(65536)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._gone(client)
            return
        client.buffer += data
        while client.waits is None:
            command = self._parse(client)
            if command is None:
                return
            _cost.charge("redis.command")
            self._execute(client, command)

    def _parse(self, client):
        data = client.buffer
        if not data.startswith(b"*"):
            return None
        line, end, rest = data.partition(b"\r\n")
        if not end:
            return None
        words = []
        for _ in range(int(line[1:])):
            line, end, rest = rest.partition(b"\r\n")
            if not end:
                return None
            n = int(line[1:])
            if len(rest) < n + 2:
                return None
            words.append(rest[:n])
            rest = rest[n + 2 :]
        client.buffer = rest
        return words

    def _execute(self, client, command):
        name = command[0].decode().lower()
        if client.queued is not None and name not in ("exec", "discard"):
            client.queued.append(command)
            client.send(b"+QUEUED\r\n")
            return
        special = getattr(self, "_client_" + name, None)
        try:
            if special is not None:
                special(client, command[1:])
                return
            answer = self._call(name, command[1:])
        except _Failure as failure:
            answer = failure
        client.send(_reply(answer))
        self._serve_waiting()

    def _call(self, name, args):
        method = getattr(self, "do_" + name, None)
        if method is None:
            raise _Failure(f"ERR unknown command '{name}', or one that is not simulated")
        try:
            return method(*args)
        except TypeError as exc:
            if "argument" in str(exc):
                raise _Failure(f"ERR wrong number of arguments for '{name}' command") from None
            raise

    # --- commands that are about the connection ---

    def _client_multi(self, client, args):
        client.queued = []
        client.send(b"+OK\r\n")

    def _client_exec(self, client, args):
        commands, client.queued = client.queued or [], None
        answers = []
        for command in commands:
            try:
                name = command[0].decode().lower()
                if name == "publish":
                    answers.append(self.do_publish(*command[1:]))
                else:
                    answers.append(self._call(name, command[1:]))
            except _Failure as failure:
                answers.append(failure)
        client.send(_reply(answers))
        self._serve_waiting()

    def _client_discard(self, client, args):
        client.queued = None
        client.send(b"+OK\r\n")

    def _client_subscribe(self, client, args):
        for channel in args:
            if channel not in client.channels:
                client.channels.add(channel)
                self.subscribers.setdefault(channel, []).append(client)
            client.send(_reply([b"subscribe", channel, len(client.channels)]))

    def _client_unsubscribe(self, client, args):
        for channel in list(args) or list(client.channels) or [None]:
            if channel in client.channels:
                client.channels.discard(channel)
                self.subscribers[channel].remove(client)
            client.send(_reply([b"unsubscribe", channel, len(client.channels)]))

    def _client_brpop(self, client, args):
        self._wait_for_list(client, args, -1)

    def _client_blpop(self, client, args):
        self._wait_for_list(client, args, 0)

    def _wait_for_list(self, client, args, side):
        *keys, timeout = args
        seconds = float(timeout)
        client.waits = (keys, side, time.monotonic() + seconds if seconds else None)
        self.waiting.append(client)
        self._serve_waiting()

    def _stop_waiting(self, client):
        if client.waits is not None:
            client.waits = None
            self.waiting.remove(client)

    def _serve_waiting(self):
        for client in list(self.waiting):
            keys, side, _ = client.waits
            for key in keys:
                items = self._alive(key)
                if items:
                    self._stop_waiting(client)
                    item = items.pop() if side else items.popleft()
                    if not items:
                        del self.data[key]
                    client.send(_reply([key, item]))
                    break

    # --- keys ---

    def _alive(self, key):
        end = self.expires.get(key)
        if end is not None and end <= time.time():
            self.data.pop(key, None)
            del self.expires[key]
        return self.data.get(key)

    def _typed(self, key, cls, make=None):
        found = self._alive(key)
        if found is None:
            found = cls()
            if make:
                self.data[key] = found
        if not isinstance(found, cls):
            raise _Failure("WRONGTYPE Operation against a key holding the wrong kind of value")
        return found

    def _tidy(self, key):
        if not self.data.get(key):
            self.data.pop(key, None)

    def do_ping(self, *text):
        return text[0] if text else b"PONG"

    def do_select(self, db):
        return True

    def do_client(self, *args):
        return True

    def do_hello(self, *args):
        raise _Failure("ERR unknown command 'HELLO'")

    def do_info(self, *args):
        return "# Server\r\nredis_version:7.0.0\r\n"

    def do_flushdb(self, *args):
        self.data.clear()
        self.expires.clear()
        return True

    do_flushall = do_flushdb

    def do_dbsize(self):
        return len([key for key in list(self.data) if self._alive(key) is not None])

    def do_exists(self, *keys):
        return sum(self._alive(key) is not None for key in keys)

    def do_del(self, *keys):
        n = sum(self._alive(key) is not None for key in keys)
        for key in keys:
            self.data.pop(key, None)
            self.expires.pop(key, None)
        return n

    do_unlink = do_del

    def do_keys(self, pattern):
        return [key for key in list(self.data) if self._alive(key) is not None and _fits(key, pattern)]

    def do_type(self, key):
        names = {bytes: "string", deque: "list", dict: "hash", set: "set", _Sorted: "zset"}
        return names.get(type(self._alive(key)), "none")

    def do_expire(self, key, seconds):
        if self._alive(key) is None:
            return 0
        self.expires[key] = time.time() + float(seconds)
        return 1

    def do_pexpire(self, key, ms):
        return self.do_expire(key, float(ms) / 1000)

    def do_persist(self, key):
        return int(self.expires.pop(key, None) is not None)

    def do_ttl(self, key):
        if self._alive(key) is None:
            return -2
        return round(self.expires[key] - time.time()) if key in self.expires else -1

    def do_pttl(self, key):
        if self._alive(key) is None:
            return -2
        return round((self.expires[key] - time.time()) * 1000) if key in self.expires else -1

    # --- text and numbers ---

    def do_get(self, key):
        found = self._alive(key)
        if found is not None and not isinstance(found, bytes):
            raise _Failure("WRONGTYPE Operation against a key holding the wrong kind of value")
        return found

    def do_set(self, key, value, *options):
        options = [option.upper() for option in options]
        old = self._alive(key)
        if b"NX" in options and old is not None or b"XX" in options and old is None:
            return None
        self.data[key] = value
        self.expires.pop(key, None)
        for name, scale in ((b"EX", 1), (b"PX", 1000)):
            if name in options:
                self.expires[key] = time.time() + float(options[options.index(name) + 1]) / scale
        return (old if old is not None else None) if b"GET" in options else True

    def do_setex(self, key, seconds, value):
        return self.do_set(key, value, b"EX", seconds)

    def do_setnx(self, key, value):
        return int(self.do_set(key, value, b"NX") is True)

    def do_getset(self, key, value):
        old = self.do_get(key)
        self.data[key] = value
        return old

    def do_getdel(self, key):
        old = self.do_get(key)
        self.do_del(key)
        return old

    def do_mget(self, *keys):
        return [self.do_get(key) for key in keys]

    def do_mset(self, *pairs):
        for i in range(0, len(pairs), 2):
            self.data[pairs[i]] = pairs[i + 1]
        return True

    def do_append(self, key, value):
        self.data[key] = (self.do_get(key) or b"") + value
        return len(self.data[key])

    def do_strlen(self, key):
        return len(self.do_get(key) or b"")

    def do_incrby(self, key, by):
        try:
            value = int(self.do_get(key) or 0) + int(by)
        except ValueError:
            raise _Failure("ERR value is not an integer or out of range") from None
        self.data[key] = b"%d" % value
        return value

    def do_incr(self, key):
        return self.do_incrby(key, 1)

    def do_decr(self, key):
        return self.do_incrby(key, -1)

    def do_decrby(self, key, by):
        return self.do_incrby(key, -int(by))

    def do_incrbyfloat(self, key, by):
        value = float(self.do_get(key) or 0) + float(by)
        self.data[key] = repr(value).encode()
        return self.data[key]

    # --- lists ---

    def do_lpush(self, key, *values):
        items = self._typed(key, deque, True)
        items.extendleft(values)
        return len(items)

    def do_rpush(self, key, *values):
        items = self._typed(key, deque, True)
        items.extend(values)
        return len(items)

    def _pop(self, key, count, side):
        items = self._typed(key, deque)
        taken = []
        while items and len(taken) < (1 if count is None else int(count)):
            taken.append(items.pop() if side else items.popleft())
        self._tidy(key)
        return (taken[0] if taken else None) if count is None else taken or None

    def do_lpop(self, key, count=None):
        return self._pop(key, count, 0)

    def do_rpop(self, key, count=None):
        return self._pop(key, count, -1)

    def do_llen(self, key):
        return len(self._typed(key, deque))

    def do_lindex(self, key, i):
        items = self._typed(key, deque)
        i = int(i)
        return items[i] if -len(items) <= i < len(items) else None

    def do_lrange(self, key, start, stop):
        return _span(list(self._typed(key, deque)), start, stop)

    def do_ltrim(self, key, start, stop):
        self.data[key] = deque(_span(list(self._typed(key, deque)), start, stop))
        self._tidy(key)
        return True

    def do_lrem(self, key, count, value):
        items = self._typed(key, deque)
        n = items.count(value)
        self.data[key] = deque(item for item in items if item != value)
        self._tidy(key)
        return n

    # --- hashes ---

    def do_hset(self, key, *pairs):
        table = self._typed(key, dict, True)
        before = len(table)
        for i in range(0, len(pairs), 2):
            table[pairs[i]] = pairs[i + 1]
        return len(table) - before

    do_hmset = do_hset

    def do_hsetnx(self, key, field, value):
        table = self._typed(key, dict, True)
        if field in table:
            return 0
        table[field] = value
        return 1

    def do_hget(self, key, field):
        return self._typed(key, dict).get(field)

    def do_hmget(self, key, *fields):
        table = self._typed(key, dict)
        return [table.get(field) for field in fields]

    def do_hgetall(self, key):
        return [part for pair in self._typed(key, dict).items() for part in pair]

    def do_hdel(self, key, *fields):
        table = self._typed(key, dict)
        n = sum(table.pop(field, None) is not None for field in fields)
        self._tidy(key)
        return n

    def do_hexists(self, key, field):
        return int(field in self._typed(key, dict))

    def do_hlen(self, key):
        return len(self._typed(key, dict))

    def do_hkeys(self, key):
        return list(self._typed(key, dict))

    def do_hvals(self, key):
        return list(self._typed(key, dict).values())

    def do_hincrby(self, key, field, by):
        table = self._typed(key, dict, True)
        value = int(table.get(field, 0)) + int(by)
        table[field] = b"%d" % value
        return value

    # --- sets ---

    def do_sadd(self, key, *members):
        found = self._typed(key, set, True)
        before = len(found)
        found.update(members)
        return len(found) - before

    def do_srem(self, key, *members):
        found = self._typed(key, set)
        before = len(found)
        found.difference_update(members)
        after = len(found)
        self._tidy(key)
        return before - after

    def do_smembers(self, key):
        return list(self._typed(key, set))

    def do_sismember(self, key, member):
        return int(member in self._typed(key, set))

    def do_scard(self, key):
        return len(self._typed(key, set))

    # --- sorted sets ---

    def do_zadd(self, key, *pairs):
        found = self._typed(key, _Sorted, True)
        pairs = [p for p in pairs if p.upper() not in (b"NX", b"XX", b"GT", b"LT", b"CH")]
        before = len(found)
        for i in range(0, len(pairs), 2):
            found[pairs[i + 1]] = _score(pairs[i])
        return len(found) - before

    def do_zrem(self, key, *members):
        found = self._typed(key, _Sorted)
        n = sum(found.pop(member, None) is not None for member in members)
        self._tidy(key)
        return n

    def do_zcard(self, key):
        return len(self._typed(key, _Sorted))

    def do_zscore(self, key, member):
        return self._typed(key, _Sorted).get(member)

    def do_zincrby(self, key, by, member):
        found = self._typed(key, _Sorted, True)
        found[member] = found.get(member, 0.0) + float(by)
        return found[member]

    def _ranked(self, key):
        return sorted(self._typed(key, _Sorted).items(), key=lambda item: (item[1], item[0]))

    def do_zrange(self, key, start, stop, *options):
        return _flat(_span(self._ranked(key), start, stop), options)

    def do_zrevrange(self, key, start, stop, *options):
        return _flat(_span(self._ranked(key)[::-1], start, stop), options)

    def do_zrangebyscore(self, key, low, high, *options):
        low, high = _score(low), _score(high)
        return _flat([item for item in self._ranked(key) if low <= item[1] <= high], options)

    # --- channels ---

    def do_publish(self, channel, message):
        clients = self.subscribers.get(channel, ())
        for client in clients:
            client.send(_reply([b"message", channel, message]))
        return len(clients)


class _Sorted(dict):
    """Members and their scores."""


def _span(items, start, stop):
    start, stop = int(start), int(stop)
    n = len(items)
    start = max(start + n, 0) if start < 0 else start
    stop = stop + n if stop < 0 else stop
    return items[start : stop + 1]


def _flat(pairs, options):
    if any(option.upper() == b"WITHSCORES" for option in options):
        return [part for pair in pairs for part in (pair[0], repr(pair[1]))]
    return [member for member, _ in pairs]


def main():
    words = sys.argv[1:]
    port = int(words[words.index("--port") + 1]) if "--port" in words else 6379
    Server(port).run()


if __name__ == "__main__":
    main()
