"""Calls that are tried again: when to stop, how long to wait, what counts as failure."""
import functools
import inspect
import random
import sys
import time
from concurrent import futures

__version__ = "9.1.2"

_MAX_WAIT = sys.maxsize / 2


def _seconds(value):
    return float(value.total_seconds() if hasattr(value, "total_seconds") else value)


class RetryError(Exception):
    """The last attempt failed too."""

    def __init__(self, last_attempt):
        self.last_attempt = last_attempt
        super().__init__(last_attempt)

    def reraise(self):
        if self.last_attempt.failed:
            raise self.last_attempt.result()
        raise self

    def __str__(self):
        return f"{type(self).__name__}[{self.last_attempt}]"


class TryAgain(Exception):
    """Raised by a function that wants to be tried again."""


class Future(futures.Future):
    """One attempt and what came of it."""

    def __init__(self, attempt_number):
        super().__init__()
        self.attempt_number = attempt_number

    @property
    def failed(self):
        return self.exception() is not None

    @classmethod
    def construct(cls, attempt_number, value, has_exception):
        future = cls(attempt_number)
        if has_exception:
            future.set_exception(value)
        else:
            future.set_result(value)
        return future


class RetryCallState:
    """Where the tries of one call stand."""

    def __init__(self, retry_object, fn, args, kwargs):
        self.start_time = time.monotonic()
        self.retry_object = retry_object
        self.fn = fn
        self.args = args
        self.kwargs = kwargs
        self.attempt_number = 1
        self.outcome = None
        self.outcome_timestamp = None
        self.idle_for = 0.0
        self.next_action = None
        self.upcoming_sleep = 0.0

    @property
    def seconds_since_start(self):
        if self.outcome_timestamp is None:
            return None
        return self.outcome_timestamp - self.start_time

    def prepare_for_next_attempt(self):
        self.outcome = None
        self.outcome_timestamp = None
        self.attempt_number += 1
        self.next_action = None

    def set_result(self, val):
        self.outcome_timestamp = time.monotonic()
        self.outcome = Future.construct(self.attempt_number, val, False)

    def set_exception(self, exc_info):
        self.outcome_timestamp = time.monotonic()
        self.outcome = Future.construct(self.attempt_number, exc_info[1], True)

    def __repr__(self):
        if self.outcome is None:
            result = "none yet"
        elif self.outcome.failed:
            exc = self.outcome.exception()
            result = f"failed ({type(exc).__name__} {exc})"
        else:
            result = f"returned {self.outcome.result()}"
        slept = float(round(self.idle_for, 2))
        return f"<{type(self).__name__} {id(self)}: attempt #{self.attempt_number}; slept for {slept}; last result: {result}>"


class RetryAction:
    """The next sleep."""

    name = "retry"

    def __init__(self, sleep):
        self.sleep = float(sleep)


# --- when to stop ---


class stop_base:
    def __and__(self, other):
        return stop_all(self, other)

    def __or__(self, other):
        return stop_any(self, other)


class stop_any(stop_base):
    def __init__(self, *stops):
        self.stops = stops

    def __call__(self, state):
        return any(stop(state) for stop in self.stops)


class stop_all(stop_base):
    def __init__(self, *stops):
        self.stops = stops

    def __call__(self, state):
        return all(stop(state) for stop in self.stops)


class _stop_never(stop_base):
    def __call__(self, state):
        return False


stop_never = _stop_never()


class stop_after_attempt(stop_base):
    def __init__(self, max_attempt_number):
        self.max_attempt_number = max_attempt_number

    def __call__(self, state):
        return state.attempt_number >= self.max_attempt_number


class stop_after_delay(stop_base):
    def __init__(self, max_delay):
        self.max_delay = _seconds(max_delay)

    def __call__(self, state):
        return state.seconds_since_start >= self.max_delay


class stop_before_delay(stop_after_delay):
    def __call__(self, state):
        return state.seconds_since_start + state.upcoming_sleep >= self.max_delay


class stop_when_event_set(stop_base):
    def __init__(self, event):
        self.event = event

    def __call__(self, state):
        return self.event.is_set()


# --- how long to wait ---


class wait_base:
    def __add__(self, other):
        return wait_combine(self, other)

    def __radd__(self, other):
        # `sum` begins with 0.
        return self if other == 0 else wait_combine(other, self)


class wait_fixed(wait_base):
    def __init__(self, wait):
        self.wait_fixed = _seconds(wait)

    def __call__(self, state):
        return self.wait_fixed


class wait_none(wait_fixed):
    def __init__(self):
        super().__init__(0)


class wait_random(wait_base):
    def __init__(self, min=0, max=1):
        self.wait_random_min, self.wait_random_max = _seconds(min), _seconds(max)

    def __call__(self, state):
        return self.wait_random_min + random.random() * (self.wait_random_max - self.wait_random_min)


class wait_combine(wait_base):
    def __init__(self, *strategies):
        self.wait_funcs = strategies

    def __call__(self, state):
        return sum(wait(state) for wait in self.wait_funcs)


class wait_chain(wait_base):
    def __init__(self, *strategies):
        self.strategies = strategies

    def __call__(self, state):
        number = min(max(state.attempt_number, 1), len(self.strategies))
        return self.strategies[number - 1](state)


class wait_incrementing(wait_base):
    def __init__(self, start=0, increment=100, max=_MAX_WAIT):
        self.start, self.increment, self.max = _seconds(start), _seconds(increment), _seconds(max)

    def __call__(self, state):
        result = self.start + self.increment * (state.attempt_number - 1)
        return max(0, min(result, self.max))


class wait_exponential(wait_base):
    def __init__(self, multiplier=1, max=_MAX_WAIT, exp_base=2, min=0):
        self.multiplier, self.exp_base = multiplier, exp_base
        self.min, self.max = _seconds(min), _seconds(max)

    def __call__(self, state):
        try:
            result = self.multiplier * self.exp_base ** (state.attempt_number - 1)
        except OverflowError:
            return self.max
        return max(max(0, self.min), min(result, self.max))


class wait_random_exponential(wait_exponential):
    def __call__(self, state):
        return random.uniform(self.min, super().__call__(state))


wait_full_jitter = wait_random_exponential


class wait_exponential_jitter(wait_base):
    def __init__(self, initial=1, max=_MAX_WAIT, exp_base=2, jitter=1):
        self.initial, self.max, self.exp_base, self.jitter = initial, max, exp_base, jitter

    def __call__(self, state):
        jitter = random.uniform(0, self.jitter)
        try:
            result = self.initial * self.exp_base ** (state.attempt_number - 1) + jitter
        except OverflowError:
            result = self.max
        return max(0, min(result, self.max))


# --- what counts as failure ---


class retry_base:
    def __and__(self, other):
        return retry_all(self, other)

    def __or__(self, other):
        return retry_any(self, other)


class _retry_never(retry_base):
    def __call__(self, state):
        return False


class _retry_always(retry_base):
    def __call__(self, state):
        return True


retry_never, retry_always = _retry_never(), _retry_always()


class retry_if_exception(retry_base):
    def __init__(self, predicate):
        self.predicate = predicate

    def __call__(self, state):
        return state.outcome.failed and self.predicate(state.outcome.exception())


class retry_if_exception_type(retry_if_exception):
    def __init__(self, exception_types=Exception):
        self.exception_types = exception_types
        super().__init__(lambda exc: isinstance(exc, exception_types))


class retry_if_not_exception_type(retry_if_exception):
    def __init__(self, exception_types=Exception):
        self.exception_types = exception_types
        super().__init__(lambda exc: not isinstance(exc, exception_types))


class retry_unless_exception_type(retry_if_not_exception_type):
    def __call__(self, state):
        return not state.outcome.failed or self.predicate(state.outcome.exception())


class retry_if_exception_message(retry_if_exception):
    def __init__(self, message=None, match=None):
        if message and match:
            raise TypeError(f"{type(self).__name__}() takes either 'message' or 'match', not both")
        if message:
            super().__init__(lambda exc: message == str(exc))
        elif match:
            import re

            pattern = re.compile(match)
            super().__init__(lambda exc: bool(pattern.match(str(exc))))
        else:
            raise TypeError(f"{type(self).__name__}() missing 1 required argument 'message' or 'match'")


class retry_if_result(retry_base):
    def __init__(self, predicate):
        self.predicate = predicate

    def __call__(self, state):
        return not state.outcome.failed and self.predicate(state.outcome.result())


class retry_if_not_result(retry_base):
    def __init__(self, predicate):
        self.predicate = predicate

    def __call__(self, state):
        return not state.outcome.failed and not self.predicate(state.outcome.result())


class retry_any(retry_base):
    def __init__(self, *retries):
        self.retries = retries

    def __call__(self, state):
        return any(retry(state) for retry in self.retries)


class retry_all(retry_base):
    def __init__(self, *retries):
        self.retries = retries

    def __call__(self, state):
        return all(retry(state) for retry in self.retries)


# --- what is told on the way ---


def _ordinal(number):
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def _callback_name(fn):
    if fn is None:
        return "<unknown>"
    module = getattr(fn, "__module__", "")
    name = getattr(fn, "__qualname__", None) or repr(functools.partial if fn is None else fn)
    return f"{module}.{name}" if module else name


def before_nothing(retry_state):
    pass


after_nothing = before_sleep_nothing = before_nothing


def before_log(logger, log_level):
    def log(state):
        logger.log(
            log_level,
            f"Starting call to '{_callback_name(state.fn)}', this is the {_ordinal(state.attempt_number)} time calling it.",
        )

    return log


def after_log(logger, log_level, sec_format="%.3g"):
    def log(state):
        logger.log(
            log_level,
            f"Finished call to '{_callback_name(state.fn)}' after {sec_format % state.seconds_since_start}(s), "
            f"this was the {_ordinal(state.attempt_number)} time calling it.",
        )

    return log


def before_sleep_log(logger, log_level, exc_info=False, sec_format="%.3g"):
    def log(state):
        if state.outcome.failed:
            exc = state.outcome.exception()
            verb, value = "raised", f"{type(exc).__name__}: {exc}"
            shown = exc if exc_info else False
        else:
            verb, value, shown = "returned", state.outcome.result(), False
        logger.log(
            log_level,
            f"Retrying {_callback_name(state.fn)} in {sec_format % state.next_action.sleep} seconds as it {verb} {value}.",
            exc_info=shown,
        )

    return log


def sleep(seconds):
    time.sleep(seconds)


def sleep_using_event(event):
    return lambda timeout: event.wait(timeout=timeout)


_UNSET = object()


class AttemptManager:
    """One attempt as a block: its exception is kept."""

    def __init__(self, retry_state):
        self.retry_state = retry_state

    def __enter__(self):
        return None

    def __exit__(self, exc_type, exc_value, traceback):
        if exc_type is not None and exc_value is not None:
            self.retry_state.set_exception((exc_type, exc_value, traceback))
            return True
        self.retry_state.set_result(None)
        return None

    async def __aenter__(self):
        return None

    async def __aexit__(self, *exc):
        return self.__exit__(*exc)


class BaseRetrying:
    """What is common to calls and coroutines."""

    def __init__(
        self,
        sleep=sleep,
        stop=stop_never,
        wait=wait_none(),
        retry=retry_if_exception_type(),
        before=before_nothing,
        after=after_nothing,
        before_sleep=None,
        reraise=False,
        retry_error_cls=RetryError,
        retry_error_callback=None,
        name=None,
        enabled=True,
    ):
        self.sleep, self.stop, self.wait, self.retry = sleep, stop, wait, retry
        self.before, self.after, self.before_sleep = before, after, before_sleep
        self.reraise = reraise
        self.retry_error_cls = retry_error_cls
        self.retry_error_callback = retry_error_callback
        self.statistics = {}

    _OPTIONS = "sleep stop wait retry before after before_sleep reraise retry_error_cls retry_error_callback".split()

    def copy(self, **changes):
        return type(self)(**{name: changes.get(name, getattr(self, name)) for name in self._OPTIONS})

    def __repr__(self):
        return (
            f"<{type(self).__name__} object at {id(self):#x} (stop={self.stop}, wait={self.wait}, sleep={self.sleep}, "
            f"retry={self.retry}, before={self.before}, after={self.after})>"
        )

    def begin(self):
        self.statistics.clear()
        self.statistics.update(start_time=time.monotonic(), attempt_number=1, idle_for=0, delay_since_first_attempt=0)

    def _decorated(self, wrapped):
        wrapped.retry = self
        wrapped.retry_with = lambda *args, **kwargs: self.copy(*args, **kwargs).wraps(wrapped.__wrapped__)
        wrapped.statistics = self.statistics
        return wrapped

    def _verdict(self, state, wants_retry):
        """`("return", value)`, `("call", callback)` or `("sleep", seconds)`; raises at the end."""
        outcome = state.outcome
        explicit = outcome.failed and isinstance(outcome.exception(), TryAgain)
        if not (explicit or wants_retry):
            return "return", outcome
        if self.after is not None:
            self.after(state)
        self.statistics["delay_since_first_attempt"] = state.seconds_since_start
        pause = self.wait(state) if self.wait else 0.0
        state.upcoming_sleep = pause
        if self.stop is not None and self.stop(state):
            if self.retry_error_callback:
                return "call", self.retry_error_callback
            error = self.retry_error_cls(outcome)
            if self.reraise:
                raise error.reraise()
            raise error from outcome.exception()
        state.next_action = RetryAction(pause)
        state.idle_for += pause
        self.statistics["idle_for"] += pause
        self.statistics["attempt_number"] += 1
        if self.before_sleep is not None:
            self.before_sleep(state)
        return "sleep", pause


class Retrying(BaseRetrying):
    """Tries a function again."""

    def wraps(self, f):
        @functools.wraps(f)
        def wrapped(*args, **kwargs):
            copy = self.copy()
            wrapped.statistics = copy.statistics
            self.statistics = copy.statistics
            return copy(f, *args, **kwargs)

        return self._decorated(wrapped)

    def __call__(self, fn, *args, **kwargs):
        self.begin()
        state = RetryCallState(self, fn, args, kwargs)
        while True:
            if self.before is not None:
                self.before(state)
            try:
                state.set_result(fn(*args, **kwargs))
            except BaseException:
                state.set_exception(sys.exc_info())
            what, value = self._verdict(state, self.retry(state))
            if what == "return":
                return value.result()
            if what == "call":
                return value(state)
            state.prepare_for_next_attempt()
            self.sleep(value)

    def __iter__(self):
        self.begin()
        state = RetryCallState(self, None, (), {})
        while True:
            if self.before is not None:
                self.before(state)
            yield AttemptManager(state)
            what, value = self._verdict(state, self.retry(state))
            if what == "return":
                value.result()
                return
            if what == "call":
                value(state)
                return
            state.prepare_for_next_attempt()
            self.sleep(value)


async def _asyncio_sleep(seconds):
    import asyncio

    await asyncio.sleep(seconds)


async def _awaited(value):
    return await value if inspect.isawaitable(value) else value


class AsyncRetrying(BaseRetrying):
    """Tries a coroutine function again."""

    def __init__(self, sleep=_asyncio_sleep, **options):
        super().__init__(sleep=sleep, **options)

    def wraps(self, f):
        @functools.wraps(f)
        async def wrapped(*args, **kwargs):
            copy = self.copy()
            wrapped.statistics = copy.statistics
            self.statistics = copy.statistics
            return await copy(f, *args, **kwargs)

        return self._decorated(wrapped)

    async def __call__(self, fn, *args, **kwargs):
        self.begin()
        state = RetryCallState(self, fn, args, kwargs)
        while True:
            if self.before is not None:
                await _awaited(self.before(state))
            try:
                state.set_result(await fn(*args, **kwargs))
            except BaseException:
                state.set_exception(sys.exc_info())
            what, value = self._verdict(state, await _awaited(self.retry(state)))
            if what == "return":
                return value.result()
            if what == "call":
                return await _awaited(value(state))
            state.prepare_for_next_attempt()
            await _awaited(self.sleep(value))

    async def __aiter__(self):
        self.begin()
        state = RetryCallState(self, None, (), {})
        while True:
            if self.before is not None:
                await _awaited(self.before(state))
            yield AttemptManager(state)
            what, value = self._verdict(state, await _awaited(self.retry(state)))
            if what == "return":
                value.result()
                return
            if what == "call":
                await _awaited(value(state))
                return
            state.prepare_for_next_attempt()
            await _awaited(self.sleep(value))


def retry(*dargs, **dkw):
    """`@retry`, or `@retry(stop=…, wait=…)`."""
    if len(dargs) == 1 and callable(dargs[0]):
        return retry()(dargs[0])

    def wrap(f):
        kind = AsyncRetrying if inspect.iscoroutinefunction(f) else Retrying
        return kind(*dargs, **dkw).wraps(f)

    return wrap
