"""Checksums. What zlib would compress to, byte for byte, only zlib knows: compression is left out."""
from binascii import crc32

__all__ = ["adler32", "crc32", "compress", "decompress", "compressobj", "decompressobj", "error"]
MAX_WBITS = 15
Z_BEST_COMPRESSION, Z_BEST_SPEED, Z_DEFAULT_COMPRESSION = 9, 1, -1
ZLIB_VERSION = "1.2.13"


class error(Exception):
    __module__ = "zlib"


def adler32(data, value=1, /):
    low, high = value & 0xFFFF, value >> 16
    for byte in bytes(data):
        low = (low + byte) % 65521
        high = (high + low) % 65521
    return high << 16 | low


def _absent(*args, **kwargs):
    raise NotImplementedError(
        "zlib does not compress in the simulation: its sizes would not be those of the real one; keep the bytes as they are"
    )


compress = decompress = compressobj = decompressobj = _absent
