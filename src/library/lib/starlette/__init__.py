"""The ASGI toolkit Starlette: 0.36.3 in the library set L2024, else 1.10.0."""

import _sys

__version__ = "0.36.3" if _sys.library_set() == "L2024" else "1.10.0"
