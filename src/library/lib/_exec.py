"""Programs in place of this one, or beside it: `os.exec…` and `os.spawn…`.

The program runs in a process of its own, which this one waits for: it has another number than in reality.
"""
import os
import signal

import _process
import _sys


def _start(file, args, env):
    import subprocess

    if not args:
        raise ValueError("execv() arg 2 must not be empty")
    try:
        return subprocess.Popen([file, *args[1:]], env=env)
    except FileNotFoundError:
        raise FileNotFoundError(2, "No such file or directory") from None


def execute(file, args, env=None):
    kept = _process.take_unwritten()
    try:
        process = _start(file, list(args), env)
    except BaseException:
        _sys.write(1, kept)
        raise
    # What was not flushed goes with the program that it replaces.
    status = process.wait()
    if status < 0:
        signal.signal(-status, signal.SIG_DFL)
        os.kill(os.getpid(), -status)
    os._exit(status)


def spawn(mode, file, args, env=None):
    process = _start(file, list(args), env)
    if mode == os.P_WAIT:
        return process.wait()
    # Nobody else waits for it: `os.waitpid` does.
    process.returncode = 0
    return process.pid
