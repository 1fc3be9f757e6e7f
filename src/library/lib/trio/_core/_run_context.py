"""Which run, and which of its tasks, the calling thread is in."""

import threading


class RunContext(threading.local):
    """`runner` exists during a run, `task` while a task makes a step."""


GLOBAL_RUN_CONTEXT = RunContext()


def current_task():
    try:
        return GLOBAL_RUN_CONTEXT.task
    except AttributeError:
        raise RuntimeError("must be called from async context") from None


def current_runner():
    try:
        return GLOBAL_RUN_CONTEXT.runner
    except AttributeError:
        raise RuntimeError("must be called from async context") from None


def current_time():
    return current_runner().clock.current_time()


def in_trio_run():
    return hasattr(GLOBAL_RUN_CONTEXT, "runner")


def in_trio_task():
    return hasattr(GLOBAL_RUN_CONTEXT, "task")
