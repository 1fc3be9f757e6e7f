"""`outcome`: the result of a call, kept as a value: Trio's tasks are resumed with one (S-TRIO-01)."""


class AlreadyUsedError(RuntimeError):
    """An outcome is unwrapped or sent at most once."""


class Outcome:
    """A `Value` or an `Error`."""

    __slots__ = ("_unwrapped",)

    def _use(self):
        if self._unwrapped:
            raise AlreadyUsedError
        self._unwrapped = True


class Value(Outcome):
    __slots__ = ("value",)

    def __init__(self, value):
        self.value = value
        self._unwrapped = False

    def __repr__(self):
        return f"Value({self.value!r})"

    def __eq__(self, other):
        return self.value == other.value if type(other) is Value else NotImplemented

    def __hash__(self):
        return hash(self.value)

    def unwrap(self):
        self._use()
        return self.value

    def send(self, gen):
        self._use()
        return gen.send(self.value)

    async def asend(self, agen):
        self._use()
        return await agen.asend(self.value)


class Error(Outcome):
    __slots__ = ("error",)

    def __init__(self, error):
        if not isinstance(error, BaseException):
            raise TypeError(f"'error' must be <class 'BaseException'> (got {error!r} that is a {type(error)!r}).")
        self.error = error
        self._unwrapped = False

    def __repr__(self):
        return f"Error({self.error!r})"

    def __eq__(self, other):
        return self.error == other.error if type(other) is Error else NotImplemented

    def __hash__(self):
        return hash(self.error)

    def unwrap(self):
        self._use()
        error = self.error
        try:
            raise error
        finally:
            # The traceback holds this frame, which must hold neither of the two.
            del error, self

    def send(self, gen):
        self._use()
        return gen.throw(self.error)

    async def asend(self, agen):
        self._use()
        return await agen.athrow(self.error)


Maybe = Outcome


def _without_own_frame(error):
    trace = error.__traceback__
    return error if trace is None else error.with_traceback(trace.tb_next)


def capture(sync_fn, *args, **kwargs):
    """What `sync_fn(*args, **kwargs)` returns or raises."""
    try:
        return Value(sync_fn(*args, **kwargs))
    except BaseException as error:
        return Error(_without_own_frame(error))


async def acapture(async_fn, *args, **kwargs):
    """What `await async_fn(*args, **kwargs)` returns or raises."""
    try:
        return Value(await async_fn(*args, **kwargs))
    except BaseException as error:
        return Error(_without_own_frame(error))
