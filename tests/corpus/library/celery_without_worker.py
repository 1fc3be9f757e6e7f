# /// script
# dependencies = ["celery"]
# ///
# Tasks that run in the caller (`task_always_eager`): hooks, signals, retries, canvas and how it is shown.
import re

from celery import Celery, chain, chord, group, signals, signature, states
from celery.app.task import Task
from celery.utils.log import get_task_logger

app = Celery("course")
app.conf.update(task_always_eager=True)
get_task_logger(__name__)


class Base(Task):
    def before_start(self, task_id, args, kwargs):
        print("  before_start", args, kwargs)

    def on_success(self, retval, task_id, args, kwargs):
        print("  on_success", self.name, retval)

    def on_failure(self, exc, task_id, args, kwargs, einfo):
        print("  on_failure", repr(exc), type(einfo).__name__)

    def on_retry(self, exc, task_id, args, kwargs, einfo):
        print("  on_retry", repr(exc))


@app.task
def add(x, y):
    return x + y


@app.task
def mul(x, y):
    return x * y


@app.task
def total(numbers):
    return sum(numbers)


@app.task(bind=True, max_retries=2)
def flaky(self, n):
    print("  try", self.request.retries, self.request.is_eager)
    if self.request.retries < n:
        raise self.retry(exc=ConnectionError("down"), countdown=0)
    return self.request.retries


@app.task(base=Base, autoretry_for=(ZeroDivisionError,), retry_kwargs={"max_retries": 1, "countdown": 0})
def divide(a, b):
    return a / b


@app.task
def note(*args):
    print("  note", [type(one).__name__ for one in args])


@signals.task_success.connect
def succeeded(sender=None, result=None, **kwargs):
    if sender.name == "course.divide":
        print("  signal", result, sorted(kwargs))


result = add.delay(2, 3)
print(result.get(), result.status, result.successful(), type(result).__name__)
print(add(7, 8), add.apply(args=(5,), kwargs={"y": 6}).get(), add.s(1)(2), (add.s(2, 2) | mul.s(4))().get())
print(add.s(2, 2), add.s(1, y=2), dict(add.s(1, 2)), add.si(1, 1).immutable)
print(chain(add.s(1, 2), mul.s(3), add.s(4)), chain(add.s(1, 2), mul.s(3), add.s(4))().get())
print(group([add.s(1, 1), add.s(2, 2)]), group(add.s(i, i) for i in range(5)), group())
print(chord([add.s(1, 1), add.s(2, 2)], total.s()), chord([add.s(1, 1), add.s(2, 2)])(total.s()).get())
step = chain(add.s(1, 2), group(mul.s(2), mul.s(3)), total.s())
print(step, step().get(), type(step).__name__)
print((group(add.s(1, 1), add.s(2, 2)) | total.s() | mul.s(10)), (group(add.s(1, 1), add.s(2, 2)) | total.s() | mul.s(10))().get())
print(chain(add.s(1, 2), group(mul.s(2), mul.s(3)))().get(), group(add.s(1), add.s(2))(10).get())
print(add.chunks(zip(range(6), range(6)), 2)().get(), total.map([[1], [2]]), add.starmap([(1, 1)]).delay().get())
print(chain(add.s(1, 2), mul.s(3)).apply_async().parent.get(), signature("course.add", args=(1, 2)))
print(flaky.delay(1).get())
failed = flaky.delay(5)
print(failed.state, repr(failed.result))
divide.delay(1, 2)
failed = divide.delay(1, 0)
print(failed.state, repr(failed.get(propagate=False)), failed.traceback.splitlines()[-1])
divide.apply_async((1, 0), link_error=note.s())
add.apply_async((1, 2), link=note.s())
for call in (lambda: add.delay(1), lambda: add.apply_async((1, 2), {"z": 3}), lambda: add.delay(object(), 1), failed.get):
    try:
        call()
    except Exception as error:
        print(type(error).__module__, type(error).__name__, error)
try:
    app.tasks["nope"]
except KeyError as error:
    print(type(error).__name__, error)
print(re.sub("0x.*", "0xADDR>", repr(add)), add.name, add.max_retries, states.state("PENDING") < states.state("SUCCESS"))
app.conf.task_eager_propagates = True
try:
    divide.delay(1, 0)
except Exception as error:
    print(type(error).__name__, error)
