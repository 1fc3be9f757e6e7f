"""Signals: their numbers and who handles them. A process can only signal itself."""
import os
from enum import IntEnum

import _sys


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


SIG_DFL = Handlers.SIG_DFL
SIG_IGN = Handlers.SIG_IGN
globals().update(Signals.__members__)
SIGCLD, SIGIOT, SIGPOLL = Signals.SIGCHLD, Signals.SIGABRT, Signals.SIGIO
NSIG = 65

_os_file = os.kill.__code__.co_filename
_QUIET = (SIGCHLD, SIGWINCH, SIGURG, SIGCONT)
_handlers = {}
_wakeup_fd = -1


def default_int_handler(signalnum, frame, /):
    raise KeyboardInterrupt


_handlers[SIGINT] = default_int_handler


def _in_main_thread(what):
    import threading

    if threading.current_thread() is not threading.main_thread():
        raise ValueError(f"{what} only works in main thread of the main interpreter")


def _checked(signalnum):
    if not 1 <= signalnum < NSIG:
        raise ValueError("signal number out of range")


def signal(signalnum, handler):
    _in_main_thread("signal")
    _checked(signalnum)
    if not callable(handler) and handler not in (SIG_DFL, SIG_IGN):
        raise TypeError("signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object")
    if signalnum in (SIGKILL, SIGSTOP):
        raise OSError(22, "Invalid argument")
    old = getsignal(signalnum)
    _handlers[signalnum] = handler
    return old


def getsignal(signalnum):
    _checked(signalnum)
    return _handlers.get(signalnum, SIG_DFL)


def raise_signal(signalnum, /):
    import sys

    handler = getsignal(signalnum)
    if handler == SIG_IGN:
        return
    if handler != SIG_DFL:
        import threading

        if handler is default_int_handler and threading.current_thread() is not threading.main_thread():
            what = "a signal from another thread that interrupts the main thread is not simulated: "
            raise NotImplementedError(what + _TEXT)
        # The frame that the signal came in between: the program's own, which asked for it.
        frame = sys._getframe(1)
        while frame.f_back is not None and frame.f_code.co_filename == _os_file:
            frame = frame.f_back
        handler(int(signalnum), frame)
    elif signalnum not in _QUIET:
        _sys.exit_process(128 + int(signalnum))


def _interrupt_main(signum=SIGINT, /):
    """`_thread.interrupt_main`: nothing happens where nobody handles the signal."""
    if callable(getsignal(signum)):
        raise_signal(signum)


_TEXT = (
    "no signal comes in between the operations of a program; "
    "call threading.Timer, set an Event, or give a timeout to join(), result(), wait() or asyncio.timeout()"
)


def alarm(seconds, /):
    raise NotImplementedError("signal.alarm() is not simulated: " + _TEXT)


def setitimer(which, seconds, interval=0.0, /):
    raise NotImplementedError("signal.setitimer() is not simulated: " + _TEXT)


def getitimer(which, /):
    raise NotImplementedError("signal.getitimer() is not simulated: " + _TEXT)


def pause():
    raise NotImplementedError("signal.pause() is not simulated: " + _TEXT)


def sigwait(sigset, /):
    raise NotImplementedError("signal.sigwait() is not simulated: " + _TEXT)


def sigtimedwait(sigset, timeout, /):
    raise NotImplementedError("signal.sigtimedwait() is not simulated: " + _TEXT)


ITIMER_REAL, ITIMER_VIRTUAL, ITIMER_PROF = 0, 1, 2


class ItimerError(OSError):
    pass


def set_wakeup_fd(fd, *, warn_on_full_buffer=True):
    global _wakeup_fd
    _in_main_thread("set_wakeup_fd")
    old = _wakeup_fd
    _wakeup_fd = fd
    return old


def siginterrupt(signalnum, flag):
    pass


def strsignal(signalnum):
    texts = {1: "Hangup", 2: "Interrupt", 3: "Quit", 6: "Aborted", 9: "Killed", 14: "Alarm clock", 15: "Terminated"}
    return texts.get(int(signalnum))


def valid_signals():
    return set(Signals)
