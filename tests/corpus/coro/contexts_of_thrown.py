# What is thrown into a generator has the context that the generator handles, not what is handled outside.
from contextlib import AsyncExitStack, ExitStack, contextmanager


def chain(exc):
    while exc is not None:
        yield repr(exc)
        exc = exc.__context__


def generator():
    try:
        yield
    except KeyError:
        yield


def show(n_steps):
    made = generator()
    next(made)
    if n_steps == 2:
        made.throw(KeyError("inside"))
    try:
        raise ValueError("outside")
    except ValueError:
        try:
            made.throw(OSError("thrown"))
        except OSError as error:
            print(*chain(error))


show(1)
show(2)


@contextmanager
def replaced_by(exc):
    try:
        yield
    finally:
        raise exc


def stacked(stack_type):
    with ExitStack() as stack:
        for n in (4, 3, 2):
            stack.enter_context(replaced_by(Exception(n)))
        raise Exception(1)


try:
    stacked(ExitStack)
except Exception as error:
    print(*chain(error))


async def awaited():
    async with AsyncExitStack() as stack:
        for n in (4, 3, 2):
            stack.enter_context(replaced_by(Exception(n)))
        stack.push_async_callback(fail)
        raise Exception(1)


async def fail():
    raise KeyError("in a callback")


try:
    awaited().send(None)
except Exception as error:
    print(*chain(error))


class Manager:
    def __enter__(self):
        return self

    def __exit__(self, *exc):
        return True


with ExitStack() as stack:
    manager = stack.enter_context(Manager())
    print(stack._exit_callbacks[-1][1].__self__ is manager)
    stack.callback(print, "called")
    raise Exception("swallowed")


class Group(ExceptionGroup):
    pass


try:
    Group("no", [KeyboardInterrupt()])
except TypeError as error:
    print(error)
try:
    compile("try:\n    pass\nexcept* ValueError:\n    break", "text", "exec")
except SyntaxError as error:
    print(error)
