"""The functions of `itertools` over plain and asynchronous iterables; every one yields to the loop (4.14)."""

import itertools as _plain
from operator import add, index

from ._scopes import cancel_shielded_checkpoint, checkpoint, checkpoint_if_cancelled


async def _iterate(iterable):
    """The elements of either kind of iterable, with a checkpoint for each of a plain one."""
    if hasattr(iterable, "__aiter__"):
        async for element in iterable:
            yield element
        return
    if not hasattr(iterable, "__iter__"):
        raise TypeError("expected an iterable or an async iterable")
    for element in iterable:
        await checkpoint_if_cancelled()
        await cancel_shielded_checkpoint()
        yield element


async def _pool(iterable):
    return [element async for element in _iterate(iterable)]


async def _at_least_once(elements):
    """Passes elements on; one that gives nothing is a checkpoint still."""
    given = False
    async for element in elements:
        given = True
        yield element
    if not given:
        await checkpoint()


async def _add(x, y):
    return add(x, y)


async def accumulate(iterable, function=_add, *, initial=None):
    iterator = _iterate(iterable)
    if initial is None:
        try:
            total = await anext(iterator)
        except StopAsyncIteration:
            await checkpoint()
            return
    else:
        await checkpoint()
        total = initial
    yield total
    async for element in iterator:
        total = await function(total, element)
        yield total


async def batched(iterable, n, *, strict=False):
    if n < 1:
        raise ValueError("n must be at least one")
    batch = []
    given = False
    async for element in _iterate(iterable):
        batch.append(element)
        if len(batch) == n:
            given = True
            yield tuple(batch)
            batch = []
    if batch:
        if strict:
            raise ValueError("batched(): incomplete batch")
        yield tuple(batch)
    elif not given:
        await checkpoint()


class Chain:
    def __call__(self, *iterables):
        return self.from_iterable(iterables)

    async def from_iterable(self, iterables):
        given = False
        async for iterable in _iterate(iterables):
            async for element in _iterate(iterable):
                given = True
                yield element
        if not given:
            await checkpoint()


chain = Chain()


async def combinations(iterable, r):
    async for found in _iterate(_plain.combinations(await _pool(iterable), r)):
        yield found


async def combinations_with_replacement(iterable, r):
    async for found in _iterate(_plain.combinations_with_replacement(await _pool(iterable), r)):
        yield found


async def compress(data, selectors):
    async def chosen():
        wanted = _iterate(selectors)
        async for element in _iterate(data):
            try:
                selector = await anext(wanted)
            except StopAsyncIteration:
                return
            if selector:
                yield element

    async for element in _at_least_once(chosen()):
        yield element


async def count(start=0, step=1):
    n = start
    while True:
        await checkpoint()
        yield n
        n += step


async def cycle(iterable):
    saved = []
    async for element in _iterate(iterable):
        saved.append(element)
        yield element
    if not saved:
        await checkpoint()
        return
    while True:
        for element in saved:
            await checkpoint()
            yield element


async def dropwhile(predicate, iterable):
    async def rest():
        dropping = True
        async for element in _iterate(iterable):
            if dropping and await predicate(element):
                continue
            dropping = False
            yield element

    async for element in _at_least_once(rest()):
        yield element


async def filterfalse(predicate, iterable):
    async def refused():
        async for element in _iterate(iterable):
            if not await predicate(element):
                yield element

    async for element in _at_least_once(refused()):
        yield element


async def groupby(iterable, key=None):
    """Yields each key with the list of its elements."""
    values = []
    group_key = None
    async for element in _iterate(iterable):
        next_key = element if key is None else await key(element)
        if values and next_key != group_key:
            yield group_key, values
            values = []
        group_key = next_key
        values.append(element)
    if values:
        yield group_key, values
    else:
        await checkpoint()


def _index(value, message):
    try:
        value = index(value)
    except TypeError:
        raise ValueError(message) from None
    if value < 0:
        raise ValueError(message)
    return value


async def islice(iterable, *args):
    if not args:
        raise TypeError("islice expected at least 2 arguments, got 1")
    if len(args) > 3:
        raise TypeError(f"islice expected at most 4 arguments, got {len(args) + 1}")
    limits = slice(*args)
    bound = "must be None or an integer: 0 <= x <= sys.maxsize."
    start = 0 if limits.start is None else _index(limits.start, f"Indices for islice() {bound}")
    stop = None if limits.stop is None else max(start, _index(limits.stop, f"Stop argument for islice() {bound}"))
    message = "Step for islice() must be a positive integer or None."
    step = 1 if limits.step is None else _index(limits.step, message)
    if step <= 0:
        raise ValueError(message)
    iterator = _iterate(iterable)
    given = False
    at = 0
    while stop is None or at < stop:
        try:
            element = await anext(iterator)
        except StopAsyncIteration:
            break
        at += 1
        if at > start and (at - 1 - start) % step == 0:
            given = True
            yield element
    if not given:
        await checkpoint()


async def pairwise(iterable):
    iterator = _iterate(iterable)
    try:
        previous = await anext(iterator)
    except StopAsyncIteration:
        await checkpoint()
        return
    async for element in iterator:
        yield previous, element
        previous = element


async def permutations(iterable, r=None):
    pool = await _pool(iterable)
    if r is not None and not isinstance(r, int):
        raise TypeError("Expected int as r")
    if r is not None and r < 0:
        raise ValueError("r must be non-negative")
    async for found in _iterate(_plain.permutations(pool, r)):
        yield found


async def product(*iterables, repeat=1):
    repeat = index(repeat)
    if repeat < 0:
        raise ValueError("repeat argument cannot be negative")
    pools = [await _pool(iterable) for iterable in iterables]
    async for found in _iterate(_plain.product(*pools, repeat=repeat)):
        yield found


async def repeat(element, times=None):
    if times is None:
        while True:
            await checkpoint()
            yield element
    given = False
    for _ in range(index(times)):
        await checkpoint()
        given = True
        yield element
    if not given:
        await checkpoint()


async def starmap(function, iterable):
    async def mapped():
        async for args in _iterate(iterable):
            yield await function(*await _pool(args))

    async for element in _at_least_once(mapped()):
        yield element


async def takewhile(predicate, iterable):
    async def taken():
        async for element in _iterate(iterable):
            if not await predicate(element):
                return
            yield element

    async for element in _at_least_once(taken()):
        yield element


async def zip_longest(*iterables, fillvalue=None):
    iterators = [_iterate(iterable) for iterable in iterables]
    left = set(range(len(iterators)))
    given = False
    while left:
        values = []
        for number, iterator in enumerate(iterators):
            value = fillvalue
            if number in left:
                try:
                    value = await anext(iterator)
                except StopAsyncIteration:
                    left.discard(number)
            values.append(value)
        if not left:
            break
        given = True
        yield tuple(values)
    if not given:
        await checkpoint()


class _Tee:
    """One of several iterators over the same elements, which are kept until the last has seen them."""

    def __init__(self, source, link):
        self._source = source
        self._link = link

    def __aiter__(self):
        return self

    async def __anext__(self):
        link = self._link
        if not link:
            # The first to come here asks; the others find what it got.
            from ._sync import Lock

            lock = self._source.setdefault("lock", Lock())
            async with lock:
                if not link:
                    value = await anext(self._source["iterator"], self._source)
                    link.extend((value, []))
        else:
            await checkpoint()
        if link[0] is self._source:
            raise StopAsyncIteration
        self._link = link[1]
        return link[0]


def tee(iterable, n=2):
    if n < 0:
        raise ValueError("n must be >= 0")
    source, link = {"iterator": _iterate(iterable)}, []
    return tuple([_Tee(source, link) for _ in range(n)])
