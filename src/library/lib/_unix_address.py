"""Addresses of Unix sockets: a file of the machine's disk that says which port of the loopback is meant."""
import os

_MARK = b"\0socket "
_SHOWN_LIMIT = 108


def _path_of(address):
    if not isinstance(address, (str, bytes, os.PathLike)):
        raise TypeError(f"a bytes-like object is required, not '{type(address).__name__}'")
    path = os.fsdecode(address)
    if len(path) >= _SHOWN_LIMIT:
        raise OSError("AF_UNIX path too long")
    if path.startswith("\0"):
        raise NotImplementedError("abstract Unix addresses are not simulated: use a path")
    return path


def publish(address, port):
    """Makes the file; the path as it was given."""
    path = _path_of(address)
    try:
        with open(path, "xb") as file:
            file.write(_MARK + str(port).encode())
    except FileExistsError:
        raise OSError(98, "Address already in use") from None
    return path


def port_of(address):
    """The port that a path stands for; 0 where it is a file of another kind."""
    try:
        with open(_path_of(address), "rb") as file:
            data = file.read(32)
    except FileNotFoundError:
        raise FileNotFoundError(2, "No such file or directory") from None
    return int(data[len(_MARK) :]) if data.startswith(_MARK) else 0


def remove_stale(path):
    """What servers of `asyncio` do first: a socket that lies at their path goes."""
    if os.path.exists(path) and port_of(path):
        os.remove(path)
