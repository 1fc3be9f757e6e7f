"""Assertions on whether a block was a checkpoint."""

from contextlib import contextmanager

from .._core import current_task


@contextmanager
def assert_checkpoints():
    task = current_task()
    before = task._cancel_points, task._schedule_points
    yield
    if task._cancel_points == before[0] or task._schedule_points == before[1]:
        raise AssertionError("assert_checkpoints block did not yield!")


@contextmanager
def assert_no_checkpoints():
    task = current_task()
    before = task._cancel_points, task._schedule_points
    try:
        yield
    finally:
        if (task._cancel_points, task._schedule_points) != before:
            raise AssertionError("assert_no_checkpoints block yielded!")
