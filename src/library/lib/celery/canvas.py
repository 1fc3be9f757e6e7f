"""Signatures: calls that are made later, in parallel, or one after the other."""

import uuid

from .result import EagerResult, GroupResult


def as_dict(signature):
    return signature if isinstance(signature, dict) else signature._as_dict()


class Signature:
    def __init__(self, task, args=(), kwargs=None, options=None, app=None, immutable=False, **more):
        if isinstance(task, dict):
            task, args, kwargs, immutable = task["task"], task["args"], task["kwargs"], task["immutable"]
        self.task = getattr(task, "name", task)
        self.args = tuple(args or ())
        self.kwargs = dict(kwargs or {})
        self.options = dict(options or {}, **more)
        self.immutable = immutable
        self._app = app

    @property
    def app(self):
        from .app import current_app

        return self._app or current_app()

    @property
    def type(self):
        return self.app.tasks[self.task]

    def _as_dict(self):
        links = [as_dict(one) for one in self.options.get("link", ())]
        found = {"task": self.task, "args": list(self.args), "kwargs": self.kwargs, "immutable": self.immutable}
        return dict(found, links=links, options={k: v for k, v in self.options.items() if k == "countdown"})

    # A signature passes for a dictionary of what it is made of.

    def keys(self):
        return ["task", "args", "kwargs", "options", "subtask_type", "immutable"]

    def __getitem__(self, key):
        if key == "subtask_type":
            return None
        if key not in self.keys():
            raise KeyError(key)
        return getattr(self, key)

    def get(self, key, default=None):
        return self[key] if key in self.keys() else default

    def clone(self, args=(), kwargs=None, **options):
        if self.immutable:
            args, kwargs = (), None
        return Signature(
            self.task, (*args, *self.args), dict(self.kwargs, **(kwargs or {})), dict(self.options, **options),
            self._app, self.immutable,
        )

    def set(self, immutable=None, **options):
        if immutable is not None:
            self.immutable = immutable
        self.options.update(options)
        return self

    def link(self, callback):
        self.options.setdefault("link", []).append(callback)
        return callback

    def __call__(self, *args, **kwargs):
        return self.type(*args, *self.args, **dict(self.kwargs, **kwargs))

    def delay(self, *args, **kwargs):
        return self.apply_async(args, kwargs)

    def apply_async(self, args=(), kwargs=None, **options):
        call = self.clone(args, kwargs)
        return self.type.apply_async(call.args, call.kwargs, **dict(call.options, **options))

    def apply(self, args=(), kwargs=None):
        call = self.clone(args, kwargs)
        return self.type.apply(call.args, call.kwargs)

    def __or__(self, other):
        if isinstance(other, chain):
            return chain(self, *other.tasks)
        return chain(self, other)

    def __repr__(self):
        shown = [repr(a) for a in self.args] + [f"{k}={v!r}" for k, v in self.kwargs.items()]
        return f"{self.task}({', '.join(shown)})"


def _short(call):
    """A call that is not the first one shown: its name without the module's."""
    if isinstance(call, group):
        return f"group(({', '.join(map(_short, call.tasks))}))"
    return call.task.rpartition(".")[2] + repr(call).removeprefix(call.task)


class _Mapped(Signature):
    """A task called with each of some items, in one call of a task of Celery's own."""

    def __init__(self, kind, task, items, app):
        super().__init__(f"celery.{kind}", (), {"task": as_dict(task), "it": list(items)}, app=app)
        self._of = task

    def __repr__(self):
        star = "*" if self.task == "celery.starmap" else ""
        return f"[{self._of.task}({star}x) for {star}x in {self.kwargs['it']!r}]"


def xmap(task, items, app):
    return _Mapped("map", task, items, app)


def xstarmap(task, items, app):
    return _Mapped("starmap", task, items, app)


class chunks(Signature):
    """Items in parts; each part is one call of `starmap`."""

    def __init__(self, task, items, n, app):
        super().__init__("celery.chunks", (), {"task": as_dict(task), "it": list(items), "n": n}, app=app)
        self._of = task

    def group(self):
        items, n = self.kwargs["it"], self.kwargs["n"]
        return group(xstarmap(self._of, items[at : at + n], self.app) for at in range(0, len(items), n))

    def apply_async(self, args=(), kwargs=None, **options):
        return self.group().apply_async(args, kwargs, **options)

    def delay(self, *args, **kwargs):
        return self.apply_async(args, kwargs)

    def __call__(self, **options):
        return self.apply_async(**options)

    def apply(self, args=(), kwargs=None):
        return self.group().apply_async(args, kwargs)


def builtin_tasks(app):
    """The tasks that every application has: calls of other tasks with many items."""

    def called(task, args):
        return app.tasks[task["task"]](*task["args"], *args, **task["kwargs"])

    def map_(task, it):
        return [called(task, (item,)) for item in it]

    def starmap(task, it):
        return [called(task, item) for item in it]

    return {"celery.map": map_, "celery.starmap": starmap}


def signature(task, *args, **options):
    return Signature(task, *args, **options)


class chain:
    """Each gets the result of the one before as its first argument."""

    def __init__(self, *tasks):
        if len(tasks) == 1 and not isinstance(tasks[0], (Signature, group)):
            tasks = tuple(tasks[0])
        self.tasks = tasks

    def __or__(self, other):
        return chain(*self.tasks, *(other.tasks if isinstance(other, chain) else (other,)))

    def apply_async(self, args=(), kwargs=None, **options):
        if any(isinstance(task, group) for task in self.tasks):
            *head, last = self.tasks
            if len(head) == 1 and isinstance(head[0], group):
                return chord(head[0], last).apply_async()
            raise NotImplementedError("celery: a group inside a chain is only simulated as its first of two members")
        ids = [str(uuid.uuid4()) for _ in self.tasks]
        links = []
        for task, task_id in reversed(list(zip(self.tasks[1:], ids[1:]))):
            links = [dict(as_dict(task), links=links, id=task_id)]
        first = self.tasks[0]
        app = first.app
        if app.conf.task_always_eager:
            result = None
            for i, task in enumerate(self.tasks):
                result = task.apply(args if i == 0 else (result.get(),))
            return result
        first.apply_async(args, kwargs, task_id=ids[0], link=links, **options)
        return app.AsyncResult(ids[-1])

    delay = lambda self, *args, **kwargs: self.apply_async(args, kwargs)

    def __call__(self, *args, **kwargs):
        return self.apply_async(args, kwargs)

    def __repr__(self):
        return " | ".join([repr(self.tasks[0]), *map(_short, self.tasks[1:])])


class group:
    """Calls made at once."""

    def __init__(self, *tasks):
        if len(tasks) == 1 and not isinstance(tasks[0], (Signature, chain)):
            tasks = tasks[0]
        self.tasks = list(tasks)

    def apply_async(self, args=(), kwargs=None, **options):
        results = [task.apply_async(args, kwargs, **options) for task in self.tasks]
        return GroupResult(str(uuid.uuid4()), results)

    delay = lambda self, *args, **kwargs: self.apply_async(args, kwargs)

    def __call__(self, *args, **kwargs):
        return self.apply_async(args, kwargs)

    def __or__(self, other):
        return chord(self, other)

    def __len__(self):
        return len(self.tasks)

    def __repr__(self):
        return f"group(({', '.join([repr(self.tasks[0]), *map(_short, self.tasks[1:])])}))" if self.tasks else "group(())"


class chord:
    """A group whose results are the argument of one more call."""

    def __init__(self, header, body=None, app=None):
        self.header = header if isinstance(header, group) else group(header)
        self.body = body

    def __call__(self, body=None):
        return chord(self.header, body or self.body).apply_async()

    def apply_async(self, args=(), kwargs=None, **options):
        body_id = str(uuid.uuid4())
        app = self.body.app
        if app.conf.task_always_eager:
            results = [task.apply(args).get() for task in self.header.tasks]
            return EagerResult(body_id, self.body.apply((results,)).get(), "SUCCESS")
        ids = [str(uuid.uuid4()) for _ in self.header.tasks]
        info = {"ids": ids, "body": dict(as_dict(self.body), id=body_id), "key": f"chord-{uuid.uuid4()}"}
        for task, task_id in zip(self.header.tasks, ids):
            task.apply_async(args, kwargs, task_id=task_id, chord=info)
        return app.AsyncResult(body_id)

    delay = lambda self, *args, **kwargs: self.apply_async(args, kwargs)
