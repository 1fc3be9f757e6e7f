"""Keyed hashing for message authentication (RFC 2104)."""
import hashlib
import sys

_INNER = bytes([x ^ 0x36 for x in range(256)])
_OUTER = bytes([x ^ 0x5C for x in range(256)])
digest_size = None


class HMAC:
    blocksize = 64

    def __init__(self, key, msg=None, digestmod=""):
        if not isinstance(key, (bytes, bytearray)):
            raise TypeError(f"key: expected bytes or bytearray, but got {type(key).__name__!r}")
        if not digestmod:
            what = "argument" if sys.version_info >= (3, 13) else "parameter"
            raise TypeError(f"Missing required {what} 'digestmod'.")
        if isinstance(digestmod, str):

            def make(data=b""):
                return hashlib.new(digestmod, data)

        elif callable(digestmod):
            make = digestmod
        else:
            make = digestmod.new
        self._outer = make()
        self._inner = make()
        self.digest_size = self._inner.digest_size
        self.block_size = self._inner.block_size
        if len(key) > self.block_size:
            key = make(key).digest()
        key = bytes(key).ljust(self.block_size, b"\0")
        self._outer.update(key.translate(_OUTER))
        self._inner.update(key.translate(_INNER))
        if msg is not None:
            self.update(msg)

    @property
    def name(self):
        return "hmac-" + self._inner.name

    def update(self, msg):
        self._inner.update(msg)

    def copy(self):
        other = object.__new__(type(self))
        other.digest_size = self.digest_size
        other.block_size = self.block_size
        other._inner = self._inner.copy()
        other._outer = self._outer.copy()
        return other

    def digest(self):
        whole = self._outer.copy()
        whole.update(self._inner.digest())
        return whole.digest()

    def hexdigest(self):
        return self.digest().hex()


def new(key, msg=None, digestmod=""):
    return HMAC(key, msg, digestmod)


def digest(key, msg, digest):
    return HMAC(key, msg, digest).digest()


def compare_digest(a, b):
    if isinstance(a, str) and isinstance(b, str):
        if not a.isascii() or not b.isascii():
            raise TypeError("comparing strings with non-ASCII characters is not supported")
        return a == b
    for x in (a, b):
        if not isinstance(x, (bytes, bytearray)):
            raise TypeError(f"a bytes-like object is required, not '{type(x).__name__}'")
    return a == b
