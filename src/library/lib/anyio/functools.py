"""Caches for coroutine functions, and `reduce` with one (releases since 4.13)."""

import functools
from collections import OrderedDict, namedtuple
from inspect import iscoroutinefunction
from weakref import WeakKeyDictionary

from ._backend import current_time
from ._sync import Lock
from .lowlevel import RunVar, checkpoint

AsyncCacheInfo = namedtuple("AsyncCacheInfo", "hits misses maxsize currsize ttl")
_items = RunVar("lru_cache_items")
_MISSING = object()


class _Method:
    """A cached method, bound to an object."""

    def __init__(self, wrapper, instance):
        self._wrapper = wrapper
        self._instance = instance
        self.cache_info = wrapper.cache_info
        self.cache_parameters = wrapper.cache_parameters
        self.cache_clear = wrapper.cache_clear

    async def __call__(self, *args, **kwargs):
        if self._instance is None:
            return await self._wrapper(*args, **kwargs)
        return await self._wrapper(self._instance, *args, **kwargs)


class AsyncLRUCacheWrapper:
    """Each key has a lock until its value is there, so that nothing is computed twice."""

    def __init__(self, func, maxsize, typed, always_checkpoint, ttl):
        self.__wrapped__ = func
        self._hits = self._misses = self._currsize = 0
        self._maxsize = max(maxsize, 0) if maxsize is not None else None
        self._typed = typed
        self._always_checkpoint = always_checkpoint
        self._ttl = ttl
        functools.update_wrapper(self, func)

    def cache_info(self):
        return AsyncCacheInfo(self._hits, self._misses, self._maxsize, self._currsize, self._ttl)

    def cache_parameters(self):
        return {
            "maxsize": self._maxsize,
            "typed": self._typed,
            "always_checkpoint": self._always_checkpoint,
            "ttl": self._ttl,
        }

    def cache_clear(self):
        if cache := _items.get(None):
            cache.pop(self, None)
            self._hits = self._misses = self._currsize = 0

    def _key(self, args, kwargs):
        key = args
        if kwargs:
            key += (_MISSING, *kwargs.items())
        if self._typed:
            key += tuple(type(value) for value in (*args, *kwargs.values()))
        return key

    async def __call__(self, *args, **kwargs):
        if self._maxsize == 0:
            value = await self.__wrapped__(*args, **kwargs)
            self._misses += 1
            return value
        cache = _items.get(None)
        if cache is None:
            cache = WeakKeyDictionary()
            _items.set(cache)
        if self not in cache:
            cache[self] = OrderedDict()
        entries = cache[self]
        key = self._key(args, kwargs)
        # A value, or a lock while it is being made; and when it grows old.
        value, lock, expires_at = entries.get(key, (_MISSING, None, None))
        if value is not _MISSING and (expires_at is None or current_time() < expires_at):
            self._hits += 1
            entries.move_to_end(key)
            if self._always_checkpoint:
                await checkpoint()
            return value
        if lock is None:
            if value is not _MISSING:
                self._currsize -= 1
            lock = Lock(fast_acquire=not self._always_checkpoint)
            entries[key] = (_MISSING, lock, None)
        async with lock:
            value = entries[key][0]
            if value is not _MISSING:
                self._hits += 1
                entries.move_to_end(key)
                return value
            self._misses += 1
            if self._maxsize is not None and self._currsize >= self._maxsize:
                entries.popitem(last=False)
            else:
                self._currsize += 1
            value = await self.__wrapped__(*args, **kwargs)
            expires_at = None if self._ttl is None else current_time() + self._ttl
            entries[key] = (value, None, expires_at)
            return value

    def __get__(self, instance, owner=None):
        method = _Method(self, instance)
        functools.update_wrapper(method, self.__wrapped__)
        return method


def lru_cache(func=None, /, *, maxsize=128, typed=False, always_checkpoint=False, ttl=None):
    def decorate(func):
        if iscoroutinefunction(func):
            return AsyncLRUCacheWrapper(func, maxsize, typed, always_checkpoint, ttl)
        return functools.lru_cache(maxsize=maxsize, typed=typed)(func)

    if func is None:
        return decorate
    if not callable(func):
        raise TypeError("the first argument must be callable")
    return decorate(func)


def cache(func, /):
    return lru_cache(maxsize=None)(func)


async def reduce(function, iterable, /, initial=_MISSING):
    """`functools.reduce` with a coroutine function, over a plain or an asynchronous iterable."""
    if not hasattr(iterable, "__aiter__") and not hasattr(iterable, "__iter__"):
        raise TypeError("reduce() argument 2 must be an iterable or async iterable")
    value, called = initial, False

    async def step(element):
        nonlocal value, called
        if value is _MISSING:
            value = element
        else:
            value = await function(value, element)
            called = True

    if hasattr(iterable, "__aiter__"):
        async for element in iterable:
            await step(element)
    else:
        for element in iterable:
            await step(element)
    if value is _MISSING:
        raise TypeError("reduce() of empty sequence with no initial value")
    if not called:
        await checkpoint()
    return value
