"""Building blocks of iterators."""
import sys

__frameless__ = ("*",)

_VERSION = sys.version_info[:2]
_MISSING = object()


class _Iterator:
    """An iterator over a generator, with the name and text of the class that it is an instance of."""

    __slots__ = ("_it",)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._it)

    def __repr__(self):
        return f"<itertools.{type(self).__name__} object at {id(self):#x}>"


class count(_Iterator):
    _is_static = True
    __slots__ = ("_n", "_step")

    def __init__(self, start=0, step=1):
        if not hasattr(start, "__add__") or isinstance(start, str):
            raise TypeError("a number is required")
        self._n = start
        self._step = step

    def __next__(self):
        n = self._n
        self._n = n + self._step
        return n

    def __repr__(self):
        if type(self._step) is int and self._step == 1:
            return f"count({self._n!r})"
        return f"count({self._n!r}, {self._step!r})"


class cycle(_Iterator):
    _is_static = True
    __slots__ = ()

    def __init__(self, iterable, /):
        self._it = self._run(iter(iterable))

    @staticmethod
    def _run(it):
        saved = []
        for element in it:
            yield element
            saved.append(element)
        while saved:
            yield from saved


class repeat(_Iterator):
    _is_static = True
    __slots__ = ("_object", "_times")

    def __init__(self, object, times=None):
        self._object = object
        self._times = times if times is None else max(times, 0)

    def __next__(self):
        if self._times is not None:
            if self._times == 0:
                raise StopIteration
            self._times -= 1
        return self._object

    def __length_hint__(self):
        if self._times is None:
            raise TypeError("len() of unsized object")
        return self._times

    def __repr__(self):
        if self._times is None:
            return f"repeat({self._object!r})"
        return f"repeat({self._object!r}, {self._times})"


class accumulate(_Iterator):
    _is_static = True
    __slots__ = ()

    def __init__(self, iterable, func=None, *, initial=None):
        self._it = self._run(iter(iterable), func, initial)

    @staticmethod
    def _run(it, func, total):
        if total is None:
            try:
                total = next(it)
            except StopIteration:
                return
        yield total
        for element in it:
            total = total + element if func is None else func(total, element)
            yield total


class chain(_Iterator):
    _is_static = True
    __slots__ = ()

    def __init__(self, *iterables):
        self._it = self._run(iterables)

    @staticmethod
    def _run(iterables):
        for iterable in iterables:
            yield from iterable

    @classmethod
    def from_iterable(cls, iterable, /):
        self = cls()
        self._it = cls._run(iterable)
        return self


class compress(_Iterator):
    _is_static = True
    __slots__ = ()

    def __init__(self, data, selectors):
        self._it = (d for d, s in zip(data, selectors) if s)


class dropwhile(_Iterator):
    _is_static = True
    __slots__ = ()

    def __init__(self, predicate, iterable, /):
        self._it = self._run(predicate, iter(iterable))

    @staticmethod
    def _run(predicate, it):
        for x in it:
            if not predicate(x):
                yield x
                break
        yield from it


class takewhile(_Iterator):
    _is_static = True
    __slots__ = ()

    def __init__(self, predicate, iterable, /):
        self._it = self._run(predicate, iter(iterable))

    @staticmethod
    def _run(predicate, it):
        for x in it:
            if not predicate(x):
                return
            yield x


class filterfalse(_Iterator):
    _is_static = True
    __slots__ = ()

    def __init__(self, function, iterable, /):
        it = iter(iterable)
        if function is None:
            function = bool
        self._it = (x for x in it if not function(x))


class starmap(_Iterator):
    _is_static = True
    __slots__ = ()

    def __init__(self, function, iterable, /):
        it = iter(iterable)
        self._it = (function(*args) for args in it)


class islice(_Iterator):
    _is_static = True
    __slots__ = ()

    def __init__(self, iterable, *args):
        s = slice(*args)
        for name, value in (("Indices", s.start), ("Stop argument", s.stop)):
            if value is not None and (not isinstance(value, int) or value < 0):
                if len(args) == 1:
                    name = "Stop argument"
                what = "must be None or an integer: 0 <= x <= sys.maxsize."
                raise ValueError(f"{name} for islice() {what}")
        if s.step is not None and (not isinstance(s.step, int) or s.step < 1):
            raise ValueError("Step for islice() must be a positive integer or None.")
        self._it = self._run(iter(iterable), s.start or 0, s.stop, s.step or 1)

    @staticmethod
    def _run(it, start, stop, step):
        # Elements are taken only as far as needed: others may use the same iterator afterwards.
        if stop is not None and start >= stop:
            for _ in range(stop):
                if next(it, _MISSING) is _MISSING:
                    return
            return
        i = 0
        following = start
        while stop is None or i < stop:
            x = next(it, _MISSING)
            if x is _MISSING:
                return
            if i == following:
                yield x
                following += step
            i += 1


class zip_longest(_Iterator):
    _is_static = True
    __slots__ = ()

    def __init__(self, *iterables, fillvalue=None):
        self._it = self._run([iter(i) for i in iterables], fillvalue)

    @staticmethod
    def _run(iterators, fillvalue):
        active = len(iterators)
        while active:
            values = []
            for i, it in enumerate(iterators):
                value = fillvalue if it is None else next(it, _MISSING)
                if value is _MISSING:
                    active -= 1
                    if not active:
                        return
                    iterators[i] = None
                    value = fillvalue
                values.append(value)
            yield tuple(values)


class product(_Iterator):
    _is_static = True
    __slots__ = ()

    def __init__(self, *iterables, repeat=1):
        self._it = self._run([tuple(i) for i in iterables] * repeat)

    @staticmethod
    def _run(pools):
        n = len(pools)
        if not all(pools):
            return
        indices = [0] * n
        while True:
            yield tuple([pool[i] for pool, i in zip(pools, indices)])
            for at in reversed(range(n)):
                indices[at] += 1
                if indices[at] < len(pools[at]):
                    break
                indices[at] = 0
            else:
                return


class permutations(_Iterator):
    _is_static = True
    __slots__ = ()

    def __init__(self, iterable, r=None):
        pool = tuple(iterable)
        self._it = self._run(pool, len(pool) if r is None else r)

    @staticmethod
    def _run(pool, r):
        n = len(pool)
        if r > n:
            return
        indices = list(range(n))
        cycles = list(range(n, n - r, -1))
        yield tuple([pool[i] for i in indices[:r]])
        while n:
            for i in reversed(range(r)):
                cycles[i] -= 1
                if cycles[i] == 0:
                    indices[i:] = indices[i + 1 :] + indices[i : i + 1]
                    cycles[i] = n - i
                else:
                    j = cycles[i]
                    indices[i], indices[-j] = indices[-j], indices[i]
                    yield tuple([pool[i] for i in indices[:r]])
                    break
            else:
                return


class combinations(_Iterator):
    _is_static = True
    __slots__ = ()

    def __init__(self, iterable, r):
        if r < 0:
            raise ValueError("r must be non-negative")
        self._it = self._run(tuple(iterable), r)

    @staticmethod
    def _run(pool, r):
        n = len(pool)
        if r > n:
            return
        indices = list(range(r))
        yield tuple([pool[i] for i in indices])
        while True:
            for i in reversed(range(r)):
                if indices[i] != i + n - r:
                    break
            else:
                return
            indices[i] += 1
            for j in range(i + 1, r):
                indices[j] = indices[j - 1] + 1
            yield tuple([pool[i] for i in indices])


class combinations_with_replacement(_Iterator):
    _is_static = True
    __slots__ = ()

    def __init__(self, iterable, r):
        if r < 0:
            raise ValueError("r must be non-negative")
        self._it = self._run(tuple(iterable), r)

    @staticmethod
    def _run(pool, r):
        n = len(pool)
        if not n and r:
            return
        indices = [0] * r
        yield tuple([pool[i] for i in indices])
        while True:
            for i in reversed(range(r)):
                if indices[i] != n - 1:
                    break
            else:
                return
            indices[i:] = [indices[i] + 1] * (r - i)
            yield tuple([pool[i] for i in indices])


class groupby(_Iterator):
    """Runs of equal keys; a group is used up when the next one is asked for."""

    _is_static = True

    __slots__ = ("_keyfunc", "_key", "_value", "_target", "_group")

    def __init__(self, iterable, key=None):
        self._it = iter(iterable)
        self._keyfunc = key
        self._key = self._value = self._target = _MISSING
        self._group = None

    def _advance(self):
        self._value = next(self._it)
        self._key = self._value if self._keyfunc is None else self._keyfunc(self._value)

    def __next__(self):
        self._group = None
        while self._key is _MISSING or (self._target is not _MISSING and self._key == self._target):
            self._advance()
        self._target = self._key
        group = object()
        self._group = group
        return self._key, self._members(group, self._key)

    def _members(self, group, key):
        while self._group is group and self._key == key:
            yield self._value
            try:
                self._advance()
            except StopIteration:
                # Nothing compares equal to this: the next group is never found.
                self._key = self._target
                self._group = None
                return


class pairwise(_Iterator):
    _is_static = True
    __slots__ = ()

    def __init__(self, iterable, /):
        self._it = self._run(iter(iterable))

    @staticmethod
    def _run(it):
        a = next(it, _MISSING)
        if a is _MISSING:
            return
        for b in it:
            yield a, b
            a = b


class _tee(_Iterator):
    _is_static = True
    __slots__ = ("_link",)

    def __init__(self, it, link):
        self._it = it
        self._link = link

    def __next__(self):
        # Links [value, next link] are shared by all copies; an empty one is filled by whoever comes first.
        link = self._link
        if not link:
            link.append(next(self._it))
            link.append([])
        self._link = link[1]
        return link[0]

    def __copy__(self):
        return _tee(self._it, self._link)


def tee(iterable, n=2, /):
    if n < 0:
        raise ValueError("n must be >= 0")
    it = iter(iterable)
    if isinstance(it, _tee):
        return tuple([_tee(it._it, it._link) for _ in range(n)])
    link = []
    return tuple([_tee(it, link) for _ in range(n)])


if _VERSION >= (3, 12):

    class batched(_Iterator):
        __slots__ = ()

        def __init__(self, iterable, n, *, strict=False):
            if n < 1:
                raise ValueError("n must be at least one")
            self._it = self._run(iter(iterable), n, strict)

        @staticmethod
        def _run(it, n, strict):
            while batch := tuple(islice(it, n)):
                if strict and len(batch) != n:
                    raise ValueError("batched(): incomplete batch")
                yield batch
