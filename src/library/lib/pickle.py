"""Objects as bytes and back; the work is done by `_pickle`."""
from _pickle import (
    DEFAULT_PROTOCOL,
    HIGHEST_PROTOCOL,
    PickleError,
    Pickler,
    PicklingError,
    Unpickler,
    UnpicklingError,
    dump,
    dumps,
    load,
    loads,
)

format_version = "4.0"
compatible_formats = ["4.0", "5.0"]
