"""The worker: a consumer that takes messages and a pool that runs them (S-CEL-02 to S-CEL-05)."""

import heapq
import json
import os
import queue
import sys
import threading
import time
import traceback

import _cost
import _journal

from .exceptions import Ignore, Reject, Retry
from .result import save
from .task import Context

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

    def log(self, level, text):
        if level >= self.level:
            name = next(name for name, number in _LEVELS.items() if number == level)
            now = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime())
            sys.stderr.write(f"[{now},000: {name}/MainProcess] {text}\n")

    def run(self):
        broker = self.app.broker
        self.log(20, f"Connected to {self.app.conf.broker_url}")
        self.log(20, f"celery@localhost ready.")
        while True:
            self._start_due()
            with self.lock:
                while self.prefetch and self.reserved >= self.prefetch:
                    self.lock.wait()
            found = broker.brpop(self.queues, timeout=self._patience())
            if found is None:
                continue
            _cost.charge("celery.dispatch")
            message = json.loads(found[1])
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
            sys.stderr.write(f"Received unregistered task of type '{message['task']}'.\nThe message has been ignored and discarded.\n")
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
        id=task_id, args=tuple(message["args"]), kwargs=message["kwargs"], retries=message["retries"],
        called_directly=False, callbacks=message["callbacks"], chord=message["chord"], hostname="celery@localhost",
    )
    keeps = not (app.conf.task_ignore_result if task.ignore_result is None else task.ignore_result)
    if app.conf.task_track_started if task.track_started is None else task.track_started:
        save(app, task_id, "STARTED", {"pid": os.getpid(), "hostname": "celery@localhost"})
    began = time.perf_counter()
    task.before_start(task_id, context.args, context.kwargs)
    try:
        result = task._execute(context)
    except Retry as retry:
        if keeps:
            save(app, task_id, "RETRY", retry.exc or retry)
        task.on_retry(retry.exc, task_id, context.args, context.kwargs, None)
        return 20, f"{name} retry: {retry}"
    except (Ignore, Reject):
        return 20, f"{name} ignored"
    except Exception as exc:
        if keeps:
            save(app, task_id, "FAILURE", exc)
        task.on_failure(exc, task_id, context.args, context.kwargs, None)
        task.after_return("FAILURE", exc, task_id, context.args, context.kwargs, None)
        lines = traceback.format_exception(type(exc), exc, exc.__traceback__)
        return 40, f"{name} raised unexpected: {exc!r}\n" + "".join(lines).rstrip()
    if keeps:
        save(app, task_id, "SUCCESS", result)
    task.on_success(result, task_id, context.args, context.kwargs)
    task.after_return("SUCCESS", result, task_id, context.args, context.kwargs, None)
    for link in message["callbacks"]:
        _call(app, link, result)
    if message["chord"]:
        _chord_part(app, message["chord"], task_id, result)
    return 20, f"{name} succeeded in {time.perf_counter() - began}s: {result!r}"


def _call(app, link, result):
    args = list(link["args"]) if link["immutable"] else [result, *link["args"]]
    app.send_task(
        link["task"], args, link["kwargs"], link.get("options", {}).get("countdown"), task_id=link.get("id"),
        link=link["links"],
    )


def _chord_part(app, info, task_id, result):
    """The last part of a chord calls its body."""
    store = app.store
    store.hset(info["key"], task_id, json.dumps(result))
    if store.hlen(info["key"]) == len(info["ids"]):
        results = store.hgetall(info["key"])
        store.delete(info["key"])
        _call(app, info["body"], [json.loads(results[one.encode()]) for one in info["ids"]])


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
            child = context.Process(target=_serve_pipe, args=(worker.app, theirs), name=f"ForkPoolWorker-{i + 1}", daemon=True)
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
                    level, text = connection.recv()
                except EOFError:
                    children.remove(connection)
                    continue
                self.idle.put(connection)
                self.worker.log(level, text)


def _serve_pipe(app, connection):
    # The parent's connections are not the child's.
    app._pool = app._store = None
    while True:
        try:
            message = connection.recv()
        except EOFError:
            return
        connection.send(execute(app, message))
