"""Which release of Trio is imitated: 0.25.0 in the library set L2024, else 0.35.0."""

import _sys

ERA = _sys.library_set() == "L2024"
VERSION = "0.25.0" if ERA else "0.35.0"
