"""Tasks: what the worker runs and what programs send (S-CEL-01)."""

import random
import threading

from .exceptions import Ignore, MaxRetriesExceededError, Reject, Retry

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
    callbacks = ()

    def __init__(self, **values):
        self.__dict__.update(values)


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
    autoretry_for = ()
    retry_backoff = False
    retry_backoff_max = 600
    retry_jitter = True
    retry_kwargs = {}
    throws = ()
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
            if self.autoretry_for and isinstance(exc, tuple(self.autoretry_for)):
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

    def apply_async(self, args=None, kwargs=None, task_id=None, countdown=None, eta=None, link=None, **options):
        from .canvas import as_dict

        if self.app.conf.task_always_eager:
            return self.apply(args, kwargs, task_id=task_id, link=link)
        links = link if isinstance(link, (list, tuple)) else [link] if link is not None else []
        options.setdefault("queue", self.queue)
        return self.app.send_task(
            self.name, args, kwargs, countdown, eta, task_id, link=[as_dict(one) for one in links], **options
        )

    def apply(self, args=None, kwargs=None, task_id=None, link=None, retries=0, throw=None, **options):
        """Runs it here and now."""
        import uuid

        from .result import EagerResult

        task_id = task_id or str(uuid.uuid4())
        context = Context(
            id=task_id, args=tuple(args or ()), kwargs=dict(kwargs or {}), retries=retries, is_eager=True,
            called_directly=False,
        )
        try:
            result, state = self._execute(context), "SUCCESS"
        except Retry as retry:
            return self.apply(args, kwargs, task_id, link, retries + 1)
        except Exception as exc:
            if throw or self.app.conf.task_eager_propagates:
                raise
            result, state = exc, "FAILURE"
        return EagerResult(task_id, result, state)

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
                link=list(request.callbacks),
                chord=request.chord,
                queue=self.queue,
            )
        retry = Retry(exc=exc, when=countdown)
        if throw:
            raise retry
        return retry

    def update_state(self, task_id=None, state=None, meta=None):
        from .result import save

        save(self.app, task_id or self.request.id, state, meta)

    def AsyncResult(self, task_id):
        return self.app.AsyncResult(task_id)

    def s(self, *args, **kwargs):
        return self.signature(args, kwargs)

    def si(self, *args, **kwargs):
        return self.signature(args, kwargs, immutable=True)

    def signature(self, args=(), kwargs=None, **options):
        from .canvas import Signature

        return Signature(self.name, args, kwargs, app=self.app, **options)

    subtask = signature

    def map(self, items):
        from .canvas import xmap

        return xmap(self.s(), items, self.app)

    def starmap(self, items):
        from .canvas import xstarmap

        return xstarmap(self.s(), items, self.app)

    def chunks(self, items, n):
        from .canvas import chunks

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
