"""The pool of connections: at most 100 in use, the others queue, first come, first served (S-WEB-30 to S-WEB-33)."""

import asyncio
import math
import random
import socket
import warnings
from collections import deque

import _cost
import _journal

from .client_exceptions import ClientConnectionError, ClientConnectorDNSError, ClientConnectorError
from .client_proto import ResponseHandler
from .version import ERA


class BaseConnector:
    def __init__(
        self,
        *,
        limit=100,
        limit_per_host=0,
        keepalive_timeout=15.0,
        force_close=False,
        enable_cleanup_closed=False,
        loop=None,
        use_dns_cache=True,
        ttl_dns_cache=10,
        family=0,
        ssl=True,
        resolver=None,
        local_addr=None,
        happy_eyeballs_delay=None,
        interleave=None,
    ):
        self._loop = loop or running_loop()
        self._limit = limit
        self._limit_per_host = limit_per_host
        self._keepalive_timeout = keepalive_timeout
        self._force_close = force_close
        self._family = family
        self._dns_ttl = ttl_dns_cache if use_dns_cache else 0
        self._closed = False
        self._idle = {}  # key -> connections, the last released last
        self._in_use = 0
        self._in_use_per_host = {}
        self._waiters = {}  # key -> futures in the order of their requests
        self._names = {}  # (host, port) -> (when found, addresses)
        self._lookups = {}  # (host, port) -> future of a lookup under way
        self._cleaner = None
        self._subject = _journal.born("pool", "connections")
        self._waiting = 0
        if limit:
            _journal.count(self._subject, "limit", limit)

    @property
    def limit(self):
        return self._limit

    @property
    def limit_per_host(self):
        return self._limit_per_host

    @property
    def closed(self):
        return self._closed

    def _available(self, key):
        """How many more connections may be in use for `key`: 1 stands for any number."""
        free = self._limit - self._in_use if self._limit else 1
        if self._limit_per_host:
            free = min(free, self._limit_per_host - self._in_use_per_host.get(key, 0))
        return free

    def _count(self, key, change):
        self._in_use += change
        if self._limit_per_host:
            self._in_use_per_host[key] = self._in_use_per_host.get(key, 0) + change
        _journal.count(self._subject, "in use", self._in_use)

    def take(self, key):
        """An idle connection, if there is one and nobody has to wait; else None."""
        if ERA and (key in self._waiters or self._available(key) <= 0):
            return None
        return self._reuse(key)

    def _reuse(self, key):
        idle = self._idle.get(key)
        while idle:
            # 3.9 takes the connection released last, 3.14 the one released first (S-WEB-31).
            protocol = idle.pop() if ERA else idle.popleft()
            if protocol.closed or protocol.transport.is_closing():
                continue
            if self._loop.time() - protocol.idle_since > self._keepalive_timeout:
                protocol.close()
                continue
            self._count(key, 1)
            return protocol
        return None

    async def connect(self, key):
        """A connection for `key`, after waiting for one if all are in use."""
        if ERA:
            if key in self._waiters or self._available(key) <= 0:
                await self._wait(key, False)
        else:
            again = False
            while self._available(key) <= 0:
                await self._wait(key, again)
                again = True
        protocol = self._reuse(key)
        if protocol is not None:
            return protocol
        if self._closed:
            raise ClientConnectionError("Connector is closed.")
        # The place is taken while the connection is being made.
        self._count(key, 1)
        try:
            return await self._create(key)
        except BaseException:
            self._count(key, -1)
            self._wake_waiter()
            raise

    async def _wait(self, key, first):
        future = self._loop.create_future()
        future._waits_for = "connection"
        future._waits_on = self._subject
        queue = self._waiters.get(key)
        if queue is None:
            queue = self._waiters[key] = deque()
        if first:
            queue.appendleft(future)
        else:
            queue.append(future)
        self._waiting += 1
        _journal.count(self._subject, "waiting", self._waiting)
        try:
            await future
        except BaseException:
            if future in queue:
                queue.remove(future)
            if future.done() and not future.cancelled():
                self._wake_waiter()
            raise
        finally:
            if not queue and self._waiters.get(key) is queue:
                del self._waiters[key]
            self._waiting -= 1
            _journal.count(self._subject, "waiting", self._waiting)

    def _wake_waiter(self):
        waiters = self._waiters
        if not waiters:
            return
        keys = list(waiters)
        if len(keys) > 1:
            random.shuffle(keys)
        for key in keys:
            if self._available(key) < 1:
                continue
            queue = waiters[key]
            while queue:
                future = queue.popleft()
                if not future.done():
                    future.set_result(None)
                    return

    def release(self, key, protocol):
        """Give a connection back: to the pool if it can be used again."""
        if self._closed:
            protocol.close()
            return
        self._count(key, -1)
        self._wake_waiter()
        if self._force_close or protocol.should_close or protocol.closed or protocol.response is not None:
            protocol.close()
            return
        protocol.idle_since = self._loop.time()
        idle = self._idle.get(key)
        if idle is None:
            idle = self._idle[key] = deque()
        idle.append(protocol)
        if self._cleaner is None:
            at = math.ceil(protocol.idle_since + self._keepalive_timeout)
            self._cleaner = self._loop.call_at(at, self._clean)

    def _clean(self):
        self._cleaner = None
        now = self._loop.time()
        for key, idle in list(self._idle.items()):
            for protocol in list(idle):
                if protocol.closed or now - protocol.idle_since >= self._keepalive_timeout:
                    idle.remove(protocol)
                    protocol.close()
            if not idle:
                del self._idle[key]
        if self._idle:
            at = math.ceil(now + self._keepalive_timeout)
            self._cleaner = self._loop.call_at(at, self._clean)

    async def _create(self, key):
        host, port = key
        _cost.charge("aiohttp.connect")
        _cost.keep("aiohttp.connection")
        addresses = await self._resolve(host, port)
        for number, address in enumerate(addresses):
            try:
                _, protocol = await self._loop.create_connection(self._protocol, address, port)
                return protocol
            except OSError as exc:
                if number + 1 == len(addresses):
                    raise ClientConnectorError(key, exc) from exc

    def _protocol(self):
        return ResponseHandler(self._loop)

    async def _resolve(self, host, port):
        """The addresses of a host; they take turns. Simultaneous lookups of one host are one (S-WEB-33)."""
        if host.replace(".", "").isdigit() or ":" in host:
            return [host]
        name = (host, port)
        found = self._names.get(name)
        if found is not None and (self._dns_ttl is None or self._loop.time() - found[0] < self._dns_ttl):
            addresses = found[1]
            if len(addresses) > 1:
                addresses.append(addresses.pop(0))
            return list(addresses)
        lookup = self._lookups.get(name)
        if lookup is not None:
            waiter = self._loop.create_future()
            waiter._waits_for = "name lookup"
            lookup.append(waiter)
            await waiter
            return list(self._names[name][1])
        lookup = self._lookups[name] = []
        try:
            infos = await self._loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, family=self._family)
            self._names[name] = (self._loop.time(), list(dict.fromkeys(info[4][0] for info in infos)))
        except OSError as exc:
            cls = ClientConnectorError if ERA else ClientConnectorDNSError
            for waiter in lookup:
                if not waiter.done():
                    waiter.set_exception(cls(name, exc))
            raise cls(name, exc) from exc
        finally:
            del self._lookups[name]
        for waiter in lookup:
            if not waiter.done():
                waiter.set_result(None)
        return list(self._names[name][1])

    def close(self):
        if not self._closed:
            self._closed = True
            if self._cleaner is not None:
                self._cleaner.cancel()
            for idle in self._idle.values():
                for protocol in idle:
                    protocol.close()
            self._idle.clear()
            for queue in self._waiters.values():
                for future in queue:
                    future.cancel()
        return _Closed()


class TCPConnector(BaseConnector):
    pass


class _Closed:
    """What closing returns: it may be awaited, there is nothing to wait for."""

    def __await__(self):
        return iter(())


def running_loop():
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        if not ERA:
            raise
        warnings.warn("The object should be created within an async function", DeprecationWarning, stacklevel=4)
        return asyncio.get_event_loop()
