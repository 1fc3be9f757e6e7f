"""Which release is imitated."""

import _sys

ERA = _sys.library_set() == "L2024"
__version__ = "3.9.3" if ERA else "3.14.5"
