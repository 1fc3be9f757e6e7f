"""Which release of AnyIO is imitated: 4.3.0 in the library set L2024, else 4.16.0."""

import _sys

ERA = _sys.library_set() == "L2024"
