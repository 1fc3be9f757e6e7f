"""How a child process comes to be: by fork, by spawn, by way of a fork server (S-MP-02 to S-MP-05)."""
import os
import sys
import threading
import warnings

import _cost
import _process
import _signal
import _socket
import _sys

from . import context, util

_VERSION = sys.version_info[:2]


class _Popen:
    """A child that was started; its end closes the sentinel."""

    def __init__(self, process_obj):
        util._flush_std_streams()
        self.returncode = None
        self._status = None
        self.sentinel, child_end = _socket.pair()
        try:
            self.pid = self._launch(process_obj, child_end)
        finally:
            _socket.close(child_end)

    def poll(self):
        if self.returncode is None:
            self.returncode = _process.status(self.pid)
        return self.returncode

    def wait(self, timeout=None):
        if self.returncode is None:
            if not _socket.wait(self.sentinel, False, timeout):
                return None
            return self.poll()
        return self.returncode

    def send_signal(self, signal):
        if self.poll() is None:
            _signal.send(self.pid, signal)

    def terminate(self):
        self.send_signal(15)

    def kill(self):
        self.send_signal(9)

    def close(self):
        _socket.close(self.sentinel)


class Fork(_Popen):
    method = "fork"

    def duplicate_for_child(self, fd):
        return fd

    def _launch(self, process_obj, child_end):
        if _VERSION >= (3, 12) and threading.active_count() > 1:
            warnings.warn(
                f"This process (pid={os.getpid()}) is multi-threaded, use of fork() may lead to deadlocks in the child.",
                DeprecationWarning,
                stacklevel=5,
            )
        _cost.charge("multiprocessing.fork")
        return _process.fork(_forked, (process_obj, self.sentinel), process_obj.name)


def _forked(process_obj, parent_end):
    _cost.charge("multiprocessing.fork_child")
    _socket.close(parent_end)
    os._after_fork_in_child()
    return process_obj._bootstrap()


class Spawn(_Popen):
    method = "spawn"
    # The child begins with the program's main module, under another name.
    runs_main = True

    def duplicate_for_child(self, fd):
        self._fds.append(fd)
        return fd

    def _launch(self, process_obj, child_end):
        import _pickle

        from .process import current_process

        if getattr(current_process(), "_inheriting", False):
            raise RuntimeError(_TOO_EARLY)
        self._fds = [child_end]
        context.set_spawning_popen(self)
        try:
            payload = _pickle.dumps(process_obj)
        finally:
            context.set_spawning_popen(None)
        main = sys.modules["__main__"]
        name = getattr(main.__spec__, "name", None) if getattr(main, "__spec__", None) else None
        _cost.charge(f"multiprocessing.{self.method}")
        from _child import own_name

        # The command of a package is no module to be imported again.
        file = own_name(getattr(main, "__file__", None) or "") or "" if self.runs_main else ""
        arguments = (payload, file, name or "", self.method, process_obj.name)
        return _process.spawn("spawned", arguments, process_obj.name, self._fds)


class ForkServer(Spawn):
    method = "forkserver"


def spawned(payload, main_file, main_name, method, name):
    """The life of a spawned child: its main module again, under another name, then the process's function."""
    import _pickle

    from .process import _current_process

    _cost.charge(f"multiprocessing.{method}_child")
    _current_process._inheriting = True
    _current_process._name = name
    context._force_start_method(method)
    try:
        if main_file:
            _sys.run_main(main_file, "__mp_main__")
        process_obj = _pickle.loads(payload)
    finally:
        del _current_process._inheriting
    return process_obj._bootstrap()


_TOO_EARLY = """
        An attempt has been made to start a new process before the
        current process has finished its bootstrapping phase.

        This probably means that you are not using fork to start your
        child processes and you have forgotten to use the proper idiom
        in the main module:

            if __name__ == '__main__':
                freeze_support()
                ...

        The "freeze_support()" line can be omitted if the program
        is not going to be frozen to produce an executable.

        To fix this issue, refer to the "Safe importing of main module"
        section in https://docs.python.org/3/library/multiprocessing.html
        """
if _VERSION < (3, 12):
    _TOO_EARLY = _TOO_EARLY.replace(
        """

        To fix this issue, refer to the "Safe importing of main module"
        section in https://docs.python.org/3/library/multiprocessing.html
        """,
        "",
    )
