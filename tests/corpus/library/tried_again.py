import asyncio, logging, sys, time
from tenacity import *
from tenacity import retry_if_exception_message
logging.basicConfig(stream=sys.stdout, level=logging.DEBUG, format="%(levelname)s %(message)s")
log = logging.getLogger("x")
n = 0
@retry(stop=stop_after_attempt(3), wait=wait_fixed(0.1), before=before_log(log, logging.DEBUG), before_sleep=before_sleep_log(log, logging.WARNING))
def flaky():
    global n; n += 1
    if n < 3: raise ValueError(f"no {n}")
    return "ok"
t = time.monotonic(); print(flaky(), n, round(time.monotonic() - t, 1)); print(flaky.statistics["attempt_number"], flaky.statistics["idle_for"])
@retry(stop=stop_after_attempt(2))
def bad(): raise KeyError("k")
try: bad()
except RetryError as e: print(type(e.__cause__), e.last_attempt.attempt_number, e.last_attempt.failed)
@retry(stop=stop_after_attempt(2), reraise=True)
def bad2(): raise KeyError("k")
try: bad2()
except KeyError as e: print("reraised", e)
@retry(retry=retry_if_exception_type(OSError), stop=stop_after_attempt(5))
def other(): raise TypeError("at once")
try: other()
except TypeError as e: print(e)
vals = iter([None, None, 5])
@retry(retry=retry_if_result(lambda v: v is None))
def poll(): return next(vals)
print(poll())
st = type("S", (), {})
class S: attempt_number = 1
for w in (wait_exponential(multiplier=1, min=4, max=10), wait_exponential(multiplier=0.5), wait_incrementing(1, 2, 6), wait_chain(wait_fixed(1), wait_fixed(2)), wait_fixed(1) + wait_fixed(2)):
    out = []
    for k in range(1, 7): S.attempt_number = k; out.append(w(S))
    print(out)
@retry(stop=stop_after_attempt(3) | stop_after_delay(10), wait=wait_exponential(multiplier=0.05))
async def acall():
    global n; n += 1
    if n < 6: raise OSError(n)
    return n
print(n, asyncio.run(acall()))
@retry(stop=stop_after_attempt(2), retry_error_callback=lambda s: ("gave up", s.attempt_number, s.outcome.exception()))
def cb(): 1/0
print(cb())
for attempt in Retrying(stop=stop_after_attempt(3), wait=wait_fixed(0.01)):
    with attempt:
        print("try", attempt.retry_state.attempt_number)
        if attempt.retry_state.attempt_number < 2: raise ValueError
async def m():
    async for attempt in AsyncRetrying(stop=stop_after_attempt(2)):
        with attempt: print("async try", attempt.retry_state.attempt_number); raise ValueError("x")
try: asyncio.run(m())
except RetryError as e: print("RetryError", e.last_attempt.exception())
c = 0
@retry
def plain():
    global c; c += 1
    if c < 3: raise TryAgain
    return c
print(plain(), plain.retry.statistics["attempt_number"])
print(bad2.retry_with(stop=stop_after_attempt(1), reraise=False) is not bad2)
