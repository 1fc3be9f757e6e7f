"""Results: where they are kept, and waiting for them (S-CEL-06)."""

import json
import time

from .exceptions import TimeoutError

READY = ("SUCCESS", "FAILURE", "REVOKED")


def _key(task_id):
    return f"celery-task-meta-{task_id}"


def save(app, task_id, state, result, info=None):
    """Stores a state and tells those who wait."""
    store = app.store
    if store is None or task_id is None:
        return
    if isinstance(result, BaseException):
        kind = type(result)
        result = {"exc_type": kind.__name__, "exc_module": kind.__module__, "exc_message": [str(a) for a in result.args]}
    trace = info.traceback if info is not None else None
    text = json.dumps({"status": state, "result": result, "task_id": task_id, "traceback": trace})
    pipeline = store.pipeline()
    pipeline.setex(_key(task_id), int(app.conf.result_expires), text)
    pipeline.publish(_key(task_id), text)
    pipeline.execute()


def _exception(info):
    """The exception that a stored failure stands for."""
    import builtins
    import sys

    name, module = info["exc_type"], info["exc_module"]
    cls = getattr(builtins if module == "builtins" else sys.modules.get(module), name, None)
    if isinstance(cls, type) and issubclass(cls, BaseException):
        try:
            return cls(*info["exc_message"])
        except Exception:
            pass
    return type(name, (Exception,), {"__module__": "celery.backends.base"})(*info["exc_message"])


class AsyncResult:
    def __init__(self, id, backend=None, task_name=None, app=None, parent=None):
        from .app import current_app

        self.id = self.task_id = id
        self.app = app or current_app()
        self.parent = parent

    def _meta(self):
        store = self.app.store
        if store is None:
            raise NotImplementedError(
                "No result backend is configured.\nPlease see the documentation for more information."
            )
        text = store.get(_key(self.id))
        return json.loads(text) if text is not None else {"status": "PENDING", "result": None}

    @property
    def state(self):
        return self._meta()["status"]

    status = state

    @property
    def result(self):
        return self._value(self._meta())

    info = result

    @property
    def traceback(self):
        return self._meta().get("traceback")

    children = None

    @staticmethod
    def _value(meta):
        if meta["status"] in ("FAILURE", "RETRY") and isinstance(meta["result"], dict):
            return _exception(meta["result"])
        return meta["result"]

    def ready(self):
        return self.state in READY

    def successful(self):
        return self.state == "SUCCESS"

    def failed(self):
        return self.state == "FAILURE"

    def get(self, timeout=None, propagate=True, interval=0.5, disable_sync_subtasks=True, **unused):
        from .app.task import current_task

        if disable_sync_subtasks and current_task() is not None:
            raise RuntimeError(
                "Never call result.get() within a task!\n"
                "See https://docs.celeryq.dev/en/latest/userguide/tasks.html#avoid-launching-synchronous-subtasks"
            )
        meta = self._meta()
        if meta["status"] not in READY:
            meta = self._wait(timeout)
        value = self._value(meta)
        if meta["status"] == "FAILURE" and propagate:
            raise value
        return value

    wait = get

    def _wait(self, timeout):
        end = None if timeout is None else time.monotonic() + timeout
        with self.app.store.pubsub(ignore_subscribe_messages=True) as channel:
            channel.subscribe(_key(self.id))
            while True:
                meta = self._meta()
                if meta["status"] in READY:
                    return meta
                left = None if end is None else end - time.monotonic()
                if left is not None and left <= 0:
                    raise TimeoutError("The operation timed out.")
                channel.get_message(timeout=left)

    def collect(self):
        """This result and those before it, outermost first."""
        chain = [self]
        while chain[-1].parent is not None:
            chain.append(chain[-1].parent)
        for one in reversed(chain):
            yield one, one.get()

    def as_tuple(self):
        return (self.id, self.parent and self.parent.as_tuple()), None

    def forget(self):
        self.app.store.delete(_key(self.id))

    def revoke(self, terminate=False, **unused):
        if terminate:
            raise NotImplementedError("celery: revoking a task that runs is not simulated")
        save(self.app, self.id, "REVOKED", None)

    def __eq__(self, other):
        return isinstance(other, AsyncResult) and self.id == other.id

    def __hash__(self):
        return hash(self.id)

    def __str__(self):
        return str(self.id)

    def __repr__(self):
        return f"<AsyncResult: {self.id}>"


class EagerResult(AsyncResult):
    """The result of a task that ran in the caller."""

    def __init__(self, id, value, state, traceback=None, name=None):
        self.id = self.task_id = id
        self._result = value
        self._state = state
        self._traceback = traceback
        self.name = name
        self.parent = None

    state = status = property(lambda self: self._state)
    result = info = property(lambda self: self._result)
    traceback = property(lambda self: self._traceback)

    def ready(self):
        return True

    def get(self, timeout=None, propagate=True, **unused):
        if self._state in ("FAILURE", "RETRY") and propagate:
            raise self._result
        return self._result

    wait = get

    def forget(self):
        pass

    def __repr__(self):
        return f"<EagerResult: {self.id}>"


class GroupResult:
    """The results of several tasks, in their order."""

    def __init__(self, id, results, parent=None, app=None):
        self.id = id
        self.app = app
        self.results = self.children = list(results)
        self.parent = parent

    def ready(self):
        return all(result.ready() for result in self.results)

    def successful(self):
        return all(result.successful() for result in self.results)

    def failed(self):
        return any(result.failed() for result in self.results)

    def waiting(self):
        return any(not result.ready() for result in self.results)

    def revoke(self, **options):
        for result in self.results:
            result.revoke(**options)

    def forget(self):
        for result in self.results:
            result.forget()

    def as_tuple(self):
        return (self.id, self.parent and self.parent.as_tuple()), [result.as_tuple() for result in self.results]

    def completed_count(self):
        return sum(result.successful() for result in self.results)

    def get(self, timeout=None, propagate=True, **options):
        end = None if timeout is None else time.monotonic() + timeout
        left = lambda: None if end is None else max(end - time.monotonic(), 0)
        return [result.get(left(), propagate, **options) for result in self.results]

    join = get

    def __iter__(self):
        return iter(self.results)

    def __len__(self):
        return len(self.results)

    def __getitem__(self, i):
        return self.results[i]

    def __repr__(self):
        return f"<GroupResult: {self.id} [{', '.join(result.id for result in self.results)}]>"
