# Groups whose tracebacks are cut, shown without what they come from, or with the names in their frames.
import sys
import traceback


def fail(kind):
    raise kind(7)


def nested():
    errors = []
    for kind in (ValueError, OSError):
        try:
            fail(kind)
        except kind as error:
            errors.append(error)
    try:
        raise KeyError("context")
    except KeyError as error:
        raise ExceptionGroup("outer", [errors[0], ExceptionGroup("inner", errors)]) from error


try:
    nested()
except ExceptionGroup as group:
    traceback.print_exception(group, limit=1, file=sys.stdout)
    print(traceback.format_exc(limit=0), end="")
    print("".join(traceback.format_exception(group, chain=False)), end="")
    for limit in (-1, 1):
        print("".join(traceback.TracebackException.from_exception(group, limit=limit).format(chain=False)), end="")

try:
    raise ExceptionGroup("many", [ValueError(i) for i in range(17)])
except ExceptionGroup as group:
    traceback.print_exception(group, limit=2, file=sys.stdout)


def local(x):
    y = [x]
    raise ValueError(y)


try:
    local(3)
except ValueError as error:
    shown = traceback.TracebackException.from_exception(error, capture_locals=True)
    print("".join(list(shown.format())[2:]), end="")
