"""Tasks: what the worker runs and what programs send (S-CEL-01)."""

import json
import random
import threading

from ..exceptions import Ignore, MaxRetriesExceededError, Reject, Retry

_local = threading.local()


def current_task():
    stack = getattr(_local, "stack", None)
    return stack[-1][0] if stack else None


class Context:
    """What a running task knows about this execution."""

    id = None
    retries = 0
    args = ()
    kwargs = {}
    is_eager = False
    called_directly = True
    hostname = None
    delivery_info = None
    chord = None
    chain = ()
    callbacks = None
    errbacks = None

    def __init__(self, **values):
        self.__dict__.update(values)

    @property
    def root_id(self):
        return self.id

    parent_id = group = correlation_id = eta = expires = None

    def __repr__(self):
        return f"<Context: {self.__dict__!r}>"


def _host():
    import platform

    return platform.node()


class Task:
    app = None
    name = None
    max_retries = 3
    default_retry_delay = 180
    acks_late = None
    ignore_result = None
    track_started = None
    rate_limit = None
    time_limit = None
    soft_time_limit = None
    queue = None
    serializer = "json"
    typing = True
    bind = False
    expires = None
    priority = None
    autoretry_for = ()
    dont_autoretry_for = ()
    retry_backoff = False
    retry_backoff_max = 600
    retry_jitter = True
    retry_kwargs = {}
    throws = ()
    _head = None
    Retry = Retry
    MaxRetriesExceededError = MaxRetriesExceededError

    def run(self, *args, **kwargs):
        raise NotImplementedError("Tasks must define the run method.")

    def __call__(self, *args, **kwargs):
        return self.run(*args, **kwargs)

    @property
    def request(self):
        stack = getattr(_local, "stack", None)
        if stack:
            return stack[-1][1]
        return Context()

    def _execute(self, context):
        """Runs it with this context; its own retries are raised as `Retry`."""
        if not hasattr(_local, "stack"):
            _local.stack = []
        _local.stack.append((self, context))
        try:
            return self.run(*context.args, **context.kwargs)
        except (Retry, Ignore, Reject):
            raise
        except Exception as exc:
            spared = tuple(self.dont_autoretry_for)
            if self.autoretry_for and isinstance(exc, tuple(self.autoretry_for)) and not isinstance(exc, spared):
                options = dict(self.retry_kwargs)
                if self.retry_backoff:
                    factor = 1 if self.retry_backoff is True else self.retry_backoff
                    countdown = min(self.retry_backoff_max, factor * 2**context.retries)
                    options["countdown"] = random.randrange(countdown + 1) if self.retry_jitter else countdown
                self.retry(exc=exc, **options)
            raise
        finally:
            _local.stack.pop()

    def delay(self, *args, **kwargs):
        return self.apply_async(args, kwargs)

    def n_arguments(self):
        """How many arguments the task takes by position."""
        return sum(one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD) for one in self._parameters()) + 99 * any(
            one.kind == one.VAR_POSITIONAL for one in self._parameters()
        )

    def _parameters(self):
        import inspect

        found = list(inspect.signature(type(self).run).parameters.values())
        return found[1:] if not isinstance(inspect.getattr_static(self, "run"), staticmethod) else found

    def _check(self, args, kwargs):
        """A call with wrong arguments is an error of the caller."""
        if self._head is None:
            import inspect

            shown = [
                one.replace(annotation=one.empty, default=one.default if one.default is one.empty else None)
                for one in self._parameters()
            ]
            name = type(self).run.__name__ if self.__name__ == type(self).__name__ else self.__name__
            namespace = {}
            exec(f"def {name}{inspect.Signature(shown)}: pass", namespace)
            type(self)._head = staticmethod(namespace[name])
        self._head(*args, **kwargs)

    def apply_async(self, args=None, kwargs=None, task_id=None, countdown=None, eta=None, **options):
        args, kwargs = args or (), kwargs or {}
        if self.typing:
            self._check(args, kwargs)
        if self.app.conf.task_always_eager:
            from . import encoded

            kept = json.loads(encoded([list(args), kwargs])) if args or kwargs else [args, kwargs]
            known = {name: options[name] for name in ("link", "link_error", "retries") if name in options}
            return self.apply(*kept, task_id=task_id, **known)
        options.setdefault("queue", self.queue)
        return self.app.send_task(self.name, args, kwargs, countdown, eta, task_id, **options)

    def apply(
        self, args=None, kwargs=None, task_id=None, link=None, link_error=None, retries=0, throw=None, **options
    ):
        """Runs it here and now."""
        import uuid

        from . import _several
        from ..result import EagerResult
        from .trace import run

        task_id = task_id or str(uuid.uuid4())
        context = Context(
            id=task_id, args=args or (), kwargs=dict(kwargs or {}), retries=retries, is_eager=True,
            called_directly=False, callbacks=_several(link) or None, errbacks=_several(link_error) or None, hostname=_host(),
            delivery_info={"is_eager": True, "exchange": None, "routing_key": None, "priority": None},
        )
        outcome = run(self, context, False, self.app.conf.task_eager_propagates if throw is None else throw)
        if outcome.state == "RETRY":
            return self.apply(tuple(args or ()), kwargs, task_id, link, link_error, retries + 1, throw)
        trace = outcome.info.traceback if outcome.info else None
        return EagerResult(task_id, outcome.result, outcome.state, trace, self.name)

    def retry(self, args=None, kwargs=None, exc=None, throw=True, eta=None, countdown=None, max_retries=None, **options):
        request = self.request
        limit = self.max_retries if max_retries is None else max_retries
        if request.called_directly:
            if exc is not None:
                raise exc
            raise MaxRetriesExceededError(f"Can't retry {self.name}[None] args:() kwargs:{{}}")
        if countdown is None and eta is None:
            countdown = self.default_retry_delay
        if limit is not None and request.retries >= limit:
            if exc is not None:
                raise exc
            raise MaxRetriesExceededError(
                f"Can't retry {self.name}[{request.id}] args:{request.args} kwargs:{request.kwargs}"
            )
        if not request.is_eager:
            self.app.send_task(
                self.name,
                request.args if args is None else args,
                request.kwargs if kwargs is None else kwargs,
                countdown,
                eta,
                request.id,
                retries=request.retries + 1,
                link=list(request.callbacks or ()),
                link_error=list(request.errbacks or ()),
                chain=list(request.chain),
                chord=request.chord,
                queue=options.get("queue", self.queue),
            )
        retry = Retry(exc=exc, when=countdown if eta is None else eta, is_eager=request.is_eager)
        if throw:
            raise retry
        return retry

    def replace(self, sig):
        """Lets another call take this one's place: what was to come follows that."""
        request = self.request
        if request.is_eager:
            return sig.apply().get()
        sig = sig.clone()
        for name, kept in (("link", request.callbacks), ("link_error", request.errbacks)):
            if kept:
                sig.options[name] = [*sig.options.get(name, ()), *kept]
        options = {"chord": request.chord} if request.chord else {}
        sig.apply_async(task_id=request.id, chain=list(request.chain), **options)
        raise Ignore("Replaced by new task")

    def send_event(self, type_, **fields):
        pass

    def update_state(self, task_id=None, state=None, meta=None):
        from ..result import save

        save(self.app, task_id or self.request.id, state, meta)

    def AsyncResult(self, task_id):
        return self.app.AsyncResult(task_id)

    def s(self, *args, **kwargs):
        return self.signature(args, kwargs)

    def si(self, *args, **kwargs):
        return self.signature(args, kwargs, immutable=True)

    def signature(self, args=(), kwargs=None, **options):
        from ..canvas import Signature

        return Signature(self.name, args, kwargs, app=self.app, **options)

    subtask = signature

    def signature_from_request(self, request=None, args=None, kwargs=None, **options):
        request = request or self.request
        return self.signature(args or request.args, kwargs or request.kwargs, **options)

    def map(self, items):
        from ..canvas import xmap

        return xmap(self.s(), items, self.app)

    def starmap(self, items):
        from ..canvas import xstarmap

        return xstarmap(self.s(), items, self.app)

    def chunks(self, items, n):
        from ..canvas import chunks

        return chunks(self.s(), items, n, self.app)

    def on_success(self, retval, task_id, args, kwargs):
        pass

    def on_failure(self, exc, task_id, args, kwargs, einfo):
        pass

    def on_retry(self, exc, task_id, args, kwargs, einfo):
        pass

    def after_return(self, status, retval, task_id, args, kwargs, einfo):
        pass

    def before_start(self, task_id, args, kwargs):
        pass

    def __repr__(self):
        return f"<@task: {self.name} of {self.app.main or '__main__'} at {id(self.app):#x}>"
