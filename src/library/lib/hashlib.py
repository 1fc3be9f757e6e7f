"""Digests. The digest itself is made by the native `_hashlib`."""
import _digest_cost as _cost
import _hashlib

_SIZES = {"md5": (16, 64), "sha1": (20, 64), "sha224": (28, 64), "sha256": (32, 64), "sha384": (48, 128), "sha512": (64, 128)}
_COSTS = {"sha224": "sha256", "sha384": "sha512"}
algorithms_guaranteed = algorithms_available = {
    *_SIZES, "blake2b", "blake2s", "sha3_224", "sha3_256", "sha3_384", "sha3_512", "shake_128", "shake_256",
}  # fmt: skip


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
        _cost.charge(f"hashlib.{_COSTS.get(self.name, self.name)}.kib", len(data) // 1024)
        self._data += data

    def digest(self):
        return _hashlib.new(self.name, self._data)

    def hexdigest(self):
        return self.digest().hex()

    def copy(self):
        other = _Hash(self.name)
        other._data = self._data
        return other

    def __repr__(self):
        return f"<{self.name} _hashlib.HASH object @ {id(self):#x}>"


def new(name, data=b"", *, usedforsecurity=True):
    name = name.lower().replace("-", "")
    if name not in _SIZES and name in algorithms_guaranteed:
        raise NotImplementedError(f"{name} is not simulated; use one of {', '.join(_SIZES)}")
    if name not in _SIZES:
        raise ValueError(f"unsupported hash type {name}")
    return _Hash(name, data)


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
    if name in algorithms_guaranteed or name == "scrypt":
        raise NotImplementedError(f"hashlib.{name} is not simulated; use one of {', '.join(_SIZES)}")
    raise AttributeError(f"module 'hashlib' has no attribute {name!r}")
