"""Error numbers of Linux."""
_TEXTS = {}
errorcode = {}

for _line in """EPERM 1 Operation not permitted|ENOENT 2 No such file or directory|ESRCH 3 No such process
EINTR 4 Interrupted system call|EIO 5 Input/output error|EBADF 9 Bad file descriptor|ECHILD 10 No child processes
EAGAIN 11 Resource temporarily unavailable|ENOMEM 12 Cannot allocate memory|EACCES 13 Permission denied|EXDEV 18 Invalid cross-device link
EEXIST 17 File exists|ENOTDIR 20 Not a directory|EISDIR 21 Is a directory|EINVAL 22 Invalid argument
EMFILE 24 Too many open files|ENOSPC 28 No space left on device|EPIPE 32 Broken pipe|EDOM 33 Numerical argument out of domain
ERANGE 34 Numerical result out of range|EDEADLK 35 Resource deadlock avoided|ENOSYS 38 Function not implemented|ENOTEMPTY 39 Directory not empty
ENOTSOCK 88 Socket operation on non-socket|EOPNOTSUPP 95 Operation not supported|EADDRINUSE 98 Address already in use
EADDRNOTAVAIL 99 Cannot assign requested address|ENETUNREACH 101 Network is unreachable
ECONNABORTED 103 Software caused connection abort|ECONNRESET 104 Connection reset by peer
ENOBUFS 105 No buffer space available|EISCONN 106 Transport endpoint is already connected
ENOTCONN 107 Transport endpoint is not connected|ESHUTDOWN 108 Cannot send after transport endpoint shutdown
ETIMEDOUT 110 Connection timed out|ECONNREFUSED 111 Connection refused|EHOSTUNREACH 113 No route to host
EALREADY 114 Operation already in progress|EINPROGRESS 115 Operation now in progress|ECANCELED 125 Operation canceled""".split("\n"):
    for _entry in _line.split("|"):
        _name, _number, _text = _entry.split(" ", 2)
        globals()[_name] = int(_number)
        errorcode[int(_number)] = _name
        _TEXTS[int(_number)] = _text

EWOULDBLOCK = globals()["EAGAIN"]
EDEADLOCK = globals()["EDEADLK"]
ENOTSUP = globals()["EOPNOTSUPP"]
