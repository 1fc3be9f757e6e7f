"""The worker: a consumer that takes messages and a pool that runs them (S-CEL-02 to S-CEL-05)."""

import heapq
import json
import os
import queue
import sys
import threading
import time

import _cost
import _journal

from . import signals
from .result import save
from .app.task import Context
from .app.trace import run
from .utils import log

USAGE = "Usage: celery -A APP worker [--concurrency N] [--pool prefork|threads|solo] [--queues Q] [--loglevel LEVEL]"
_LEVELS = {"DEBUG": 10, "INFO": 20, "WARNING": 30, "ERROR": 40, "CRITICAL": 50, "FATAL": 50}


class Options:
    def __init__(self, words):
        self.app = None
        self.command = None
        self.concurrency = None
        self.pool = "prefork"
        self.queues = None
        self.level = 30
        self.prefetch_multiplier = None
        self.hostname = None
        words = list(words)
        while words:
            word = words.pop(0)
            word, equals, value = word.partition("=")
            if not equals and word[:2] in ("-c", "-A", "-P", "-l", "-Q", "-n") and len(word) > 2 and word[1] != "-":
                word, value, equals = word[:2], word[2:], "="
            take = lambda: value if equals else words.pop(0)
            if word in ("-A", "--app"):
                self.app = take()
            elif word in ("-c", "--concurrency"):
                self.concurrency = int(take())
            elif word in ("-P", "--pool"):
                self.pool = take()
            elif word in ("-Q", "--queues"):
                self.queues = take().split(",")
            elif word in ("-l", "--loglevel"):
                self.level = _LEVELS.get(take().upper(), 30)
            elif word in ("-n", "--hostname"):
                self.hostname = take()
            elif word == "--prefetch-multiplier":
                self.prefetch_multiplier = int(take())
            elif word in ("-O", "-E", "--without-gossip", "--without-mingle", "--without-heartbeat", "--task-events", "-Ofair"):
                if word == "-O" and not equals:
                    words.pop(0)
            elif word == "worker":
                self.command = word
            else:
                sys.stderr.write(f"{USAGE}\n\nError: {word} is not simulated\n")
                sys.exit(2)
        if self.command is None:
            sys.stderr.write(f"{USAGE}\n\nError: only the command worker is simulated\n")
            sys.exit(2)


def _find(text):
    from .app import Celery

    module, _, attribute = text.partition(":")
    if not attribute and "." in module and module.rpartition(".")[2] in ("app", "celery", "celery_app"):
        module, _, attribute = module.rpartition(".")
    __import__(module)
    found = sys.modules[module]
    if attribute:
        return getattr(found, attribute)
    for name in ("app", "celery"):
        if isinstance(getattr(found, name, None), Celery):
            return getattr(found, name)
    for value in vars(found).values():
        if isinstance(value, Celery):
            return value
    sys.stderr.write(f"Error: Unable to load celery application.\nModule '{module}' has no attribute 'celery'\n")
    sys.exit(2)


def main(words=None, app=None):
    options = Options(sys.argv[1:] if words is None else words)
    if app is None:
        if options.app is None:
            sys.stderr.write(f"{USAGE}\n\nError: say which application with -A MODULE\n")
            sys.exit(2)
        app = _find(options.app)
    for module in app.include:
        __import__(module)
    log.set_up(options.level)
    if app.conf.worker_redirect_stdouts:
        log.redirect(app.conf.worker_redirect_stdouts_level)
    signals.worker_init.send(sender=app)
    Worker(app, options).run()


class Worker:
    def __init__(self, app, options):
        self.app = app
        self.level = options.level
        self.queues = options.queues or [app.conf.task_default_queue]
        self.concurrency = options.concurrency or app.conf.worker_concurrency or os.cpu_count()
        multiplier = options.prefetch_multiplier
        self.prefetch = self.concurrency * (app.conf.worker_prefetch_multiplier if multiplier is None else multiplier)
        pools = {"prefork": Prefork, "processes": Prefork, "threads": Threads, "solo": Solo}
        if options.pool not in pools:
            raise NotImplementedError(f"celery: the pool {options.pool!r} is not simulated; use prefork, threads or solo")
        self.lock = threading.Condition()
        self.reserved = 0
        self.later = []
        self.subject = _journal.born("pool", "celery worker")
        self.pool = pools[options.pool](self)

    def log(self, level, text, process="MainProcess"):
        if level >= self.level:
            name = next(name for name, number in _LEVELS.items() if number == level)
            at = time.time()
            now = f"{time.strftime('%Y-%m-%d %H:%M:%S', time.localtime(at))},{int(at % 1 * 1000):03}"
            sys.__stderr__.write(f"[{now}: {name}/{process}] {text}\n")

    def run(self):
        broker = self.app.broker
        self.log(20, f"Connected to {self.app.conf.broker_url}")
        self.log(20, f"celery@localhost ready.")
        signals.worker_ready.send(sender=self)
        while True:
            self._start_due()
            with self.lock:
                while self.prefetch and self.reserved >= self.prefetch:
                    self.lock.wait()
            found = broker.brpop(self.queues, timeout=self._patience())
            if found is None:
                continue
            _cost.charge("celery.dispatch")
            message = dict(json.loads(found[1]), queue=found[0].decode())
            self.log(20, f"Task {message['task']}[{message['id']}] received")
            if message["eta"] is not None and message["eta"] > time.time():
                heapq.heappush(self.later, (message["eta"], message["id"], message))
                continue
            self._reserve(message)

    def _patience(self):
        if not self.later:
            return 1
        return min(max(self.later[0][0] - time.time(), 0.001), 1)

    def _start_due(self):
        while self.later and self.later[0][0] <= time.time():
            self._reserve(heapq.heappop(self.later)[2])

    def _reserve(self, message):
        if message["task"] not in self.app.tasks:
            sys.__stderr__.write(f"Received unregistered task of type '{message['task']}'.\nThe message has been ignored and discarded.\n")
            return
        with self.lock:
            self.reserved += 1
        _journal.count(self.subject, "reserved", self.reserved)
        self.pool.put(message)

    def accepted(self):
        """A slot of the pool has taken a task: the message counts no longer as reserved (early ack)."""
        with self.lock:
            self.reserved -= 1
            self.lock.notify()
        _journal.count(self.subject, "reserved", self.reserved)


def execute(app, message):
    """Runs one task and stores what becomes of it. What to log: (level, text)."""
    task = app.tasks[message["task"]]
    task_id, name = message["id"], f"Task {message['task']}[{message['id']}]"
    context = Context(
        id=task_id, args=message["args"], kwargs=message["kwargs"], retries=message["retries"], called_directly=False,
        callbacks=message["callbacks"], errbacks=message["errbacks"], chain=message["chain"], chord=message["chord"],
        hostname="celery@localhost",
        delivery_info={"exchange": "", "routing_key": message["queue"], "priority": 0, "redelivered": False},
    )
    keeps = not (app.conf.task_ignore_result if task.ignore_result is None else task.ignore_result)
    if app.conf.task_track_started if task.track_started is None else task.track_started:
        save(app, task_id, "STARTED", {"pid": os.getpid(), "hostname": "celery@localhost"})
    began = time.perf_counter()
    outcome = run(task, context, keeps)
    if outcome.state == "SUCCESS":
        return 20, f"{name} succeeded in {time.perf_counter() - began}s: {outcome.result!r}"
    if outcome.state == "RETRY":
        return 20, f"{name} retry: {outcome.result}"
    if outcome.state == "FAILURE":
        return 40, f"{name} raised unexpected: {outcome.result!r}\n{outcome.info.traceback.rstrip()}"
    return 20, f"{name} ignored"


class Solo:
    """Runs tasks in the consumer itself."""

    def __init__(self, worker):
        self.worker = worker

    def put(self, message):
        self.worker.accepted()
        self.worker.log(*execute(self.worker.app, message))


class Threads:
    """Threads of one process, with one GIL."""

    def __init__(self, worker):
        self.worker = worker
        self.queue = queue.SimpleQueue()
        for i in range(worker.concurrency):
            threading.Thread(target=self._serve, name=f"ThreadPoolExecutor-0_{i}", daemon=True).start()

    def put(self, message):
        self.queue.put(message)

    def _serve(self):
        while True:
            message = self.queue.get()
            self.worker.accepted()
            self.worker.log(*execute(self.worker.app, message))


class Prefork:
    """Child processes, each with a pipe; an idle one gets the next task (`-Ofair`)."""

    def __init__(self, worker):
        import multiprocessing

        self.worker = worker
        self.pending = queue.SimpleQueue()
        self.idle = queue.SimpleQueue()
        context = multiprocessing.get_context("fork")
        children = []
        for i in range(worker.concurrency):
            ours, theirs = context.Pipe()
            name = f"ForkPoolWorker-{i + 1}"
            child = context.Process(target=_serve_pipe, args=(worker, theirs, name), name=name, daemon=True)
            child.start()
            theirs.close()
            children.append(ours)
        for connection in children:
            self.idle.put(connection)
        threading.Thread(target=self._hand_out, daemon=True).start()
        threading.Thread(target=self._collect, args=(children,), daemon=True).start()

    def put(self, message):
        self.pending.put(message)

    def _hand_out(self):
        while True:
            message = self.pending.get()
            connection = self.idle.get()
            self.worker.accepted()
            connection.send(message)

    def _collect(self, children):
        from multiprocessing.connection import wait

        while True:
            for connection in wait(children):
                try:
                    connection.recv()
                except EOFError:
                    children.remove(connection)
                    continue
                self.idle.put(connection)


def _serve_pipe(worker, connection, name):
    app = worker.app
    # The parent's connections are not the child's.
    app._pool = app._store = None
    signals.worker_process_init.send(sender=None)
    while True:
        try:
            message = connection.recv()
        except EOFError:
            return
        worker.log(*execute(app, message), name)
        connection.send(None)
