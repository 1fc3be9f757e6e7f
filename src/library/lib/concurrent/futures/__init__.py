"""Futures that threads complete, and the pools of threads and processes (S-CF-01 to S-CF-07)."""
import sys

from concurrent.futures._base import (
    ALL_COMPLETED,
    FIRST_COMPLETED,
    FIRST_EXCEPTION,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    InvalidStateError,
    TimeoutError,
    as_completed,
    wait,
)
from concurrent.futures.thread import ThreadPoolExecutor

__all__ = [
    "FIRST_COMPLETED",
    "FIRST_EXCEPTION",
    "ALL_COMPLETED",
    "CancelledError",
    "TimeoutError",
    "InvalidStateError",
    "BrokenExecutor",
    "Future",
    "Executor",
    "wait",
    "as_completed",
    "ProcessPoolExecutor",
    "ThreadPoolExecutor",
]


def __getattr__(name):
    if name in ("ProcessPoolExecutor", "process"):
        from concurrent.futures import process

        return process if name == "process" else process.ProcessPoolExecutor
    if name in ("InterpreterPoolExecutor", "interpreter") and sys.version_info >= (3, 14):
        from concurrent.futures import interpreter

        return interpreter if name == "interpreter" else interpreter.InterpreterPoolExecutor
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
