"""The ASGI server uvicorn over asyncio's transports (S-WEB-01 to S-WEB-08).

0.29.0 in the library set L2024, else 0.54.0.
"""

import _sys

from ._config import Config
from ._main import main, run
from ._server import Server

__version__ = "0.29.0" if _sys.library_set() == "L2024" else "0.54.0"
