"""Signals: their numbers, who handles them, sending them and waiting for them."""
import sys
from enum import IntEnum

import _signal
from _signal import default_int_handler

__frameless__ = ("*",)


class Signals(IntEnum):
    SIGHUP = 1
    SIGINT = 2
    SIGQUIT = 3
    SIGILL = 4
    SIGTRAP = 5
    SIGABRT = 6
    SIGBUS = 7
    SIGFPE = 8
    SIGKILL = 9
    SIGUSR1 = 10
    SIGSEGV = 11
    SIGUSR2 = 12
    SIGPIPE = 13
    SIGALRM = 14
    SIGTERM = 15
    SIGSTKFLT = 16
    SIGCHLD = 17
    SIGCONT = 18
    SIGSTOP = 19
    SIGTSTP = 20
    SIGTTIN = 21
    SIGTTOU = 22
    SIGURG = 23
    SIGXCPU = 24
    SIGXFSZ = 25
    SIGVTALRM = 26
    SIGPROF = 27
    SIGWINCH = 28
    SIGIO = 29
    SIGPWR = 30
    SIGSYS = 31
    SIGRTMIN = 34
    SIGRTMAX = 64


class Handlers(IntEnum):
    SIG_DFL = 0
    SIG_IGN = 1


class Sigmasks(IntEnum):
    SIG_BLOCK = 0
    SIG_UNBLOCK = 1
    SIG_SETMASK = 2


if sys.version_info >= (3,):
    globals().update({**Signals.__members__, **Handlers.__members__, **Sigmasks.__members__})
else:
    globals().update({name: member.value for name, member in {**Signals.__members__, **Handlers.__members__}.items()})
SIGCLD, SIGIOT, SIGPOLL = SIGCHLD, SIGABRT, SIGIO
NSIG = 65

ITIMER_REAL, ITIMER_VIRTUAL, ITIMER_PROF = 0, 1, 2


class itimer_error(OSError):
    pass


ItimerError = itimer_error
del itimer_error


def _in_main_thread(what):
    if not _signal.in_main_thread():
        where = " of the main interpreter" if sys.version_info >= (3, 9) else ""
        raise ValueError(f"{what} only works in main thread{where}")


def _handler(value):
    if isinstance(value, int) and value in (0, 1):
        return SIG_IGN if value else SIG_DFL
    return value


def _member(number):
    try:
        return Signals(number)
    except ValueError:
        return number


def signal(signalnum, handler, /):
    _in_main_thread("signal")
    old = _handler(_signal.get(signalnum))
    if not callable(handler) and handler not in (SIG_DFL, SIG_IGN):
        raise TypeError("signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object")
    if signalnum in (SIGKILL, SIGSTOP):
        raise OSError(22, "Invalid argument")
    _signal.set(signalnum, handler)
    return old


def getsignal(signalnum, /):
    return _handler(_signal.get(signalnum))


def _sendable(signalnum):
    """Stopping a process and letting it go on are not simulated."""
    if signalnum in (SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU) and _signal.get(signalnum) == SIG_DFL:
        name = Signals(signalnum).name
        raise NotImplementedError(f"{name} is not simulated: no process can be stopped and go on later")


def raise_signal(signalnum, /):
    from _thread import get_ident

    _signal.get(signalnum)
    _sendable(signalnum)
    _signal.send_to_thread(get_ident(), signalnum)


def pthread_kill(thread_id, signalnum, /):
    if not 0 <= signalnum < NSIG:
        raise ValueError("signal number out of range")
    _sendable(signalnum)
    if not _signal.send_to_thread(thread_id, signalnum):
        raise ProcessLookupError(3, "No such process")


def alarm(seconds, /):
    """Whole seconds, rounded up: 0 is no alarm."""
    if not isinstance(seconds, int):
        raise TypeError(f"'{type(seconds).__name__}' object cannot be interpreted as an integer")
    left = _signal.set_timer(seconds, 0)[0]
    return -(-left // 1_000_000_000)


def _seconds(pair):
    return tuple([nanoseconds // 1_000 / 1e6 for nanoseconds in pair])


def _real_timer(which):
    if which in (ITIMER_VIRTUAL, ITIMER_PROF):
        name = "ITIMER_VIRTUAL" if which == ITIMER_VIRTUAL else "ITIMER_PROF"
        raise NotImplementedError(f"signal.{name} is not simulated; signal.ITIMER_REAL is")
    if which != ITIMER_REAL:
        raise ItimerError(22, "Invalid argument")


def setitimer(which, seconds, interval=0.0, /):
    _real_timer(which)
    if seconds < 0 or interval < 0:
        raise ItimerError(22, "Invalid argument")
    return _seconds(_signal.set_timer(seconds, interval))


def getitimer(which, /):
    _real_timer(which)
    return _seconds(_signal.timer_left())


def pause():
    _signal.pause()


def _bits(sigset):
    bits = 0
    for number in sigset:
        if not 1 <= number < NSIG:
            raise ValueError(f"signal number {int(number)} out of range [1; {NSIG - 1}]")
        bits |= 1 << (number - 1)
    return bits - (1 << 64) if bits >> 63 else bits


def _members(bits):
    return {_member(number) for number in range(1, NSIG) if bits >> (number - 1) & 1}


def pthread_sigmask(how, mask, /):
    change = {0: _signal.block, 1: _signal.unblock, 2: _signal.set_mask}.get(how)
    if change is None:
        raise OSError(22, "Invalid argument")
    return _members(change(_bits(mask)))


def sigpending():
    return _members(_signal.pending())


def sigwait(sigset, /):
    return _member(_signal.wait(_bits(sigset)))


def sigtimedwait(sigset, timeout, /):
    raise NotImplementedError("signal.sigtimedwait() is not simulated; signal.sigwait() is")


def sigwaitinfo(sigset, /):
    raise NotImplementedError("signal.sigwaitinfo() is not simulated; signal.sigwait() is")


def set_wakeup_fd(fd, *, warn_on_full_buffer=True):
    _in_main_thread("set_wakeup_fd")
    return _signal.set_wakeup_fd(fd)


def siginterrupt(signalnum, flag, /):
    """Calls of Python are asked for again whichever way this is set (PEP 475)."""
    _signal.get(signalnum)


_TEXTS = {
    1: "Hangup", 2: "Interrupt", 3: "Quit", 4: "Illegal instruction", 5: "Trace/breakpoint trap", 6: "Aborted",
    7: "Bus error", 8: "Floating point exception", 9: "Killed", 10: "User defined signal 1",
    11: "Segmentation fault", 12: "User defined signal 2", 13: "Broken pipe", 14: "Alarm clock", 15: "Terminated",
    17: "Child exited", 18: "Continued", 19: "Stopped (signal)", 20: "Stopped",
}


def strsignal(signalnum, /):
    _signal.get(signalnum)
    return _TEXTS.get(int(signalnum))


def valid_signals():
    return {_member(number) for number in range(1, NSIG) if number not in (32, 33)}
