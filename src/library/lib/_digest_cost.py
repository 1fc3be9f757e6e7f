"""What digests cost, and whether other threads run meanwhile (S-GIL-18)."""
import sys
import _cost

# `HASHLIB_GIL_MINSIZE`, in KiB. Python 2's own digests keep the GIL at any size.
_SMALLEST_WITHOUT_GIL = 2 if sys.version_info >= (3,) else float("inf")


def charge(operation, kib=1):
    if operation.endswith(".kib") and kib >= _SMALLEST_WITHOUT_GIL:
        _cost.without_gil(operation, kib)
    else:
        _cost.charge(operation, kib)
