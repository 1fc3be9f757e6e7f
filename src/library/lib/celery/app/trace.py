"""How a task runs: hooks, signals, and what follows from its result; in a worker and in the caller alike."""

import json
import traceback

from .. import signals
from ..canvas import maybe_signature
from ..exceptions import ChordError, Ignore, Reject, Retry
from ..result import save


class ExceptionInfo:
    """An exception and its traceback as a text."""

    __module__ = "billiard.einfo"
    internal = False

    def __init__(self, exception):
        self.type = type(exception)
        self.exception = exception
        self.tb = exception.__traceback__
        self.traceback = "".join(traceback.format_exception(self.type, exception, self.tb))

    def __str__(self):
        return self.traceback

    def __repr__(self):
        return f"<ExceptionInfo: {self.exception!r}>"


class Outcome:
    """What became of a call: its state, and its result or exception."""

    def __init__(self, state, result, info=None):
        self.state = state
        self.result = result
        self.info = info


def run(task, context, stores, propagates=False):
    """Runs a task with this context. What it raises is stored, or raised here where it `propagates`."""
    app, task_id, args, kwargs = task.app, context.id, context.args, context.kwargs
    signals.task_prerun.send(sender=task, task_id=task_id, task=task, args=args, kwargs=kwargs)
    task.before_start(task_id, args, kwargs)
    try:
        outcome = Outcome("SUCCESS", task._execute(context))
    except Retry as retry:
        if propagates:
            raise
        info = ExceptionInfo(retry)
        outcome = Outcome("RETRY", retry, info)
        if stores:
            save(app, task_id, "RETRY", retry.exc or retry, info)
        task.on_retry(retry.exc or retry, task_id, args, kwargs, info)
        signals.task_retry.send(sender=task, request=context, reason=retry, einfo=info)
    except (Ignore, Reject) as ignored:
        outcome = Outcome("IGNORED" if isinstance(ignored, Ignore) else "REJECTED", ignored)
    except Exception as error:
        if propagates:
            raise
        info = ExceptionInfo(error)
        outcome = Outcome("FAILURE", error, info)
        _failed(task, context, error, info, stores)
    else:
        result = outcome.result
        if stores:
            save(app, task_id, "SUCCESS", result)
        _go_on(app, context, result)
        task.on_success(result, task_id, args, kwargs)
        signals.task_success.send(sender=task, result=result, runtime=0)
    if outcome.state in ("SUCCESS", "FAILURE"):
        task.after_return(outcome.state, outcome.result, task_id, args, kwargs, None)
    signals.task_postrun.send(
        sender=task, task_id=task_id, task=task, args=args, kwargs=kwargs, retval=outcome.result, state=outcome.state
    )
    return outcome


def _failed(task, context, error, info, stores):
    app = task.app
    if stores:
        save(app, context.id, "FAILURE", error, info)
    for errback in context.errbacks or ():
        _call_errback(maybe_signature(errback, app), context, error, info)
    # What was to come has failed with it.
    for step in context.chain:
        save(app, step["options"].get("task_id"), "FAILURE", error, info)
    if context.chord:
        body = context.chord["body"]
        chord_error = ChordError(f"Dependency {context.id} raised {error!r}")
        save(app, body["options"].get("task_id"), "FAILURE", chord_error, info)
        for errback in body["options"].get("link_error", ()):
            _call_errback(maybe_signature(errback, app), context, chord_error, info)
    task.on_failure(error, context.id, context.args, context.kwargs, info)
    signals.task_failure.send(
        sender=task, task_id=context.id, exception=error, args=context.args, kwargs=context.kwargs,
        traceback=info.tb, einfo=info,
    )


def _call_errback(errback, context, error, info):
    """With the request, the exception and the traceback; a task of one argument gets the failed one's number alone."""
    task = errback.app.tasks[errback.task]
    if task.n_arguments() > 1:
        task(context, error, info.traceback, *errback.args, **errback.kwargs)
    else:
        errback.apply_async((context.id,))


def _go_on(app, context, result):
    """Calls what was to come."""
    for link in context.callbacks or ():
        maybe_signature(link, app).apply_async((result,))
    if context.chain:
        *rest, following = context.chain
        following = maybe_signature(following, app)
        options = {"chord": context.chord} if context.chord else {}
        following.apply_async((result,), chain=rest, **options)
    elif context.chord:
        _meet(app, context.chord, result)


def _meet(app, meeting, result):
    """The last part of a chord calls its body."""
    store, key = app.store, meeting["key"]
    store.hset(key, str(meeting["i"]), json.dumps(result))
    if store.hlen(key) == meeting["n"]:
        results = store.hgetall(key)
        store.delete(key)
        body = maybe_signature(meeting["body"], app)
        body.apply_async(([json.loads(results[str(i).encode()]) for i in range(meeting["n"])],))
