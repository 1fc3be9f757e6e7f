"""Questions about paths, under their other name."""
from .os import path as _path

exists, isfile, isdir, islink = _path.exists, _path.isfile, _path.isdir, _path.islink
getsize, getmtime, abspath, samefile = _path.getsize, _path.getmtime, _path.abspath, _path.samefile
