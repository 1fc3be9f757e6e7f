"""Signals: their numbers and who handles them. A process can only signal itself."""
import os
from enum import IntEnum

import _sys


class Signals(IntEnum):
    SIGHUP = 1
    SIGINT = 2
    SIGQUIT = 3
    SIGABRT = 6
    SIGKILL = 9
    SIGUSR1 = 10
    SIGUSR2 = 12
    SIGPIPE = 13
    SIGALRM = 14
    SIGTERM = 15
    SIGCHLD = 17
    SIGWINCH = 28


class Handlers(IntEnum):
    SIG_DFL = 0
    SIG_IGN = 1


SIG_DFL = Handlers.SIG_DFL
SIG_IGN = Handlers.SIG_IGN
SIGHUP = Signals.SIGHUP
SIGINT = Signals.SIGINT
SIGQUIT = Signals.SIGQUIT
SIGABRT = Signals.SIGABRT
SIGKILL = Signals.SIGKILL
SIGUSR1 = Signals.SIGUSR1
SIGUSR2 = Signals.SIGUSR2
SIGPIPE = Signals.SIGPIPE
SIGALRM = Signals.SIGALRM
SIGTERM = Signals.SIGTERM
SIGCHLD = Signals.SIGCHLD
SIGWINCH = Signals.SIGWINCH
NSIG = 65

_os_file = os.kill.__code__.co_filename
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
    if signalnum == SIGKILL:
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
        # The frame that the signal came in between: the program's own, which asked for it.
        frame = sys._getframe(1)
        while frame.f_back is not None and frame.f_code.co_filename == _os_file:
            frame = frame.f_back
        handler(int(signalnum), frame)
    elif signalnum not in (SIGCHLD, SIGWINCH):
        _sys.exit_process(128 + int(signalnum))


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
