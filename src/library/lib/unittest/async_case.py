"""Tests that are coroutines, on a loop of their own."""
import asyncio
import contextvars
import inspect

from unittest.case import TestCase


class IsolatedAsyncioTestCase(TestCase):
    """Every part of a test runs on one loop, in one context."""

    def __init__(self, methodName="runTest"):
        super().__init__(methodName)
        self._runner = None
        self._context = contextvars.copy_context()

    async def asyncSetUp(self):
        pass

    async def asyncTearDown(self):
        pass

    def addAsyncCleanup(self, function, /, *args, **kwargs):
        self.addCleanup(function, *args, **kwargs)

    async def enterAsyncContext(self, cm):
        kind = type(cm)
        try:
            enter, leave = kind.__aenter__, kind.__aexit__
        except AttributeError:
            raise TypeError(
                f"'{kind.__module__}.{kind.__qualname__}' object does not support the asynchronous context manager protocol"
            ) from None
        result = await enter(cm)
        self.addAsyncCleanup(leave, cm, None, None, None)
        return result

    def _callSetUp(self):
        self._runner.get_loop()
        self._context.run(self.setUp)
        self._run(self.asyncSetUp)

    def _callTestMethod(self, method):
        if self._maybe_run(method) is not None:
            super()._callTestMethod(lambda: True)

    def _callTearDown(self):
        self._run(self.asyncTearDown)
        self._context.run(self.tearDown)

    def _callCleanup(self, function, *args, **kwargs):
        self._maybe_run(function, *args, **kwargs)

    def _run(self, function, /, *args, **kwargs):
        return self._runner.run(function(*args, **kwargs), context=self._context)

    def _maybe_run(self, function, /, *args, **kwargs):
        if inspect.iscoroutinefunction(function):
            return self._run(function, *args, **kwargs)
        return self._context.run(function, *args, **kwargs)

    def run(self, result=None):
        self._runner = asyncio.Runner(debug=True)
        try:
            return super().run(result)
        finally:
            self._runner.close()
            self._runner = None

    def debug(self):
        self._runner = asyncio.Runner(debug=True)
        try:
            super().debug()
        finally:
            self._runner.close()
            self._runner = None
