"""The application: configuration, tasks by name, the way to the broker (S-CEL-01)."""

import json
import sys
import time
import uuid

import _cost

from .. import signals
from ..canvas import builtin_tasks
from ..exceptions import NotRegistered
from ..result import AsyncResult
from .task import Task

_current = None


def current_app():
    global _current
    if _current is None:
        _current = Celery("default")
    return _current


class Settings(dict):
    """The configuration: items and attributes alike."""

    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"'Settings' object has no attribute '{name}'") from None

    def __setattr__(self, name, value):
        self[name] = value


_DEFAULTS = {
    "broker_url": None,
    "result_backend": None,
    "task_acks_late": False,
    "task_always_eager": False,
    "task_eager_propagates": False,
    "task_default_queue": "celery",
    "task_track_started": False,
    "task_ignore_result": False,
    "task_routes": None,
    "worker_prefetch_multiplier": 4,
    "worker_redirect_stdouts": True,
    "worker_redirect_stdouts_level": "WARNING",
    "worker_concurrency": None,
    "worker_max_tasks_per_child": None,
    "result_expires": 86400,
    "timezone": None,
    "result_extended": False,
    "task_store_eager_result": False,
    "task_time_limit": None,
    "task_soft_time_limit": None,
    "enable_utc": True,
    "task_serializer": "json",
    "result_serializer": "json",
    "accept_content": ("json",),
    "broker_connection_retry_on_startup": None,
    "beat_schedule": {},
}


class Control:
    """Orders to workers: taking back tasks that have not begun."""

    def __init__(self, app):
        self.app = app

    def revoke(self, task_id, terminate=False, **options):
        for one in [task_id] if isinstance(task_id, str) else task_id:
            self.app.AsyncResult(one).revoke(terminate=terminate)

    def __getattr__(self, name):
        raise NotImplementedError(f"celery: control.{name} is not simulated; revoke() is")


class TaskRegistry(dict):
    def __missing__(self, name):
        raise NotRegistered(name)


class Celery:
    def __init__(self, main=None, *, broker=None, backend=None, include=None, task_cls=None, config_source=None, **more):
        global _current
        self.main = main
        self.conf = Settings(_DEFAULTS)
        self.conf.update(more)
        self.conf.broker_url = broker or self.conf.broker_url
        self.conf.result_backend = backend or self.conf.result_backend
        self.include = list(include or ())
        self.tasks = TaskRegistry()
        self.Task = task_cls or Task
        self._pool = None
        self._store = None
        for name, run in builtin_tasks(self).items():
            self._register(run, name)
        if config_source is not None:
            self.config_from_object(config_source)
        _current = self

    def config_from_object(self, source, silent=False, force=False, namespace=None):
        if isinstance(source, str):
            __import__(source)
            source = sys.modules[source]
        prefix = f"{namespace}_" if namespace else ""
        for name in dir(source):
            if name.startswith(prefix) and not name.startswith("_"):
                self.conf[name[len(prefix) :].lower()] = getattr(source, name)

    def autodiscover_tasks(self, packages=None, related_name="tasks", force=False):
        for package in packages or ():
            self.include.append(f"{package}.{related_name}" if related_name else package)

    def set_default(self):
        global _current
        _current = self

    def set_current(self):
        self.set_default()

    def task(self, *args, **options):
        def decorator(func):
            return self._register(func, **options)

        if len(args) == 1 and callable(args[0]):
            return decorator(args[0])
        return decorator

    def _register(self, func, name=None, base=None, bind=False, **options):
        base = base or self.Task
        module = func.__module__
        if module in ("__main__", "__mp_main__") and self.main:
            module = self.main
        name = name or f"{module}.{func.__name__}"
        if name in self.tasks:
            return self.tasks[name]
        run = func if bind else staticmethod(func)
        attributes = dict(options, app=self, name=name, run=run, __doc__=func.__doc__, __module__=func.__module__)
        attributes["__wrapped__"] = staticmethod(func)
        task = type(func.__name__, (base,), attributes)()
        task.__name__ = func.__name__
        task.__qualname__ = func.__qualname__
        self.tasks[name] = task
        return task

    def register_task(self, task, **options):
        if isinstance(task, type):
            task = task()
        if not task.name:
            task.name = f"{type(task).__module__}.{type(task).__name__}"
        task.app = self
        task.__name__ = type(task).__name__
        self.tasks[task.name] = task
        return task

    # --- the broker and the results ---

    @property
    def broker(self):
        if self._pool is None:
            self._pool = _server(self.conf.broker_url or "redis://localhost:6379/0", "broker")
        return self._pool

    @property
    def store(self):
        """Where results are; None when the application has no result backend."""
        if self._store is None and self.conf.result_backend:
            self._store = _server(self.conf.result_backend, "result backend")
        return self._store

    backend = store

    def send_task(self, name, args=None, kwargs=None, countdown=None, eta=None, task_id=None, queue=None, **options):
        task_id = task_id or str(uuid.uuid4())
        _cost.charge("celery.delay")
        if eta is not None:
            countdown = max(eta.timestamp() - time.time(), 0)
        message = {
            "id": task_id,
            "task": name,
            "args": list(args or ()),
            "kwargs": dict(kwargs or {}),
            "eta": time.time() + countdown if countdown else None,
            "retries": options.get("retries", 0),
            "callbacks": _several(options.get("link")),
            "errbacks": _several(options.get("link_error")),
            "chain": options.get("chain") or [],
            "chord": options.get("chord"),
        }
        body = encoded(message)
        route = (self.conf.task_routes or {}).get(name) if isinstance(self.conf.task_routes, dict) else None
        queue = queue or (route or {}).get("queue") or self.conf.task_default_queue
        headers = {"id": task_id, "task": name, "retries": message["retries"], "eta": message["eta"]}
        sent = {"body": (message["args"], message["kwargs"], {}), "exchange": "", "routing_key": queue}
        signals.before_task_publish.send(sender=name, headers=headers, properties={}, declare=[], retry_policy={}, **sent)
        self.broker.lpush(queue, body)
        signals.after_task_publish.send(sender=name, headers=headers, **sent)
        return AsyncResult(task_id, app=self)

    def AsyncResult(self, id, **unused):
        return AsyncResult(id, app=self)

    def signature(self, *args, **options):
        from ..canvas import Signature

        return Signature(*args, app=self, **options)

    @property
    def control(self):
        return Control(self)

    @property
    def current_task(self):
        from .task import current_task

        return current_task()

    def GroupResult(self, id, results=None, **unused):
        from ..result import GroupResult

        return GroupResult(id, results or (), app=self)

    def now(self):
        import datetime

        return datetime.datetime.now(datetime.timezone.utc)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()

    def close(self):
        pass

    def worker_main(self, argv=None):
        from ..worker import main

        main(argv, self)

    def start(self, argv=None):
        self.worker_main(argv or sys.argv[1:])

    def __repr__(self):
        return f"<Celery {self.main or '__main__'} at {id(self):#x}>"


class EncodeError(Exception):
    """An argument that JSON cannot hold."""

    __module__ = "kombu.exceptions"


def encoded(message):
    try:
        return json.dumps(message)
    except TypeError as exc:
        raise EncodeError(str(exc)) from exc


def _several(callbacks):
    if callbacks is None or isinstance(callbacks, dict):
        return [callbacks] if callbacks else []
    return list(callbacks)


def _server(url, what):
    import redis

    if not url.startswith("redis://"):
        raise NotImplementedError(f"celery: the {what} {url!r} is not simulated; use redis://localhost:6379/0")
    return redis.Redis.from_url(url)
