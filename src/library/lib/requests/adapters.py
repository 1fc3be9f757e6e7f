"""Connections: pools by host, time limits, and the exceptions of a failed exchange."""

import socket
import threading
import time
from collections import OrderedDict
from datetime import timedelta
from urllib.parse import urlsplit

import _cost
from http.client import BadStatusLine, HTTPConnection, IncompleteRead

from .exceptions import ChunkedEncodingError, ConnectionError, ConnectTimeout, InvalidURL, ReadTimeout, SSLError
from .models import Response, charset_of
from .structures import CaseInsensitiveDict, extract_cookies

DEFAULT_POOLSIZE = 10
DEFAULT_RETRIES = 0


class Retry:
    """How often a connection that cannot be made is tried again."""

    def __init__(self, total=10, *, connect=None, read=None, backoff_factor=0, status_forcelist=(), **unused):
        self.total, self.connect = total, connect
        self.backoff_factor, self.status_forcelist = backoff_factor, tuple(status_forcelist or ())


class BaseAdapter:
    def send(self, request, stream=False, timeout=None, verify=True, cert=None, proxies=None):
        raise NotImplementedError

    def close(self):
        raise NotImplementedError


class HTTPAdapter(BaseAdapter):
    def __init__(self, pool_connections=DEFAULT_POOLSIZE, pool_maxsize=DEFAULT_POOLSIZE, max_retries=0, pool_block=False):
        self.max_retries = max_retries if isinstance(max_retries, Retry) else Retry(max_retries)
        self._maxsize = pool_maxsize
        self._n_pools = pool_connections
        self._pools = OrderedDict()
        self._free = threading.BoundedSemaphore(pool_maxsize) if pool_block else None

    def _pool(self, key):
        pool = self._pools.get(key)
        if pool is None:
            pool = self._pools[key] = []
            if len(self._pools) > self._n_pools:
                _, old = self._pools.popitem(last=False)
                for connection in old:
                    connection.close()
        else:
            self._pools.move_to_end(key)
        return pool

    def send(self, request, stream=False, timeout=None, verify=True, cert=None, proxies=None):
        _cost.charge("requests.request")
        parts = urlsplit(request.url)
        if parts.scheme == "https":
            raise SSLError("requests: https is not simulated: the simulated network has no TLS; use http", request=request)
        try:
            host, port = parts.hostname, parts.port or 80
        except ValueError as exc:
            raise InvalidURL(f"Failed to parse: {request.url}", request=request) from exc
        connect_limit, read_limit = timeout if isinstance(timeout, tuple) else (timeout, timeout)
        if self._free is not None:
            self._free.acquire()
        where = f"HTTPConnectionPool(host={host!r}, port={port})"
        started = time.perf_counter()
        for attempt in range((self.max_retries.total or 0) + 1):
            pool = self._pool((host, port))
            kept = bool(pool)
            connection = pool.pop() if pool else HTTPConnection(host, port, timeout=connect_limit)
            try:
                raw = self._exchange(connection, request, connect_limit, read_limit, where)
                break
            except (ConnectionResetError, BrokenPipeError, BadStatusLine) as exc:
                connection.close()
                if not kept and attempt == (self.max_retries.total or 0):
                    raise ConnectionError(("Connection aborted.", exc), request=request) from exc
                if kept:
                    # The server has closed the idle connection meanwhile: a fresh one.
                    connection = HTTPConnection(host, port, timeout=connect_limit)
                    try:
                        raw = self._exchange(connection, request, connect_limit, read_limit, where)
                        break
                    except (ConnectionResetError, BrokenPipeError, BadStatusLine) as again:
                        connection.close()
                        raise ConnectionError(("Connection aborted.", again), request=request) from again
            except ConnectionError:
                if attempt == (self.max_retries.total or 0):
                    raise
                if attempt:
                    time.sleep(self.max_retries.backoff_factor * 2**attempt)
        response = self._response(request, connection, raw, (host, port))
        response.elapsed = timedelta(seconds=time.perf_counter() - started)
        if not stream:
            try:
                response.content
            except socket.timeout as exc:
                raise ConnectionError(f"{where}: Read timed out.", request=request) from exc
            except IncompleteRead as exc:
                raise ChunkedEncodingError(f"Connection broken: {exc!r}", request=request) from exc
        return response

    def _exchange(self, connection, request, connect_limit, read_limit, where):
        if connection.sock is None:
            try:
                connection.connect()
            except socket.timeout as exc:
                text = f"{where}: Max retries exceeded with url: {request.path_url} (Caused by ConnectTimeoutError("
                text += f"<{_NAME} object at {id(connection):#x}>, 'Connection to {connection.host} timed out. "
                raise ConnectTimeout(text + f"(connect timeout={connect_limit})'))", request=request) from exc
            except socket.gaierror as exc:
                what = f"NameResolutionError(\"{_shown(connection)}: Failed to resolve '{connection.host}' ({exc})\")"
                text = f"{where}: Max retries exceeded with url: {request.path_url} (Caused by {what})"
                raise ConnectionError(text, request=request) from exc
            except OSError as exc:
                what = f'NewConnectionError("{_shown(connection)}: Failed to establish a new connection: {exc}")'
                text = f"{where}: Max retries exceeded with url: {request.path_url} (Caused by {what})"
                raise ConnectionError(text, request=request) from exc
        connection.sock.settimeout(read_limit)
        try:
            connection.request(request.method, request.path_url, request.body, request.headers)
            return connection.getresponse()
        except socket.timeout as exc:
            connection.close()
            text = f"{where}: Read timed out. (read timeout={read_limit})"
            raise ReadTimeout(text, request=request) from exc

    def _response(self, request, connection, raw, key):
        response = Response()
        response.status_code = raw.status
        response.headers = CaseInsensitiveDict()
        for name, value in raw.headers.items():
            response.headers[name] = f"{response.headers[name]}, {value}" if name in response.headers else value
        response.encoding = charset_of(response.headers)
        response.raw = raw
        response.reason = raw.reason
        response.url = request.url
        response.request = request
        extract_cookies(response.cookies, raw.headers)

        def release(raw):
            if self._free is not None:
                self._free.release()
            pool = self._pool(key)
            if raw.isclosed() and connection.sock is not None and len(pool) < self._maxsize:
                pool.append(connection)
            else:
                raw.close()
                connection.close()

        response._release = release
        return response

    def close(self):
        for pool in self._pools.values():
            for connection in pool:
                connection.close()
        self._pools.clear()


_NAME = "urllib3.connection.HTTPConnection"


def _shown(connection):
    return f"HTTPConnection(host={connection.host!r}, port={connection.port})"
