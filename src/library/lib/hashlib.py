"""Digests. The digest itself is made by the native `_hashlib`."""
import _digest_cost as _cost
import _hashlib
from sys import version_info

__frameless__ = ("*",)

_SIZES = {
    "md5": (16, 64), "sha1": (20, 64), "sha224": (28, 64), "sha256": (32, 64), "sha384": (48, 128),
    "sha512": (64, 128), "sha3_224": (28, 144), "sha3_256": (32, 136), "sha3_384": (48, 104), "sha3_512": (64, 72),
    "shake_128": (0, 168), "shake_256": (0, 136), "blake2b": (64, 128), "blake2s": (32, 64),
}  # fmt: skip
# Those that have no figure of their own cost what a digest of their kind does.
_COSTS = {"sha224": "sha256", "sha384": "sha512", "blake2s": "sha256", "blake2b": "sha512"}
# The implementations that Python 2 was built with know no instructions for digests.
_UNIT = "kib" if version_info >= (3,) else "python2.kib"
algorithms_guaranteed = algorithms_available = set(_SIZES)


class _Hash:
    """Bytes collected so far, and their digest on demand."""

    def __init__(self, name, data=b""):
        self.name = name
        self.digest_size, self.block_size = _SIZES[name]
        self._data = b""
        _cost.charge("hashlib.new")
        self.update(data)

    def update(self, data, /):
        if isinstance(data, str):
            raise TypeError("Strings must be encoded before hashing")
        if not isinstance(data, (bytes, bytearray)) and not hasattr(type(data), "__bytes__"):
            raise TypeError("object supporting the buffer API required")
        data = bytes(data)
        cost = "sha512" if self.name.startswith("sh") and "_" in self.name else _COSTS.get(self.name, self.name)
        _cost.charge(f"hashlib.{cost}.{_UNIT}", len(data) // 1024)
        self._data += data

    def digest(self):
        return _hashlib.new(self.name, self._data)

    def hexdigest(self):
        return self.digest().hex()

    def copy(self):
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__)
        return other

    def __repr__(self):
        return f"<{self.name} _hashlib.HASH object @ {id(self):#x}>"


class _Endless(_Hash):
    """A digest of any length."""

    def digest(self, length):
        return _hashlib.extended(self.name, self._data, length)

    def hexdigest(self, length):
        return self.digest(length).hex()

    def __repr__(self):
        return f"<{self.name} _hashlib.HASHXOF object @ {id(self):#x}>"


class _Blake2(_Hash):
    """A digest of up to `MAX_DIGEST_SIZE` bytes, which may have a key."""

    def __init__(self, data=b"", /, *, digest_size=None, key=b"", salt=b"", person=b"", usedforsecurity=True):
        self._parts = bytes(key), bytes(salt), bytes(person)
        size = self.MAX_DIGEST_SIZE if digest_size is None else digest_size
        if not 1 <= size <= self.MAX_DIGEST_SIZE:
            raise ValueError(f"digest_size must be between 1 and {self.MAX_DIGEST_SIZE} bytes")
        limits = (("key", self.MAX_KEY_SIZE), ("salt", self.SALT_SIZE), ("person", self.PERSON_SIZE))
        for part, (word, limit) in zip(self._parts, limits):
            if len(part) > limit:
                raise ValueError(f"maximum {word} length is {limit} bytes")
        super().__init__(type(self).__name__, data)
        self.digest_size = size

    def digest(self):
        return _hashlib.blake2(self.name, self._data, self.digest_size, *self._parts)

    def __repr__(self):
        return f"<_blake2.{self.name} object at {id(self):#x}>"


class blake2b(_Blake2):
    MAX_DIGEST_SIZE = MAX_KEY_SIZE = 64
    SALT_SIZE = PERSON_SIZE = 16


class blake2s(_Blake2):
    MAX_DIGEST_SIZE = MAX_KEY_SIZE = 32
    SALT_SIZE = PERSON_SIZE = 8


blake2b.__module__ = blake2s.__module__ = "_blake2"


def new(name, data=b"", *, usedforsecurity=True):
    given, name = name, name.lower().replace("-", "_" if "3" in name[:4] else "")
    if name not in _SIZES:
        raise ValueError(f"unsupported hash type {given}")
    if name.startswith("blake2"):
        return globals()[name](data)
    return (_Endless if name.startswith("shake") else _Hash)(name, data)


def md5(data=b"", *, usedforsecurity=True):
    return _Hash("md5", data)


def sha1(data=b"", *, usedforsecurity=True):
    return _Hash("sha1", data)


def sha224(data=b"", *, usedforsecurity=True):
    return _Hash("sha224", data)


def sha256(data=b"", *, usedforsecurity=True):
    return _Hash("sha256", data)


def sha384(data=b"", *, usedforsecurity=True):
    return _Hash("sha384", data)


def sha512(data=b"", *, usedforsecurity=True):
    return _Hash("sha512", data)


def sha3_224(data=b"", *, usedforsecurity=True):
    return _Hash("sha3_224", data)


def sha3_256(data=b"", *, usedforsecurity=True):
    return _Hash("sha3_256", data)


def sha3_384(data=b"", *, usedforsecurity=True):
    return _Hash("sha3_384", data)


def sha3_512(data=b"", *, usedforsecurity=True):
    return _Hash("sha3_512", data)


def shake_128(data=b"", *, usedforsecurity=True):
    return _Endless("shake_128", data)


def shake_256(data=b"", *, usedforsecurity=True):
    return _Endless("shake_256", data)


def pbkdf2_hmac(hash_name, password, salt, iterations, dklen=None):
    """Every iteration is two digests; it costs what they cost."""
    import hmac

    size = new(hash_name).digest_size
    if iterations < 1:
        raise ValueError("iteration value must be greater than 0.")
    dklen = size if dklen is None else dklen
    keyed = hmac.new(password, digestmod=hash_name)
    result = b""
    block = 0
    while len(result) < dklen:
        block += 1
        last = _keyed(keyed, salt + block.to_bytes(4, "big"))
        total = int.from_bytes(last, "big")
        for _ in range(iterations - 1):
            last = _keyed(keyed, last)
            total ^= int.from_bytes(last, "big")
        result += total.to_bytes(size, "big")
    return result[:dklen]


def _keyed(keyed, data):
    keyed = keyed.copy()
    keyed.update(data)
    return keyed.digest()


def file_digest(fileobj, digest, /):
    made = new(digest) if isinstance(digest, str) else digest()
    while data := fileobj.read(1 << 18):
        made.update(data)
    return made


def __getattr__(name):
    if name == "scrypt":
        raise NotImplementedError("hashlib.scrypt is not simulated; use pbkdf2_hmac")
    raise AttributeError(f"module 'hashlib' has no attribute {name!r}")
