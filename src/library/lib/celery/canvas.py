"""Signatures: calls that are made later, in parallel, or one after the other.

A signature is a dictionary, so that it travels inside a message as it is; `subtask_type` says which of the classes
here it is made into again. What is to come after a call travels with it, too: `chain` are the steps that follow, last
first, `chord` is the meeting at whose end another call stands.
"""

import functools
import operator
import uuid

from .result import EagerResult, GroupResult

_kinds = {}


def _own_kind(name):
    def decorator(cls):
        _kinds[name] = cls
        return cls

    return decorator


def _item(name):
    def get(self):
        return self[name]

    def set(self, value):
        self[name] = value

    return property(get, set)


class Signature(dict):
    """A task's name and what it is called with."""

    task, args, kwargs, options = map(_item, ("task", "args", "kwargs", "options"))
    subtask_type, immutable = map(_item, ("subtask_type", "immutable"))

    def __init__(
        self, task=None, args=None, kwargs=None, options=None, type=None, subtask_type=None, immutable=False, app=None,
        **more,
    ):
        if isinstance(task, dict):
            super().__init__(task)
        else:
            super().__init__(
                task=getattr(task, "name", task), args=tuple(args or ()), kwargs=kwargs or {},
                options=dict(options or {}, **more), subtask_type=subtask_type, immutable=immutable,
            )
        self._app = app

    @classmethod
    def from_dict(cls, d, app=None):
        return Signature(dict(d, args=tuple(d["args"])), app=app)

    @property
    def app(self):
        from .app import current_app

        return self._app or current_app()

    @property
    def type(self):
        return self.app.tasks[self.task]

    @property
    def name(self):
        return self.task

    @property
    def id(self):
        return self.options.get("task_id")

    def _merged(self, args, kwargs, options):
        if self.immutable:
            return self.args, self.kwargs, dict(self.options, **options)
        return (*(args or ()), *self.args), dict(self.kwargs, **(kwargs or {})), dict(self.options, **options)

    def clone(self, args=None, kwargs=None, **options):
        args, kwargs, options = self._merged(args, kwargs, options)
        found = Signature.from_dict(dict(self, args=args, kwargs=kwargs, options=options), self._app)
        found.__class__ = type(self)
        return found

    partial = clone

    def __deepcopy__(self, memo):
        return self.clone()

    def set(self, immutable=None, **options):
        if immutable is not None:
            self.immutable = immutable
        self.options.update(options)
        return self

    def set_immutable(self, immutable):
        self.immutable = immutable

    def freeze(self, _id=None, **unused):
        """Chooses the number that the result will have."""
        return self.app.AsyncResult(self.options.setdefault("task_id", _id or str(uuid.uuid4())))

    def _add(self, option, value):
        self.options[option] = [*self.options.get(option, ()), value]
        return value

    def link(self, callback):
        return self._add("link", callback)

    def link_error(self, errback):
        return self._add("link_error", errback)

    def on_error(self, errback):
        self.link_error(errback)
        return self

    def __call__(self, *args, **kwargs):
        args, kwargs, _ = self._merged(args, kwargs, {})
        return self.type(*args, **kwargs)

    def __invert__(self):
        return self.apply_async().get()

    def delay(self, *args, **kwargs):
        return self.apply_async(args, kwargs)

    def apply_async(self, args=None, kwargs=None, **options):
        args, kwargs, options = self._merged(args, kwargs, options)
        return self.type.apply_async(args, kwargs, **options)

    def apply(self, args=None, kwargs=None, **options):
        args, kwargs, options = self._merged(args, kwargs, options)
        return self.type.apply(args, kwargs, **{k: v for k, v in options.items() if k in _EAGER_OPTIONS})

    def __or__(self, other):
        if isinstance(other, _chain):
            return functools.reduce(operator.or_, other.tasks, _chain([self], self._app))
        if isinstance(other, Signature):
            return _chain([self], self._app)._followed_by(other)
        return NotImplemented

    def reprcall(self, *args):
        kwargs = [f"{k}={v!r}" for k, v in self.kwargs.items()]
        return f"{self.task}({', '.join([*map(repr, (*args, *self.args)), *kwargs])})"

    def __repr__(self):
        return self.reprcall()


_EAGER_OPTIONS = ("task_id", "link", "link_error", "throw", "retries")


def _shortened(task, text):
    """A text in which the module of a task is named once."""
    module = task.rpartition(".")[0] + "."
    head, found, rest = text.partition(module)
    return head + found + rest.replace(module, "")


def maybe_signature(d, app=None):
    """The signature that a dictionary is."""
    if d is None or isinstance(d, Signature):
        return d
    return _kinds.get(d.get("subtask_type"), Signature).from_dict(d, app)


def signature(task, *args, **options):
    if isinstance(task, dict):
        return maybe_signature(task, options.get("app"))
    return Signature(task, *args, **options)


class _Several(Signature):
    """A signature of other signatures."""

    def _inner_app(self, tasks):
        return self._app or next((task.app for task in tasks), None)

    @property
    def app(self):
        from .app import current_app

        return self._inner_app(self.tasks) or current_app()


@_own_kind("chain")
class _chain(_Several):
    """Each gets the result of the one before as its first argument."""

    def __init__(self, tasks=(), app=None, **options):
        super().__init__("celery.chain", (), {"tasks": list(tasks)}, options, subtask_type="chain", app=app)

    @classmethod
    def from_dict(cls, d, app=None):
        return cls([maybe_signature(task, app) for task in d["kwargs"]["tasks"]], app, **d["options"])

    @property
    def tasks(self):
        return self.kwargs["tasks"]

    def clone(self, args=None, kwargs=None, **options):
        tasks = list(self.tasks)
        if args or kwargs:
            tasks[0] = tasks[0].clone(args, kwargs)
        return _chain(tasks, self._app, **dict(self.options, **options))

    def _followed_by(self, other):
        """A group that is followed by something is the header of a chord."""
        *head, last = self.tasks or [None]
        if last is None:
            steps = [other]
        elif isinstance(last, group):
            steps = [*head, chord(last, other)]
        elif isinstance(last, chord):
            steps = [*head, last | other]
        else:
            steps = [*self.tasks, other]
        return _chain(steps, self._app, **self.options)

    def __or__(self, other):
        if isinstance(other, _chain):
            return functools.reduce(operator.or_, other.tasks, self)
        if isinstance(other, Signature):
            return self._followed_by(other)
        return NotImplemented

    def __call__(self, *args, **kwargs):
        return self.apply_async(args, kwargs) if self.tasks else None

    def apply_async(self, args=None, kwargs=None, task_id=None, chain=None, link=None, link_error=None, **options):
        if not self.tasks:
            return None
        if self.app.conf.task_always_eager:
            return self.apply(args, kwargs)
        options = dict(self.options, **options)
        link_error = [*(link_error or ()), *options.pop("link_error", ())]
        first, *rest = [step.clone() for step in self.tasks]
        for step in (first, *rest):
            step.options.setdefault("link_error", []).extend(link_error)
        last = rest[-1] if rest else first
        last.options.setdefault("link", []).extend([*(link or ()), *options.pop("link", ())])
        if "chord" in options:
            last.options["chord"] = options.pop("chord")
        results = [step.freeze() for step in (first, *rest[:-1])]
        if rest:
            results.append(last.freeze(task_id))
        for before, after in zip(results, results[1:]):
            after.parent = before
        first.apply_async(args, kwargs, chain=[*(chain or ()), *reversed(rest)], **options)
        return results[-1]

    def apply(self, args=None, kwargs=None, **options):
        last = None
        for step in self.tasks:
            result = step.apply(args if last is None else (last.get(),), kwargs if last is None else None)
            result.parent, last = last, result
        return last

    def freeze(self, _id=None, **unused):
        return self.tasks[-1].freeze(_id)

    def __repr__(self):
        if not self.tasks:
            return f"<chain@{id(self):#x}: empty>"
        return _shortened(self.tasks[0].task, " | ".join(map(repr, self.tasks)))


class chain(_chain):
    def __new__(cls, *tasks, **options):
        if len(tasks) == 1 and not isinstance(tasks[0], Signature):
            tasks = tuple(tasks[0])
        return functools.reduce(operator.or_, tasks, _chain((), **options))


class _Regen(list):
    """Tasks that came out of a generator."""

    shown = 2

    def __repr__(self):
        return f"<_regen: [{', '.join(map(repr, self[: self.shown]))}...]>"


@_own_kind("group")
class group(_Several):
    """Calls made at once."""

    def __init__(self, *tasks, app=None, **options):
        if len(tasks) == 1:
            tasks = tasks[0]
            if isinstance(tasks, group):
                tasks = tasks.tasks
            elif isinstance(tasks, Signature):
                tasks = [tasks]
            elif not isinstance(tasks, (list, tuple)):
                tasks = _Regen(tasks)
        super().__init__("celery.group", (), {"tasks": tasks}, options, subtask_type="group", app=app)

    @classmethod
    def from_dict(cls, d, app=None):
        return cls([maybe_signature(task, app) for task in d["kwargs"]["tasks"]], app=app, **d["options"])

    @property
    def tasks(self):
        return self.kwargs["tasks"]

    def clone(self, args=None, kwargs=None, **options):
        tasks = [task.clone(args, kwargs) for task in self.tasks]
        return group(tasks, app=self._app, **dict(self.options, **options))

    def freeze(self, _id=None, **unused):
        number = self.options.setdefault("task_id", _id or str(uuid.uuid4()))
        return GroupResult(number, [task.freeze() for task in self.tasks], app=self.app)

    def link(self, callback):
        """A callback of a group is that of its first task."""
        return self.tasks[0].link(callback)

    def link_error(self, errback):
        for task in self.tasks:
            task.link_error(errback)
        return errback

    def apply_async(self, args=None, kwargs=None, task_id=None, chain=None, chord=None, **options):
        if self.app.conf.task_always_eager:
            return self.apply(args, kwargs)
        options = {**{k: v for k, v in self.options.items() if k != "task_id"}, **options}
        if chain or chord:
            # Something waits for all of them together.
            together = _chord(self, chain_end()) if not chain else _chord(self, maybe_signature(chain[-1]))
            return together.apply_async(args, kwargs, chain=(chain or [])[:-1], chord=chord, **options)
        results = [task.apply_async(args, kwargs, **options) for task in self.tasks]
        return GroupResult(task_id or self.options.get("task_id") or str(uuid.uuid4()), results, app=self.app)

    def apply(self, args=None, kwargs=None, **options):
        return GroupResult(str(uuid.uuid4()), [task.apply(args, kwargs) for task in self.tasks], app=self.app)

    def __call__(self, *args, **kwargs):
        return self.apply_async(args, kwargs)

    def __or__(self, other):
        return chord(self, other) if isinstance(other, Signature) else NotImplemented

    def skew(self, start=1.0, stop=None, step=1.0):
        """Lets each begin a step later than the one before."""
        at = start
        for task in self.tasks:
            task.set(countdown=at)
            at = at + step if stop is None or at + step < stop else start
        return self

    def __len__(self):
        return len(self.tasks)

    def __repr__(self):
        if not self.tasks:
            return "group(<empty>)"
        return _shortened(self.tasks[0].task, f"group({self.tasks!r})")


@_own_kind("chord")
class _chord(_Several):
    """A group whose results are the argument of one more call."""

    def __init__(self, header=(), body=None, app=None, **options):
        if isinstance(header, group):
            tasks = header.tasks
        elif isinstance(header, Signature):
            tasks = [header]
        else:
            tasks = header if isinstance(header, (list, tuple)) else _unseen(header)
        kwargs = {"header": tasks, "body": body}
        super().__init__("celery.chord", (), kwargs, options, subtask_type="chord", app=app)

    @classmethod
    def from_dict(cls, d, app=None):
        header = [maybe_signature(task, app) for task in d["kwargs"]["header"]]
        return cls(header, maybe_signature(d["kwargs"]["body"], app), app, **d["options"])

    @property
    def tasks(self):
        return self.kwargs["header"]

    @property
    def body(self):
        return self.kwargs["body"]

    def clone(self, args=None, kwargs=None, **options):
        tasks = [task.clone(args, kwargs) for task in self.tasks]
        return _chord(tasks, self.body.clone(), self._app, **dict(self.options, **options))

    def freeze(self, _id=None, **unused):
        return self.body.freeze(_id)

    def link(self, callback):
        return self.body.link(callback)

    def link_error(self, errback):
        return self.body.link_error(errback)

    def __call__(self, body=None, **options):
        whole = self if body is None else _chord(self.tasks, body, self._app, **self.options)
        return whole.apply_async((), {}, **options)

    def apply_async(self, args=None, kwargs=None, task_id=None, chain=None, chord=None, **options):
        if self.app.conf.task_always_eager:
            return self.apply(args, kwargs)
        body = self.body.clone()
        result = body.freeze(task_id)
        if chain:
            body.options["chain"] = chain
        if chord:
            body.options["chord"] = chord
        for option in ("link", "link_error"):
            given = [*self.options.get(option, ()), *options.pop(option, ())]
            if given:
                body.options[option] = [*body.options.get(option, ()), *given]
        tasks = list(_unrolled(self.tasks))
        meeting = {"key": f"chord-{uuid.uuid4()}", "n": len(tasks), "body": body}
        result.parent = GroupResult(
            str(uuid.uuid4()),
            [task.apply_async(args, kwargs, chord=dict(meeting, i=i), **options) for i, task in enumerate(tasks)],
            app=self.app,
        )
        return result

    def apply(self, args=None, kwargs=None, **options):
        header = group(*self.tasks, app=self._app) if len(self.tasks) != 1 else group(list(self.tasks), app=self._app)
        parts = header.apply(args, kwargs)
        result = self.body.apply((parts.get(),))
        result.parent = parts
        return result

    def __or__(self, other):
        if not isinstance(other, Signature):
            return NotImplemented
        return _chord(list(self.tasks), self.body | other, self._app, **self.options)

    def __len__(self):
        return len(self.tasks)

    def __repr__(self):
        body = self.body
        if body is None:
            return f"<chord without body: {self.tasks!r}>"
        if isinstance(body, _chain):
            first, *rest = body.tasks
            shown = f"%({first.reprcall(self.tasks)} | {_chain(rest)!r})"
            return _shortened(first.task, shown)
        return "%" + _shortened(body.task, body.reprcall(self.tasks))


chord = _chord


def _unseen(tasks):
    """Tasks out of a generator that nobody has looked at yet."""
    found = _Regen(tasks)
    found.shown = 0
    return found


def _unrolled(tasks):
    """The tasks of a header; groups inside are as many of them."""
    for task in tasks:
        if isinstance(task, group):
            yield from _unrolled(task.tasks)
        else:
            yield task


class _Mapped(Signature):
    """A task called with each of some items, in one call of a task of Celery's own."""

    _star = ""

    def __init__(self, task, it, app=None, **options):
        it = it if isinstance(it, (list, tuple)) else _unseen(it)
        kind = type(self).__name__.removeprefix("x")
        super().__init__(f"celery.{kind}", (), {"task": task, "it": it}, options, subtask_type=kind, app=app)

    @classmethod
    def from_dict(cls, d, app=None):
        return cls(maybe_signature(d["kwargs"]["task"], app), d["kwargs"]["it"], app, **d["options"])

    def clone(self, args=None, kwargs=None, **options):
        return type(self)(self.kwargs["task"], self.kwargs["it"], self._app, **dict(self.options, **options))

    def __repr__(self):
        return f"[{self.kwargs['task'].task}({self._star}x) for x in {self.kwargs['it']!r}]"


@_own_kind("map")
class xmap(_Mapped):
    pass


@_own_kind("starmap")
class xstarmap(_Mapped):
    _star = "*"


class chunks(Signature):
    """Items in parts; each part is one call of `starmap`."""

    def __init__(self, task, it, n, app=None, **options):
        it = it if isinstance(it, (list, tuple)) else _unseen(it)
        kwargs = {"task": task, "it": it, "n": n}
        super().__init__("celery.chunks", (), kwargs, options, subtask_type="chunks", app=app)

    def group(self):
        task, it, n = self.kwargs["task"], self.kwargs["it"], self.kwargs["n"]
        parts = (xstarmap(task, list(it[at : at + n]), self._app) for at in range(0, len(it), n))
        return group(parts, app=self._app)

    def apply_async(self, args=None, kwargs=None, **options):
        return self.group().apply_async(args, kwargs, **options)

    def __call__(self, **options):
        return self.apply_async(**options)

    def apply(self, args=None, kwargs=None, **options):
        return self.group().apply(args, kwargs)


def builtin_tasks(app):
    """The tasks that every application has: calls of other tasks with many items."""

    def map_(task, it):
        task = maybe_signature(task, app).type
        return [task(item) for item in it]

    def starmap(task, it):
        task = maybe_signature(task, app).type
        return [task(*item) for item in it]

    def accumulate(*results):
        return results[0] if len(results) == 1 else results

    return {"celery.map": map_, "celery.starmap": starmap, "celery.accumulate": accumulate}


def chain_end():
    """The body of a chord of which only the results are wanted."""
    return Signature("celery.accumulate")
