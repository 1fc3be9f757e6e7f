# The context of an exception is set where it is raised, and not again where a native passes it on.
from contextlib import ExitStack, contextmanager


def fail(exc):
    raise exc


def chain(exc):
    names = []
    while exc is not None:
        names.append(type(exc).__name__)
        exc = exc.__context__
    return " <- ".join(names)


try:
    with ExitStack() as stack:
        stack.callback(fail, IndexError)
        stack.callback(fail, KeyError)
        stack.callback(fail, AttributeError)
        1 / 0
except IndexError as e:
    print(chain(e))

try:
    with ExitStack() as stack:
        stack.callback(fail, IndexError)
        stack.push(lambda *details: True)
        1 / 0
except IndexError as e:
    print(chain(e))


@contextmanager
def forgetful():
    try:
        yield
    except BaseException:
        exc = RuntimeError("instead")
        try:
            raise exc
        finally:
            exc.__context__ = None


for _ in range(2):
    try:
        with forgetful():
            raise IndexError()
    except RuntimeError as e:
        print(chain(e))


class Replaces:
    def __enter__(self):
        return self

    def __exit__(self, kind, exc, tb):
        new = OSError("left")
        new.__context__ = ValueError("chosen")
        try:
            raise new
        except OSError:
            new.__context__ = ValueError("chosen")
            raise


try:
    with Replaces():
        {}["x"]
except OSError as e:
    print(chain(e))


def again(exc):
    raise exc


kept = ValueError("kept")
for _ in range(2):
    try:
        try:
            1 / 0
        except ZeroDivisionError:
            sorted([1, 2], key=lambda n: again(kept))
    except ValueError as e:
        print(chain(e))
