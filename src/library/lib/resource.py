"""Limits and use of resources: time on cores is the machine's; memory is not simulated."""
import time

error = OSError
RUSAGE_SELF, RUSAGE_CHILDREN, RUSAGE_THREAD = 0, -1, 1
RLIM_INFINITY = -1
RLIMIT_CPU, RLIMIT_FSIZE, RLIMIT_DATA, RLIMIT_STACK, RLIMIT_CORE, RLIMIT_RSS = range(6)
RLIMIT_NPROC, RLIMIT_NOFILE, RLIMIT_MEMLOCK, RLIMIT_AS = 6, 7, 8, 9
RLIMIT_OFILE = RLIMIT_NOFILE

_FIELDS = (
    "ru_utime", "ru_stime", "ru_maxrss", "ru_ixrss", "ru_idrss", "ru_isrss", "ru_minflt", "ru_majflt", "ru_nswap",
    "ru_inblock", "ru_oublock", "ru_msgsnd", "ru_msgrcv", "ru_nsignals", "ru_nvcsw", "ru_nivcsw",
)  # fmt: skip
_limits = {RLIMIT_NOFILE: (1024, 1048576), RLIMIT_STACK: (8 << 20, RLIM_INFINITY)}


class struct_rusage(tuple):
    """Time on cores in seconds, and counts that are not simulated."""

    def __repr__(self):
        return f"resource.struct_rusage({', '.join(f'{n}={v!r}' for n, v in zip(_FIELDS, self))})"


for _number, _field in enumerate(_FIELDS):
    setattr(struct_rusage, _field, property(lambda self, n=_number: self[n]))


def getrusage(who, /):
    if who == RUSAGE_SELF:
        spent = time.process_time()
    elif who == RUSAGE_THREAD:
        spent = time.thread_time()
    elif who == RUSAGE_CHILDREN:
        raise NotImplementedError("resource: the time of children is not simulated: let them tell their own")
    else:
        raise ValueError("invalid who parameter")
    # A small interpreter's memory [KiB].
    return struct_rusage((spent, 0.0, 12288) + (0,) * 13)


def getpagesize():
    return 4096


def getrlimit(resource, /):
    if not 0 <= resource < 16:
        raise ValueError("invalid resource specified")
    return _limits.get(resource, (RLIM_INFINITY, RLIM_INFINITY))


def setrlimit(resource, limits, /):
    soft, hard = limits
    allowed = getrlimit(resource)[1]
    if allowed != RLIM_INFINITY and (soft == RLIM_INFINITY or soft > allowed or hard > allowed):
        raise ValueError("not allowed to raise maximum limit")
    if hard != RLIM_INFINITY and soft > hard:
        raise ValueError("current limit exceeds maximum limit")
    _limits[resource] = (soft, hard)


def prlimit(pid, resource, limits=None, /):
    old = getrlimit(resource)
    if limits is not None:
        setrlimit(resource, limits)
    return old
