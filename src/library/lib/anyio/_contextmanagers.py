"""Classes that are context managers by a method with one `yield` (releases since 4.10)."""

from contextlib import AbstractAsyncContextManager, AbstractContextManager
from inspect import isasyncgen, iscoroutine, isgenerator


class ContextManagerMixin:
    """Implement `__contextmanager__`, decorated with `@contextmanager`."""

    _entered_cm = None

    def __enter__(self):
        name = type(self).__qualname__
        if self._entered_cm is not None:
            raise RuntimeError(f"this {name} has already been entered")
        cm = self.__contextmanager__()
        if not isinstance(cm, AbstractContextManager):
            if isgenerator(cm):
                raise TypeError(
                    "__contextmanager__() returned a generator object instead of a context manager. "
                    "Did you forget to add the @contextmanager decorator?"
                )
            raise TypeError(f"__contextmanager__() did not return a context manager object, but {type(cm)!r}")
        if cm is self:
            raise TypeError(
                f"{name}.__contextmanager__() returned self. "
                "Did you forget to add the @contextmanager decorator and a 'yield' statement?"
            )
        value = cm.__enter__()
        self._entered_cm = cm
        return value

    def __exit__(self, exc_type, exc_val, exc_tb):
        cm = self._entered_cm
        if cm is None:
            raise RuntimeError(f"this {type(self).__qualname__} has not been entered yet")
        self._entered_cm = None
        return cm.__exit__(exc_type, exc_val, exc_tb)


class AsyncContextManagerMixin:
    """Implement `__asynccontextmanager__`, decorated with `@asynccontextmanager`."""

    _entered_async_cm = None

    async def __aenter__(self):
        name = type(self).__qualname__
        if self._entered_async_cm is not None:
            raise RuntimeError(f"this {name} has already been entered")
        cm = self.__asynccontextmanager__()
        if not isinstance(cm, AbstractAsyncContextManager):
            if isasyncgen(cm):
                raise TypeError(
                    "__asynccontextmanager__() returned an async generator instead of an async context manager. "
                    "Did you forget to add the @asynccontextmanager decorator?"
                )
            if iscoroutine(cm):
                cm.close()
                raise TypeError(
                    "__asynccontextmanager__() returned a coroutine object instead of an async context manager. "
                    "Did you forget to add the @asynccontextmanager decorator and a 'yield' statement?"
                )
            raise TypeError(f"__asynccontextmanager__() did not return an async context manager, but {type(cm)!r}")
        if cm is self:
            raise TypeError(
                f"{name}.__asynccontextmanager__() returned self. "
                "Did you forget to add the @asynccontextmanager decorator and a 'yield' statement?"
            )
        value = await cm.__aenter__()
        self._entered_async_cm = cm
        return value

    async def __aexit__(self, exc_type, exc_val, exc_tb):
        cm = self._entered_async_cm
        if cm is None:
            raise RuntimeError(f"this {type(self).__qualname__} has not been entered yet")
        self._entered_async_cm = None
        return await cm.__aexit__(exc_type, exc_val, exc_tb)
