"""`--workers k`: spawned processes that share one listening socket (S-WEB-09)."""

import os
import socket
import sys

from multiprocessing import context as _context
from multiprocessing import get_context
from multiprocessing.connection import wait

from ._server import Server


class ListeningSocket:
    """A socket that is handed to a process when that is started."""

    def __init__(self, fd):
        self.fd = fd

    def __reduce__(self):
        return ListeningSocket, (_context.get_spawning_popen().duplicate_for_child(self.fd),)

    def open(self):
        return socket.socket(socket.AF_INET, socket.SOCK_STREAM, fileno=self.fd)


def _work(config, listening):
    server = Server(config)
    server.run(sockets=[listening.open()])
    if not server.started:
        sys.exit(3)


def bind(config):
    """The socket of all workers, and the line that says where."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((config.host, config.port))
    except OSError as exc:
        config.log.error(str(exc))
        sys.exit(1)
    port = sock.getsockname()[1]
    config.log.info(f"Uvicorn running on http://{config.host}:{port} (Press CTRL+C to quit)")
    return sock


def supervise(config):
    """The parent: starts the workers, and a new one for each that ends."""
    sock = bind(config)
    log = config.log
    log.info(f"Started parent process [{os.getpid()}]")
    context = get_context("spawn")
    workers = []

    def start():
        worker = context.Process(target=_work, args=(config, ListeningSocket(sock.fileno())))
        worker.start()
        workers.append(worker)

    for _ in range(config.workers):
        start()
    while workers:
        wait([worker.sentinel for worker in workers])
        for worker in [w for w in workers if not w.is_alive()]:
            workers.remove(worker)
            if worker.exitcode == 3:
                # Its application cannot start: the others cannot either.
                for other in workers:
                    other.terminate()
                sys.exit(3)
            log.info(f"Child process [{worker.pid}] died")
            start()
